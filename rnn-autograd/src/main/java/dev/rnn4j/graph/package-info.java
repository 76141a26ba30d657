/**
 * The graph: immutable {@link dev.rnn4j.graph.Node nodes}, shapes checked while building, no values
 * and no precision. {@code node.eval()} interprets it in float64, which defines what it means.
 */
package dev.rnn4j.graph;

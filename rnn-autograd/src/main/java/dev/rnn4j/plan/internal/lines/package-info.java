/**
 * The graph rolled up again: which nodes are the same line of a cell at other time steps, and what
 * each line reads. Knows the graph only.
 */
package dev.rnn4j.plan.internal.lines;

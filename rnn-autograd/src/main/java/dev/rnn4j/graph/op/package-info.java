/**
 * The built-in ops: one class each, with its shape rule, its meaning in float64 and its gradient
 * rule. Everything else is composed of these.
 */
package dev.rnn4j.graph.op;

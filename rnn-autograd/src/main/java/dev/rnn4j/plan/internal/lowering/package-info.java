/**
 * From lines to instructions. It is decided how each line runs: once, for all time steps at once,
 * or step by step, in a loop with the lines that depend on each other through time ({@code
 * Schedule}, {@code Modes}); which products and sums are added up where their sum lies ({@code
 * Sums}); and where every value lies, so that slices, stacks and the state of the step before are
 * views and cost nothing ({@code Placement}). Then the instructions are written down ({@code
 * Lowering}). Knows lines and the language of programs.
 */
package dev.rnn4j.plan.internal.lowering;

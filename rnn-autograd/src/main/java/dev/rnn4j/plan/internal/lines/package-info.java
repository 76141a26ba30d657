/**
 * The graph rolled up again. Unrolling has written each line of a cell once for each time step;
 * here these copies are found, checked to be alike, and become one {@link
 * dev.rnn4j.plan.internal.lines.Line}. Its operands are {@link
 * dev.rnn4j.plan.internal.lines.Term}s: which lines it reads, and how many steps back. Then
 * constants are computed, and what would be computed twice is computed once. Knows the graph only.
 */
package dev.rnn4j.plan.internal.lines;

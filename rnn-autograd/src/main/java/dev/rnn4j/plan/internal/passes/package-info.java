/**
 * What makes a right program quick. Each pass takes a draft and gives one that computes the same:
 * work over a sequence moves into the loop that reads it, two operations become one, elementwise
 * instructions run together tile by tile, small products run as one, and values that are not needed
 * at the same time share memory. {@code Finish} has the passes in their order; {@code Liveness}
 * tells them who reads and writes what, and until when. Knows the language of programs only, and no
 * graph but for the names of nodes.
 */
package dev.rnn4j.plan.internal.passes;

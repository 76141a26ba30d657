/**
 * The plan of a whole batch: losses, gradients, clipping and updates in one ({@code BatchPlan}).
 * {@code Updates} are the rules of optimizers in a plan, {@code Clock} what they know of time,
 * {@code GradientSlots} where gradients of several batches add up. A {@code StepPlan} is what a
 * step runs, whatever computes it. Knows graphs and memory.
 */
package dev.rnn4j.train.internal.plan;

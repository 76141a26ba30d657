/**
 * What compiled plans take of the heap, and who shares it. A {@code Budget} counts every plan of
 * every form of batch and drops those that were not used for longest; a {@code PlanCache} compiles
 * for a form once, {@code Sessions} are for callers at the same time, {@code StepArrays} are what
 * the plans of one step compute with in turn. Knows no graph.
 */
package dev.rnn4j.train.internal.memory;

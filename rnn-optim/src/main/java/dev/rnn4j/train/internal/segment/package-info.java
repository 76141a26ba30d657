/**
 * Long sequences in segments, so that they take less memory: {@code SegmentForm} finds out whether
 * a model can be cut in time, {@code SegmentPlans} compiles the parts, a {@code SegmentPassage}
 * says in which order they run, and a {@code SegmentPlan} puts together what they compute. {@code
 * Kept} are values between one segment and the next. Knows graphs and plans of whole batches.
 */
package dev.rnn4j.train.internal.segment;

package dev.rnn4j.train.internal.step;

/**
 * What a step takes of the heap with batches of one form: what {@code StepMemory} tells.
 *
 * @param full the bytes of the arrays that sequences take at once, about
 * @param needed the bytes that they take as the step runs them
 * @param segments in how many segments they run
 * @param steps how many time steps a segment has
 */
public record Needs(long full, long needed, int segments, int steps) {}

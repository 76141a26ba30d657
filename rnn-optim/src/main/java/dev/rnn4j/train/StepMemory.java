package dev.rnn4j.train;

import dev.rnn4j.train.internal.memory.Bytes;

/**
 * What a training step takes of the heap while it computes with batches of one form, besides
 * weights, their gradients, the batch itself and outputs. It is counted for one thread; others take
 * little more.
 *
 * @param full the bytes of the arrays that sequences take at once, about
 * @param needed the bytes that they take as the step runs them: all at once, or under a {@linkplain
 *     TrainingStepBuilder#memoryBudget(String) memory budget} in segments
 * @param segments in how many segments they run; 1 for all at once
 * @param steps how many time steps a segment has; the last one may have fewer
 */
public record StepMemory(long full, long needed, int segments, int steps) {
  @Override
  public String toString() {
    return segments == 1
        ? Bytes.text(needed) + " for whole sequences"
        : Bytes.text(needed)
            + " in "
            + segments
            + " segments of "
            + steps
            + " steps, of "
            + Bytes.text(full)
            + " for whole sequences";
  }
}

package dev.rnn4j.train.internal.graph;

/** From the inputs of a batch to losses, as nodes: what is inside of an {@code Objective}. */
@FunctionalInterface
public interface LossGraph {
  /** Returns the losses of a batch, and what else is to be read after a run. */
  Losses of(BatchInputs inputs);
}

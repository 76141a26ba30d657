package dev.rnn4j.pass;

import static com.google.common.base.Preconditions.checkNotNull;

import dev.rnn4j.graph.Node;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * One traversal of a model, for training or for inference: the moment at which its graph is built.
 * It comes with the signals and is over when the model has been applied; layers remember nothing of
 * it.
 */
public final class ForwardPass {
  private final Node key;
  private final List<StepBody> stepBodies = new ArrayList<>();

  private ForwardPass(Node key) {
    this.key = key;
  }

  /** Returns a forward pass for inference: nothing is drawn. */
  public static ForwardPass inference() {
    return new ForwardPass(null);
  }

  /**
   * Returns a forward pass for training.
   *
   * @param key what all random numbers follow from, as {@link RandomKey} writes it
   */
  public static ForwardPass training(Node key) {
    checkNotNull(key, "training takes a key for its random numbers");
    return new ForwardPass(RandomKey.checked(key));
  }

  /** Returns whether this is training, not inference. */
  public boolean isTraining() {
    return key != null;
  }

  /** Leaves one step of an unrolled cell, for those who read the model step by step. */
  public void unrolled(StepBody body) {
    stepBodies.add(body);
  }

  /** Returns a step of each cell that was unrolled so far, in order. */
  public List<StepBody> stepBodies() {
    return Collections.unmodifiableList(stepBodies);
  }
}

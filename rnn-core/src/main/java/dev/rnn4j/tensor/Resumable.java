package dev.rnn4j.tensor;

import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A part of a training that goes on from where it was, in another process too: what its future
 * depends on is read out as named tensors, kept in a checkpoint, and given back.
 */
public interface Resumable {
  /** Returns all that the future of this depends on, by name; a copy, which never changes. */
  Map<String, Tensor> state();

  /**
   * Goes back to a state, as {@link #state} returned it.
   *
   * @throws IllegalArgumentException where it is not a state of something like this; nothing is
   *     changed then
   */
  void restore(Map<String, Tensor> state);

  /** Returns the part that is read by one function, and set by another one. */
  static Resumable of(Supplier<Map<String, Tensor>> state, Consumer<Map<String, Tensor>> restore) {
    return new Resumable() {
      @Override
      public Map<String, Tensor> state() {
        return state.get();
      }

      @Override
      public void restore(Map<String, Tensor> newState) {
        restore.accept(newState);
      }
    };
  }
}

package dev.rnn4j.pass;

/**
 * The state of one call of a layer: where it begins, and where the layer leaves what it ends with.
 *
 * @param <S> the state
 */
public final class CarriedState<S> {
  /** Takes a final state. */
  interface Taker<S> {
    void take(S last);
  }

  private final S initial;
  private final Taker<S> taker;

  CarriedState(S initial, Taker<S> taker) {
    this.initial = initial;
    this.taker = taker;
  }

  /** Returns the state to begin with. */
  public S initial() {
    return initial;
  }

  /** Leaves the state after the last step. */
  public void leave(S last) {
    taker.take(last);
  }
}

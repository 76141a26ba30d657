package dev.rnn4j.batch;

import static com.google.common.base.Preconditions.checkElementIndex;

import dev.rnn4j.table.DataException;
import dev.rnn4j.tensor.Shape;

/** Some examples of others, by their places. */
record Picked(Examples all, int[] places) implements Examples {
  Picked {
    places = places.clone();
    if (places.length == 0) {
      throw new DataException("no example is picked; a part needs at least one");
    }
    for (int place : places) {
      checkElementIndex(place, all.size(), "an example");
    }
  }

  @Override
  public int size() {
    return places.length;
  }

  @Override
  public Shape inputShape() {
    return all.inputShape();
  }

  @Override
  public Shape targetShape() {
    return all.targetShape();
  }

  @Override
  public void copyInputs(int example, int step, double[] into, int offset) {
    all.copyInputs(places[example], step, into, offset);
  }

  @Override
  public void copyTargets(int example, int step, double[] into, int offset) {
    all.copyTargets(places[example], step, into, offset);
  }

  @Override
  public void requireComplete() {
    all.requireComplete();
  }
}

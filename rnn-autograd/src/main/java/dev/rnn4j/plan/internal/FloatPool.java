package dev.rnn4j.plan.internal;

import java.util.ArrayList;
import java.util.List;

/** A pool in float32. */
public final class FloatPool implements Pool {
  private final List<float[]> arrays = new ArrayList<>();

  FloatPool() {}

  /** Returns the array of a slot, with room for so many elements: a new one where it is short. */
  float[] array(int slot, int size) {
    while (arrays.size() <= slot) {
      arrays.add(new float[0]);
    }
    if (arrays.get(slot).length < size) {
      arrays.set(slot, new float[size]);
    }
    return arrays.get(slot);
  }
}

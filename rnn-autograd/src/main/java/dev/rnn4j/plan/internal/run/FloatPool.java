package dev.rnn4j.plan.internal.run;

import dev.rnn4j.kernel.FloatKernels;
import dev.rnn4j.kernel.FloatPacked;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A pool in float32. */
public final class FloatPool implements Pool {
  private record Scratch(int arena, int number) {}

  private final Turn turn = new Turn();
  private final List<float[]> arrays = new ArrayList<>();
  private final Map<Scratch, FloatPacked> scratch = new HashMap<>();

  FloatPool() {}

  @Override
  public Turn turn() {
    return turn;
  }

  /** Returns the array of a slot, with room for so many elements: a new one where it is short. */
  float[] array(int slot, int size) {
    while (arrays.size() <= slot) {
      arrays.add(new float[0]);
    }
    if (arrays.get(slot).length < size) {
      arrays.set(slot, allocate(size));
    }
    return arrays.get(slot);
  }

  private static float[] allocate(int size) {
    try {
      return new float[size];
    } catch (OutOfMemoryError e) {
      throw Shortage.of(size, Float.BYTES);
    }
  }

  /** Returns scratch of an arena for a packed matrix. */
  FloatPacked packed(int arena, int number, FloatKernels kernels, int k, int n) {
    return scratch.compute(
        new Scratch(arena, number),
        (key, known) -> known == null ? kernels.packed(k, n) : known.resized(k, n));
  }
}

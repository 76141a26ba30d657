package dev.rnn4j.plan.internal;

import dev.rnn4j.kernel.FloatKernels;
import dev.rnn4j.kernel.FloatPacked;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** The arrays of one run at a time, and the scratch of its instructions. */
final class FloatArena {
  private record Size(int k, int n) {}

  final FloatKernels kernels;

  /** Those of the program, then tiles. */
  float[][] arrays;

  private final int own;
  private final Map<Size, FloatPacked> packs = new HashMap<>();

  FloatArena(FloatKernels kernels, float[][] arrays) {
    this.kernels = kernels;
    this.arrays = arrays;
    this.own = arrays.length;
  }

  /** Returns the slot of a tile; asked for while emitting only. */
  int tile(int number) {
    int slot = own + number;
    while (arrays.length <= slot) {
      arrays = Arrays.copyOf(arrays, arrays.length + 1);
      arrays[arrays.length - 1] = new float[FloatBlock.TILE];
    }
    return slot;
  }

  /** Returns scratch for a packed matrix, one for each size; asked for while emitting only. */
  FloatPacked scratch(int k, int n) {
    return packs.computeIfAbsent(new Size(k, n), absent -> kernels.packed(k, n));
  }
}

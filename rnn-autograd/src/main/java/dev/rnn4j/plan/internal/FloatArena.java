package dev.rnn4j.plan.internal;

import dev.rnn4j.kernel.FloatKernels;
import dev.rnn4j.kernel.FloatPacked;
import java.util.HashMap;
import java.util.Map;

/** The arrays of one run at a time, and the scratch of its instructions. */
final class FloatArena {
  /** The elements of a row that are worked on at once where an operand is repeated or scattered. */
  static final int TILE = 512;

  private record Size(int k, int n) {}

  final FloatKernels kernels;
  final float[][] arrays;
  final float[][] tiles = new float[3][TILE];
  private final Map<Size, FloatPacked> packs = new HashMap<>();

  FloatArena(FloatKernels kernels, float[][] arrays) {
    this.kernels = kernels;
    this.arrays = arrays;
  }

  /** Returns scratch for a packed matrix, one for each size; asked for while emitting only. */
  FloatPacked scratch(int k, int n) {
    return packs.computeIfAbsent(new Size(k, n), absent -> kernels.packed(k, n));
  }
}

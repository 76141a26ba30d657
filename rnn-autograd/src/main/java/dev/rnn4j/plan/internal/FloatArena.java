package dev.rnn4j.plan.internal;

import dev.rnn4j.kernel.FloatKernels;
import dev.rnn4j.kernel.FloatPacked;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** The arrays of one run at a time, and the scratch of its instructions. */
final class FloatArena {
  /** The elements of a row that are worked on at once where an operand is repeated or scattered. */
  static final int TILE = 512;

  private record Size(int k, int n) {}

  final FloatKernels kernels;
  final float[][] arrays;
  final float[][] tiles = new float[3][TILE];
  private final Map<Size, FloatPacked> scratch = new HashMap<>();

  /** The packed weights that instructions read. */
  final Set<FloatStore.Pack> packs;

  /** The threads that help with the run under way. */
  Team team;

  FloatArena(FloatKernels kernels, float[][] arrays) {
    this(kernels, arrays, new LinkedHashSet<>());
  }

  private FloatArena(FloatKernels kernels, float[][] arrays, Set<FloatStore.Pack> packs) {
    this.kernels = kernels;
    this.arrays = arrays;
    this.packs = packs;
  }

  /** Returns an arena of the same arrays, with scratch of its own. */
  FloatArena another() {
    return new FloatArena(kernels, arrays, packs);
  }

  /** Returns scratch for a packed matrix, one for each size; asked for while emitting only. */
  FloatPacked scratch(int k, int n) {
    return scratch.computeIfAbsent(new Size(k, n), absent -> kernels.packed(k, n));
  }
}

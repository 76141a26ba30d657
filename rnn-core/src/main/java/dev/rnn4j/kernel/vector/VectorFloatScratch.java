package dev.rnn4j.kernel.vector;

/**
 * What the products of a thread need besides their matrices; made when it is first asked for.
 *
 * <p>A thread holds plain arrays only: an object of a class of this library would keep the library
 * loaded as long as the thread lives.
 */
final class VectorFloatScratch {
  private static final ThreadLocal<float[][]> OF_THREAD =
      ThreadLocal.withInitial(() -> new float[3][]);

  private VectorFloatScratch() {}

  /** Returns where rows of a transposed a are copied to. */
  static float[] ofA() {
    return get(0, VectorFloatGemm.BLOCK * VectorFloatGemm.CHUNK);
  }

  /** Returns where a panel of b is packed. */
  static float[] ofB() {
    return get(1, VectorFloatGemm.BLOCK * VectorFloatGemm.WIDTH);
  }

  /** Returns where sums go before they get to c. */
  static float[] sums() {
    return get(2, Math.max(VectorFloatGemm.TILE, VectorFloatNarrow.SUMS));
  }

  private static float[] get(int which, int size) {
    float[][] all = OF_THREAD.get();
    if (all[which] == null) {
      all[which] = new float[size];
    }
    return all[which];
  }
}

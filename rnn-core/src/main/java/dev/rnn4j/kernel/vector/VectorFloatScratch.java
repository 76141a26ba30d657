package dev.rnn4j.kernel.vector;

/** What the products of a thread need besides their matrices; made when it is first asked for. */
final class VectorFloatScratch {
  private static final ThreadLocal<VectorFloatScratch> OF_THREAD =
      ThreadLocal.withInitial(VectorFloatScratch::new);

  private float[] ofA;
  private float[] ofB;
  private float[] sums;

  private VectorFloatScratch() {}

  /** Returns the scratch of this thread. */
  static VectorFloatScratch get() {
    return OF_THREAD.get();
  }

  /** Returns where rows of a transposed a are copied to. */
  float[] ofA() {
    if (ofA == null) {
      ofA = new float[VectorFloatGemm.BLOCK * VectorFloatGemm.CHUNK];
    }
    return ofA;
  }

  /** Returns where a panel of b is packed. */
  float[] ofB() {
    if (ofB == null) {
      ofB = new float[VectorFloatGemm.BLOCK * VectorFloatGemm.WIDTH];
    }
    return ofB;
  }

  /** Returns where sums go before they get to c. */
  float[] sums() {
    if (sums == null) {
      sums = new float[Math.max(VectorFloatGemm.TILE, VectorFloatNarrow.SUMS)];
    }
    return sums;
  }
}

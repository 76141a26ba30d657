package dev.rnn4j.kernel;

import java.util.Random;
import java.util.zip.CRC32;

/** A program that prints which kernels it runs, and a checksum of the bits that they give. */
final class KernelProbe {
  private static final int SIZE = 3000;
  private static final int[] LENGTHS = {1, 5, 16, 39, 130};
  private static final int[][] SHAPES = {
    {1, 4, 4}, {3, 70, 5}, {6, 33, 300}, {9, 20, 17}, {11, 3, 40}, {70, 7, 6}
  };

  private final CRC32 checksum = new CRC32();

  private KernelProbe() {}

  /** Runs as many rounds as the argument says; all must give the same bits. */
  public static void main(String[] args) {
    System.out.println(Kernels.report());
    long first = round();
    for (int i = 1; i < Integer.parseInt(args[0]); i++) {
      if (round() != first) {
        System.out.println("round " + i + " differs");
      }
    }
    System.out.println("checksum " + first);
  }

  private static long round() {
    KernelProbe probe = new KernelProbe();
    probe.float32(Kernels.float32());
    probe.float64(Kernels.float64());
    return probe.checksum.getValue();
  }

  private void float32(FloatKernels kernels) {
    Random random = new Random(1);
    float[] a = FloatFixtures.wild(SIZE, random);
    float[] b = FloatFixtures.wild(SIZE, random);
    float[] y = new float[SIZE];
    for (Pointwise op : Pointwise.values()) {
      for (int n : LENGTHS) {
        kernels.pointwise(op, n, a, 3, b, 5, a, 7, y, 1);
        add(y);
      }
    }
    a = FloatFixtures.normal(SIZE, random);
    b = FloatFixtures.normal(70 * SIZE, random);
    for (int[] s : SHAPES) {
      FloatPacked packed = kernels.packed(s[2], s[1]);
      kernels.pack(b, 0, s[1], 1, packed);
      kernels.gemm(s[0], a, 0, s[2], 1, packed, y, 0, s[1], true);
      add(y);
      kernels.gemm(s[0], s[1], s[2], a, 0, 1, s[0], b, 1, s[1], 1, y, 0, s[1], false);
      add(y);
    }
    kernels.sum(2, 130, 1, a, 0, y, 0);
    kernels.sum(2, 130, 3, a, 0, y, 3);
    kernels.sumOfProducts(2, 130, 3, a, 0, b, 0, y, 9);
    kernels.max(2, 13, 20, a, 0, y, 9);
    kernels.sumOfProducts(2, 130, 1, a, 0, b, 0, y, 60);
    kernels.sumOfProducts(2, 13, 20, a, 0, b, 0, y, 70);
    add(y);
  }

  private void float64(DoubleKernels kernels) {
    Random random = new Random(1);
    double[] a = DoubleFixtures.wild(SIZE, random);
    double[] b = DoubleFixtures.wild(SIZE, random);
    double[] y = new double[SIZE];
    for (Pointwise op : Pointwise.values()) {
      for (int n : LENGTHS) {
        kernels.pointwise(op, n, a, 3, b, 5, a, 7, y, 1);
        add(y);
      }
    }
    a = DoubleFixtures.normal(SIZE, random);
    b = DoubleFixtures.normal(70 * SIZE, random);
    for (int[] s : SHAPES) {
      DoublePacked packed = kernels.packed(s[2], s[1]);
      kernels.pack(b, 0, s[1], 1, packed);
      kernels.gemm(s[0], a, 0, s[2], 1, packed, y, 0, s[1], true);
      add(y);
      kernels.gemm(s[0], s[1], s[2], a, 0, 1, s[0], b, 1, s[1], 1, y, 0, s[1], false);
      add(y);
    }
    kernels.sum(2, 130, 1, a, 0, y, 0);
    kernels.sum(2, 130, 3, a, 0, y, 3);
    kernels.sumOfProducts(2, 130, 3, a, 0, b, 0, y, 9);
    kernels.max(2, 13, 20, a, 0, y, 9);
    kernels.sumOfProducts(2, 130, 1, a, 0, b, 0, y, 60);
    kernels.sumOfProducts(2, 13, 20, a, 0, b, 0, y, 70);
    add(y);
  }

  private void add(float[] y) {
    for (float value : y) {
      addInt(Float.floatToIntBits(value));
    }
  }

  private void add(double[] y) {
    for (double value : y) {
      long bits = Double.doubleToLongBits(value);
      addInt((int) bits);
      addInt((int) (bits >>> 32));
    }
  }

  private void addInt(int bits) {
    for (int shift = 0; shift < 32; shift += 8) {
      checksum.update(bits >>> shift);
    }
  }
}

package dev.rnn4j.kernel;

import static org.junit.jupiter.api.Assertions.fail;

import java.util.List;
import java.util.Random;

/** Arrays of odd numbers, and the comparison of bits. */
final class FloatFixtures {
  static final float[] SPECIAL = {
    0.0f,
    -0.0f,
    1,
    -1,
    Float.MIN_VALUE,
    -Float.MIN_VALUE,
    Float.MIN_NORMAL,
    -Float.MIN_NORMAL,
    Float.MAX_VALUE,
    -Float.MAX_VALUE,
    Float.POSITIVE_INFINITY,
    Float.NEGATIVE_INFINITY,
    Float.NaN,
    0.5f,
    -87.5f,
    88.8f,
    -104,
    709.5f,
    -745,
    20,
  };

  /** One for all tests, so that some meet it cold and some warm. */
  private static final FloatKernels WARMING =
      Kernels.hasVectorModule() ? Kernels.warmingFloat() : null;

  private FloatFixtures() {}

  /** Returns the implementations that this JVM has. */
  static List<FloatKernels> implementations() {
    return Kernels.hasVectorModule()
        ? List.of(Kernels.scalarFloat(), Kernels.vectorFloat(), WARMING)
        : List.of(Kernels.scalarFloat());
  }

  /** Returns normally distributed numbers. */
  static float[] normal(int n, Random random) {
    float[] a = new float[n];
    for (int i = 0; i < n; i++) {
      a[i] = FloatBits.round(random.nextGaussian());
    }
    return a;
  }

  /** Returns numbers of all magnitudes, special ones among them. */
  static float[] wild(int n, Random random) {
    float[] a = new float[n];
    for (int i = 0; i < n; i++) {
      a[i] =
          switch (random.nextInt(4)) {
            case 0 -> SPECIAL[random.nextInt(SPECIAL.length)];
            case 1 -> FloatBits.round(random.nextGaussian() * 1000);
            case 2 -> FloatBits.round(Math.scalb(random.nextGaussian(), random.nextInt(200) - 100));
            default -> FloatBits.round(random.nextGaussian());
          };
    }
    return a;
  }

  /** Fails where a bit differs; one NaN is as good as another. */
  static void assertSameBits(float[] expected, float[] actual, String what) {
    for (int i = 0; i < expected.length; i++) {
      if (Float.compare(expected[i], actual[i]) != 0) {
        fail(what + ": [" + i + "] is " + actual[i] + " and not " + expected[i]);
      }
    }
  }
}

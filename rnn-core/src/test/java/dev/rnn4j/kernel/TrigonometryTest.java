package dev.rnn4j.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;

class TrigonometryTest {
  private static void check(double x) {
    check("sin", x, StrictMath.sin(x), Trigonometry.sin(x));
    check("cos", x, StrictMath.cos(x), Trigonometry.cos(x));
  }

  private static void check(String what, double x, double expected, double actual) {
    if (!(Math.abs(expected - actual) <= 2 * Math.ulp(expected) + 1e-26)) {
      assertEquals(expected, actual, what + " " + x);
    }
  }

  @Test
  void anglesOfEverySizeAreGoodToTwoUlp() {
    Random random = new Random(5);
    for (int exponent = -40; exponent < 19; exponent++) {
      for (int i = 0; i < 2000; i++) {
        check(Math.scalb(random.nextDouble() * 2 - 1, exponent));
      }
    }
  }

  /** Where nearly all of x goes, and where n changes. */
  @Test
  void anglesNextToMultiplesOfAnEighthAreGoodToTwoUlp() {
    for (int n = -667_000; n <= 667_000; n += Math.abs(n) < 3000 ? 1 : 7) {
      double x = n * (Math.PI / 4);
      check(x);
      check(Math.nextUp(x));
      check(Math.nextDown(x));
    }
  }

  @Test
  void edgesAreThoseOfTheJdk() {
    for (double x : new double[] {0, -0.0, 1 << 19, 1e6, -1e300, Double.MIN_VALUE}) {
      assertEquals(StrictMath.sin(x), Trigonometry.sin(x));
      assertEquals(StrictMath.cos(x), Trigonometry.cos(x));
    }
    for (double x : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
      assertEquals(Double.NaN, Trigonometry.sin(x));
      assertEquals(Double.NaN, Trigonometry.cos(x));
    }
  }

  @Test
  void nothingIsAllocated() {
    double sum = 0;
    for (int warm = 0; warm < 2; warm++) {
      long before = Allocation.ofThisThread();
      for (int i = 0; i < 1000; i++) {
        sum += Trigonometry.sin(i) + Trigonometry.cos(i);
      }
      if (warm == 1) {
        assertEquals(before, Allocation.ofThisThread(), "after a sum of " + sum);
      }
    }
  }
}

package dev.rnn4j.graph.op;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;

class CosineFunctionTest {
  private static void check(double x) {
    double expected = StrictMath.cos(x);
    assertEquals(expected, CosineFunction.cos(x), 2 * Math.ulp(expected) + 1e-28, "cos " + x);
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

  @Test
  void anglesNextToMultiplesOfAQuarterAreGoodToTwoUlp() {
    for (int n = -3000; n <= 3000; n++) {
      double x = n * (Math.PI / 4);
      check(x);
      check(Math.nextUp(x));
      check(Math.nextDown(x));
    }
  }

  @Test
  void edgesAreThoseOfTheJdk() {
    for (double x : new double[] {0, -0.0, 1e6, -1e300, Double.MIN_VALUE}) {
      check(x);
    }
    assertEquals(Double.NaN, CosineFunction.cos(Double.NaN));
    assertEquals(Double.NaN, CosineFunction.cos(Double.POSITIVE_INFINITY));
  }
}

package dev.rnn4j.random;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class LogarithmTest {
  private static final MathContext DIGITS = new MathContext(45);
  private static final BigDecimal LN_2 = series(new BigDecimal(0.5)).negate();

  /** ln x of an x near 1, as the series of the inverse hyperbolic tangent. */
  private static BigDecimal series(BigDecimal x) {
    BigDecimal s = x.subtract(BigDecimal.ONE).divide(x.add(BigDecimal.ONE), DIGITS);
    BigDecimal square = s.multiply(s, DIGITS);
    BigDecimal sum = BigDecimal.ZERO;
    BigDecimal power = s.add(s);
    for (int n = 1; n < 100; n += 2) {
      sum = sum.add(power.divide(BigDecimal.valueOf(n), DIGITS), DIGITS);
      power = power.multiply(square, DIGITS);
    }
    return sum;
  }

  private static double exact(double x) {
    int exponent = Math.getExponent(x);
    BigDecimal mantissa = series(new BigDecimal(Math.scalb(x, -exponent)));
    return LN_2.multiply(BigDecimal.valueOf(exponent), DIGITS).add(mantissa, DIGITS).doubleValue();
  }

  @Test
  void roundsCorrectly() {
    RandomGenerator random = new Philox(3);
    for (int i = 0; i < 2000; i++) {
      double u = random.nextDouble();
      assertExact(u);
      assertExact(1 - u * 1e-4);
      assertExact(u * 1e-9);
    }
    assertExact(0.5);
    assertExact(Math.nextDown(1.0));
    assertExact(0x1p-100);
    assertExact(1 / Math.sqrt(2));
    assertEquals(0, Logarithm.of(1));
  }

  private static void assertExact(double x) {
    assertEquals(exact(x), Logarithm.of(x), () -> "ln " + Double.toHexString(x));
  }
}

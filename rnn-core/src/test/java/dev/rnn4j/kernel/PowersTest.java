package dev.rnn4j.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What IEEE 754 says of pow at its edges, as C, NumPy and PyTorch have it. */
class PowersTest {
  @ParameterizedTest
  @CsvSource({
    "1, NaN, 1",
    "1, Infinity, 1",
    "1, -Infinity, 1",
    "-1, Infinity, 1",
    "-1, -Infinity, 1",
    "-1, NaN, NaN",
    "NaN, 0, 1",
    "NaN, -0, 1",
    "NaN, 1, NaN",
    "0, 0, 1",
    "0, -1, Infinity",
    "-0, -1, -Infinity",
    "-0, -2, Infinity",
    "-0, 3, -0",
    "-8, 0.5, NaN",
    "-2, 3, -8",
    "Infinity, -1, 0",
    "-Infinity, 3, -Infinity",
    "-Infinity, 2, Infinity",
    "0.5, Infinity, 0",
    "0.5, -Infinity, Infinity",
    "2, -Infinity, 0",
    "2, 0.5, 1.4142135623730951"
  })
  void isWhatTheStandardSays(double a, double b, double expected) {
    assertEquals(expected, Powers.power(a, b));
  }

  @ParameterizedTest
  @CsvSource({
    "0.999, 1",
    "0.999, 7",
    "0.9, 1000",
    "0, 0",
    "0, 3",
    "1, 9",
    "0.99999, 1000000",
    "2, 40"
  })
  void wholePowersAreNearThoseOfTheStandard(double a, long n) {
    double expected = StrictMath.pow(a, n);
    assertEquals(expected, Powers.whole(a, n), expected * (n + 1) * 0x1p-53);
  }
}

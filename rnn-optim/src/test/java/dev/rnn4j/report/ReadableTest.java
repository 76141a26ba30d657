package dev.rnn4j.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadableTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "36456        | 36,460",
        "-36456       | -36,460",
        "9999.6       | 10,000",
        "1234         | 1,234",
        "999.96       | 1,000",
        "2.7485       | 2.749",
        "0.99996      | 1.000",
        "0.5          | 0.5000",
        "0.0123       | 0.01230",
        "0.0001       | 0.0001000",
        "0.0000999    | 9.990e-05",
        "0            | 0.000",
        "1000         | 1,000",
        "123456789012 | 123,500,000,000",
        "1e15         | 1.000e+15",
        "NaN          | NaN",
        "-Infinity    | -Infinity"
      })
  void fourDigits(double value, String text) {
    assertEquals(text, Readable.of(value, 4));
  }

  @Test
  void otherDigits() {
    assertEquals("0.050", Readable.of(0.05, 2));
    assertEquals("7", Readable.of(6.6, 1));
    assertThrows(IllegalArgumentException.class, () -> Readable.of(1, 0));
  }
}

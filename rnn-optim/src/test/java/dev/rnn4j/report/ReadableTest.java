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

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1000005.673    | 0.189   | 1,000,005.67",
        "1000005.673    | 0.0996  | 1,000,005.673",
        "1320.6         | 0.12    | 1,320.60",
        "922.7          | 88      | 923",
        "922.7          | 100     | 923",
        "922.7          | 1300    | 920",
        "36456          | 1200    | 36,460",
        "-36456         | 1200    | -36,460",
        "4.3            | 1200    | 0",
        "-0.004         | 2.5     | 0.0",
        "0.5            | 0.25    | 0.50",
        "0.00000012     | 0.00000003 | 1.20e-07",
        "0              | 0.00000003 | 0.0",
        "1.5e15         | 2e14    | 1.500e+15",
        "5              | 0       | 5",
        "0              | 0       | 0",
        "1000005.673    | 0       | 1,000,005.673",
        "5              | 4e-16   | 5",
        "4.9999999999999991 | 4e-16 | 5",
        "0.1            | 1e-17   | 0.1",
        "1e-9           | 0       | 1e-09",
        "1200           | 0       | 1,200",
        "3.14159        | NaN     | 3.142",
        "Infinity       | 1       | Infinity"
      })
  void asManyDigitsAsAnErrorLets(double value, double error, String text) {
    assertEquals(text, Readable.within(value, error));
  }

  @Test
  void otherDigits() {
    assertEquals("0.050", Readable.of(0.05, 2));
    assertEquals("7", Readable.of(6.6, 1));
    assertThrows(IllegalArgumentException.class, () -> Readable.of(1, 0));
  }
}

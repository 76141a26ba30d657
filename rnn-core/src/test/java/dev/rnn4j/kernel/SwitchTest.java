package dev.rnn4j.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SwitchTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "rnn.kernel  | scalar | there is no property rnn.kernel; did you mean rnn.kernels?",
        "rnn.thread  | 2      | there is no property rnn.thread; did you mean rnn.threads?",
        "rnn.cheks   | nan    | there is no property rnn.cheks; did you mean rnn.checks?",
        "rnn.Debug   | 1      | there is no property rnn.Debug; did you mean rnn.debug?",
        "rnn.speed.x | 1      | there is no property rnn.speed.x; there are rnn.kernels,"
            + " rnn.threads, rnn.debug, rnn.checks, rnn.lanes",
        "rnn.debug   | 2      | rnn.debug is '2'; it must be 0 or 1",
        "rnn.debug   | true   | rnn.debug is 'true'; it must be 0 or 1",
        "rnn.checks  | NaN    | rnn.checks is 'NaN'; it must be nan, plan, or both with a comma"
            + " between",
        "rnn.lanes   | 5      | rnn.lanes is '5'; it must be 2, 4, 8 or 16",
        "rnn.kernels | Vector | rnn.kernels is 'Vector'; it must be auto, scalar or vector",
      })
  void whatIsMisspeltIsRefusedWhicheverIsRead(String name, String value, String message) {
    String before = System.setProperty(name, value);
    try {
      for (Switch known : Switch.values()) {
        assertEquals(
            message, assertThrows(IllegalArgumentException.class, known::value).getMessage());
      }
    } finally {
      if (before == null) {
        System.clearProperty(name);
      } else {
        System.setProperty(name, before);
      }
    }
  }

  @Test
  void whatIsNotSetIsAsItIsOtherwise() {
    assertEquals(7, Switch.WORK.number(7));
    assertEquals(false, Switch.KERNELS.is("scalar"));
  }
}

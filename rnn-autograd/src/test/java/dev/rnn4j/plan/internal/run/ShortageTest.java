package dev.rnn4j.plan.internal.run;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ShortageTest {
  @Test
  void saysWhatWasAskedForWhatThereIsAndTheCure() {
    String message =
        assertThrows(OutOfMemoryError.class, () -> new DoublePool().array(0, Integer.MAX_VALUE))
            .getMessage();
    assertTrue(
        message.matches(
            "a plan needs an array of 16384 MB, and Java may use \\d+ MB for everything; start java"
                + " with a larger -Xmx, or run smaller batches or shorter sequences"),
        message);
  }
}

package dev.rnn4j.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProgressLineTest {
  private static ProgressLine line(double part, double validation, Duration time, boolean ended) {
    return new ProgressLine(2, 50, part, 0.12345678, validation, 0.01, 2512.4, time, ended);
  }

  @Test
  void fillsItsWidth() {
    assertEquals(
        "epoch  3/50  40% [======         ] loss 0.1235 rate 0.0100 2512/s 00:17 left",
        line(0.4, Double.NaN, Duration.ofMillis(17_400), false).text(76));
    assertEquals(79, line(1, Double.NaN, Duration.ZERO, true).text(79).length());
  }

  @Test
  void showsTheValidationLossWhereThereIsOne() {
    assertEquals(
        "epoch  3/50   5% [   ] loss 0.1235 val 3.000e-05 rate 0.0100 2512/s 1:01:01 left",
        line(0.05, 3e-5, Duration.ofSeconds(3661), false).text(20));
  }

  @Test
  void beforeTheFirstEpochEndsThereIsNoTimeLeft() {
    assertEquals(
        "epoch  3/50 [          ] loss 0.1235 rate 0.0100 2512/s",
        line(Double.NaN, Double.NaN, null, false).text(55));
  }

  @Test
  void atTheEndItShowsTheTimeNeeded() {
    assertEquals(
        "epoch  3/50 100% [===] loss 0.1235 rate 0.0100 2512/s 02:03",
        line(1, Double.NaN, Duration.ofSeconds(123), true).text(0));
  }
}

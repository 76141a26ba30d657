package dev.rnn4j.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProgressLineTest {
  private static ProgressLine line(double part, double validation, Duration time, boolean ended) {
    return new ProgressLine(
        "epoch  3/50", part, 0.12345678, validation, Map.of(), 0.01, 2512.4, time, ended);
  }

  @Test
  void fillsItsWidth() {
    ProgressLine line = line(0.4, Double.NaN, Duration.ofMillis(17_400), false);
    assertEquals(
        "epoch  3/50  40% [======         ] loss 0.1235 rate 0.0100 2,512/s 00:17 left",
        line.text(77));
    for (int width = 1; width < 200; width++) {
      assertEquals(width, line.text(width).length());
      assertEquals(width, line(1, 36_456, Duration.ofHours(3), true).text(width).length());
    }
  }

  @Test
  void whereThereIsNoRoomItShowsLess() {
    ProgressLine line = line(0.4, 0.5, Duration.ofMillis(17_400), false);
    assertEquals(
        "epoch  3/50  40% [=  ] loss 0.1235 val 0.5000 rate 0.0100 00:17 left", line.text(68));
    assertEquals("epoch  3/50  40% [==   ] loss 0.1235 val 0.5000 00:17 left", line.text(58));
    assertEquals("epoch  3/50  40% loss 0.1235 val 0.5000 00:17 left", line.text(50));
    assertEquals("epoch  3/50  40% loss 0.1235 val 0.5000 ", line.text(40));
    assertEquals("epoch  3/50  40% loss 0.1235", line.text(28));
    assertEquals("epoch  3/", line.text(9));
  }

  @Test
  void showsTheValidationLossWhereThereIsOne() {
    assertEquals(
        "epoch  3/50   5% loss 0.1235 val 3.000e-05 rate 0.0100 2,512/s 1:01:01 left",
        line(0.05, 3e-5, Duration.ofSeconds(3661), false).text());
  }

  @Test
  void beforeTheFirstEpochEndsThereIsNoTimeLeft() {
    assertEquals(
        "epoch  3/50 [          ] loss 0.1235 rate 0.0100 2,512/s",
        line(Double.NaN, Double.NaN, null, false).text(56));
  }

  @Test
  void atTheEndItShowsTheTimeNeeded() {
    assertEquals(
        "epoch  3/50 100% loss 0.1235 rate 0.0100 2,512/s 02:03",
        line(1, Double.NaN, Duration.ofSeconds(123), true).text());
  }

  @Test
  void placesAreEpochsOrUpdates() {
    assertEquals("epoch  3/50", ProgressLine.place(new Under(50, 0).at(3, 7, 0)));
    assertEquals("epoch  3/50", ProgressLine.place(new Under(50, 900).at(3, 7, 0)));
    assertEquals("update   7/900", ProgressLine.place(new Under(0, 900).at(3, 7, 0)));
    assertEquals("epoch 3", ProgressLine.place(new Under(0, 0).at(3, 7, 0)));
  }

  @Test
  void metricsStandBehindTheLoss() {
    ProgressLine line =
        new ProgressLine(
            "epoch 1/2", Double.NaN, 1, 2, Map.of("f1", 0.5), 0.1, Double.NaN, null, false);
    assertEquals("epoch 1/2 loss 1.000 val 2.000 f1 0.5000 rate 0.100", line.text());
  }
}

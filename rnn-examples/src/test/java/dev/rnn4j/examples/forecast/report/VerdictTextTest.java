package dev.rnn4j.examples.forecast.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rnn4j.examples.forecast.judge.Score;
import org.junit.jupiter.api.Test;

class VerdictTextTest {
  @Test
  void aBaselineWithoutErrorIsBetterInWords() {
    Score none = new Score(0, 0, 0, 0, 1, 10);
    Score some = new Score(2, 1, 1, 1, 1, 10);
    assertEquals(
        "On rows that it has not seen, the best baseline, drift, makes no error, and the model does."
            + " Forecast with the simpler one.",
        VerdictText.of(some, "drift", none));
    assertTrue(VerdictText.of(none, "drift", none).contains("is as good as"));
    assertTrue(VerdictText.of(none, "drift", some).contains("100 % smaller"));
  }
}

package dev.rnn4j.examples.dataset;

import dev.rnn4j.csv.Csv;
import dev.rnn4j.table.Table;
import java.util.Objects;

/** Tables that come with the examples; the README beside them says where they are from. */
public final class Bundled {
  private static final String SEATTLE = "seattle-weather.csv";

  private Bundled() {}

  /**
   * Returns the daily weather of Seattle from 2012 to 2015: date, precipitation, temp_max,
   * temp_min, wind, weather.
   */
  public static Table seattleWeather() {
    return Csv.stream(
            SEATTLE,
            Objects.requireNonNull(
                Bundled.class.getResourceAsStream("/dev/rnn4j/examples/data/" + SEATTLE),
                "the jar has lost its data"))
        .read();
  }
}

package dev.rnn4j.scale;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rnn4j.csv.Csv;
import dev.rnn4j.table.Table;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The scaler that the weather document prints, from its own CSV. */
class WeatherScalerTest {
  private static final double[] MEAN = {66.05222995999408, 50.43067802889959, 0.04630178409434533};
  private static final double[] SCALE = {8.321461193408688, 6.7855462810610945, 0.181526238517959};

  @Test
  void agreesWithScikitLearn() {
    Path file =
        Path.of(
            Optional.ofNullable(System.getProperty("weather.data")).orElse("."),
            "clean_weather.csv");
    assumeTrue(
        Files.exists(file),
        "clean_weather.csv is not there; name its folder with -Dweather.data=FOLDER to run this test");
    Table table = Csv.file(file).read();
    StandardScaler scaler = StandardScaler.fit(table, table.name(1), table.name(2), table.name(3));
    assertEquals(13509, table.rows());
    for (int column = 0; column < 3; column++) {
      assertEquals(MEAN[column], scaler.mean()[column], 1e-12 * MEAN[column]);
      assertEquals(SCALE[column], scaler.scale()[column], 1e-12 * SCALE[column]);
    }
  }
}

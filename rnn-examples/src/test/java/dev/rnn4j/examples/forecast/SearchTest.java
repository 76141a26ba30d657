package dev.rnn4j.examples.forecast;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rnn4j.examples.CommandLineFixture;
import dev.rnn4j.examples.CommandLineFixture.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SearchTest {
  private static final int ROWS = 240;

  private static final double[] SEASON = {
    0, 0.3, -0.2, 0.1, 0.5, -0.4, 0.2, 0.2, -0.1, 0.6, 0, -0.3
  };

  @TempDir Path folder;

  private Path months(String name, IntToDoubleFunction value) throws IOException {
    StringBuilder rows = new StringBuilder("month,v\n");
    for (int i = 0; i < ROWS; i++) {
      rows.append(LocalDate.of(2000, 1, 1).plusMonths(i).toString(), 0, 7);
      rows.append(',').append(value.applyAsDouble(i)).append('\n');
    }
    return Files.writeString(folder.resolve(name), rows);
  }

  private String command(Path csv) {
    return "forecast --epochs 2 --hidden 4 --date month --target v --csv "
        + csv
        + " --out "
        + out(csv);
  }

  private static Path out(Path csv) {
    return csv.resolveSibling(csv.getFileName() + ".out");
  }

  /** Grows by a share each year, with a season and noise that grow with it. */
  private static double growing(int i) {
    double noise = new SplittableRandom(i).nextDouble(-0.01, 0.01);
    return 100 * Math.exp(0.012 * i + SEASON[i % SEASON.length] + noise);
  }

  /** Cycles of the logarithm, which a linear model of the values cannot follow. */
  private static double cycles(int i) {
    double noise = new SplittableRandom(i).nextDouble(-0.01, 0.01);
    return Math.exp(4 + 1.2 * Math.sin(i / 1.5) + 0.8 * Math.sin(i / 4.0) + noise);
  }

  @Test
  void cyclesOfTheLogarithmAskForIt() throws IOException {
    Path csv = months("cycles.csv", SearchTest::cycles);
    JsonNode report = CommandLineFixture.report(command(csv));
    assertEquals("log", report.at("/transform").asText());
    Result result = CommandLineFixture.run(command(csv));
    assertTrue(result.out().contains(", the logarithm of v, ridge "), result.out());
    assertTrue(result.out().contains("logarithm of v, month_sin, month_cos -> "), result.out());
    String[] lines = result.out().strip().split("\n");
    String loaded =
        CommandLineFixture.run(
                "forecast --csv " + csv + " --model " + out(csv).resolve("model.safetensors"))
            .out();
    assertTrue(loaded.contains(lines[lines.length - 1]), loaded);
  }

  @Test
  void aSeasonAsksForAWindowOfAYear() throws IOException {
    JsonNode report = CommandLineFixture.report(command(months("grows.csv", SearchTest::growing)));
    assertEquals(13, report.at("/window").asInt());
  }

  @Test
  void nothingOfTheUnseenRowsIsLookedAt() throws IOException {
    Path before = months("before.csv", SearchTest::growing);
    Path after =
        months(
            "after.csv",
            i -> i < ROWS * 8 / 10 ? growing(i) : 1 + new SplittableRandom(i).nextDouble());
    for (Path csv : new Path[] {before, after}) {
      assertEquals(0, CommandLineFixture.run(command(csv)).code());
    }
    String model = "model.safetensors";
    assertArrayEquals(
        Files.readAllBytes(out(before).resolve(model)),
        Files.readAllBytes(out(after).resolve(model)));
  }

  @Test
  void whatIsGivenIsNotChosen() throws IOException {
    Path csv = months("given.csv", SearchTest::growing);
    JsonNode report = CommandLineFixture.report(command(csv) + " --window 5 --transform none");
    assertEquals("none", report.at("/transform").asText());
    assertEquals(5, report.at("/window").asInt());
    assertTrue(
        !CommandLineFixture.run(command(csv) + " --window 5 --transform none")
            .out()
            .contains("chosen: window"));
    assertEquals(
        "Invalid value for option '--transform': 'root' is not none, sqrt or log\n",
        CommandLineFixture.run("forecast --transform root").err());
    Path negative = months("negative.csv", i -> growing(i) - 150);
    assertEquals("none", CommandLineFixture.report(command(negative)).at("/transform").asText());
  }
}

package dev.rnn4j.examples.forecast;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rnn4j.examples.CommandLineFixture;
import dev.rnn4j.examples.CommandLineFixture.Result;
import dev.rnn4j.forecast.Forecaster;
import dev.rnn4j.io.NamedTensors;
import dev.rnn4j.io.Safetensors;
import dev.rnn4j.report.Readable;
import dev.rnn4j.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The main job: its scores on the bundled data, its files, and what is refused. */
class ForecastTest {
  @TempDir Path folder;

  private Path table(String name, IntFunction<String> row, int rows) throws IOException {
    List<String> lines =
        IntStream.range(0, rows)
            .mapToObj(i -> LocalDate.of(2020, 1, 1).plusDays(i) + "," + row.apply(i))
            .toList();
    return Files.writeString(folder.resolve(name), "date,a,b\n" + String.join("\n", lines) + "\n");
  }

  private static double rmse(JsonNode report, String model) {
    return report.at("/values/scores/" + model + "/rmse").asDouble();
  }

  @Test
  void theNetworkBeatsWhatIsSimplerOnUnseenDays() throws IOException {
    JsonNode report = CommandLineFixture.report("forecast --out " + folder.resolve("out"));
    double network = rmse(report, "network");
    double linear = rmse(report, "linear autoregression");
    assertTrue(network <= 2.72, "network " + network + ", linear " + linear);
    assertEquals(2.735, linear, 0.01);
    assertEquals(3.063, rmse(report, "persistence"), 0.001);
    for (String file : List.of("model.safetensors", "predictions.csv", "forecast.png")) {
      assertTrue(Files.size(folder.resolve("out").resolve(file)) > 1000, file);
    }
  }

  @Test
  void aSavedModelPredictsWhatTheTrainedOneDid() throws IOException {
    Path csv = table("t.csv", i -> Math.sin(i / 5.0) + "," + i % 7, 200);
    Path out = folder.resolve("out");
    Result trained =
        CommandLineFixture.run(
            "forecast --hidden 4 --epochs 3 --csv " + csv + " --date date --target a --out " + out);
    assertEquals(0, trained.code(), trained.err());
    Result loaded =
        CommandLineFixture.run(
            "forecast --model " + out.resolve("model.safetensors") + " --csv " + csv);
    assertEquals(0, loaded.code(), loaded.err());
    String[] lines = trained.out().strip().split("\n");
    assertTrue(lines[lines.length - 1].startsWith("2020-07-19: a "), trained.out());
    assertTrue(loaded.out().contains(lines[lines.length - 1]), loaded.out());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "text.csv  | b | line 42, column 'b': 'x' is not a number",
        "order.csv | a | line 32, column 'date': the date 2020-01-11 is earlier than 2020-01-30",
        "short.csv | a | has 3 rows, and a window of 3 with its target 1 later needs 4",
        "empty.csv | a | is empty; it needs a header and rows below it",
        "none.csv  | b | column 'b' has no value, so it cannot be forecast",
        "text.csv  | z | has no column 'z'; did you mean 'a'? It has date, a, b",
        "absent.csv| a | there is no file",
        "          | a | is a directory; name a CSV file in it",
      })
  void badTablesAreRefusedInASentence(String file, String target, String sentence)
      throws IOException {
    table("text.csv", i -> i + "," + (i == 40 ? "x" : "" + i), 80);
    table("short.csv", i -> i + "," + i, 3);
    table("none.csv", i -> i + ",", 80);
    Files.writeString(folder.resolve("empty.csv"), "");
    String text = Files.readString(table("order.csv", i -> i + "," + i, 80));
    Files.writeString(folder.resolve("order.csv"), text.replace("2020-01-31", "2020-01-11"));
    Path csv = file == null ? folder : folder.resolve(file);
    Path out = folder.resolve("out");
    Result result =
        CommandLineFixture.run(
            "forecast --csv " + csv + " --date date --target " + target + " --out " + out);
    assertEquals(2, result.code(), result.err());
    assertTrue(result.err().contains(sentence), result.err());
    assertTrue(!result.err().contains("\tat "), result.err());
    assertTrue(Files.notExists(out.resolve("model.safetensors")));
  }

  @Test
  void aForeignOrTruncatedModelIsRefused() throws IOException {
    Path csv = table("t.csv", i -> i % 9 + "," + i % 7, 80);
    Path foreign = Files.writeString(folder.resolve("m.safetensors"), "hello");
    byte[] before = Files.readAllBytes(foreign);
    Result result = CommandLineFixture.run("forecast --model " + foreign + " --csv " + csv);
    assertEquals(2, result.code());
    assertTrue(result.err().contains("ends after 5 bytes; copy or save it again"), result.err());
    assertArrayEquals(before, Files.readAllBytes(foreign));
  }

  @Test
  void aTransformThatThereIsNotIsRefused() throws IOException {
    Path model = folder.resolve("model.safetensors");
    FindingsFixture.of(1).fitted().model().save(model);
    NamedTensors content = Safetensors.load(model);
    double[][] intervals = content.get("series.intervals").toMatrix();
    intervals[0][6] = 9;
    Map<String, Tensor> damaged = new LinkedHashMap<>(content.tensors());
    damaged.put("series.intervals", Tensor.of(intervals));
    Safetensors.save(model, damaged, content.metadata());
    String message =
        assertThrows(IllegalArgumentException.class, () -> Forecaster.load(model)).getMessage();
    assertTrue(message.contains("an interval has the transform 9.0; train"), message);
  }

  @Test
  void aFileIsNoFolder() throws IOException {
    Path csv = table("t.csv", i -> i % 9 + "," + i % 7, 80);
    String line = "forecast --date date --target a --csv " + csv + " --out " + csv;
    String err = CommandLineFixture.run(line).err();
    assertTrue(err.contains("' is a file; name another one with --out"), err);
  }

  @Test
  void everyHorizonIsForecastAndJudged() throws IOException {
    Path csv = table("t.csv", i -> 10 + i % 7 + i * 0.1 + "," + i % 5, 300);
    Path out = folder.resolve("out");
    JsonNode report =
        CommandLineFixture.report(
            "forecast --hidden 4 --epochs 3 --horizon 3 --csv "
                + csv
                + " --date date --target a --out "
                + out);
    JsonNode scores = report.at("/values/scores");
    for (String method :
        List.of("network", "linear autoregression", "persistence", "drift", "seasonal naive, 7")) {
      assertEquals(3 * 58, scores.at("/" + method + "/rows").asInt(), method);
      JsonNode first = report.at("/values/scoresByHorizon/1/" + method);
      assertEquals(58, first.at("/rows").asInt(), method);
      assertTrue(first.at("/mase").asDouble() >= 0, method);
      assertTrue(first.at("/coverage").asDouble() <= 1, method);
    }
    // A week later, all is 0.7 more; persistence is off by 1.1 or 5.9 in the next row.
    assertEquals(0.7, scores.at("/seasonal naive, 7/rmse").asDouble(), 1e-9);
    assertEquals(1, scores.at("/seasonal naive, 7/mase").asDouble(), 1e-9);
    assertEquals(
        Math.sqrt((6 * 1.1 * 1.1 + 5.9 * 5.9) / 7),
        report.at("/values/scoresByHorizon/1/persistence/rmse").asDouble(),
        0.05);
    assertTrue(scores.at("/linear autoregression/rmse").asDouble() < 0.01);
    List<String> next = new ArrayList<>();
    report.at("/values/next").fieldNames().forEachRemaining(next::add);
    assertEquals(List.of("2020-10-27", "2020-10-28", "2020-10-29"), next);
    List<String> lines = Files.readAllLines(out.resolve("predictions.csv"));
    assertTrue(
        lines.get(0).startsWith("date,ahead,a,network,linear_autoregression,persistence,drift"));
    assertTrue(lines.get(0).endsWith(",network_0.1,network_0.9"), lines.get(0));
    assertEquals(1 + 3 * 58, lines.size());
    assertEquals(
        "date,target,network,network_0.1,network_0.9",
        Files.readAllLines(out.resolve("next.csv")).get(0));
    assertTrue(lines.get(1).startsWith("2020-08-28,1,"), lines.get(1));
    assertTrue(lines.get(1 + 2 * 58).startsWith("2020-08-30,3,"), lines.get(1 + 2 * 58));
    Result loaded =
        CommandLineFixture.run(
            "forecast --model " + out.resolve("model.safetensors") + " --csv " + csv);
    for (String date : next) {
      double value = report.at("/values/next").get(date).asDouble();
      JsonNode interval = report.at("/values/nextIntervals").get(date);
      double low = interval.get(0).asDouble();
      double high = interval.get(1).asDouble();
      String text = Readable.within(value, (high - low) / 2);
      assertTrue(loaded.out().contains(date + ": a " + text + " (80 %: "), loaded.out());
      String line = String.join(",", date, "a", value + "", low + "", high + "");
      assertTrue(Files.readAllLines(out.resolve("next.csv")).contains(line), line);
    }
  }
}

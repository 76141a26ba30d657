package dev.rnn4j.examples.forecast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rnn4j.examples.CommandLineFixture;
import dev.rnn4j.examples.CommandLineFixture.Result;
import dev.rnn4j.examples.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Origins in the unseen rows: what each learns from, and what it is scored by. */
class BacktestTest {
  private static final int ROWS = 200;
  private static final int KNOWN = 160;
  private static final int SHORT = 36;

  @TempDir Path folder;

  private Path table(String name, IntToDoubleFunction value) throws IOException {
    return table(name, ROWS, value);
  }

  private Path table(String name, int count, IntToDoubleFunction value) throws IOException {
    StringBuilder rows = new StringBuilder("date,v\n");
    for (int i = 0; i < count; i++) {
      double one = value.applyAsDouble(i);
      rows.append(LocalDate.of(2024, 1, 1).plusDays(i)).append(',');
      rows.append(Double.isNaN(one) ? "NA" : Double.toString(one)).append('\n');
    }
    return Files.writeString(folder.resolve(name), rows);
  }

  private static double usual(int row) {
    return 10 + row % 7 + new SplittableRandom(row).nextDouble();
  }

  private String command(Path csv, String options) {
    return "forecast --epochs 1 --hidden 2 --window 3 --transform none --date date --target v --csv "
        + csv
        + " --out "
        + folder.resolve("out")
        + " "
        + options;
  }

  private static double rmse(JsonNode origin, String method) {
    return origin.at("/scores/" + method + "/rmse").asDouble();
  }

  @Test
  void eachOriginLearnsFromWhatIsBeforeIt() throws IOException {
    // From the middle of the unseen rows on, nothing is as it was.
    Path csv =
        table("breaks.csv", i -> i < (KNOWN + ROWS) / 2 ? usual(i) : 100 + 10 * usual(3 * i));
    JsonNode report = CommandLineFixture.report(command(csv, "--horizon 2 --backtest 4"));
    JsonNode origins = report.at("/values/backtest");
    assertEquals(4, origins.size());
    assertEquals("2024-06-09", origins.at("/0/origin").asText());
    assertEquals("2024-06-19", origins.at("/1/origin").asText());
    assertEquals("2024-06-29", origins.at("/2/origin").asText());
    for (int i = 0; i < 4; i++) {
      // Windows of 3 rows with 2 to forecast, and of 10 rows the first has nobody one ahead.
      assertEquals(KNOWN + 10 * i - 4, origins.get(i).at("/windowsLearnt").asInt());
      assertEquals(2 * 9, origins.get(i).at("/scores/network/rows").asInt());
      assertEquals(9, origins.get(i).at("/scoresByHorizon/2/persistence/rows").asInt());
    }
    // The first origin is the one of the kept model, and knows nothing of the break.
    assertTrue(rmse(origins.get(0), "network") < 4, origins.toString());
    assertTrue(rmse(origins.get(1), "network") < 4, origins.toString());
    assertTrue(rmse(origins.get(2), "network") > 20, origins.toString());
    JsonNode before =
        CommandLineFixture.report(
                command(table("goes.csv", BacktestTest::usual), "--horizon 2 --backtest 4"))
            .at("/values/backtest");
    assertEquals(before.get(0), origins.get(0));
    assertEquals(before.get(1), origins.get(1));
    List<String> lines = Files.readAllLines(folder.resolve("out/backtest.csv"));
    assertEquals(
        "origin,windows_learnt,target,ahead,method,forecasts,rmse,mae,mase,pinball,coverage",
        lines.get(0));
    assertTrue(lines.get(1).startsWith("2024-06-09,156,v,1,network,9,"), lines.get(1));
    assertTrue(Files.readString(folder.resolve("out/report.html")).contains("Backtest</h2>"));
  }

  @Test
  void oneOriginIsWhatIsScoredAnyway() throws IOException {
    Path csv = table("v.csv", BacktestTest::usual);
    JsonNode report = CommandLineFixture.report(command(csv, "--backtest 1"));
    assertEquals(report.at("/values/scores"), report.at("/values/backtest/0/scores"));
    Result without = CommandLineFixture.run(command(csv, ""));
    assertEquals(0, without.code());
    assertTrue(!without.out().contains("backtest"), without.out());
    assertTrue(Files.notExists(folder.resolve("out/backtest.csv")));
    Result result = CommandLineFixture.run(command(csv, "--backtest 3"));
    assertTrue(
        result.out().contains("backtest from 3 origins in the unseen rows: at each,"),
        result.out());
    assertTrue(result.out().contains("\nall  "), result.out());
  }

  @Test
  void tooManyOriginsAreRefusedBeforeAnythingIsLearnt() throws IOException {
    Path csv = table("v.csv", BacktestTest::usual);
    assertEquals(
        "--backtest 21 cuts the 40 unseen rows into parts of 1, and a forecast takes 2; take at most"
            + " 20",
        last(command(csv, "--horizon 2 --backtest 21")));
    assertEquals(
        "Invalid value for option '--backtest': '0' is not a whole number from 1 to 2147483647",
        last(command(csv, "--backtest 0")));
  }

  /** Returns a command for a table too short for networks. */
  private String quick(Path csv) {
    return "forecast --date date --target v --window 1 --backtest 3 --csv "
        + csv
        + " --out "
        + folder.resolve("out");
  }

  @Test
  void anOriginWithoutAWindowIsLeftOut() throws IOException {
    Path csv = table("gap.csv", SHORT, i -> i >= 30 && i < 33 ? Double.NaN : usual(i));
    Result result = CommandLineFixture.run(quick(csv));
    assertEquals(0, result.code(), result.err());
    assertTrue(result.err().contains("backtest, origin 2 of 3 is left out: "), result.err());
    assertTrue(result.err().contains("backtest, origin 3 of 3\n"), result.err());
    assertTrue(result.out().contains("backtest from 2 origins"), result.out());
  }

  /** Nothing is trained here, and so nothing but the backtest itself can look. */
  @Test
  void whoInterruptsABacktestKeepsTheOriginsSoFar() throws IOException {
    Path csv = table("short.csv", SHORT, BacktestTest::usual);
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    PrintWriter impatient =
        new PrintWriter(err) {
          @Override
          public void println(String line) {
            super.println(line);
            if (line.equals("backtest, origin 2 of 3")) {
              Thread.currentThread().interrupt();
            }
          }
        };
    int code =
        Main.commandLine()
            .setOut(new PrintWriter(out))
            .setErr(impatient)
            .execute(quick(csv).split(" "));
    assertEquals(0, code, err.toString());
    assertTrue(
        err.toString().contains("stopped; the backtest ends before origin 2 of 3"), err.toString());
    assertTrue(out.toString().contains("backtest from 1 origin in"), out.toString());
    assertEquals(
        1,
        Files.readAllLines(folder.resolve("out/backtest.csv")).stream()
            .skip(1)
            .map(row -> row.split(",")[0])
            .distinct()
            .count());
    assertTrue(
        Files.readString(folder.resolve("out/report.html")).contains("This run was stopped."));
  }

  private static String last(String command) {
    Result result = CommandLineFixture.run(command);
    assertEquals(2, result.code());
    String[] lines = result.err().strip().split("\n");
    return lines[lines.length - 1];
  }
}

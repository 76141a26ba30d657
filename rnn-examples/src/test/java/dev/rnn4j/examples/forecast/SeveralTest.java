package dev.rnn4j.examples.forecast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rnn4j.csv.Csv;
import dev.rnn4j.examples.CommandLineFixture;
import dev.rnn4j.examples.CommandLineFixture.Result;
import dev.rnn4j.forecast.Forecaster;
import dev.rnn4j.forecast.Outlook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Several targets, several series, and what is known in advance. */
class SeveralTest {
  private static final int DAYS = 120;
  private static final int HORIZON = 3;

  @TempDir Path folder;

  private static int holiday(int day) {
    return day % 11 == 0 || day % 17 == 0 ? 1 : 0;
  }

  /**
   * Two shops, one after the other, that sell 20 more on a holiday, which nothing else foretells.
   */
  private Path shops(String name, int more, IntPredicate missing) throws IOException {
    StringBuilder rows = new StringBuilder("shop,date,sold,visits,holiday,sky\n");
    for (String shop : List.of("north", "south")) {
      for (int day = 0; day < DAYS + more; day++) {
        int level = shop.equals("north") ? 50 : 80;
        String sold =
            day >= DAYS || missing.test(day)
                ? ""
                : Integer.toString(level + day % 7 + 20 * holiday(day));
        rows.append(shop)
            .append(',')
            .append(LocalDate.of(2024, 1, 1).plusDays(day))
            .append(',')
            .append(sold)
            .append(',')
            .append(day >= DAYS ? "" : Integer.toString(level / 10 + day % 5))
            .append(',')
            .append(holiday(day))
            .append(',')
            .append(day % 3 == 0 ? "rain" : "sun")
            .append('\n');
      }
    }
    return Files.writeString(folder.resolve(name), rows);
  }

  private String command(Path csv, String options) {
    return "forecast --epochs 1 --hidden 2 --window 3 --transform none --csv "
        + csv
        + " --date date --out "
        + folder.resolve("out")
        + " "
        + options;
  }

  @Test
  void oneModelForecastsTargetsOfSeriesByWhatIsKnown() throws IOException {
    Path csv = shops("known.csv", HORIZON, day -> false);
    JsonNode report =
        CommandLineFixture.report(
            command(csv, "--target sold,visits --series shop --known holiday --horizon 3"));
    for (String target : List.of("sold", "visits")) {
      JsonNode scores = report.at("/values/targets/" + target + "/scores");
      double linear = scores.at("/linear autoregression/rmse").asDouble();
      assertTrue(linear < 0.7 * scores.at("/persistence/rmse").asDouble(), target);
      assertTrue(scores.at("/network/rmse").asDouble() < 1.1 * linear, target);
    }
    List<Outlook> next =
        Forecaster.load(folder.resolve("out/model.safetensors")).next(Csv.file(csv).read());
    assertEquals(2 * 2 * HORIZON, next.size());
    assertEquals("2024-04-30, north", next.get(0).row());
    JsonNode values = report.at("/values/next");
    for (Outlook one : next) {
      String name = one.row() + ", " + one.target();
      assertEquals(values.get(name).asDouble(), one.value(), name);
    }
    // Day 121 is a holiday, one row after the last day but one of the rows to forecast begins.
    assertTrue(holiday(DAYS + 1) == 1 && holiday(DAYS) == 0);
    assertTrue(next.get(1).value() > next.get(0).value() + 8, next.toString());
    Result without =
        CommandLineFixture.run(
            "forecast --csv "
                + shops("ends.csv", 0, day -> false)
                + " --model "
                + folder.resolve("out/model.safetensors"));
    assertTrue(
        without
            .err()
            .contains(
                "column 'holiday' is known in advance, and the model reads it in the 3 rows after"
                    + " line"),
        without.err());
  }

  @Test
  void missingValuesAreSkippedOrFilled() throws IOException {
    Path csv = shops("gaps.csv", 0, day -> day % 10 == 4);
    String skipped = CommandLineFixture.run(command(csv, "--target sold --series shop")).out();
    assertTrue(skipped.contains("with a missing value"), skipped);
    assertTrue(!skipped.contains(" 0 with a missing value"), skipped);
    assertTrue(skipped.contains("sky = rain, sky = sun"), skipped);
    String filled =
        CommandLineFixture.run(command(csv, "--target sold --series shop --gaps fill")).out();
    assertTrue(filled.contains("sold, sold is missing, visits"), filled);
    assertTrue(windows(filled) > windows(skipped), filled);
    assertTrue(filled.contains("missing values are filled"), filled);
  }

  private static int windows(String out) {
    return Integer.parseInt(
        out.lines()
            .filter(line -> line.contains(" windows are learnt from"))
            .map(line -> line.substring(0, line.indexOf(' ')))
            .findFirst()
            .orElseThrow());
  }

  @Test
  void seriesNeedDates() throws IOException {
    Path csv = shops("s.csv", 0, day -> false);
    Result result =
        CommandLineFixture.run("forecast --csv " + csv + " --target sold --series shop");
    assertEquals(
        "--series needs --date: the rows of several series are parted by their dates\n",
        result.err().replace("reading the table\n", ""));
    assertTrue(
        CommandLineFixture.run("forecast --cell lstn").err().contains("'lstn' is not one of"));
  }

  /** Weeks of which one shop sells a thousand times as much as the other. */
  private Path weeks(String name, int days, String... shops) throws IOException {
    StringBuilder rows = new StringBuilder("shop,date,sold\n");
    SplittableRandom random = new SplittableRandom(3);
    for (String shop : shops) {
      int unit = shop.equals("small") ? 1 : shop.equals("new") ? 50 : 1000;
      for (int day = 0; day < days; day++) {
        rows.append(shop).append(',').append(LocalDate.of(2024, 1, 1).plusDays(day));
        rows.append(',').append(unit * (10 + 3 * (day % 7) + random.nextDouble())).append('\n');
      }
    }
    return Files.writeString(folder.resolve(name), rows);
  }

  @Test
  void eachSeriesIsScaledByItself() throws IOException {
    Path csv = weeks("weeks.csv", DAYS, "small", "large");
    JsonNode report =
        CommandLineFixture.report(
            "forecast --epochs 1 --hidden 2 --window 8 --transform none --date date --series shop"
                + " --target sold --csv "
                + csv
                + " --out "
                + folder.resolve("out"));
    JsonNode small = report.at("/values/nextIntervals/2024-04-30, small");
    JsonNode large = report.at("/values/nextIntervals/2024-04-30, large");
    double expected = 10 + 3 * (DAYS % 7) + 0.5;
    assertEquals(expected, report.at("/values/next/2024-04-30, small").asDouble(), 1);
    assertEquals(expected * 1000, report.at("/values/next/2024-04-30, large").asDouble(), 1000);
    double ratio = width(large) / width(small);
    assertTrue(ratio > 500 && ratio < 2000, report.at("/values/nextIntervals").toString());
    String page = Files.readString(folder.resolve("out/report.html"));
    assertTrue(page.contains("Residuals of sold of small over time"), page);
    assertTrue(page.contains("Residuals of sold, in units of the RMSE of each series, by"), page);
    // Of a shop that nobody knew, the rows that are there are all that is known.
    List<Outlook> next =
        Forecaster.load(folder.resolve("out/model.safetensors"))
            .next(Csv.file(weeks("new.csv", DAYS, "large", "new")).read());
    assertEquals(List.of("2024-04-30, large", "2024-04-30, new"), names(next));
    assertEquals(report.at("/values/next/2024-04-30, large").asDouble(), next.get(0).value(), 1000);
    assertEquals(expected * 50, next.get(1).value(), 50);
  }

  /** Weeks of shops, after which one never sells another number, and one always sells 3 more. */
  private Path withSteady(String name, String... shops) throws IOException {
    StringBuilder rows = new StringBuilder(Files.readString(weeks(name, DAYS, shops)));
    for (int day = 0; day < DAYS; day++) {
      LocalDate date = LocalDate.of(2024, 1, 1).plusDays(day);
      rows.append("closed,").append(date).append(",5\n");
      rows.append("line,").append(date).append(',').append(3 * day).append('\n');
      if (day >= DAYS - 40) {
        rows.append("short,").append(date).append(',').append(10 + 3 * (day % 7)).append('\n');
      }
    }
    return Files.writeString(folder.resolve(name), rows);
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "sqrt", "log"})
  void aSeriesThatNeverChangesStaysAndDisturbsNoOther(String transform) throws IOException {
    String options =
        " --epochs 1 --hidden 2 --window 8 --date date --series shop --target sold --horizon 2"
            + " --out "
            + folder.resolve("out")
            + " --transform "
            + transform
            + " --csv ";
    Path csv = withSteady("steady.csv", "small", "large");
    Result result = CommandLineFixture.run("forecast" + options + csv);
    assertTrue(
        result.out().contains("sold of closed") && result.out().contains("none of its errors"),
        result.out());
    Map<String, Outlook> next = new HashMap<>();
    Forecaster.load(folder.resolve("out/model.safetensors"))
        .next(csv)
        .forEach(one -> next.put(one.row(), one));
    for (String date : List.of("2024-04-30", "2024-05-01")) {
      Outlook closed = next.get(date + ", closed");
      assertEquals(5, closed.value(), 1e-9);
      assertEquals(5, closed.low(), 1e-9);
      assertEquals(5, closed.high(), 1e-9);
      assertTrue(closed.toString().endsWith(": sold 5 (80 %: 5 to 5)"), closed.toString());
      // A shop with few errors has an interval as wide as it is large itself.
      Outlook few = next.get(date + ", short");
      assertTrue(few.high() - few.low() < 30, few.toString());
    }
    if (transform.equals("none")) {
      assertEquals(3.0 * DAYS, next.get("2024-04-30, line").value(), 1e-9);
      assertEquals(3.0 * DAYS + 3, next.get("2024-05-01, line").value(), 1e-9);
    }
    for (String line : Files.readAllLines(folder.resolve("out/predictions.csv"))) {
      if (line.contains(",closed,")) {
        assertTrue(line.matches(".*,closed,[12],5\\.0,.*"), line);
      }
    }
  }

  /** Of few rows too, what is always the same stays so, until new rows say otherwise. */
  @Test
  void aShortSeriesThatNeverChangesStays() throws IOException {
    String options =
        " --window 1 --date date --series shop --target sold --out " + folder.resolve("out");
    Path csv = fewDays("short.csv", 8, 0);
    Result result = CommandLineFixture.run("forecast" + options + " --csv " + csv);
    assertTrue(result.out().contains("sold of closed, line always changes"), result.out());
    assertTrue(result.out().contains("\n10 windows are learnt from"), result.out());
    Forecaster forecaster = Forecaster.load(folder.resolve("out/model.safetensors"));
    Map<String, Outlook> next = byRow(forecaster.next(csv));
    Outlook closed = next.get("2024-01-09, closed");
    assertEquals(List.of(5.0, 5.0, 5.0), List.of(closed.low(), closed.value(), closed.high()));
    assertEquals(24, next.get("2024-01-09, line").value(), 1e-9);
    // Two rows say nothing else, and many do.
    Path two = Files.writeString(folder.resolve("two.csv"), fewRows(csv));
    assertEquals(5, byRow(forecaster.next(two)).get("2024-01-09, closed").value(), 1e-9);
    Outlook later = byRow(forecaster.next(fewDays("later.csv", 40, 9))).get("2024-02-10, closed");
    assertTrue(later.high() - later.low() > 1, later.toString());
  }

  /** Two shops that sell otherwise each day, one that is closed up to a day, and a line. */
  private Path fewDays(String name, int days, int opens) throws IOException {
    StringBuilder rows = new StringBuilder("date,shop,sold\n");
    for (int day = 0; day < days; day++) {
      String date = LocalDate.of(2024, 1, 1).plusDays(day) + ",";
      rows.append(date).append("small,").append(10 + day * 5 % 7).append('\n');
      rows.append(date).append("large,").append(500 + day * 3 % 7).append('\n');
      int closed = opens > 0 && day >= opens ? 5 + day * 4 % 7 : 5;
      rows.append(date).append("closed,").append(closed).append('\n');
      rows.append(date).append("line,").append(3 * day).append('\n');
    }
    return Files.writeString(folder.resolve(name), rows);
  }

  /** Returns the header and the last two rows of the closed shop. */
  private static String fewRows(Path csv) throws IOException {
    List<String> lines = Files.readAllLines(csv);
    List<String> closed = lines.stream().filter(line -> line.contains(",closed,")).toList();
    return lines.get(0)
        + "\n"
        + String.join("\n", closed.subList(closed.size() - 2, closed.size()))
        + "\n";
  }

  private static Map<String, Outlook> byRow(List<Outlook> next) {
    Map<String, Outlook> byRow = new HashMap<>();
    next.forEach(one -> byRow.put(one.row(), one));
    return byRow;
  }

  /** Few rows, of which nothing is learnt, are what a series is scaled by. */
  @ParameterizedTest
  @CsvSource({"1, 1", "1, 2", "1, 3", "3, 4", "3, 7", "3, 9", "3, 10"})
  void aSeriesOfFewRowsIsAsLargeAsTheyAre(int window, int count) throws IOException {
    Path csv = withNew(weeks("weeks.csv", DAYS, "small", "large"), count);
    JsonNode values =
        CommandLineFixture.report(
                "forecast --epochs 1 --hidden 2 --transform none --date date --series shop"
                    + " --target sold --window "
                    + window
                    + " --csv "
                    + csv
                    + " --out "
                    + folder.resolve("out"))
            .at("/values");
    double next = values.at("/next/2024-04-30, new").asDouble(Double.NaN);
    assertTrue(next > 0 && next < 40, values.at("/next").toString());
    double width = width(values.at("/nextIntervals/2024-04-30, new"));
    assertTrue(width > 0 && width < 60, values.at("/nextIntervals").toString());
    for (String line : Files.readAllLines(folder.resolve("out/predictions.csv"))) {
      if (line.contains(",new,")) {
        double judged = Double.parseDouble(line.split(",")[4]);
        assertTrue(judged > -20 && judged < 60, line);
      }
    }
  }

  /** What a series begins with is no rule for what follows: it sold nothing at first. */
  @Test
  void zerosAtTheBeginningAreNoRule() throws IOException {
    StringBuilder rows =
        new StringBuilder(Files.readString(weeks("weeks.csv", DAYS, "small", "large")));
    for (int day = DAYS - 12; day < DAYS; day++) {
      rows.append("new,").append(LocalDate.of(2024, 1, 1).plusDays(day));
      rows.append(',').append(day < DAYS - 9 ? 0 : 10 + 3 * (day % 7)).append('\n');
    }
    Path csv = Files.writeString(folder.resolve("zeros.csv"), rows);
    Result result = CommandLineFixture.run(command(csv, "--series shop --target sold"));
    assertEquals(0, result.code(), result.err());
    assertTrue(!result.out().contains("sold of new"), result.out());
    Outlook next =
        byRow(Forecaster.load(folder.resolve("out/model.safetensors")).next(csv))
            .get("2024-04-30, new");
    assertTrue(next.value() > 0 && next.value() < 40 && next.high() > next.low(), next.toString());
  }

  /**
   * Of several rows ahead, the last change is known of the first one only, and is none as before.
   */
  @Test
  void theLastChangeTellsThatThereIsNoRule() throws IOException {
    StringBuilder rows =
        new StringBuilder(Files.readString(weeks("weeks.csv", DAYS, "small", "large")));
    int[] sold = {160, 190, 220, 250, 280, 100};
    for (int i = 0; i < sold.length; i++) {
      LocalDate date = LocalDate.of(2024, 1, 1).plusDays(DAYS - sold.length + i);
      rows.append("new,").append(date).append(',').append(sold[i]).append('\n');
    }
    Path csv = Files.writeString(folder.resolve("last.csv"), rows);
    Result result = CommandLineFixture.run(command(csv, "--series shop --target sold --horizon 2"));
    assertEquals(0, result.code(), result.err());
    Outlook next =
        byRow(Forecaster.load(folder.resolve("out/model.safetensors")).next(csv))
            .get("2024-04-30, new");
    assertTrue(next.high() - next.low() > 1, next.toString());
    assertTrue(next.value() > -200 && next.value() < 600, next.toString());
  }

  /** More rows of a series say how large it is, where few did when a model was trained. */
  @Test
  void aSeriesThatWasShortIsScaledAnew() throws IOException {
    Path csv = fewDays("few.csv", 40, 35);
    // The fifth shop has its first five rows among those that are learnt from.
    StringBuilder rows = new StringBuilder(Files.readString(csv));
    for (int day = 20; day < 25; day++) {
      rows.append(LocalDate.of(2024, 1, 1).plusDays(day)).append(",new,").append(10 + day % 3);
      rows.append('\n');
    }
    Files.writeString(csv, rows);
    String options = " --window 1 --date date --series shop --target sold --out ";
    CommandLineFixture.run("forecast --csv " + csv + options + folder.resolve("out"));
    Forecaster forecaster = Forecaster.load(folder.resolve("out/model.safetensors"));
    double few = forecaster.next(csv).stream().filter(SeveralTest::isNew).findFirst().get().value();
    assertTrue(few > 5 && few < 20, "from few rows: " + few);
    StringBuilder grown = new StringBuilder("date,shop,sold\n");
    for (int day = 40; day < 60; day++) {
      grown.append(LocalDate.of(2024, 1, 1).plusDays(day)).append(",new,");
      grown.append(900 + 50 * (day % 3)).append('\n');
    }
    Path later = Files.writeString(folder.resolve("grown.csv"), grown);
    double more = forecaster.next(later).get(0).value();
    assertTrue(more > 800 && more < 1100, "from more rows: " + more);
  }

  private static boolean isNew(Outlook one) {
    return one.row().endsWith(", new");
  }

  /** Adds a shop that opened so many days before the end. */
  private static Path withNew(Path csv, int count) throws IOException {
    StringBuilder rows = new StringBuilder(Files.readString(csv));
    for (int day = DAYS - count; day < DAYS; day++) {
      LocalDate date = LocalDate.of(2024, 1, 1).plusDays(day);
      rows.append("new,").append(date).append(',').append(10 + 3 * (day % 7)).append('\n');
    }
    return Files.writeString(csv, rows);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"1|02", "7|Köln", "7|NA", "' a'|'b '"})
  void namesOfSeriesAreNamesWhateverTheyAre(String first, String second) throws IOException {
    Path csv = weeks("weeks.csv", DAYS, first, second);
    // Another row of the second one, with blanks elsewhere, is one of it too.
    String day = LocalDate.of(2024, 1, 1).plusDays(DAYS).toString();
    Files.writeString(csv, Files.readString(csv) + " " + second.strip() + "," + day + ",10\n");
    String command =
        "forecast --epochs 1 --hidden 2 --window 3 --date date --series shop --target sold --csv "
            + csv
            + " --out "
            + folder.resolve("out");
    Result result = CommandLineFixture.run(command);
    assertEquals(0, result.code(), result.err());
    assertTrue(result.out().contains("shop = " + first.strip()), result.out());
    List<String> names = names(Forecaster.load(folder.resolve("out/model.safetensors")).next(csv));
    assertEquals(List.of("2024-04-30, " + first.strip(), "2024-05-01, " + second.strip()), names);
  }

  private static double width(JsonNode interval) {
    return interval.get(1).asDouble() - interval.get(0).asDouble();
  }

  private static List<String> names(List<Outlook> next) {
    return next.stream().map(Outlook::row).toList();
  }
}

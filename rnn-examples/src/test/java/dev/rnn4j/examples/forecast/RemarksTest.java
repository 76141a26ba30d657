package dev.rnn4j.examples.forecast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rnn4j.examples.CommandLineFixture;
import dev.rnn4j.examples.CommandLineFixture.Result;
import dev.rnn4j.forecast.Forecaster;
import dev.rnn4j.forecast.Outlook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What would go wrong in silence: it is refused, or somebody is told. */
class RemarksTest {
  private static final int DAYS = 120;

  @TempDir Path folder;

  private Path table(String header, int rows, IntFunction<String> row) throws IOException {
    StringBuilder all = new StringBuilder(header).append('\n');
    for (int i = 0; i < rows; i++) {
      all.append(row.apply(i)).append('\n');
    }
    return Files.writeString(folder.resolve("t.csv"), all);
  }

  private static LocalDate date(int day) {
    return LocalDate.of(2024, 1, 1).plusDays(day);
  }

  private Result forecast(Path csv, String options) {
    List<String> line = new ArrayList<>(List.of("forecast", "--csv", csv.toString()));
    line.addAll(List.of("--out", folder.resolve("out").toString()));
    line.addAll(List.of(options.split(" ")));
    return CommandLineFixture.run(line.toArray(String[]::new));
  }

  private Path model() {
    return folder.resolve("out").resolve("model.safetensors");
  }

  private static String mistake(Result result) {
    assertEquals(2, result.code(), result.out());
    return result.err().replace("reading the table\n", "").strip();
  }

  @Test
  void aTransformThatWouldChangeNothingIsRefused() throws IOException {
    Path csv = table("day,v", DAYS, i -> date(i) + "," + (i == 7 ? -3 : i % 7));
    assertEquals(
        csv
            + ", line 9, column 'v': the value -3.0 is below 0, and the logarithm is for values from"
            + " 0 on; leave out --transform log, or the row",
        mistake(forecast(csv, "--date day --target v --transform log")));
    assertEquals(
        0, forecast(csv, "--date day --target v --transform none --hidden 2 --epochs 1").code());
  }

  @Test
  void aColumnOfNumbersTellsNoSeriesApart() throws IOException {
    Path csv = table("day,v,w", 60, i -> date(i) + "," + i % 7 + "," + i / 2 * 0.1);
    assertEquals(
        csv
            + ": --series w makes 30 series of 60 rows, the longest of 2, and a window of 3 with"
            + " what it forecasts takes 4; name a column that tells series apart, as a shop's name,"
            + " or leave --series out",
        mistake(forecast(csv, "--date day --target v --series w")));
  }

  @Test
  void whatTellsSeriesApartIsNotForecast() throws IOException {
    Path csv = table("day,v,w", 60, i -> date(i / 2) + "," + i % 7 + "," + i % 2);
    assertEquals(
        "column 'w' tells series apart, so it cannot be forecast; leave it out of --series or of"
            + " --target",
        mistake(forecast(csv, "--date day --target w --series w")));
  }

  /** A code that is hardly ever a letter, and numbers of which nobody knows the decimal mark. */
  @Test
  void aColumnThatIsNotReadMayHoldAnything() throws IOException {
    Path csv =
        table("day;v;code;w", 60, i -> date(i) + ";" + i % 7 + ";" + (i == 9 ? "A" : i) + ";1.100");
    Result result =
        forecast(csv, "--date day --target v --features v --hidden 2 --epochs 1 --window 3");
    assertEquals(0, result.code(), result.err());
  }

  @Test
  void aTrainingThatDivergesLeavesNothing() throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    Path csv = table("day,v", DAYS, i -> date(i) + "," + (9 + i % 7 + random.nextDouble()));
    Result result =
        forecast(csv, "--date day --target v --window 3 --rate 1e9 --hidden 2 --epochs 2");
    String[] lines = mistake(result).split("\n");
    String last = lines[lines.length - 1];
    assertTrue(last.startsWith("training diverges: the loss was "), last);
    assertTrue(last.endsWith("; take a smaller --rate"), last);
    try (var files = Files.list(folder.resolve("out"))) {
      assertEquals(0, files.count());
    }
  }

  @Test
  void aLinearModelSaysThatItIsOne() throws IOException {
    Path csv = table("day,v", 20, i -> date(i) + "," + i * i % 17);
    assertEquals(0, forecast(csv, "--date day --target v --window 3 --hidden 2").code());
    String said = Forecaster.load(model()).toString();
    assertTrue(said.endsWith(", by a linear model alone"), said);
    assertEquals(0, forecast(csv, "--date day --target v --window 3 --hidden 2 --epochs 1").code());
    said = Forecaster.load(model()).toString();
    assertTrue(said.endsWith("what 8 networks add to it on average"), said);
    assertEquals(
        "name the table to forecast from with --csv; " + model() + " reads day, v",
        mistake(CommandLineFixture.run("forecast --model " + model())));
  }

  @Test
  void aSeriesThatNeverChangesIsRemarkedOnOnce() throws IOException {
    Path csv =
        table(
            "day,shop,v",
            2 * DAYS,
            i -> date(i / 2) + (i % 2 == 0 ? ",idle,5" : ",open," + (i % 14 + i % 5)));
    String said = forecast(csv, "--date day --series shop --target v --hidden 2 --epochs 1").out();
    assertTrue(said.contains("v of idle is always the same in the rows"), said);
    assertFalse(said.contains("nothing is learnt from 'idle'"), said);
  }

  /** One series alone is forecast as it is among others. */
  @Test
  void whatNeverChangesStays() throws IOException {
    for (String options :
        new String[] {"--hidden 2 --epochs 1", "--horizon 2", "--transform log"}) {
      Path csv = table("day,v,w", 60, i -> date(i) + ",5.5," + i * 3 % 7);
      Result result = forecast(csv, "--date day --target v " + options);
      assertEquals(0, result.code(), result.err());
      assertTrue(
          result
              .out()
              .contains(
                  "v is always the same in the rows that are learnt from: it is forecast to stay so\n"),
          result.out());
      for (Outlook next : Forecaster.load(model()).next(csv)) {
        assertEquals(
            List.of(5.5, 5.5, 5.5),
            List.of(next.low(), next.value(), next.high()),
            next.toString());
      }
      String page = Files.readString(folder.resolve("out").resolve("report.html"));
      assertTrue(page.contains("v is always the same"), page);
    }
    Path line = table("day,v", 60, i -> date(i) + "," + 3 * i);
    String said = forecast(line, "--date day --target v --hidden 2 --epochs 1").out();
    assertTrue(said.contains("v always changes by the same in the rows"), said);
    assertEquals(180, Forecaster.load(model()).next(line).get(0).value(), 1e-9);
    Path short5 = table("v", 5, i -> "7");
    said = forecast(short5, "--target v").out();
    assertTrue(said.contains("the next row: v 7 (80 %: 7 to 7)"), said);
  }

  /** Of two shops, north ends early; new has a few rows, and a shop without a name more. */
  private Path shops() throws IOException {
    StringBuilder rows = new StringBuilder("shop,day,v\n");
    for (int day = 0; day < DAYS; day++) {
      for (String shop : new String[] {"north", "south", "", "new"}) {
        boolean open = shop.equals("north") ? day < 60 : !shop.equals("new") || day >= DAYS - 5;
        if (open) {
          rows.append(shop).append(',').append(date(day)).append(',');
          rows.append(shop.length() + day % 7 + day % 5).append('\n');
        }
      }
    }
    return Files.writeString(folder.resolve("shops.csv"), rows);
  }

  @Test
  void seriesThatAreOfNoUseAreNamed() throws IOException {
    String options = "--date day --target v --series shop --hidden 2 --epochs 1 --window ";
    Result result = forecast(shops(), options + 7);
    assertEquals(0, result.code(), result.err());
    String none =
        "nothing is learnt from 'new', nor judged by: a window and what it forecasts take 8 rows"
            + " without a gap or a missing value";
    String old = "nothing is judged by 'north': there is nothing to forecast in the unseen rows";
    String unnamed = "line 4, column 'shop': no series is named here, nor in 119 other rows";
    String early =
        "'north' ends at 2024-02-29, before 2024-04-29, where the table does: what is forecast"
            + " follows its own last row";
    String shortfall = "no row after the last one of 'new' is forecast";
    String page = Files.readString(folder.resolve("out").resolve("report.html"));
    for (String remark : List.of(none, old)) {
      assertTrue(result.out().contains(remark + "\n"), result.out());
      assertTrue(page.contains(remark.replace("'", "&#39;")), remark);
    }
    String again =
        CommandLineFixture.run("forecast --model " + model() + " --csv " + shops()).err();
    for (String remark : List.of(unnamed, early, shortfall)) {
      assertTrue(result.err().contains(remark), result.err());
      assertTrue(again.contains(remark), again);
      assertTrue(page.contains(remark.replace("'", "&#39;")), remark);
    }
    assertTrue(result.out().contains("2024-04-30, '': v "), result.out());
    assertTrue(result.out().contains("2024-03-01, north: v "), result.out());
    String three = forecast(shops(), options + 3).out();
    assertTrue(
        three.contains(
            "nothing is learnt from 'new': what there is to forecast lies in the unseen rows\n"),
        three);
  }

  @Test
  void whatChangesNothingIsNotTried() throws IOException {
    SplittableRandom random = new SplittableRandom(2);
    Path csv =
        table(
            "day,v,holiday",
            DAYS,
            i -> date(i) + "," + (5 + i % 7 + random.nextDouble()) + "," + (i % 9 == 0 ? 1 : 0));
    String out = forecast(csv, "--date day --target v --hidden 2 --epochs 1").out();
    assertTrue(out.contains("as it is        square root          logarithm\n"), out);
    assertFalse(out.contains("logs"), out);
    assertFalse(out.contains("logarithm of holiday"), out);
    String two = forecast(csv, "--date day --target holiday --hidden 2 --epochs 1").out();
    assertTrue(two.contains("as it is\n"), two);
  }

  @Test
  void quartersStayQuarters() throws IOException {
    Path csv =
        table("q,v", 40, i -> 2003 + i / 4 + "-Q" + (1 + i % 4) + "," + (50 + i + i % 4 * 3));
    Result result = forecast(csv, "--date q --target v --hidden 2 --epochs 1");
    assertTrue(result.out().contains("2013-Q1: v "), result.out() + result.err());
    List<String> lines = Files.readAllLines(folder.resolve("out").resolve("predictions.csv"));
    assertTrue(lines.get(lines.size() - 1).startsWith("2012-Q4,"), lines.toString());
    assertEquals("2013-Q1", Forecaster.load(model()).next(csv).get(0).when());
  }
}

package dev.rnn4j.examples.forecast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rnn4j.csv.Csv;
import dev.rnn4j.examples.CommandLineFixture;
import dev.rnn4j.examples.CommandLineFixture.Result;
import dev.rnn4j.forecast.Forecaster;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Small tables of the kinds that people bring: what is forecast from them, or why nothing is. */
class TablesTest {
  @TempDir Path folder;

  private Path table(String name) throws IOException {
    Path file = folder.resolve(name);
    try (InputStream bytes = TablesTest.class.getResourceAsStream("tables/" + name)) {
      Files.write(file, Objects.requireNonNull(bytes, name).readAllBytes());
    }
    return file;
  }

  private Result forecast(Path table, String options) {
    List<String> line = new ArrayList<>(List.of("forecast", "--epochs", "1", "--hidden", "4"));
    line.addAll(List.of("--out", folder.resolve("out").toString(), "--csv", table.toString()));
    // A blank parts arguments, and _ stands for a blank in one.
    List.of(options.split(" ")).forEach(option -> line.add(option.replace('_', ' ')));
    return CommandLineFixture.run(line.toArray(String[]::new));
  }

  private Result predict(Path table) {
    Path model = folder.resolve("out").resolve("model.safetensors");
    return CommandLineFixture.run(
        "forecast", "--model", model.toString(), "--csv", table.toString());
  }

  private static String lastLine(Result result) {
    assertEquals(0, result.code(), result.err());
    String[] lines = result.out().strip().split("\n");
    return lines[lines.length - 1];
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "c01-monthend.csv | --date date --target sales | 2023-05-31: sales ",
        "c52-bm.csv       | --date date --target v     | 2022-11-30: v ",
        "c06-offset.csv   | --date time --target load  | 2023-04-05T16:00+02:00: load ",
        "c04-30s.csv      | --date time --target v     | 2024-03-01T11:20:30: v ",
        "c07-na.csv       | --date date --target v     | 2020-10-27: v ",
        "c44-change.csv   | --date date --target v     | 2020-10-27: v ",
        "c08-german.csv   | --date Datum --target Wert | 2020-10-27: Wert ",
        "c09-question.csv | --date date --target v     | 2020-10-27: v ",
        "c12-noheader.csv | --date 0 --target 1        | 2020-10-27: 1 ",
        "c12-noheader.csv | --no-header --names d,\"v,w\" --date d --target v,w | 2020-10-27: v,w ",
        "c10-latin1.csv   | --encoding latin1 --date date --target Temp_(°C) | 2020-10-27: Temp ",
        "c50-epoch.csv    | --date time --target v     | 2023-11-15T03:13:20Z: v ",
        "c15-hh.csv       | --date d --target v        | 2023-04-11T10:30: v ",
      })
  void isForecast(String file, String options, String line) throws IOException {
    Result result = forecast(table(file), options);
    assertTrue(lastLine(result).startsWith(line), result.out());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "c02-pattern.csv | --date date --target v | line 122, column 'date': '31.04.2020' is no date of"
            + " the calendar",
        "c02-pattern.csv | --date date --target v --date-format dd.MM.yyyy | line 122, column 'date':"
            + " '31.04.2020' is no date of the calendar",
        "c15-hh.csv | --date d --target v --date-format dd/MM/yyyy_hh:mm | the date pattern"
            + " 'dd/MM/yyyy hh:mm' has 'hh', which is the hour of AM or PM, without a that says"
            + " which; write HH for hours from 0 to 23, or add a",
        "c15-hh.csv | --date d --target v --date-format dd/mm/yyyy_HH:mm | has 'mm', which is the"
            + " minute, twice; write MM for the month",
        "c16-mixed2.csv | --date time --target load | line 202, column 'time': '2023-06-09T08:00' has"
            + " no offset, and '2023-06-01T00:00+02:00' in line 2 has one",
        "c51-quote.csv | --date date --target v | line 222: a quote is opened in cell 3 and never"
            + " closed",
        "c10-latin1.csv | --date date --target v | line 1: this is not UTF-8 text; say its encoding"
            + " with --encoding",
      })
  void isRefused(String file, String options, String sentence) throws IOException {
    Result result = forecast(table(file), options);
    assertEquals(2, result.code(), result.out());
    assertTrue(result.err().contains(sentence), result.err());
    assertEquals("", result.out().replace("reading the table\n", ""));
    assertEquals(1, result.err().replace("reading the table\n", "").lines().count(), result.err());
  }

  @Test
  void aMostlyMissingColumnIsSaidToBeSo() throws IOException {
    String out = forecast(table("c07-na.csv"), "--date date --target v --window 7").out();
    assertTrue(out.contains("column 'snow' is missing in 180 of 300 rows; it is left out"), out);
    assertTrue(out.contains("293 windows of 7 rows"), out);
  }

  @Test
  void columnsWithTheNamesOfDerivedOnesStayWhatTheyAre() throws IOException {
    String out = forecast(table("c44-change.csv"), "--date date --target v").out();
    assertTrue(
        out.contains(
            "v, change of v, day_of_year_sin, day_of_year_sin (derived), day_of_year_cos -> change"
                + " of v (derived)"),
        out);
    assertTrue(
        lastLine(predict(table("c44-change.csv"))).startsWith("2020-10-27: v "), "and predicts");
  }

  @Test
  void monthsByTheirLastWorkingDayLoseNoWindow() throws IOException {
    String out = forecast(table("c52-bm.csv"), "--date date --target v").out();
    assertTrue(out.contains("0 across a gap"), out);
    assertTrue(out.contains("more than 1 month (last working day)"), out);
  }

  @Test
  void aModelKnowsHowFarRowsAreApart() throws IOException {
    lastLine(forecast(table("daily.csv"), "--date date --target v --window 1"));
    assertTrue(lastLine(predict(table("c05-one.csv"))).startsWith("2020-11-03: v "));
    assertTrue(lastLine(predict(table("c03-gap-before-last.csv"))).startsWith("2020-11-23: v "));
    Path hours =
        Files.writeString(
            folder.resolve("h.csv"), "date,v\n2020-01-01T00:00,1\n2020-01-01T01:00,2\n");
    assertTrue(
        predict(hours)
            .err()
            .contains(
                "line 3, column 'date': the date 2020-01-01T01:00 is less than 1 day after"
                    + " 2020-01-01T00:00 in line 2, and the model has rows 1 day apart"),
        predict(hours).err());
  }

  @Test
  void datesAreCountedFromTheLastRowOfTheirWindow() throws IOException {
    lastLine(forecast(table("daily.csv"), "--date date --target v --window 3 --horizon 3"));
    Result gap = predict(table("c03-gap-before-last.csv"));
    assertEquals(2, gap.code(), gap.out());
    assertTrue(
        gap.err()
            .contains(
                "the model forecasts from 3 rows not more than 1 day apart, and there are fewer up"
                    + " to the last one, 2020-11-22 in line"),
        gap.err());
    Path small =
        Files.writeString(
            folder.resolve("s.csv"),
            "date,v\n2020-11-02,19\n2020-11-03,20\n2020-11-04,21\n2020-11-05,22\n2020-11-07,23\n");
    Result result = predict(small);
    assertTrue(lastLine(result).startsWith("2020-11-08: v "), result.out());
    assertTrue(!result.out().contains("2020-11-07: "), result.out());
  }

  @Test
  void aModelOfWorkingDaysGoesOverTheWeekend() throws IOException {
    StringBuilder rows = new StringBuilder("date,v\n");
    LocalDate day = LocalDate.of(2024, 1, 1);
    for (int i = 0; i < 120; day = day.plusDays(1)) {
      if (day.getDayOfWeek().getValue() <= 5) {
        rows.append(day).append(',').append(20 + i++ % 7).append('\n');
      }
    }
    Path days = Files.writeString(folder.resolve("days.csv"), rows);
    Result trained = forecast(days, "--date date --target v --window 2");
    assertTrue(trained.out().contains("0 across a gap"), trained.out());
    assertTrue(trained.out().contains("more than 1 working day"), trained.out());
    Path week = Files.writeString(folder.resolve("w.csv"), "date,v\n2024-08-15,1\n2024-08-16,2\n");
    assertTrue(lastLine(predict(week)).startsWith("2024-08-19: v "));
    Path over = Files.writeString(folder.resolve("o.csv"), "date,v\n2024-08-16,1\n2024-08-19,2\n");
    assertTrue(lastLine(predict(over)).startsWith("2024-08-20: v "));
  }

  @Test
  void dayAndTimeMayStandInTwoColumns() throws IOException {
    StringBuilder rows = new StringBuilder("day;time;v\n");
    for (int i = 0; i < 96; i++) {
      rows.append(
          String.format(Locale.ROOT, "%02d.03.2024;%d:00;%d,5\n", 1 + i / 24, i % 24, i % 7));
    }
    Path hours = Files.writeString(folder.resolve("hours.csv"), rows);
    Result trained = forecast(hours, "--date day --time time --target v");
    assertTrue(lastLine(trained).startsWith("2024-03-05T00:00: v "), trained.out());
    assertTrue(lastLine(predict(hours)).startsWith("2024-03-05T00:00: v "));
    Result alone = forecast(hours, "--time time --target v");
    assertTrue(alone.err().contains("--time is beside --date"), alone.err());
  }

  @Test
  void aColumnOfTimesMayBeAFeature() throws IOException {
    StringBuilder rows = new StringBuilder("day,hour,v\n");
    for (int i = 0; i < 96; i++) {
      rows.append(String.format(Locale.ROOT, "2024-03-%02d,%d,%d\n", 1 + i / 24, i % 24, i % 7));
    }
    Path hours = Files.writeString(folder.resolve("hours.csv"), rows);
    String out = forecast(hours, "--date day --time hour --target v --features hour").out();
    assertTrue(out.contains("horizon 1: hour, ") && out.contains("v, time_of_day_sin"), out);
    assertTrue(lastLine(predict(hours)).startsWith("2024-03-05T00:00: v "));
    String without = forecast(hours, "--date day --time hour --target v").out();
    assertFalse(without.contains("horizon 1: hour"), without);
    assertTrue(without.contains("v, time_of_day_sin"), without);
  }

  @Test
  void missingValuesOfTheTargetAreToldOfTheTarget() throws IOException {
    StringBuilder rows = new StringBuilder("date,v\n");
    for (int i = 0; i < 60; i++) {
      rows.append(LocalDate.of(2024, 1, 1).plusDays(i));
      rows.append(',').append(i % 9 == 0 ? "" + i : "NA").append('\n');
    }
    Path sparse = Files.writeString(folder.resolve("sparse.csv"), rows);
    String refused = forecast(sparse, "--date date --target v").err();
    assertTrue(
        refused.contains(
            "column 'v' has nowhere a value and another one in the next row: 53 of its 60 cells are"
                + " missing; fill them, or name another --target"),
        refused);
    lastLine(forecast(table("daily.csv"), "--date date --target v --window 2"));
    Path last = Files.writeString(folder.resolve("l.csv"), "date,v\n2024-01-01,3\n2024-01-02,?\n");
    String missing = predict(last).err();
    assertTrue(
        missing.contains(
            "line 3, column 'v': the value is missing, and the model forecasts from the last rows"),
        missing);
  }

  @Test
  void fewerRowsThanTheHorizonAreRemarkedUpon() throws IOException {
    lastLine(forecast(table("daily.csv"), "--date date --target v --window 2 --horizon 3"));
    String days = "date,v\n2024-01-01,3\n2024-01-02,4\n2024-01-03,5\n";
    Path gap = Files.writeString(folder.resolve("gap.csv"), days + "2024-01-05,6\n");
    Result result = predict(gap);
    assertTrue(lastLine(result).startsWith("2024-01-06: v "), result.out());
    assertTrue(
        result
            .err()
            .contains(
                "of 3 rows to forecast, only 1 is after the last one, as the forecast goes on from the"
                    + " rows before a gap or a missing value"),
        result.err());
    String all = predict(Files.writeString(folder.resolve("all.csv"), days)).err();
    assertFalse(all.contains("of 3 rows"), all);
  }

  @Test
  void aSeriesThatIsNotForecastIsRemarkedUpon() throws IOException {
    StringBuilder rows = new StringBuilder("date,shop,v\n");
    for (int day = 0; day < 60; day++) {
      LocalDate date = LocalDate.of(2024, 1, 1).plusDays(day);
      rows.append(date).append(",a,").append(day % 5).append('\n');
      rows.append(date).append(",b,").append(day % 7).append('\n');
    }
    Path shops = Files.writeString(folder.resolve("shops.csv"), rows);
    lastLine(forecast(shops, "--date date --target v --series shop --window 2 --horizon 3"));
    Files.writeString(shops, rows + "2024-03-15,b,6\n");
    String remark = predict(shops).err();
    assertTrue(
        remark.contains(
            "no row after the last one of 'b' is forecast: near it, there are no 2 rows without a"
                + " gap or a missing value"),
        remark);
    assertFalse(remark.contains("of 'a'"), remark);
    assertTrue(
        remark.contains(
            "'a' ends at 2024-02-29, before 2024-03-15, where the table does: what is forecast"
                + " follows its own last row"),
        remark);
  }

  @Test
  void intervalsThatRestOnTooFewRowsAreRemarkedUpon() throws IOException {
    StringBuilder rows = new StringBuilder("date,v\n");
    for (int day = 10; day < 20; day++) {
      rows.append("2024-01-").append(day).append(',').append(day * 7 % 5).append('\n');
    }
    Path ten = Files.writeString(folder.resolve("ten.csv"), rows);
    String out = forecast(ten, "--date date --target v").out();
    assertTrue(
        out.contains(
            "the 80 % intervals rest on errors of rows that are learnt from, as there are too few"
                + " others: they are too narrow\n"),
        out);
  }

  @Test
  void localTimesNameTheChangeOfClocks() throws IOException {
    StringBuilder rows = new StringBuilder("time,v\n");
    ZoneId berlin = ZoneId.of("Europe/Berlin");
    ZonedDateTime hour = LocalDate.of(2023, 3, 24).atStartOfDay(berlin);
    for (int i = 0; i < 96; i++) {
      rows.append(hour.plusHours(i).toLocalDateTime()).append(',').append(i % 5).append('\n');
    }
    Path spring = Files.writeString(folder.resolve("spring.csv"), rows);
    String out = forecast(spring, "--date time --target v").out();
    assertTrue(
        out.contains(
            "column 'time': from 2023-03-26T01:00 to 2023-03-26T03:00 an hour is missing, as clocks"
                + " go forward then, and no window crosses it; write the times with their offset"),
        out);
    lastLine(forecast(spring, "--date time --target v --window 3"));
    String change =
        "column 'time': from 2023-03-26T01:00 to 2023-03-26T03:00 an hour is missing, as clocks go"
            + " forward then";
    String few = "time,v\n2023-03-26T00:00,1\n2023-03-26T01:00,2\n2023-03-26T03:00,3\n";
    String refused = predict(Files.writeString(folder.resolve("few.csv"), few)).err();
    assertTrue(refused.contains("line 4; "), refused);
    assertTrue(refused.contains(change), refused);
    Path later = Files.writeString(folder.resolve("later.csv"), few + "2023-03-26T09:00,4\n");
    String gap = predict(later).err();
    assertTrue(
        gap.contains(
            "in line 5; give it the rows between, or, where there are none, train with a larger --largest-step"),
        gap);
    Path autumn =
        Files.writeString(
            folder.resolve("autumn.csv"),
            "time,v\n2023-10-29T01:00,1\n2023-10-29T02:00,2\n2023-10-29T02:00,3\n"
                + "2023-10-29T03:00,4\n2023-10-29T04:00,5\n2023-10-29T05:00,6\n"
                + "2023-10-29T06:00,7\n2023-10-29T07:00,8\n");
    assertTrue(
        forecast(autumn, "--date time --target v")
            .err()
            .contains("2023-10-29T02:00 is in line 3 too; clocks go back an hour then"));
  }

  @Test
  void aGapAmongKnownRowsIsToldFromAChangeOfClocks() throws IOException {
    StringBuilder rows = new StringBuilder("time,v,p\n");
    LocalDateTime hour = LocalDate.of(2023, 3, 1).atStartOfDay();
    for (int i = 0; i < 96; i++) {
      rows.append(hour.plusHours(i)).append(',').append(i % 5).append(',').append(i % 7);
      rows.append('\n');
    }
    Path march = Files.writeString(folder.resolve("march.csv"), rows);
    String options = "--date time --target v --known p --window 2 --horizon 2";
    assertEquals(0, forecast(march, options).code());
    String seen = "time,v,p\n2023-03-26T00:00,1,1\n2023-03-26T01:00,2,2\n";
    String clocks = seen + "2023-03-26T03:00,,3\n2023-03-26T04:00,,4\n";
    String forward = predict(Files.writeString(folder.resolve("clocks.csv"), clocks)).err();
    assertTrue(
        forward.contains(
            "line 4, column 'time': from 2023-03-26T01:00 to 2023-03-26T03:00 an hour is missing,"
                + " as clocks go forward then"),
        forward);
    String hours = seen + "2023-03-26T05:00,,3\n2023-03-26T06:00,,4\n";
    String gap = predict(Files.writeString(folder.resolve("gap.csv"), hours)).err();
    assertTrue(
        gap.contains(
            "line 4, column 'time': from 2023-03-26T01:00 to 2023-03-26T05:00 it is more than"),
        gap);
    assertTrue(gap.contains("column 'p' is known in advance"), gap);
  }

  @Test
  void namesWithCommasAreQuotedOrStandAlone() throws IOException {
    StringBuilder rows = new StringBuilder("date,\"rain, mm\",温度,v w\n");
    for (int i = 0; i < 60; i++) {
      rows.append(LocalDate.of(2024, 1, 1).plusDays(i));
      rows.append(',')
          .append(i % 3)
          .append(',')
          .append(i % 5)
          .append(',')
          .append(i % 7)
          .append('\n');
    }
    Path file = Files.writeString(folder.resolve("n.csv"), rows);
    for (String features : List.of("\"rain,_mm\",v_w", "rain,_mm --features v_w")) {
      String out = forecast(file, "--date date --target 温度 --features " + features).out();
      assertTrue(out.contains("horizon 1: rain, mm, v w, 温度 -> "), out);
    }
  }

  private Path days(String header, int rows, IntFunction<String> cells) throws IOException {
    StringBuilder text = new StringBuilder("date," + header + "\n");
    for (int row = 0; row < rows; row++) {
      text.append(LocalDate.of(2020, 1, 1).plusDays(row)).append(',').append(cells.apply(row));
      text.append('\n');
    }
    return Files.writeString(folder.resolve("days.csv"), text);
  }

  private static double wave(int row) {
    return 10 + Math.sin(row / 5.0) + Math.cos(row * row);
  }

  @Test
  void aTargetIsNotKnownInAdvance() throws IOException {
    Path table = days("y,p", 60, row -> wave(row) + "," + row % 7);
    assertEquals(
        "reading the table\n"
            + "column 'y' is forecast, so nobody knows it in advance; leave it out of --known or of"
            + " --target\n",
        forecast(table, "--date date --target y --known p,y").err());
  }

  @Test
  void anOriginAmongMissingValuesIsLeftOut() throws IOException {
    Path table = days("y", 120, row -> row >= 30 && row < 60 ? "" : "" + wave(row));
    Result result = forecast(table, "--date date --target y --window 3");
    assertEquals(0, result.code(), result.err());
    assertTrue(result.out().contains(" from 3 origins in the rows that are known"), result.out());
  }

  @Test
  void aHorizonBeyondTheUnseenRowsIsRefusedByItsName() throws IOException {
    String err = forecast(days("y", 90, row -> "" + wave(row)), "--target y --horizon 30").err();
    assertTrue(
        err.contains(
            "days.csv: the last 20 % of the rows are unseen, which are 18, and a forecast of 30"
                + " rows takes 30; take a smaller --horizon, or more rows\n"),
        err);
  }

  @Test
  void valuesWhoseSquaresUnderflowAreRefused() throws IOException {
    String err = forecast(days("y", 60, row -> wave(row) + "e-310"), "--target y").err();
    assertTrue(err.contains("column 'y' has values that differ by no more than "), err);
  }

  @Test
  void aModelReadsItsTableAsItWasTold() throws IOException {
    Path table = measured("new.csv", StandardCharsets.ISO_8859_1);
    Result trained =
        forecast(
            table,
            "--date Tag --target Wärme --window 1 --transform none --encoding latin1 --missing -999"
                + " --date-format dd/MM/yyyy --separator : --decimal , --skip-rows 1 --units-row"
                + " --comment *");
    String next = lastLine(trained);
    assertTrue(next.startsWith("2024-03-01: Wärme "), next);
    assertEquals(next, lastLine(predict(table)));
    Path model = folder.resolve("out").resolve("model.safetensors");
    Forecaster forecaster = Forecaster.load(model);
    assertEquals(next, forecaster.next(table).get(0).toString());
    Path utf8 = measured("utf8.csv", StandardCharsets.UTF_8);
    assertEquals(
        next,
        lastLine(
            CommandLineFixture.run(
                "forecast --encoding UTF-8 --csv " + utf8 + " --model " + model)));
    Csv reader = forecaster.reading(Csv.file(utf8)).charset(StandardCharsets.UTF_8);
    assertEquals(next, forecaster.next(reader.read()).get(0).toString());
  }

  private Path measured(String name, Charset charset) throws IOException {
    StringBuilder rows = new StringBuilder("station 7\nTag:Wärme\n:°C\n");
    for (int row = 0; row < 60; row++) {
      LocalDate day = LocalDate.of(2024, 1, 1).plusDays(row);
      rows.append(String.format(Locale.ROOT, "%td/%tm/%tY:", day, day, day));
      rows.append(row == 20 ? "-999" : (10 + row % 7) + ",5").append("\n* checked\n");
    }
    return Files.write(folder.resolve(name), rows.toString().getBytes(charset));
  }

  /** Ten days say nothing of the year, and little of anything else. */
  @ParameterizedTest
  @CsvSource({"10, wave", "10, noise", "12, walk", "16, walk", "30, wave"})
  void aShortTableIsForecastHardlyWorseThanByPersistence(int rows, String kind) throws IOException {
    double model = 0;
    double persistence = 0;
    for (int seed = 0; seed < 12; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      StringBuilder lines = new StringBuilder("day,x\n");
      double level = 50;
      for (int day = 0; day < rows; day++) {
        level += random.nextGaussian();
        double x =
            switch (kind) {
              case "wave" -> 50 + 10 * Math.sin(0.9 * day) + random.nextGaussian();
              case "walk" -> level;
              default -> 50 + random.nextGaussian();
            };
        lines.append(LocalDate.of(2023, 1, 1).plusDays(day)).append(',').append(x).append('\n');
      }
      Path csv = Files.writeString(folder.resolve("short.csv"), lines);
      JsonNode scores =
          CommandLineFixture.report(
                  "forecast --date day --target x --csv " + csv + " --out " + folder.resolve("out"))
              .at("/values/scores");
      model += Math.pow(scores.at("/network/rmse").asDouble(), 2);
      persistence += Math.pow(scores.at("/persistence/rmse").asDouble(), 2);
    }
    double ratio = Math.sqrt(model / persistence);
    assertTrue(ratio < 1.4, "times the error of persistence: " + ratio);
  }

  /** Of 96 days, there are origins; of 30 hours, 24 are learnt from. */
  @ParameterizedTest
  @CsvSource({
    "days, 38, false",
    "days, 100, false",
    "days, 120, true",
    "hours, 29, false",
    "hours, 30, true",
    "hours, 50, true"
  })
  void aSeasonThatWasHardlySeenIsNotRead(String unit, int rows, boolean read) throws IOException {
    StringBuilder lines = new StringBuilder("t,x\n");
    LocalDateTime first = LocalDateTime.of(2022, 1, 1, 0, 0);
    for (int row = 0; row < rows; row++) {
      LocalDateTime time = unit.equals("days") ? first.plusDays(row) : first.plusHours(row);
      lines.append(time).append(',').append(row % 7).append('\n');
    }
    Path csv = Files.writeString(folder.resolve("seen.csv"), lines);
    String out = forecast(csv, "--date t --target x --window 3 --transform none").out();
    String season = unit.equals("days") ? "day_of_year_sin" : "time_of_day_sin";
    assertEquals(read, out.contains(season), out);
    assertTrue(predict(csv).out().contains(": x "), out);
  }

  @Test
  void standardOutputSaysWhenTheSimplerForecastIsBetter() throws IOException {
    StringBuilder lines = new StringBuilder("day,x\n");
    for (int day = 0; day < 60; day++) {
      lines
          .append(LocalDate.of(2022, 1, 1).plusDays(day))
          .append(',')
          .append(day * day % 7 + day / 40 * 100)
          .append('\n');
    }
    Path csv = Files.writeString(folder.resolve("weeks.csv"), lines);
    Result result = forecast(csv, "--date day --target x --window 3");
    assertTrue(result.out().contains("Forecast with the simpler one"), result.out());
    assertTrue(
        Files.readString(folder.resolve("out").resolve("report.html"))
            .contains("Forecast with the simpler one"));
  }

  /** A share of three rows says nothing. */
  @Test
  void fewUnseenRowsAreCounted() throws IOException {
    String out = forecast(days("y", 15, row -> "" + wave(row)), "--target y").out();
    assertTrue(out.contains("y on 3 unseen rows"), out);
    assertTrue(
        out.lines()
            .anyMatch(line -> line.startsWith("persistence ") && line.matches(".* \\d of 3")),
        out);
    String page = Files.readString(folder.resolve("out").resolve("report.html"));
    assertTrue(page.contains(" of 3<"), page);
    assertTrue(page.contains(">unseen rows lay in it<"), page);
  }

  /** Without a window given, three rows and what follows them are enough. */
  @Test
  void fiveRowsAreForecast() throws IOException {
    String out = forecast(days("y", 5, row -> "" + wave(row)), "--target y").out();
    assertTrue(out.contains("1 window is learnt from, 1 is unseen\n"), out);
    assertTrue(out.contains("\ny on 1 unseen row, line 6:\n"), out);
  }

  @Test
  void whatIsGivenIsNotSaidToBeChosen() throws IOException {
    Path table = days("y", 120, row -> "" + wave(row));
    String all = forecast(table, "--date date --target y --window 3").out();
    assertTrue(all.contains("\ngiven: window 3; chosen: "), all);
    assertTrue(all.contains("\ngiven: 4 hidden units, 1 epoch\n"), all);
  }

  @Test
  void optionsForATableNeedOne() {
    for (String option :
        List.of("--separator ;", "--units-row", "--date-format yyyy", "--names a", "--missing x")) {
      Result result = CommandLineFixture.run("forecast " + option);
      assertEquals(2, result.code());
      assertEquals(
          option.split(" ")[0] + " is for a table of your own; name it with --csv\n", result.err());
    }
    assertEquals(
        "Invalid value for option '--encoding': 'x' is no encoding; UTF-8, windows-1252, ISO-8859-1"
            + " and UTF-16 are some\n",
        CommandLineFixture.run("forecast --csv t.csv --encoding x").err());
  }
}

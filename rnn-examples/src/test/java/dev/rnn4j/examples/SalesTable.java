package dev.rnn4j.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** A year of sales that follow the days of the week: a table whose forecast takes a second. */
final class SalesTable {
  private static final int DAYS = 400;

  private SalesTable() {}

  /** Writes the table into a folder; returns the options of a forecast of it. */
  static String in(Path folder) throws IOException {
    List<String> lines = new ArrayList<>(List.of("date,sales"));
    for (int day = 0; day < DAYS; day++) {
      double sales = 20 + 5 * StrictMath.sin(day * 2 * Math.PI / 7) + day * 31 % 11 / 2.0;
      lines.add(LocalDate.of(2024, 1, 1).plusDays(day) + "," + sales);
    }
    Path csv = Files.write(folder.resolve("sales.csv"), lines);
    return "--csv " + csv + " --date date --target sales";
  }
}

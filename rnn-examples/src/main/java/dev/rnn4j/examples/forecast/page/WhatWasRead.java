package dev.rnn4j.examples.forecast.page;

import dev.rnn4j.examples.forecast.judge.Findings;
import dev.rnn4j.examples.forecast.prepare.SeriesUse;
import dev.rnn4j.forecast.internal.task.Calendar;
import dev.rnn4j.forecast.internal.task.DoubleArrays;
import dev.rnn4j.forecast.internal.task.Feature;
import dev.rnn4j.forecast.internal.task.Task;
import dev.rnn4j.table.Dates;
import dev.rnn4j.table.Table;
import java.util.ArrayList;
import java.util.List;

/** What was read of the table, and how it was cut into windows. */
final class WhatWasRead {
  private WhatWasRead() {}

  /** Returns the table in a line: its rows, and from when to when. */
  static String line(Findings findings) {
    Table table = findings.choices().table();
    Task task = findings.choices().task();
    String rows = table.source() + ", " + Figures.count(table.rows(), "row");
    return rows
        + task.calendar()
            .map(calendar -> dates(table.dates(calendar.column()), calendar))
            .orElse("")
        + task.series()
            .map(
                column ->
                    ", "
                        + Figures.count(
                            (int) table.text(column).stream().distinct().count(), "value")
                        + " of "
                        + column)
            .orElse("");
  }

  private static String dates(Dates dates, Calendar calendar) {
    return ", "
        + dates.text(0)
        + " to "
        + dates.text(dates.size() - 1)
        + ", "
        + calendar.spacing()
        + " apart";
  }

  static Markup of(Findings findings) {
    Table table = findings.choices().table();
    Task task = findings.choices().task();
    List<List<String>> rows = new ArrayList<>();
    for (Feature feature : task.features()) {
      rows.add(row(task, feature, table));
    }
    List<String> remarks = new ArrayList<>(findings.choices().wanted().remarks());
    remarks.addAll(findings.part().remarks());
    return Markup.all(
        Cells.table(List.of("column", "read as", "missing", "smallest", "mean", "largest"), rows),
        Markup.list(remarks),
        Markup.of("h3", "Windows"),
        Markup.of("pre", findings.part().all().describe().stripTrailing()),
        Markup.of(
            "p",
            Figures.count(findings.part().train().size(), "window")
                + " were learnt from, "
                + findings.part().test().size()
                + " are unseen. Each step of a window has "
                + Figures.count(task.inputs().size(), "input")
                + ": "
                + String.join(", ", task.inputs())
                + "."),
        Markup.list(SeriesUse.remarks(findings.part())));
  }

  private static List<String> row(Task task, Feature feature, Table table) {
    List<String> row = new ArrayList<>(List.of(feature.column(), kind(task, feature)));
    row.add(Integer.toString(table.content(feature.column()).missing()));
    if (feature.isText()) {
      row.addAll(List.of("", "", ""));
    } else {
      double[] values = table.column(feature.column());
      double[] sorted = DoubleArrays.sorted(values);
      row.add(Figures.of(sorted[0]));
      row.add(Figures.of(DoubleArrays.mean(values)));
      row.add(Figures.of(sorted[sorted.length - 1]));
    }
    return row;
  }

  private static String kind(Task task, Feature feature) {
    List<String> words = new ArrayList<>();
    if (task.targetNamed(feature.column()).isPresent()) {
      words.add("target");
    }
    words.add(feature.isText() ? "text, " + feature.values().size() + " values" : "number");
    String name = task.readName(feature);
    if (!feature.isText() && !name.equals(feature.column())) {
      words.add(name);
    }
    if (feature.known()) {
      words.add("known in advance");
    }
    if (feature.filled()) {
      words.add("gaps filled");
    }
    return String.join(", ", words);
  }
}

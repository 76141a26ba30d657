package dev.rnn4j.examples.forecast.page;

import dev.rnn4j.examples.forecast.choose.Choices;
import dev.rnn4j.examples.forecast.judge.Findings;
import dev.rnn4j.forecast.Outlook;
import dev.rnn4j.forecast.internal.prepare.SeriesRows;
import dev.rnn4j.forecast.internal.task.Task;
import dev.rnn4j.table.Dates;
import dev.rnn4j.table.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** What follows the table: a chart of the last rows and the forecasts, and the numbers. */
final class NextRows {
  private static final int BEFORE = 40;

  /** Of more series, the first ones are drawn. */
  private static final int DRAWN = 6;

  private final Table table;
  private final Task task;
  private final Findings findings;

  private NextRows(Findings findings) {
    Choices choices = findings.choices();
    this.findings = findings;
    this.table = choices.table();
    this.task = choices.task();
  }

  static Markup of(Findings findings) {
    return findings.next().isEmpty()
        ? Markup.of("p", "Nothing is forecast beyond the table: " + findings.withoutNext() + ".")
        : new NextRows(findings).markup();
  }

  private Markup markup() {
    List<Markup> charts = new ArrayList<>();
    List<int[]> series = SeriesRows.of(table, task.series()).all();
    for (String target : task.targetNames()) {
      series.stream().limit(DRAWN).forEach(rows -> chart(target, rows).ifPresent(charts::add));
    }
    boolean several = task.series().isPresent();
    List<String> header = new ArrayList<>(List.of("row"));
    if (several) {
      header.add(task.series().get());
    }
    header.addAll(List.of("target", "expected", "10 %", "90 %"));
    List<List<String>> rows = findings.next().stream().map(NextRows::cells).toList();
    return Markup.all(
        charts,
        series.size() > DRAWN
            ? Markup.of("p", "Drawn are the first " + DRAWN + " of " + series.size() + " series.")
            : Markup.all(),
        Cells.table(header, rows),
        Markup.list(findings.remarks()));
  }

  private static List<String> cells(Outlook next) {
    List<String> cells = new ArrayList<>(List.of(next.when()));
    next.series().ifPresent(cells::add);
    cells.add(next.target());
    cells.add(Figures.within(next.value(), next));
    cells.add(Figures.within(next.low(), next));
    cells.add(Figures.within(next.high(), next));
    return cells;
  }

  private Optional<Markup> chart(String target, int[] series) {
    Optional<String> name = task.series().map(column -> table.text(column).get(series[0]));
    List<Outlook> next =
        findings.next().stream()
            .filter(one -> one.target().equals(target) && one.series().equals(name))
            .toList();
    if (next.isEmpty()) {
      return Optional.empty();
    }
    double[] values = table.column(target);
    int end = series.length;
    while (end > 0 && Double.isNaN(values[series[end - 1]])) {
      end--;
    }
    int[] last =
        Arrays.copyOfRange(series, Math.max(0, end - Math.max(BEFORE, 2 * next.size())), end);
    double[] known = new double[last.length + next.size()];
    Arrays.fill(known, Double.NaN);
    for (int i = 0; i < last.length; i++) {
      known[i] = values[last[i]];
    }
    double[] expected = after(last, next, Outlook::value);
    double[] low = after(last, next, Outlook::low);
    double[] high = after(last, next, Outlook::high);
    Chart chart =
        new Chart(
            target + name.map(one -> " of " + one).orElse("") + ", the last rows and what follows",
            names(last, next),
            Scale.of(known, expected, low, high));
    String interval = "80 % interval";
    if (next.size() == 1) {
      chart.ranges("model bar", interval, low, high);
    } else {
      chart.band("model", interval, low, high);
    }
    return Optional.of(
        chart
            .line("actual", "known", known)
            .line("model", "", expected)
            .dots("model", "forecast", expected)
            .markup());
  }

  private List<String> names(int[] last, List<Outlook> next) {
    Optional<Dates> dates = task.calendar().map(calendar -> table.dates(calendar.column()));
    List<String> names = new ArrayList<>();
    for (int row : last) {
      names.add(dates.map(known -> known.text(row)).orElseGet(() -> table.rowName(row)));
    }
    next.forEach(one -> names.add(one.when()));
    return names;
  }

  private static double[] after(int[] last, List<Outlook> next, ToDoubleFunction<Outlook> value) {
    return IntStream.range(0, last.length + next.size())
        .mapToDouble(
            i -> i < last.length ? Double.NaN : value.applyAsDouble(next.get(i - last.length)))
        .toArray();
  }
}

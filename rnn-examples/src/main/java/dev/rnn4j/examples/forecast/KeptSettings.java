package dev.rnn4j.examples.forecast;

import dev.rnn4j.examples.forecast.choose.NetworkSearch;
import dev.rnn4j.examples.forecast.choose.Wanted;
import dev.rnn4j.forecast.internal.task.Calendar;
import dev.rnn4j.forecast.internal.task.Feature;
import dev.rnn4j.forecast.internal.task.Task;
import dev.rnn4j.forecast.internal.task.Transform;
import dev.rnn4j.table.Table;
import dev.rnn4j.tensor.Precision;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/** What the numbers of a forecast depend on, as text: to tell a checkpoint of another one. */
final class KeptSettings {
  private static final MathContext DIGITS = new MathContext(12);

  private KeptSettings() {}

  /**
   * Returns the settings.
   *
   * @param read the table as it was read
   */
  static Map<String, String> of(
      Table read, Wanted wanted, NetworkSearch.Plan plan, Precision precision) {
    Task task = wanted.task();
    Map<String, String> all = new LinkedHashMap<>();
    all.put("task", "forecast");
    all.put("table", text(read, numbers(task)));
    all.put("targets", String.join(", ", task.targetNames()));
    all.put("features", joined(task.features().stream().map(KeptSettings::text).toList()));
    all.put("series", task.series().orElse("one"));
    all.put("dates", task.calendar().map(KeptSettings::text).orElse("none"));
    all.put("horizon", Integer.toString(task.horizon()));
    all.put("windows", joined(wanted.windows()));
    all.put("transforms", joined(wanted.transforms().stream().map(Transform::key).toList()));
    all.put("cell", plan.cell().key());
    all.put("networks", Integer.toString(plan.members()));
    all.put("hidden units", joined(plan.hidden()));
    all.put("epochs", (plan.given() ? "" : "at most ") + plan.epochs());
    all.put("rate", new BigDecimal(plan.rate()).round(DIGITS).stripTrailingZeros().toString());
    all.put("seed", Long.toString(plan.seed()));
    all.put("precision", precision.toString());
    return all;
  }

  private static String joined(List<?> some) {
    return some.stream().map(Object::toString).collect(Collectors.joining(", "));
  }

  private static String text(Feature feature) {
    return feature.column()
        + (feature.known() ? " known in advance" : "")
        + (feature.filled() ? " filled" : "");
  }

  private static String text(Calendar calendar) {
    return calendar.column()
        + calendar.time().map(column -> " and " + column).orElse("")
        + ", "
        + calendar.spacing()
        + ", largest step "
        + calendar.largest();
  }

  /** What is in other columns may be no numbers, or nobody knows which. */
  private static Set<String> numbers(Task task) {
    return Stream.concat(
            task.targetNames().stream(),
            task.features().stream().filter(one -> !one.isText()).map(Feature::column))
        .collect(Collectors.toSet());
  }

  /** Returns the size of a table, and a checksum of its columns and cells. */
  private static String text(Table table, Set<String> numbers) {
    CRC32C sum = new CRC32C();
    for (String name : table.names()) {
      add(name, sum);
      if (numbers.contains(name)) {
        add(table.column(name), sum);
      } else {
        table.text(name).forEach(cell -> add(cell, sum));
      }
    }
    return table.rows()
        + " rows of "
        + table.names().size()
        + " columns with the checksum "
        + Long.toHexString(sum.getValue());
  }

  private static void add(String text, CRC32C sum) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    sum.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, utf8.length));
    sum.update(utf8);
  }

  private static void add(double[] numbers, CRC32C sum) {
    ByteBuffer bytes = ByteBuffer.allocate(numbers.length * Double.BYTES);
    bytes.asDoubleBuffer().put(numbers);
    sum.update(bytes);
  }
}

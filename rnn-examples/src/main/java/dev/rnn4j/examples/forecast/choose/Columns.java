package dev.rnn4j.examples.forecast.choose;

import dev.rnn4j.forecast.internal.prepare.SeriesRows;
import dev.rnn4j.forecast.internal.task.DoubleArrays;
import dev.rnn4j.forecast.internal.task.Feature;
import dev.rnn4j.table.Content;
import dev.rnn4j.table.DataException;
import dev.rnn4j.table.Rows;
import dev.rnn4j.table.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Chooses the columns to forecast from; of columns that are of no use, it says why. */
public final class Columns {
  /** From this share of equal values on, a column is another one moved. */
  private static final double SAME = 0.9;

  /** The squares of larger values overflow. */
  private static final double LARGEST = 1e100;

  /** The squares of smaller differences underflow. */
  private static final double SMALLEST = 1e-100;

  /** A text column with more values gives no inputs. */
  private static final int VALUES = 20;

  /** A value that is rarer gives none. */
  private static final int FEWEST = 5;

  /** A column has its logarithm tried where its mean is this multiple of its median, or more. */
  private static final double SKEWED = 2;

  /**
   * The chosen columns.
   *
   * @param features in the table's order, or the user's
   * @param leftOut a sentence for each column that was looked at and is of no use
   */
  public record Choice(List<Feature> features, List<String> leftOut) {}

  private final Table table;
  private final Rows known;
  private final List<String> targets;
  private final Optional<String> series;
  private final int horizon;

  /**
   * Looks at the targets.
   *
   * @param known the rows that choices are made by
   */
  public Columns(
      Table table, Rows known, List<String> targets, Optional<String> series, int horizon) {
    this.table = table;
    this.known = known;
    this.targets = targets;
    this.series = series;
    this.horizon = horizon;
    for (String target : targets) {
      Optional<String> useless = useless(target);
      if (useless.isPresent()) {
        throw new DataException(
            cells(target) + useless.get() + ", so it cannot be forecast; name another --target");
      }
      requireChanges(target);
    }
  }

  /** What is learnt is how the target changes, so it has to be known twice. */
  private void requireChanges(String target) {
    double[] values = table.column(target);
    double[] before = SeriesRows.of(table, series).shifted(values, -horizon);
    boolean none = true;
    for (int row = 0; row < known.to(); row++) {
      none &= Double.isNaN(values[row] - before[row]);
    }
    if (none) {
      throw new DataException(
          cells(target)
              + "has nowhere a value and another one "
              + (horizon == 1 ? "in the next row" : horizon + " rows later")
              + ": "
              + table.content(target).missing()
              + " of its "
              + table.rows()
              + " cells are missing; fill them, or name another --target");
    }
  }

  /**
   * Returns the columns that the user named, and the targets.
   *
   * @throws DataException where one of them is of no use
   */
  public Choice named(List<String> names) {
    Map<String, Feature> features = new LinkedHashMap<>();
    for (String name : names) {
      features.put(name, named(name));
    }
    targets.forEach(target -> features.putIfAbsent(target, Feature.number(target)));
    return new Choice(List.copyOf(features.values()), List.of());
  }

  private Feature named(String name) {
    if (isText(name)) {
      List<String> values = values(name);
      if (isFew(name, values)) {
        return Feature.text(name, values);
      }
      throw new DataException(
          cells(name) + tooMany(name) + ", so it is of no use; leave it out of --features");
    }
    Optional<String> useless = useless(name);
    if (useless.isPresent()) {
      throw new DataException(
          cells(name) + useless.get() + ", so it is of no use; leave it out of --features");
    }
    return number(name);
  }

  /**
   * Returns all columns of numbers, and those of texts of which there are few, but those that dates
   * stand in.
   *
   * @throws DataException where something else stands in a column of numbers
   */
  public Choice all(List<String> dates) {
    List<Feature> features = new ArrayList<>();
    List<String> leftOut = new ArrayList<>();
    for (String name : table.names()) {
      if (dates.contains(name)) {
        continue;
      }
      boolean text = isText(name);
      List<String> values = text ? values(name) : List.of();
      Optional<String> useless =
          text
              ? Optional.of(tooMany(name)).filter(why -> !isFew(name, values))
              : mostlyMissing(name).or(() -> useless(name));
      if (useless.isPresent()) {
        leftOut.add("column '" + name + "' " + useless.get() + "; it is left out");
      } else {
        features.add(text ? Feature.text(name, values) : number(name));
      }
    }
    return new Choice(features, leftOut);
  }

  /** Names of series are names, also where they are numbers. */
  private boolean isText(String name) {
    boolean names = series.filter(name::equals).isPresent();
    return names || table.content(name).isText() && !targets.contains(name);
  }

  private Feature number(String name) {
    return Feature.number(name).withLog(!targets.contains(name) && isSkewed(name));
  }

  private boolean isSkewed(String name) {
    double[] sorted = DoubleArrays.sorted(known(name));
    return sorted[0] >= 0
        && DoubleArrays.areMoreThanTwo(sorted)
        && DoubleArrays.mean(sorted) > SKEWED * DoubleArrays.quantile(sorted, 0.5);
  }

  /** Returns the texts that stand in the known rows often enough. */
  private List<String> values(String name) {
    Map<String, Integer> counts = counts(name);
    return counts.entrySet().stream()
        .filter(one -> one.getValue() >= FEWEST)
        .map(Map.Entry::getKey)
        .toList();
  }

  private Map<String, Integer> counts(String name) {
    Map<String, Integer> counts = new TreeMap<>();
    table
        .text(name)
        .subList(0, known.to())
        .forEach(cell -> counts.merge(cell.strip(), 1, Integer::sum));
    counts.remove("");
    return counts;
  }

  private boolean isFew(String name, List<String> values) {
    return values.size() > 1 && values.size() <= VALUES && counts(name).size() <= 2 * VALUES;
  }

  private String tooMany(String name) {
    int count = counts(name).size();
    return count == 0
        ? "has no value"
        : count == 1
            ? "is always '" + counts(name).keySet().iterator().next() + "'"
            : "holds " + count + " different texts, too many or too rare to be inputs";
  }

  private Optional<String> mostlyMissing(String name) {
    Content content = table.content(name);
    return !targets.contains(name) && content.isMostlyMissing() && content.numbers() > 0
        ? Optional.of("is missing in " + content.missing() + " of " + table.rows() + " rows")
        : Optional.empty();
  }

  private double[] known(String name) {
    return DoubleStream.of(table.column(name))
        .limit(known.to())
        .filter(value -> !Double.isNaN(value))
        .toArray();
  }

  /** Returns why a column tells nothing, or too much. */
  private Optional<String> useless(String name) {
    double[] values = known(name);
    if (values.length == 0) {
      return Optional.of("has no value");
    }
    double[] all = table.column(name);
    OptionalInt tooLarge =
        IntStream.range(0, known.to()).filter(row -> Math.abs(all[row]) > LARGEST).findFirst();
    if (tooLarge.isPresent()) {
      int row = tooLarge.getAsInt();
      return Optional.of("has the value " + all[row] + " in " + table.rowName(row));
    }
    double lowest = DoubleStream.of(values).min().orElse(0);
    double highest = DoubleStream.of(values).max().orElse(0);
    if (lowest == highest) {
      // A target is forecast to stay so.
      return targets.contains(name) ? Optional.empty() : Optional.of("is always " + lowest);
    }
    if (highest - lowest < SMALLEST) {
      return Optional.of("has values that differ by no more than " + (highest - lowest));
    }
    for (String target : targets) {
      for (int ahead = 1; ahead <= horizon && !name.equals(target); ahead++) {
        if (isTargetAhead(table.column(name), table.column(target), ahead)) {
          return Optional.of(
              "is '" + target + "' of " + (ahead == 1 ? "the next row" : ahead + " rows later"));
        }
      }
    }
    return Optional.empty();
  }

  private boolean isTargetAhead(double[] values, double[] target, int ahead) {
    double[] shifted = SeriesRows.of(table, series).shifted(target, ahead);
    int same = 0;
    int different = 0;
    for (int row = 0; row < known.to(); row++) {
      double later = shifted[row];
      boolean telling = !Double.isNaN(values[row] - later) && later != target[row];
      if (telling && values[row] == later) {
        same++;
      } else if (telling) {
        different++;
      }
    }
    return same > SAME * (same + different);
  }

  private String cells(String name) {
    return table.source()
        + ", "
        + table.rowName(known.from())
        + " to "
        + table.rowName(known.to() - 1)
        + ": column '"
        + name
        + "' ";
  }
}

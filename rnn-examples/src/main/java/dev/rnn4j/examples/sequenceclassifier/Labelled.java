package dev.rnn4j.examples.sequenceclassifier;

import dev.rnn4j.io.Batch;
import dev.rnn4j.table.Dates;
import dev.rnn4j.table.Table;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Sequences of different lengths, each with a class.
 *
 * @param sequences {@code [T][I]} each
 * @param labels the class of each
 * @param classes the names of the classes
 */
record Labelled(List<double[][]> sequences, List<Integer> labels, List<String> classes) {
  /**
   * Reads sequences from a table with a row for each step, in the order of the times.
   *
   * @param id the column that tells sequences apart
   * @param time the column to sort by; the order of the rows where two are equal
   * @param label the column of the class, the same in all rows of a sequence
   * @param features the columns that are read
   */
  static Labelled of(Table table, String id, String time, String label, List<String> features) {
    double[][] rows = table.matrix(features.toArray(String[]::new));
    double[] times = times(table, time);
    List<String> ids = table.text(id);
    List<String> names = table.text(label);
    Map<String, List<Integer>> groups = new LinkedHashMap<>();
    for (int row = 0; row < rows.length; row++) {
      groups.computeIfAbsent(ids.get(row), absent -> new ArrayList<>()).add(row);
    }
    List<String> classes = new ArrayList<>(new TreeSet<>(names));
    List<double[][]> sequences = new ArrayList<>();
    List<Integer> labels = new ArrayList<>();
    groups.forEach(
        (name, group) -> {
          group.sort((a, b) -> Double.compare(times[a], times[b]));
          for (int row : group) {
            if (!names.get(row).equals(names.get(group.get(0)))) {
              throw new IllegalArgumentException(
                  table.cellName(row, label)
                      + ": the sequence '"
                      + name
                      + "' has two labels, "
                      + names.get(group.get(0))
                      + " and "
                      + names.get(row)
                      + "; give all its rows one, or tell sequences apart by another column (--id)");
            }
            for (int i = 0; i < features.size(); i++) {
              if (!Double.isFinite(rows[row][i])) {
                throw new IllegalArgumentException(
                    table.cellName(row, features.get(i))
                        + " is no number: fill it, or leave it out");
              }
            }
          }
          sequences.add(group.stream().map(row -> rows[row]).toArray(double[][]::new));
          labels.add(classes.indexOf(names.get(group.get(0))));
        });
    return new Labelled(sequences, labels, classes);
  }

  private static double[] times(Table table, String time) {
    if (!table.content(time).isText()) {
      return table.column(time);
    }
    Dates dates = table.dates(time);
    return IntStream.range(0, table.rows())
        .mapToDouble(row -> dates.get(row).toEpochSecond(ZoneOffset.UTC))
        .toArray();
  }

  int size() {
    return sequences.size();
  }

  int features() {
    return sequences.get(0)[0].length;
  }

  /** Returns the sequences at some places. */
  Labelled pick(List<Integer> places) {
    return new Labelled(
        places.stream().map(sequences::get).toList(),
        places.stream().map(labels::get).toList(),
        classes);
  }

  /** Returns numbers from 0 up in a random order. */
  static List<Integer> shuffled(int count, RandomGenerator random) {
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      places.add(random.nextInt(i + 1), i);
    }
    return Collections.unmodifiableList(places);
  }

  /** Returns each feature less its mean here, divided by its deviation here. */
  Labelled scaledBy(Labelled training) {
    int features = features();
    double[] mean = new double[features];
    double[] deviation = new double[features];
    for (int i = 0; i < features; i++) {
      int feature = i;
      double[] values =
          training.sequences.stream()
              .flatMapToDouble(s -> Arrays.stream(s).mapToDouble(row -> row[feature]))
              .toArray();
      mean[i] = Arrays.stream(values).average().orElseThrow();
      double m = mean[i];
      double variance = Arrays.stream(values).map(v -> (v - m) * (v - m)).average().orElseThrow();
      deviation[i] = variance > 0 ? Math.sqrt(variance) : 1;
    }
    List<double[][]> scaled = new ArrayList<>();
    for (double[][] sequence : sequences) {
      double[][] copy = new double[sequence.length][features];
      for (int t = 0; t < copy.length; t++) {
        for (int i = 0; i < features; i++) {
          copy[t][i] = (sequence[t][i] - mean[i]) / deviation[i];
        }
      }
      scaled.add(copy);
    }
    return new Labelled(scaled, labels, classes);
  }

  /** Returns all in batches of at most so many, padded to the longest of each. */
  List<Batch> batches(int most) {
    List<Batch> batches = new ArrayList<>();
    for (int from = 0; from < size(); from += most) {
      batches.add(batch(from, Math.min(size(), from + most)));
    }
    return batches;
  }

  private Batch batch(int from, int to) {
    int count = to - from;
    int[] lengths = sequences.subList(from, to).stream().mapToInt(s -> s.length).toArray();
    int steps = Arrays.stream(lengths).max().orElseThrow();
    int features = features();
    float[] x = new float[steps * count * features];
    float[] y = new float[count];
    for (int n = 0; n < count; n++) {
      double[][] sequence = sequences.get(from + n);
      y[n] = labels.get(from + n);
      for (int t = 0; t < sequence.length; t++) {
        for (int i = 0; i < features; i++) {
          x[(t * count + n) * features + i] = (float) sequence[t][i];
        }
      }
    }
    Batch batch =
        Batch.of(Tensor.of(Shape.of(steps, count, features), x), Tensor.of(Shape.of(count), y));
    return Arrays.stream(lengths).allMatch(length -> length == steps)
        ? batch
        : batch.lengths(lengths);
  }
}

package dev.rnn4j.train.internal.saved;

import static com.google.common.base.Preconditions.checkArgument;

import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Records as rows of numbers, and single numbers, in the state of a part of a training. */
public final class Columns {
  private Columns() {}

  /** Returns a tensor with a row for each record. */
  public static <R> Tensor of(List<R> records, int width, Function<R, double[]> row) {
    double[] values = new double[records.size() * width];
    for (int i = 0; i < records.size(); i++) {
      System.arraycopy(row.apply(records.get(i)), 0, values, i * width, width);
    }
    return Tensor.of(Shape.of(records.size(), width), values);
  }

  /** Returns the records that rows of a tensor stand for. */
  public static <R> List<R> records(
      Map<String, Tensor> state, String name, int width, Function<double[], R> record) {
    Tensor tensor = get(state, name);
    checkArgument(
        tensor.shape().rank() == 2 && tensor.shape().size(1) == width,
        "the checkpoint has %s in shape %s, and not in rows of %s",
        name,
        tensor.shape(),
        width);
    List<R> records = new ArrayList<>();
    double[] row = new double[width];
    for (int i = 0; i < tensor.shape().size(0); i++) {
      for (int c = 0; c < width; c++) {
        row[c] = tensor.at(i * width + c);
      }
      records.add(record.apply(row));
    }
    return records;
  }

  /** Returns what a state has under a name. */
  public static Tensor get(Map<String, Tensor> state, String name) {
    Tensor tensor = state.get(name);
    checkArgument(
        tensor != null,
        "the checkpoint has no %s, only %s: it is another one",
        name,
        state.keySet());
    return tensor;
  }

  /** Returns the number that a state has under a name. */
  public static double number(Map<String, Tensor> state, String name) {
    return numbers(state, name, 1)[0];
  }

  /** Returns so many numbers that a state has under a name. */
  public static double[] numbers(Map<String, Tensor> state, String name, int count) {
    Tensor tensor = get(state, name);
    checkArgument(
        tensor.shape().elements() == count,
        "the checkpoint has %s in shape %s, and not %s numbers",
        name,
        tensor.shape(),
        count);
    return tensor.toDoubles();
  }

  /** Returns what a state has under names that begin with a prefix, without it. */
  public static Map<String, Tensor> under(String prefix, Map<String, Tensor> state) {
    Map<String, Tensor> part = new LinkedHashMap<>();
    state.forEach(
        (name, tensor) -> {
          if (name.startsWith(prefix)) {
            part.put(name.substring(prefix.length()), tensor);
          }
        });
    return part;
  }
}

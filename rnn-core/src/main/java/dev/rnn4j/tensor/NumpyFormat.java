package dev.rnn4j.tensor;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Tensors as NumPy prints arrays by default: all numbers in one form, lines of 75 characters, and
 * of more than 1000 elements only the first and last three along each axis.
 */
final class NumpyFormat {
  private static final int LINE = 75;
  private static final int THRESHOLD = 1000;
  private static final int EDGE = 3;
  private static final int LEFT_OUT = -1;

  private final Tensor tensor;
  private final int[] strides;
  private final Column column;

  private NumpyFormat(Tensor tensor) {
    this.tensor = tensor;
    this.strides = tensor.shape().strides();
    List<Double> values = new ArrayList<>();
    collect(0, 0, values);
    double[] shown = values.stream().mapToDouble(value -> value).toArray();
    this.column = new Column(shown, tensor.precision());
  }

  static String format(Tensor tensor) {
    if (tensor.shape().rank() == 0) {
      return scalar(tensor.item(), tensor.precision());
    }
    if (tensor.shape().elements() == 0) {
      return "[]";
    }
    return new NumpyFormat(tensor).axis(0, 0, " ", LINE);
  }

  private static String scalar(double value, Precision precision) {
    double size = Math.abs(value);
    if (!Double.isFinite(value)) {
      return Column.nonFinite(value);
    }
    double large = precision == Precision.FLOAT64 ? 1e16 : 1e6;
    if (size == 0 || size >= 1e-4 && size < large) {
      Decimal decimal = Decimal.fixed(value, precision, Decimal.ALL);
      return decimal.whole() + "." + (decimal.fraction().isEmpty() ? "0" : decimal.fraction());
    }
    Decimal decimal = Decimal.scientific(value, precision, 0, Decimal.ALL);
    String point = decimal.fraction().isEmpty() ? "" : ".";
    return decimal.whole() + point + decimal.fraction() + "e" + decimal.exponent();
  }

  /** Returns which indices of an axis are shown, with {@link #LEFT_OUT} for the three dots. */
  private int[] shown(int axis) {
    int size = tensor.shape().size(axis);
    if (tensor.shape().elements() <= THRESHOLD || size <= 2 * EDGE) {
      return IntStream.range(0, size).toArray();
    }
    return new int[] {0, 1, 2, LEFT_OUT, size - 3, size - 2, size - 1};
  }

  private void collect(int axis, int position, List<Double> values) {
    if (axis == strides.length) {
      values.add(tensor.at(position));
      return;
    }
    for (int index : shown(axis)) {
      if (index != LEFT_OUT) {
        collect(axis + 1, position + index * strides[axis], values);
      }
    }
  }

  /**
   * Returns the part of the tensor from {@code position} along an axis and those after it.
   *
   * @param indent what stands before its first bracket, and before every line but the first
   * @param width how many characters a line has for it, closing brackets of outer axes left out
   */
  private String axis(int axis, int position, String indent, int width) {
    boolean last = axis == strides.length - 1;
    List<String> items = new ArrayList<>();
    for (int index : shown(axis)) {
      int at = position + index * strides[axis];
      if (index == LEFT_OUT) {
        items.add("...");
      } else {
        items.add(
            last ? column.format(tensor.at(at)) : axis(axis + 1, at, indent + " ", width - 1));
      }
    }
    String between = "\n".repeat(strides.length - 1 - axis) + indent;
    return "[" + (last ? wrapped(items, indent, width - 1) : String.join(between, items)) + "]";
  }

  /** Returns the items with blanks between them, in lines of at most {@code width} characters. */
  private static String wrapped(List<String> items, String indent, int width) {
    StringBuilder text = new StringBuilder();
    StringBuilder line = new StringBuilder(indent);
    for (String item : items) {
      if (line.length() + item.length() > width && line.length() > indent.length()) {
        text.append(line.toString().stripTrailing()).append('\n');
        line = new StringBuilder(indent);
      }
      line.append(item).append(' ');
    }
    line.setLength(line.length() - 1);
    return text.append(line).substring(indent.length());
  }
}

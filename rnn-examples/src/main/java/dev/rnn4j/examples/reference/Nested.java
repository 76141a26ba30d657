package dev.rnn4j.examples.reference;

import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** Tensors written as lists of lists of numbers. */
final class Nested {
  private Nested() {}

  /** Returns a list's elements as tensors. */
  static List<Tensor> tensors(String name, List<?> elements) {
    List<Tensor> tensors = new ArrayList<>();
    for (int i = 0; i < elements.size(); i++) {
      tensors.add(tensor(name + "[" + i + "]", elements.get(i)));
    }
    return tensors;
  }

  /** Returns numbers in nested lists of equal lengths as a tensor; a number as a scalar. */
  static Tensor tensor(String name, Object value) {
    List<Integer> sizes = new ArrayList<>();
    Object first = value;
    while (first instanceof List<?> list) {
      sizes.add(list.size());
      first = list.isEmpty() ? null : list.get(0);
    }
    Shape shape = Shape.of(sizes.stream().mapToInt(Integer::intValue).toArray());
    double[] values = new double[shape.elements()];
    int filled = fill(name, value, shape, 0, values, 0);
    if (filled != values.length) {
      throw new BadCaseException(name + " is ragged");
    }
    return Tensor.of(shape, values);
  }

  private static int fill(
      String name, Object value, Shape shape, int axis, double[] values, int from) {
    if (axis == shape.rank()) {
      if (!(value instanceof Double number)) {
        throw new BadCaseException(name + " has " + value + " where a number is expected");
      }
      values[from] = number;
      return from + 1;
    }
    if (!(value instanceof List<?> list) || list.size() != shape.size(axis)) {
      throw new BadCaseException(name + " is ragged: its lists are not equally long");
    }
    int next = from;
    for (Object element : list) {
      next = fill(name, element, shape, axis + 1, values, next);
    }
    return next;
  }
}

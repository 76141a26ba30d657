package dev.rnn4j.torch;

import com.google.common.collect.ImmutableMap;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.part.Gate;
import dev.rnn4j.part.Linear;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import java.util.Map;

/**
 * The tensors of one direction of one layer. Each holds the parts of all gates, one above the
 * other: {@code weight_ih} is {@code [G·H, I]}, {@code weight_hh} {@code [G·H, R]}, both
 * transposed, and there are two biases {@code [G·H]}, of which this library has the sum.
 *
 * @param tensors by their names without {@code _l0} and {@code _reverse}
 * @param hiddenSize H
 * @param bias whether there are biases; without, they are zeros
 */
record Layout(Map<String, Tensor> tensors, int hiddenSize, boolean bias) {
  /** Returns what the tensors of a direction are called, and their shapes. */
  static ImmutableMap<String, Shape> shapes(
      int gates, int inputSize, int hiddenSize, int projectedSize, boolean bias) {
    int rows = gates * hiddenSize;
    ImmutableMap.Builder<String, Shape> shapes = ImmutableMap.builder();
    shapes.put("weight_ih", Shape.of(rows, inputSize));
    shapes.put("weight_hh", Shape.of(rows, projectedSize > 0 ? projectedSize : hiddenSize));
    if (bias) {
      shapes.put("bias_ih", Shape.of(rows)).put("bias_hh", Shape.of(rows));
    }
    if (projectedSize > 0) {
      shapes.put("weight_hr", Shape.of(projectedSize, hiddenSize));
    }
    return shapes.buildOrThrow();
  }

  static Tensor transposed(Tensor matrix) {
    return Node.constant(matrix).transpose().eval();
  }

  private Node rows(String name, int gate) {
    return Node.constant(tensors.get(name)).slice(0, gate * hiddenSize, (gate + 1) * hiddenSize);
  }

  /** Returns a gate with both biases added. */
  Gate gate(int gate) {
    Node sum = bias ? rows("bias_ih", gate).plus(rows("bias_hh", gate)) : Node.zeros(hiddenSize);
    return new Gate(
        matrix("weightIh", "weight_ih", gate),
        matrix("weightHh", "weight_hh", gate),
        Parameter.of("bias", sum.eval()));
  }

  /** Returns the part of a gate, {@code [I, H]} or {@code [R, H]}. */
  Parameter matrix(String as, String name, int gate) {
    return Parameter.of(as, rows(name, gate).transpose().eval());
  }

  /** Returns one of two biases that are not added. */
  Parameter bias(String as, String name, int gate) {
    return Parameter.of(as, (bias ? rows(name, gate) : Node.zeros(hiddenSize)).eval());
  }

  boolean isProjected() {
    return tensors.containsKey("weight_hr");
  }

  Linear projection() {
    return new Linear(Parameter.of("weight", transposed(tensors.get("weight_hr"))));
  }
}

package dev.rnn4j.examples.reference;

import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.io.Safetensors;
import dev.rnn4j.io.SafetensorsException;
import dev.rnn4j.part.Gate;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The weights of a recurrent module of PyTorch: {@code weight_ih} {@code [G·H, I]} holds the
 * matrices of all gates, transposed, one above the other. Here each gate has its own, {@code [I,
 * H]}, and what is made of a tensor is remembered, so that its gradient can be put together again.
 */
final class TorchWeights {
  private final Map<String, Tensor> tensors;
  private final Set<String> unread;
  private final Map<String, List<Parameter>> pieces = new LinkedHashMap<>();

  TorchWeights(Path file) {
    try {
      tensors = Safetensors.load(file).tensors();
    } catch (SafetensorsException e) {
      throw new BadCaseException(e.getMessage());
    }
    unread = new TreeSet<>(tensors.keySet());
  }

  /** Returns one gate of {@code [G·H, I]}, {@code [G·H, R]} and two biases that are added. */
  Gate gate(String suffix, Sizes sizes, int gate) {
    return new Gate(
        matrix("weight_ih" + suffix, sizes, sizes.input(), gate),
        matrix("weight_hh" + suffix, sizes, sizes.recurrent(), gate),
        bias(suffix, sizes, gate));
  }

  /** Returns the part of a gate, turned round. */
  Parameter matrix(String name, Sizes sizes, int columns, int gate) {
    int hidden = sizes.hidden();
    Tensor whole = take(name, Shape.of(sizes.gates() * hidden, columns));
    double[] values = new double[columns * hidden];
    for (int i = 0; i < values.length; i++) {
      values[i] = whole.get(gate * hidden + i % hidden, i / hidden);
    }
    return piece(Tensor.of(Shape.of(columns, hidden), values), name);
  }

  /** Returns the sum of both biases of a gate; zeros where there are none. */
  Parameter bias(String suffix, Sizes sizes, int gate) {
    double[] sum = new double[sizes.hidden()];
    List<String> names = sizes.bias() ? List.of("bias_ih" + suffix, "bias_hh" + suffix) : List.of();
    for (String name : names) {
      double[] own = part(name, sizes, gate);
      for (int i = 0; i < sum.length; i++) {
        sum[i] += own[i];
      }
    }
    return piece(Tensor.of(sum), names.toArray(String[]::new));
  }

  /** Returns one of two biases that are not added. */
  Parameter alone(String name, Sizes sizes, int gate) {
    return sizes.bias()
        ? piece(Tensor.of(part(name, sizes, gate)), name)
        : piece(Tensor.zeros(Shape.of(sizes.hidden())));
  }

  private double[] part(String name, Sizes sizes, int gate) {
    int hidden = sizes.hidden();
    Tensor whole = take(name, Shape.of(sizes.gates() * hidden));
    double[] part = new double[hidden];
    for (int i = 0; i < hidden; i++) {
      part[i] = whole.at(gate * hidden + i);
    }
    return part;
  }

  private Tensor take(String name, Shape shape) {
    Tensor tensor = tensors.get(name);
    if (tensor == null || !tensor.shape().equals(shape)) {
      throw new BadCaseException(
          "the weights have "
              + (tensor == null ? "no " + name : name + " " + tensor.shape())
              + ", and the module takes "
              + name
              + " "
              + shape);
    }
    unread.remove(name);
    return tensor;
  }

  private Parameter piece(Tensor value, String... names) {
    Parameter parameter = Parameter.of(value);
    for (String name : names) {
      pieces.computeIfAbsent(name, absent -> new ArrayList<>()).add(parameter);
    }
    return parameter;
  }

  /** Refuses a file with tensors that the module has no use for. */
  void requireAllRead() {
    if (!unread.isEmpty()) {
      throw new BadCaseException("the weights have " + unread + ", which the module does not take");
    }
  }

  /** Returns the names of the tensors. */
  Set<String> names() {
    return pieces.keySet();
  }

  /** Returns all that was made of the tensors. */
  List<Parameter> parameters() {
    return pieces.values().stream().flatMap(List::stream).distinct().toList();
  }

  /** Returns the gradient of a tensor from those of its pieces. */
  Node gradient(String name, Map<Parameter, Node> gradients) {
    List<Node> parts =
        pieces.get(name).stream()
            .map(gradients::get)
            .map(part -> part.shape().rank() == 2 ? part.transpose() : part)
            .toList();
    return Node.concat(0, parts);
  }

  /**
   * The sizes of one direction of a layer.
   *
   * @param gates how many matrices lie one above the other
   * @param input I of this layer
   * @param recurrent what comes back: H, or that of a projection
   */
  record Sizes(int gates, int input, int hidden, int recurrent, boolean bias) {}
}

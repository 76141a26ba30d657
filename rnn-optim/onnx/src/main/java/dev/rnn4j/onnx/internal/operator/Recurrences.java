package dev.rnn4j.onnx.internal.operator;

import static com.google.common.base.Preconditions.checkArgument;

import dev.rnn4j.cell.Cell;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Records;
import dev.rnn4j.layer.Unroll;
import dev.rnn4j.layer.Unrolled;
import dev.rnn4j.onnx.internal.op.PlainOp;
import dev.rnn4j.onnx.internal.recurrent.GateNodes;
import dev.rnn4j.onnx.internal.recurrent.GruStep;
import dev.rnn4j.onnx.internal.recurrent.LstmStep;
import dev.rnn4j.onnx.internal.recurrent.RnnStep;
import dev.rnn4j.pass.Signal;
import dev.rnn4j.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** The operators RNN, GRU and LSTM: cells that are unrolled as any other. */
final class Recurrences {
  private static final int W = 1;
  private static final int R = 2;
  private static final int B = 3;
  private static final int LENGTHS = 4;
  private static final int FIRST_STATE = 5;
  private static final int PEEPHOLES = 7;

  /** Makes a cell of one direction. */
  private interface Cells<S> {
    Cell<S> of(int direction, List<UnaryOperator<Node>> functions);
  }

  private final Call call;
  private final int directions;
  private final int hiddenSize;
  private final boolean batchFirst;
  private final String direction;

  private Recurrences(Call call) {
    this.call = call;
    directions = call.shape(W).size(0);
    hiddenSize = call.shape(R).size(2);
    batchFirst = call.attributes().flag("layout", false);
    direction = call.attributes().text("direction", "forward");
    int asked = direction.equals("bidirectional") ? 2 : 1;
    if (!List.of("forward", "reverse", "bidirectional").contains(direction)
        || directions != asked) {
      throw new IllegalArgumentException(
          "the direction " + direction + " does not fit weights of " + directions);
    }
  }

  static void addTo(Map<String, Operator> all) {
    all.put("RNN", call -> new Recurrences(call).rnn());
    all.put("GRU", call -> new Recurrences(call).gru());
    all.put("LSTM", call -> new Recurrences(call).lstm());
  }

  private List<Result> rnn() {
    allow();
    return run(1, "Tanh", (d, functions) -> new RnnStep(gate(d, 0, 1), functions.get(0)));
  }

  private List<Result> gru() {
    allow("linear_before_reset");
    boolean resetsAfter = call.attributes().flag("linear_before_reset", false);
    return run(
        1,
        "Sigmoid Tanh",
        (d, functions) ->
            new GruStep(
                gate(d, 0, 3),
                gate(d, 1, 3),
                new GateNodes(weight(W, d, 2), weight(R, d, 2), bias(d, 2)),
                bias(d, 5),
                functions.get(0),
                functions.get(1),
                resetsAfter));
  }

  private List<Result> lstm() {
    allow("input_forget");
    if (call.attributes().flag("input_forget", false)) {
      throw new IllegalArgumentException("input_forget is not known here");
    }
    return run(
        2,
        "Sigmoid Tanh Tanh",
        (d, functions) ->
            new LstmStep(
                gate(d, 0, 4),
                gate(d, 1, 4),
                gate(d, 2, 4),
                gate(d, 3, 4),
                peepholes(d),
                functions.get(0),
                functions.get(1),
                functions.get(2)));
  }

  private void allow(String... more) {
    List<String> names =
        new ArrayList<>(List.of("activations", "direction", "hidden_size", "layout"));
    names.addAll(Arrays.asList(more));
    call.allow(names.toArray(String[]::new));
  }

  /** Returns a gate of a direction: number {@code i} of {@code count} that lie in one tensor. */
  private GateNodes gate(int d, int i, int count) {
    Node bias = call.has(B) ? bias(d, i).plus(bias(d, count + i)) : bias(d, i);
    return new GateNodes(weight(W, d, i), weight(R, d, i), bias);
  }

  private Node weight(int operand, int d, int i) {
    return part(operand, d, i * hiddenSize).reshape(hiddenSize, -1).transpose();
  }

  private Node bias(int d, int i) {
    return call.has(B) ? part(B, d, i * hiddenSize).reshape(hiddenSize) : Node.zeros(hiddenSize);
  }

  private List<Node> peepholes(int d) {
    return call.has(PEEPHOLES)
        ? IntStream.range(0, 3)
            .mapToObj(i -> part(PEEPHOLES, d, i * hiddenSize).reshape(hiddenSize))
            .toList()
        : List.of();
  }

  private Node part(int operand, int d, int from) {
    return call.node(operand).slice(0, d, d + 1).slice(1, from, from + hiddenSize);
  }

  private <S> List<Result> run(int states, String functions, Cells<S> cells) {
    Node x = timeFirst(call.node(0));
    Signal signal = masked(x);
    List<Node> outputs = new ArrayList<>();
    List<List<Node>> last = new ArrayList<>();
    for (int d = 0; d < directions; d++) {
      Cell<S> cell = cells.of(d, functions(d, functions.split(" ")));
      S zeros = cell.initialState(x.size(1));
      List<Node> begin = new ArrayList<>(Records.nodes(zeros));
      for (int i = 0; i < states; i++) {
        if (call.has(FIRST_STATE + i)) {
          Node given = timeFirst(call.node(FIRST_STATE + i));
          begin.set(i, given.slice(0, d, d + 1).reshape(begin.get(i).shape()));
        }
      }
      boolean backward = d == 1 || direction.equals("reverse");
      S initial = Records.withNodes(zeros, begin);
      Unrolled<S> unrolled =
          backward ? Unroll.backward(cell, signal, initial) : Unroll.forward(cell, signal, initial);
      outputs.add(unrolled.outputs().values().reshape(x.size(0), x.size(1), 1, hiddenSize));
      last.add(Records.nodes(unrolled.state()));
    }
    List<Node> results = new ArrayList<>();
    Node all = directions == 1 ? outputs.get(0) : Node.concat(2, outputs); // [T, N, D, H]
    results.add(batchFirst ? all.transpose(1, 0, 2, 3) : all.transpose(0, 2, 1, 3));
    for (int i = 0; i < states; i++) {
      int state = i;
      Node ends = Node.stack(last.stream().map(nodes -> nodes.get(state)).toList());
      results.add(batchFirst ? ends.transpose(1, 0, 2) : ends);
    }
    return call.results(results);
  }

  private Node timeFirst(Node x) {
    return batchFirst ? x.transpose(1, 0, 2) : x;
  }

  /** Returns the sequence with a mask, where not all sequences are of its length. */
  private Signal masked(Node x) {
    Signal signal = Signal.of(x);
    if (!call.has(LENGTHS)) {
      return signal;
    }
    int steps = x.size(0);
    Tensor known = call.operand(LENGTHS).known();
    if (known != null && Arrays.stream(known.toDoubles()).allMatch(length -> length == steps)) {
      return signal;
    }
    double[] counted = IntStream.range(0, steps).asDoubleStream().toArray();
    Node places = Node.constant(Tensor.of(counted).reshape(steps, 1));
    return signal.masked(places.lessThan(lengths(steps).reshape(1, x.size(1))));
  }

  /** Returns the lengths, which a run refuses where the sequences have no such steps. */
  private Node lengths(int steps) {
    Node given = call.node(LENGTHS);
    return PlainOp.of(
        "Lengths",
        List.of(steps),
        given.shape(),
        (operands, y) -> {
          for (int i = 0; i < y.length; i++) {
            double length = operands[0][i];
            checkArgument(
                length >= 0 && length <= steps && length == Math.rint(length),
                "sequence %s has the length %s, and lengths are whole numbers from 0 to %s here",
                i,
                length,
                steps);
            y[i] = length;
          }
        },
        given);
  }

  private List<UnaryOperator<Node>> functions(int d, String[] otherwise) {
    List<String> names = call.attributes().texts("activations").orElse(List.of());
    int count = otherwise.length;
    return IntStream.range(0, count)
        .mapToObj(i -> names.isEmpty() ? otherwise[i] : names.get(d * count + i))
        .map(Recurrences::function)
        .toList();
  }

  private static UnaryOperator<Node> function(String name) {
    return switch (name) {
      case "Sigmoid" -> Node::sigmoid;
      case "Tanh" -> Node::tanh;
      case "Relu" -> Node::relu;
      case "Softplus" -> Node::softplus;
      case "Softsign" -> Elementwise::softsign;
      default ->
          throw new IllegalArgumentException("the activation " + name + " is not known here");
    };
  }
}

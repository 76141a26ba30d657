package dev.rnn4j.examples.reference;

import dev.rnn4j.cell.Activation;
import dev.rnn4j.cell.Cell;
import dev.rnn4j.cell.ElmanCell;
import dev.rnn4j.cell.GruResetAfterCell;
import dev.rnn4j.cell.LstmCell;
import dev.rnn4j.graph.Node;
import dev.rnn4j.layer.Unroll;
import dev.rnn4j.layer.Unrolled;
import dev.rnn4j.pass.Signal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** {@code nn.RNN}, {@code nn.LSTM} or {@code nn.GRU}: layers of one or two directions. */
final class TorchModule {
  private final String kind;
  private final Activation activation;
  private final boolean bias;
  private final int inputSize;
  private final int hiddenSize;
  private final int projected;
  private final int layers;
  private final int directions;
  private final TorchWeights weights;
  private final List<Node> finalH = new ArrayList<>();
  private final List<Node> finalC = new ArrayList<>();

  TorchModule(Fields fields, TorchWeights weights) {
    Fields settings = fields.object("settings");
    this.weights = weights;
    kind = fields.text("module");
    inputSize = fields.whole("inputSize");
    hiddenSize = fields.whole("hiddenSize");
    layers = settings.whole("num_layers", 1);
    directions = settings.flag("bidirectional", false) ? 2 : 1;
    bias = settings.flag("bias", true);
    projected = kind.equals("LSTM") ? settings.whole("proj_size", 0) : 0;
    String name = kind.equals("RNN") ? settings.text("nonlinearity", "tanh") : "tanh";
    activation =
        switch (name) {
          case "tanh" -> Activation.TANH;
          case "relu" -> Activation.RELU;
          default -> throw new BadCaseException("there is no nonlinearity " + name);
        };
    if (layers < 1 || projected < 0) {
      throw new BadCaseException("a module has at least one layer, and no negative size");
    }
  }

  boolean hasCellState() {
    return kind.equals("LSTM");
  }

  /** Returns all outputs; the final states are left in {@link #finalH} and {@link #finalC}. */
  Signal apply(Signal x, Node h0, Node c0) {
    Signal signal = x;
    for (int layer = 0; layer < layers; layer++) {
      List<Node> outputs = new ArrayList<>();
      for (int direction = 0; direction < directions; direction++) {
        int index = layer * directions + direction;
        Node c = hasCellState() ? c0.step(index) : null;
        outputs.add(direction(layer, direction == 1, signal, h0.step(index), c));
      }
      signal = signal.with(Node.concat(-1, outputs));
    }
    weights.requireAllRead();
    return signal;
  }

  private Node direction(int layer, boolean backward, Signal x, Node h, Node c) {
    String suffix = "_l" + layer + (backward ? "_reverse" : "");
    int output = projected > 0 ? projected : hiddenSize;
    int input = layer == 0 ? inputSize : output * directions;
    return switch (kind) {
      case "RNN" -> {
        var sizes = new TorchWeights.Sizes(1, input, hiddenSize, output, bias);
        Cell<ElmanCell.State> cell = new ElmanCell(weights.gate(suffix, sizes, 0), activation);
        var run = run(cell, x, new ElmanCell.State(h), backward);
        finalH.add(run.state().h());
        yield run.outputs().values();
      }
      case "GRU" -> {
        var sizes = new TorchWeights.Sizes(3, input, hiddenSize, output, bias);
        var run = run(gru(suffix, sizes), x, new GruResetAfterCell.State(h), backward);
        finalH.add(run.state().h());
        yield run.outputs().values();
      }
      case "LSTM" -> {
        var sizes = new TorchWeights.Sizes(4, input, hiddenSize, output, bias);
        Cell<LstmCell.State> cell = projected > 0 ? projected(suffix, sizes) : lstm(suffix, sizes);
        var run = run(cell, x, new LstmCell.State(h, c), backward);
        finalH.add(run.state().h());
        finalC.add(run.state().c());
        yield run.outputs().values();
      }
      default -> throw new BadCaseException("there is no module " + kind);
    };
  }

  private static <S> Unrolled<S> run(Cell<S> cell, Signal x, S initial, boolean backward) {
    return backward ? Unroll.backward(cell, x, initial) : Unroll.forward(cell, x, initial);
  }

  private LstmCell lstm(String suffix, TorchWeights.Sizes sizes) {
    return new LstmCell(
        weights.gate(suffix, sizes, 0),
        weights.gate(suffix, sizes, 1),
        weights.gate(suffix, sizes, 2),
        weights.gate(suffix, sizes, 3));
  }

  private GruResetAfterCell gru(String suffix, TorchWeights.Sizes sizes) {
    return new GruResetAfterCell(
        weights.gate(suffix, sizes, 0),
        weights.gate(suffix, sizes, 1),
        new GruResetAfterCell.Candidate(
            weights.matrix("weight_ih" + suffix, sizes, sizes.input(), 2),
            weights.matrix("weight_hh" + suffix, sizes, sizes.recurrent(), 2),
            weights.alone("bias_ih" + suffix, sizes, 2),
            weights.alone("bias_hh" + suffix, sizes, 2)));
  }

  private ProjectedLstm projected(String suffix, TorchWeights.Sizes sizes) {
    List<Integer> gates = IntStream.range(0, 4).boxed().toList();
    var projection = new TorchWeights.Sizes(1, sizes.input(), projected, projected, false);
    return new ProjectedLstm(
        gates.stream()
            .map(k -> weights.matrix("weight_ih" + suffix, sizes, sizes.input(), k))
            .toList(),
        gates.stream()
            .map(k -> weights.matrix("weight_hh" + suffix, sizes, sizes.recurrent(), k))
            .toList(),
        gates.stream().map(k -> weights.bias(suffix, sizes, k)).toList(),
        weights.matrix("weight_hr" + suffix, projection, sizes.hidden(), 0));
  }

  /** Returns the hidden states at the end, {@code [layers·directions, N, H]}. */
  Node finalH() {
    return Node.stack(finalH);
  }

  /** Returns the cell states at the end, {@code [layers·directions, N, H]}. */
  Node finalC() {
    return Node.stack(finalC);
  }
}

package dev.rnn4j.torch;

import dev.rnn4j.cell.Activation;
import dev.rnn4j.cell.Cell;
import dev.rnn4j.cell.ElmanCell;
import dev.rnn4j.cell.GruResetAfterCell;
import dev.rnn4j.cell.LstmCell;
import dev.rnn4j.cell.ProjectedLstmCell;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.part.Gate;
import dev.rnn4j.part.Linear;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** How the parameters of a cell lie in PyTorch's tensors. */
interface Kind<S> {
  /** What a gate has in the four tensors; both biases are one parameter where they are added. */
  record Parts(Parameter weightIh, Parameter weightHh, Parameter biasIh, Parameter biasHh) {
    static Parts of(Gate gate) {
      return new Parts(gate.weightIh(), gate.weightHh(), gate.bias(), gate.bias());
    }
  }

  /** Returns G. */
  int gates();

  /** Returns the cell of the tensors of a direction. */
  Cell<S> cell(Layout layout);

  /** Returns the parts of a cell, in the order of PyTorch's gates. */
  List<Parts> parts(Cell<S> cell);

  /** Returns the projection of a cell that has one. */
  default Optional<Linear> projection(Cell<S> cell) {
    return Optional.empty();
  }

  /** {@code nn.RNN}. */
  record Rnn(Activation activation) implements Kind<ElmanCell.State> {
    @Override
    public int gates() {
      return 1;
    }

    @Override
    public Cell<ElmanCell.State> cell(Layout layout) {
      return new ElmanCell(layout.gate(0), activation);
    }

    @Override
    public List<Parts> parts(Cell<ElmanCell.State> cell) {
      return List.of(Parts.of(((ElmanCell) cell).gate()));
    }
  }

  /** {@code nn.LSTM}: i, f, g, o. */
  record Lstm() implements Kind<LstmCell.State> {
    @Override
    public int gates() {
      return 4;
    }

    @Override
    public Cell<LstmCell.State> cell(Layout layout) {
      Gate i = layout.gate(0);
      Gate f = layout.gate(1);
      Gate g = layout.gate(2);
      Gate o = layout.gate(3);
      return layout.isProjected()
          ? new ProjectedLstmCell(i, f, g, o, layout.projection())
          : new LstmCell(i, f, g, o);
    }

    @Override
    public List<Parts> parts(Cell<LstmCell.State> cell) {
      Stream<Gate> gates =
          cell instanceof ProjectedLstmCell p
              ? Stream.of(p.input(), p.forget(), p.candidate(), p.output())
              : gates((LstmCell) cell);
      return gates.map(Parts::of).toList();
    }

    private static Stream<Gate> gates(LstmCell cell) {
      return Stream.of(cell.input(), cell.forget(), cell.candidate(), cell.output());
    }

    @Override
    public Optional<Linear> projection(Cell<LstmCell.State> cell) {
      return cell instanceof ProjectedLstmCell p ? Optional.of(p.projection()) : Optional.empty();
    }
  }

  /** {@code nn.GRU}: r, z, n, whose two biases are not added. */
  record Gru() implements Kind<GruResetAfterCell.State> {
    @Override
    public int gates() {
      return 3;
    }

    @Override
    public Cell<GruResetAfterCell.State> cell(Layout layout) {
      return new GruResetAfterCell(
          layout.gate(0),
          layout.gate(1),
          new GruResetAfterCell.Candidate(
              layout.matrix("weightIh", "weight_ih", 2),
              layout.matrix("weightHh", "weight_hh", 2),
              layout.bias("bias", "bias_ih", 2),
              layout.bias("biasHh", "bias_hh", 2)));
    }

    @Override
    public List<Parts> parts(Cell<GruResetAfterCell.State> cell) {
      GruResetAfterCell gru = (GruResetAfterCell) cell;
      GruResetAfterCell.Candidate n = gru.candidate();
      return List.of(
          Parts.of(gru.reset()),
          Parts.of(gru.update()),
          new Parts(n.weightIh(), n.weightHh(), n.bias(), n.biasHh()));
    }
  }
}

package dev.rnn4j.usage;

import dev.rnn4j.cell.Activation;
import dev.rnn4j.cell.Cell;
import dev.rnn4j.cell.ElmanCell;
import dev.rnn4j.cell.GruCell;
import dev.rnn4j.cell.GruResetAfterCell;
import dev.rnn4j.cell.LayerNormLstmCell;
import dev.rnn4j.cell.LstmCell;
import dev.rnn4j.cell.MguCell;
import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.layer.Dense;
import dev.rnn4j.layer.Recurrent;
import dev.rnn4j.layer.Stacked;
import dev.rnn4j.layer.Unroll;
import dev.rnn4j.layer.Unrolled;
import dev.rnn4j.loss.Losses;
import dev.rnn4j.part.Gate;
import dev.rnn4j.pass.Layer;
import dev.rnn4j.pass.Signal;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import dev.rnn4j.testing.Draw;
import java.util.Random;

/** Models of every kind, each over a sequence of any length: what structural tests run over. */
public enum Zoo {
  ELMAN {
    @Override
    Node apply(Maker make, Input x) {
      return new Recurrent<>(make.elman(I)).apply(x);
    }
  },
  ELMAN_LAST {
    @Override
    Node apply(Maker make, Input x) {
      return new Recurrent<>(make.elman(I)).last().apply(x);
    }
  },
  ELMAN_FINAL_STATE {
    @Override
    Node apply(Maker make, Input x) {
      return new Recurrent<>(make.elman(I)).unroll(Signal.of(x)).state().h();
    }
  },
  ELMAN_BACKWARD {
    @Override
    Node apply(Maker make, Input x) {
      ElmanCell cell = make.elman(I);
      return Unroll.backward(cell, Signal.of(x), cell.initialState(N)).outputs().values();
    }
  },
  ELMAN_GIVEN_STATE {
    @Override
    Node apply(Maker make, Input x) {
      Input h = Input.of("h", N, H);
      return new Recurrent<>(make.elman(I))
          .unroll(Signal.of(x), new ElmanCell.State(h))
          .outputs()
          .values();
    }
  },
  STACKED {
    @Override
    Node apply(Maker make, Input x) {
      Layer lower = new Recurrent<>(make.elman(I));
      return Stacked.of(lower, new Recurrent<>(make.elman(H)), make.dense(H, 2)).apply(x);
    }
  },
  BIDIRECTIONAL {
    @Override
    Node apply(Maker make, Input x) {
      ElmanCell back = make.elman(I);
      Node there = new Recurrent<>(make.elman(I)).apply(x);
      return Node.concat(
          -1, there, Unroll.backward(back, Signal.of(x), back.initialState(N)).outputs().values());
    }
  },
  SHARED_TWO_WAY {
    @Override
    Node apply(Maker make, Input x) {
      return TwoWay.of(I, H, make.random).apply(x);
    }
  },
  LSTM {
    @Override
    Node apply(Maker make, Input x) {
      return new Recurrent<>(LstmCell.of(I, H, make.random)).apply(x);
    }
  },
  GRU {
    @Override
    Node apply(Maker make, Input x) {
      return new Recurrent<>(GruCell.of(I, H, make.random)).apply(x);
    }
  },
  GRU_RESET_AFTER {
    @Override
    Node apply(Maker make, Input x) {
      return new Recurrent<>(GruResetAfterCell.of(I, H, make.random)).apply(x);
    }
  },
  LAYER_NORM_LSTM {
    @Override
    Node apply(Maker make, Input x) {
      return new Recurrent<>(LayerNormLstmCell.of(I, H, make.random)).apply(x);
    }
  },
  MGU {
    @Override
    Node apply(Maker make, Input x) {
      return new Recurrent<>(MguCell.of(I, H, make.random)).apply(x);
    }
  },
  PEEPHOLE_LSTM {
    @Override
    Node apply(Maker make, Input x) {
      return new Recurrent<>(make.lstm()).apply(x);
    }
  },
  PEEPHOLE_LSTM_LAST {
    @Override
    Node apply(Maker make, Input x) {
      return make.dense(H, 1).apply(new Recurrent<>(make.lstm()).last().apply(x));
    }
  },
  ATTENTION {
    @Override
    Node apply(Maker make, Input x) {
      return new Recurrent<>(new AttentionCell(make.gate(I), make.matrix(H, H))).apply(x);
    }
  },
  TRUNCATED {
    @Override
    Node apply(Maker make, Input x) {
      Recurrent<MguCell.State> layer = new Recurrent<>(MguCell.of(I, H, make.random));
      Unrolled<MguCell.State> first = layer.unroll(Signal.of(x));
      MguCell.State cut = new MguCell.State(first.state().h().stopGradient());
      return Node.concat(
          0, first.outputs().values(), layer.unroll(Signal.of(x.tanh()), cut).outputs().values());
    }
  },
  OWN_OP {
    @Override
    Node apply(Maker make, Input x) {
      return Softsign.of(new Recurrent<>(make.elman(I)).apply(x));
    }
  };

  private static final int N = 2;
  private static final int I = 3;
  private static final int H = 4;

  /** Returns the model's output for a sequence. */
  abstract Node apply(Maker make, Input x);

  /** Returns the model's loss over a sequence of T steps. */
  public Node loss(int length) {
    Node y = apply(new Maker(), Input.of("x", length, N, I));
    return Losses.meanSquaredError().of(y, Input.of("target", y.shape())).mean();
  }

  /** Parameters that are the same for every length. */
  static final class Maker {
    private final Random random = new Random(51);
    private final Draw draw = new Draw(random);

    Parameter matrix(int rows, int columns) {
      return Parameter.of("matrix", draw.uniform(Shape.of(rows, columns), -0.7, 0.7));
    }

    Parameter vector(int size) {
      return Parameter.of("vector", draw.uniform(Shape.of(size), -0.7, 0.7));
    }

    Gate gate(int inputSize) {
      return new Gate(matrix(inputSize, H), matrix(H, H), vector(H));
    }

    ElmanCell elman(int inputSize) {
      return new ElmanCell(gate(inputSize), Activation.TANH);
    }

    Cell<PeepholeLstmCell.State> lstm() {
      return new PeepholeLstmCell(
          gate(I), gate(I), gate(I), gate(I), vector(H), vector(H), vector(H));
    }

    Dense dense(int inputSize, int outputSize) {
      return new Dense(
          matrix(inputSize, outputSize), Parameter.of(Tensor.zeros(Shape.of(outputSize))));
    }
  }
}

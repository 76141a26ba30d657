package dev.rnn4j.examples.bench.djl;

import static ai.djl.nn.Activation.sigmoid;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import dev.rnn4j.examples.bench.PeerCell;
import dev.rnn4j.examples.bench.djl.OpByOpLayer.Equations;
import dev.rnn4j.examples.bench.djl.Weights.Gate;
import dev.rnn4j.examples.bench.djl.Weights.Norm;
import dev.rnn4j.examples.bench.djl.Weights.NormalisedGate;

/** The equations of cells that libtorch does not have. */
final class CellEquations {
  private CellEquations() {}

  /** Returns the equations of a cell. */
  static Equations of(PeerCell cell, Weights weights) {
    return switch (cell) {
      case GRU -> gru(weights);
      case MGU -> mgu(weights);
      case LAYER_NORM_LSTM -> layerNormLstm(weights);
      default -> throw new IllegalArgumentException("libtorch has a layer for " + cell);
    };
  }

  private static Equations mgu(Weights weights) {
    Gate forget = weights.gate("forget");
    Gate candidate = weights.gate("candidate");
    return (x, state) -> {
      NDArray h = state.get(0);
      NDArray f = sigmoid(forget.apply(x, h));
      NDArray g = candidate.apply(x, f.mul(h)).tanh();
      return new NDList(h.add(f.mul(g.sub(h))));
    };
  }

  private static Equations gru(Weights weights) {
    Gate reset = weights.gate("reset");
    Gate update = weights.gate("update");
    Gate candidate = weights.gate("candidate");
    return (x, state) -> {
      NDArray h = state.get(0);
      NDArray r = sigmoid(reset.apply(x, h));
      NDArray z = sigmoid(update.apply(x, h));
      NDArray n = candidate.apply(x, r.mul(h)).tanh();
      return new NDList(n.add(z.mul(h.sub(n))));
    };
  }

  private static Equations layerNormLstm(Weights weights) {
    NormalisedGate input = weights.normalisedGate("input");
    NormalisedGate forget = weights.normalisedGate("forget");
    NormalisedGate candidate = weights.normalisedGate("candidate");
    NormalisedGate output = weights.normalisedGate("output");
    Norm cellNorm = weights.norm("cellNorm");
    return (x, state) -> {
      NDArray h = state.get(0);
      NDArray i = sigmoid(input.apply(x, h));
      NDArray f = sigmoid(forget.apply(x, h));
      NDArray g = candidate.apply(x, h).tanh();
      NDArray o = sigmoid(output.apply(x, h));
      NDArray c = f.mul(state.get(1)).add(i.mul(g));
      return new NDList(o.mul(cellNorm.apply(c).tanh()), c);
    };
  }
}

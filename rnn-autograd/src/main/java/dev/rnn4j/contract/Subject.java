package dev.rnn4j.contract;

import dev.rnn4j.cell.Cell;
import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Records;
import dev.rnn4j.layer.Recurrent;
import dev.rnn4j.pass.ForwardPass;
import dev.rnn4j.pass.Signal;
import dev.rnn4j.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * A cell under trial.
 *
 * @param inputSize I
 * @param seed of all values
 */
record Subject<S>(Cell<S> cell, int inputSize, long seed) {
  /** Returns a run over T steps of N sequences, from the initial state. */
  Trial<S> trial(int steps, int sequences) {
    return trial(steps, sequences, ForwardPass.inference());
  }

  Trial<S> trial(int steps, int sequences, ForwardPass pass) {
    Input x = Input.of("x", steps, sequences, inputSize);
    return new Trial<>(this, x, new Recurrent<>(cell).unroll(Signal.of(x, pass)));
  }

  /** Returns a run over steps of which those count where a mask {@code [T, N]} is 1. */
  Trial<S> masked(Tensor mask) {
    Input x = Input.of("x", mask.shape().size(0), mask.shape().size(1), inputSize);
    Signal signal = Signal.of(x).masked(Node.constant(mask));
    return new Trial<>(this, x, new Recurrent<>(cell).unroll(signal));
  }

  /** Returns a run of one step from states that are inputs, which are added to a list. */
  Trial<S> step(int sequences, List<Input> before) {
    return from(1, sequences, before);
  }

  /** Returns a run over T steps from states that are inputs, which are added to a list. */
  Trial<S> from(int steps, int sequences, List<Input> before) {
    Input x = Input.of("x", steps, sequences, inputSize);
    S zeros = cell.initialState(sequences);
    List<String> names = Records.nodeNames(zeros);
    List<Node> nodes = Records.nodes(zeros);
    for (int i = 0; i < nodes.size(); i++) {
      before.add(Input.of(names.get(i), nodes.get(i).shape()));
    }
    S initial = Records.withNodes(zeros, new ArrayList<>(before));
    return new Trial<>(this, x, new Recurrent<>(cell).unroll(Signal.of(x), initial));
  }
}

package dev.rnn4j.examples.forecast;

import com.google.common.collect.ImmutableList;
import dev.rnn4j.cell.ElmanCell;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.layer.Dense;
import dev.rnn4j.layer.Recurrent;
import dev.rnn4j.loss.Loss;
import dev.rnn4j.pass.Layer;
import dev.rnn4j.pass.Signal;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * K networks that differ in their first weights only, side by side in one graph: {@code [T, N, I]}
 * → {@code [N, K·H]}. Each learns the H targets on its own; the forecast is the mean of all, whose
 * error is smaller and depends less on chance than that of one (Hansen and Salamon, "Neural Network
 * Ensembles", 1990).
 *
 * @param members the networks
 */
record Ensemble(List<Member> members) implements Layer {
  /**
   * One network.
   *
   * @param cell reads the window
   * @param readout maps its last hidden state to H numbers
   */
  record Member(ElmanCell cell, Dense readout) implements Layer {
    @Override
    public Signal apply(Signal sequence) {
      return readout.apply(new Recurrent<>(cell).last().apply(sequence));
    }
  }

  Ensemble {
    members = ImmutableList.copyOf(members);
  }

  /**
   * Draws the cells. The readouts begin with zeros, so that training begins with the forecast that
   * nothing changes.
   */
  static Ensemble draw(
      int members, int inputSize, int hiddenSize, int horizon, RandomGenerator random) {
    return new Ensemble(
        Stream.generate(() -> draw(inputSize, hiddenSize, horizon, random))
            .limit(members)
            .toList());
  }

  private static Member draw(int inputSize, int hiddenSize, int horizon, RandomGenerator random) {
    Parameter weight = Parameter.of(Tensor.zeros(Shape.of(hiddenSize, horizon)));
    Parameter bias = Parameter.of(Tensor.zeros(Shape.of(horizon)));
    return new Member(ElmanCell.of(inputSize, hiddenSize, random), new Dense(weight, bias));
  }

  /** Returns the mean squared error over all members, each with the same targets {@code [N, H]}. */
  Loss loss() {
    return Loss.perPosition(
        (predictions, targets) ->
            predictions
                .minus(Node.concat(1, Collections.nCopies(members.size(), targets)))
                .square());
  }

  @Override
  public Signal apply(Signal sequence) {
    List<Node> forecasts = members.stream().map(member -> member.apply(sequence).values()).toList();
    return sequence.with(Node.concat(1, forecasts));
  }
}

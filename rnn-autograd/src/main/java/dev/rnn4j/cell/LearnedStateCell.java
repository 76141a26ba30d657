package dev.rnn4j.cell;

import static com.google.common.base.Preconditions.checkNotNull;

import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.graph.Records;
import dev.rnn4j.pass.ForwardPass;
import dev.rnn4j.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * A cell whose initial state is learned: all sequences begin with the same parameters, s₀ (Forcada
 * and Carrasco, "Learning the Initial State of a Second-Order Recurrent Neural Network during
 * Regular-Language Inference", 1995).
 *
 * @param cell the cell
 * @param initial s₀: its state with parameters as components, each without the batch axis
 * @param <S> the cell's state
 */
public record LearnedStateCell<S>(Cell<S> cell, S initial) implements Cell<S> {
  /** Creates it; nothing may be null. */
  public LearnedStateCell {
    checkNotNull(cell, "a LearnedStateCell was given null as its cell");
    checkNotNull(initial, "a LearnedStateCell was given null as its initial state");
  }

  /** Returns a cell that begins with zeros before it has learned anything. */
  public static <S> LearnedStateCell<S> of(Cell<S> cell) {
    checkNotNull(cell, "a LearnedStateCell was given null as its cell");
    S zeros = cell.initialState(1);
    List<String> names = Records.nodeNames(zeros);
    List<Node> nodes = Records.nodes(zeros);
    List<Node> parameters = new ArrayList<>();
    for (int i = 0; i < nodes.size(); i++) {
      Tensor first = Tensor.zeros(nodes.get(i).shape().without(0));
      parameters.add(Parameter.of(names.get(i), first));
    }
    return new LearnedStateCell<>(cell, Records.withNodes(zeros, parameters));
  }

  @Override
  public S initialState(int batchSize) {
    List<Node> repeated =
        Records.nodes(initial).stream()
            .map(own -> own.broadcastTo(own.shape().insert(0, batchSize)))
            .toList();
    return Records.withNodes(initial, repeated);
  }

  @Override
  public Step<S> step(Node x, S state) {
    return cell.step(x, state);
  }

  @Override
  public Begun<S> begin(ForwardPass pass, int batchSize) {
    return new Begun<>(initialState(batchSize), cell.begin(pass, batchSize).step());
  }
}

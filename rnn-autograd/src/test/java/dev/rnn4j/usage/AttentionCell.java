package dev.rnn4j.usage;

import dev.rnn4j.cell.Cell;
import dev.rnn4j.cell.Step;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.part.Gate;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/**
 * A cell with a second state tensor and attention over its last four hidden states: e_k = h Wa ·
 * h₋ₖ; α = softmax(e); a = Σ α_k h₋ₖ; m' = ½m + ½a; h' = tanh(W x + U m' + b).
 */
public record AttentionCell(Gate gate, Parameter query) implements Cell<AttentionCell.State> {
  private static final int SPAN = 4;

  public record State(Node memory, List<Node> past) {}

  @Override
  public State initialState(int batchSize) {
    Node zeros = Node.zeros(batchSize, gate.hiddenSize());
    return new State(zeros, Collections.nCopies(SPAN, zeros));
  }

  @Override
  public Step<State> step(Node x, State s) {
    Node asked = s.past().get(0).matmul(query);
    List<Node> scores = s.past().stream().map(h -> asked.times(h).sumKeeping(-1)).toList();
    List<Node> weights = Node.concat(1, scores).softmax().split(1, SPAN);
    Node attended =
        Node.sum(
            Stream.iterate(0, k -> k + 1)
                .limit(SPAN)
                .map(k -> weights.get(k).times(s.past().get(k)))
                .toList());
    Node memory = s.memory().plus(attended).times(0.5);
    Node h = gate.apply(x, memory).tanh();
    List<Node> past = Stream.concat(Stream.of(h), s.past().stream().limit(SPAN - 1)).toList();
    return new Step<>(h, new State(memory, past));
  }
}

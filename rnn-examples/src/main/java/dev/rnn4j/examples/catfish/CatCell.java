package dev.rnn4j.examples.catfish;

import dev.rnn4j.cell.Cell;
import dev.rnn4j.cell.Step;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Parameter;

/**
 * The document's RecurrentLinearLayer and ReLULayer: h′ = relu(x·W + h·U + b). The document goes
 * back through the last step only, so the state comes in without its gradient: truncated BPTT of
 * length 1.
 *
 * @param weightIh W, {@code [I, H]}
 * @param bias b, {@code [H]}
 * @param weightHh U, {@code [H, H]}
 */
record CatCell(Parameter weightIh, Parameter bias, Parameter weightHh)
    implements Cell<CatCell.State> {
  record State(Node h) {}

  @Override
  public State initialState(int batchSize) {
    return new State(Node.zeros(batchSize, weightHh.size(0)));
  }

  @Override
  public Step<State> step(Node x, State state) {
    Node h = state.h().stopGradient();
    Node next = x.matmul(weightIh).plus(h.matmul(weightHh)).plus(bias).relu();
    return new Step<>(next, new State(next));
  }
}

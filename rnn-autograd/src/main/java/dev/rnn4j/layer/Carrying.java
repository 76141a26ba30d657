package dev.rnn4j.layer;

import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Trace;
import dev.rnn4j.pass.CarriedState;
import dev.rnn4j.pass.ForwardPass;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.ShapeException;
import java.util.ArrayList;
import java.util.List;

/** What a mask does in a loop: at a step that does not count, things stay as they were. */
final class Carrying {
  private final Node mask;
  private final ForwardPass pass;

  /** The mask as {@code [T, N, 1]}. */
  private final Node columns;

  /** The last output that counts, where it is no state of the cell. */
  private CarriedState<Node> begun;

  private Component shown;
  private Node latest;

  Carrying(Node mask, ForwardPass pass) {
    this.mask = mask;
    this.pass = pass;
    this.columns = mask.reshape(mask.shape().insert(2, 1));
  }

  /** Returns the states after step t: those before it where it does not count. */
  List<Node> carried(int t, List<Node> after, List<Node> before) {
    Node counts = columns.step(t);
    List<Node> carried = new ArrayList<>();
    for (int i = 0; i < after.size(); i++) {
      carried.add(beside(counts, after.get(i)).select(after.get(i), before.get(i)));
    }
    return carried;
  }

  /** Notes an output that is carried as a state. */
  Node own(Node output) {
    latest = output;
    return output;
  }

  /** Carries an output that is no state, for {@link #last}. */
  Node other(int t, Node output) {
    if (shown == null) {
      begun = Trace.outside(() -> pass.withinSequence(Node.zeros(output.shape())));
      shown = new Component("output", begun.initial());
    }
    Node before = shown.before();
    latest = beside(columns.step(t), output).select(output, before);
    shown.leave(latest);
    return output;
  }

  /** Returns the last output that counts, zeros where none does. */
  Node last() {
    if (begun != null) {
      begun.leave(latest);
    }
    Node any = everCounts();
    return beside(any.reshape(any.size(0), 1), latest).select(latest, Node.constant(0));
  }

  /** Returns whether any step of a sequence counts, {@code [N]}, one of an earlier segment too. */
  private Node everCounts() {
    Node any = mask.max(0);
    if (!pass.isSegment()) {
      return any;
    }
    CarriedState<Node> before = pass.withinSequence(Node.zeros(any.shape()));
    Node so = any.maximum(before.initial());
    before.leave(so);
    return so;
  }

  /** Returns a mask {@code [N, 1]} in the rank of a value {@code [N, ...]}. */
  private static Node beside(Node counts, Node value) {
    Shape shape = value.shape();
    if (shape.rank() == 0 || shape.size(0) != counts.size(0)) {
      throw new ShapeException(
          "under a mask, states and outputs of a cell are [N, ...] with N = "
              + counts.size(0)
              + ", one row for each sequence, and "
              + value
              + " is not");
    }
    Shape wide = Shape.of(counts.size(0));
    while (wide.rank() < shape.rank()) {
      wide = wide.insert(wide.rank(), 1);
    }
    return wide.equals(counts.shape()) ? counts : counts.reshape(wide);
  }
}

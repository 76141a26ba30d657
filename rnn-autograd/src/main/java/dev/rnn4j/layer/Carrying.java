package dev.rnn4j.layer;

import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Trace;
import dev.rnn4j.pass.CarriedState;
import dev.rnn4j.pass.ForwardPass;
import java.util.ArrayList;
import java.util.List;

/** What a mask does in a loop: at a step that does not count, things stay as they were. */
final class Carrying {
  private final Node mask;
  private final ForwardPass pass;
  private final StepMarks counts;

  /** Null where no sequence begins within a row. */
  private final Beginnings beginnings;

  /** The last output that counts, where it is no state of the cell. */
  private Kept shown;

  /** Whether a step has counted since the sequence began, {@code [N, 1]}; where some begin. */
  private Kept counted;

  private Node latest;

  Carrying(Node mask, ForwardPass pass, Beginnings beginnings) {
    this.mask = mask;
    this.pass = pass;
    this.counts = new StepMarks(mask, "under a mask");
    this.beginnings = beginnings;
  }

  /** A value that goes on from step to step beside the states of the cell, from zeros. */
  private final class Kept {
    private final Node zeros;
    private final CarriedState<Node> begun;
    private final Component component;
    private Node last;

    Kept(String name, Node like) {
      zeros = Trace.outside(() -> Node.zeros(like.shape()));
      begun = Trace.outside(() -> pass.withinSequence(zeros));
      component = new Component(name, begun.initial());
    }

    Node before(int t) {
      Node before = component.before();
      return beginnings == null ? before : beginnings.value(t, before, zeros);
    }

    Node leave(Node value) {
      component.leave(value);
      last = value;
      return value;
    }

    /** Returns the value after the last step. */
    Node end() {
      begun.leave(last);
      return last;
    }
  }

  /** Returns the states after step t: those before it where it does not count. */
  List<Node> carried(int t, List<Node> after, List<Node> before) {
    Node now = counts.at(t);
    List<Node> carried = new ArrayList<>();
    for (int i = 0; i < after.size(); i++) {
      carried.add(counts.beside(now, after.get(i)).select(after.get(i), before.get(i)));
    }
    if (beginnings != null) {
      counted = counted == null ? new Kept("counted", now) : counted;
      counted.leave(now.maximum(counted.before(t)));
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
    shown = shown == null ? new Kept("output", output) : shown;
    Node before = shown.before(t);
    latest = shown.leave(counts.beside(t, output).select(output, before));
    return output;
  }

  /** Returns the last output that counts, zeros where none does. */
  Node last() {
    if (shown != null) {
      shown.end();
    }
    return counts.beside(everCounts(), latest).select(latest, Node.constant(0));
  }

  /**
   * Returns whether any step of a sequence counts, {@code [N, 1]}, one of an earlier segment too.
   */
  private Node everCounts() {
    if (counted != null) {
      return counted.end();
    }
    Node any = mask.max(0);
    Node so = pass.isSegment() ? orBefore(any) : any;
    return so.reshape(so.size(0), 1);
  }

  private Node orBefore(Node any) {
    CarriedState<Node> before = pass.withinSequence(Node.zeros(any.shape()));
    Node so = any.maximum(before.initial());
    before.leave(so);
    return so;
  }
}

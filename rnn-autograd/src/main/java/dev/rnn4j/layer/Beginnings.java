package dev.rnn4j.layer;

import dev.rnn4j.graph.Node;
import dev.rnn4j.pass.Signal;
import dev.rnn4j.tensor.ShapeException;
import java.util.ArrayList;
import java.util.List;

/**
 * What marks of steps do in a loop: before a step with which a sequence begins, things are as they
 * are at the beginning.
 */
final class Beginnings {
  private final StepMarks marks;
  private final List<Node> initial;

  private Beginnings(StepMarks marks, List<Node> initial) {
    this.marks = marks;
    this.initial = initial;
  }

  /**
   * Returns the beginnings within a sequence, or null where there are none.
   *
   * @param initial the states that a sequence begins with
   * @throws ShapeException where the marks are of other steps
   */
  static Beginnings of(Signal sequence, List<Node> initial) {
    return sequence.pass().begins().map(marks -> of(marks, sequence, initial)).orElse(null);
  }

  private static Beginnings of(Node marks, Signal sequence, List<Node> initial) {
    if (marks.size(0) != sequence.steps() || marks.size(1) != sequence.batchSize()) {
      throw new ShapeException(
          "the batch marks steps with which sequences begin, "
              + marks.shape()
              + ", and a cell is unrolled over other steps, "
              + sequence
              + ": there is a mark for each of them");
    }
    return new Beginnings(new StepMarks(marks, "where sequences begin within a row"), initial);
  }

  /** Returns the states that step t begins with, of those that the step before has left. */
  List<Node> states(int t, List<Node> left) {
    List<Node> states = new ArrayList<>();
    for (int i = 0; i < left.size(); i++) {
      states.add(value(t, left.get(i), initial.get(i)));
    }
    return states;
  }

  /** Returns what step t begins with: what the step before has left, or at a mark another value. */
  Node value(int t, Node left, Node atMark) {
    return marks.beside(t, left).select(atMark, left);
  }
}

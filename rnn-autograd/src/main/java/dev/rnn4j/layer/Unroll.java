package dev.rnn4j.layer;

import static com.google.common.base.Preconditions.checkArgument;

import dev.rnn4j.cell.Cell;
import dev.rnn4j.cell.Step;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Records;
import dev.rnn4j.graph.Scope;
import dev.rnn4j.graph.Trace;
import dev.rnn4j.graph.op.State;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.ShapeException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Writes T copies of a cell's nodes into the graph, one for each step of a sequence. That is all
 * there is to recurrence: gradients through time follow from the graph.
 */
public final class Unroll {
  private Unroll() {}

  /**
   * Unrolls a cell over a sequence from its first step to its last.
   *
   * @param sequence {@code [T, N, I]}, T and N at least 1
   * @param initial the state before the first step
   * @throws ShapeException where sequence or state do not fit
   */
  public static <S> Unrolled<S> forward(Cell<S> cell, Node sequence, S initial) {
    return new Loop<>(cell, sequence, initial).run(false);
  }

  /**
   * Unrolls a cell over a sequence from its last step to its first. The outputs stand at the
   * positions that they belong to, so that the one after the whole sequence is read is at 0.
   *
   * @param sequence {@code [T, N, I]}, T and N at least 1
   * @param initial the state before the sequence's last step
   * @throws ShapeException where sequence or state do not fit
   */
  public static <S> Unrolled<S> backward(Cell<S> cell, Node sequence, S initial) {
    return new Loop<>(cell, sequence, initial).run(true);
  }

  /** Returns N of a sequence {@code [T, N, I]}, checked. */
  static int batchSize(Node sequence) {
    if (sequence.shape().rank() != 3) {
      throw new ShapeException(
          "a cell is unrolled over a sequence [T, N, I], time first, and " + sequence + " is none");
    }
    if (sequence.size(0) == 0 || sequence.size(1) == 0) {
      throw new ShapeException(
          "a cell is unrolled over at least one step of one sequence, and "
              + sequence
              + " has T = "
              + sequence.size(0)
              + ", N = "
              + sequence.size(1));
    }
    return sequence.size(1);
  }

  private static final class Loop<S> {
    private final Cell<S> cell;
    private final Node sequence;
    private final S template;
    private final List<String> names;
    private final List<State> initial = new ArrayList<>();
    private final List<State> later = new ArrayList<>();
    private List<Node> state;
    private boolean begun;

    Loop(Cell<S> cell, Node sequence, S first) {
      batchSize(sequence);
      this.cell = cell;
      this.sequence = sequence;
      this.template = first;
      this.names = Records.nodeNames(first);
      this.state = Records.nodes(first);
      for (String name : names) {
        initial.add(new State(name, true));
        later.add(new State(name, false));
      }
    }

    Unrolled<S> run(boolean reversed) {
      int length = sequence.size(0);
      Node[] outputs = new Node[length];
      Trace trace = Trace.ofLoop();
      try (Scope scope = Scope.enter(cell)) {
        for (int i = 0; i < length; i++) {
          int t = reversed ? length - 1 - i : i;
          outputs[t] = trace.at(t, () -> step(t));
        }
        S last = trace.at(reversed ? -1 : length, this::current);
        return new Unrolled<>(Arrays.asList(outputs), last);
      }
    }

    private Node step(int t) {
      S before = current();
      Step<S> step = stepped(sequence.step(t), before);
      checkArgument(
          step != null && step.output() != null && step.state() != null,
          "the cell %s must return an output and a state at time step %s",
          cell.getClass().getSimpleName(),
          t);
      state = checked(Records.nodes(step.state()), t);
      return step.output();
    }

    private Step<S> stepped(Node x, S before) {
      try {
        return cell.step(x, before);
      } catch (ShapeException e) {
        throw new ShapeException(e.getMessage() + hint());
      }
    }

    /** Returns the line below an error for a state that is made for another number of sequences. */
    private String hint() {
      int batchSize = sequence.size(1);
      for (int i = 0; i < state.size(); i++) {
        Shape shape = state.get(i).shape();
        if (shape.rank() > 0 && shape.size(0) != batchSize) {
          return "\n  fix      "
              + stateName(i)
              + " has the shape "
              + shape
              + ", and the sequence has N = "
              + batchSize;
        }
      }
      return "";
    }

    private String stateName(int i) {
      return names.get(i).equals("state") ? "the state" : "the state " + names.get(i);
    }

    /** Returns the state of the moment, each component as a node of the family "state". */
    private S current() {
      List<Node> nodes = new ArrayList<>();
      for (int i = 0; i < state.size(); i++) {
        nodes.add(Node.apply((begun ? later : initial).get(i), state.get(i)));
      }
      begun = true;
      return Records.withNodes(template, nodes);
    }

    private List<Node> checked(List<Node> next, int t) {
      if (next.size() != state.size()) {
        throw new ShapeException(
            cellName()
                + " returned "
                + next.size()
                + " state tensors at time step "
                + t
                + ", and was given "
                + state.size());
      }
      for (int i = 0; i < next.size(); i++) {
        if (!next.get(i).shape().equals(state.get(i).shape())) {
          throw new ShapeException(
              cellName()
                  + " was given "
                  + stateName(i)
                  + " as "
                  + state.get(i).shape()
                  + " and returned it as "
                  + next.get(i).shape()
                  + " at time step "
                  + t
                  + "; a state keeps its shape: look at the cell's step and at the initial state");
        }
      }
      return next;
    }

    private String cellName() {
      return "the cell " + cell.getClass().getSimpleName();
    }
  }
}

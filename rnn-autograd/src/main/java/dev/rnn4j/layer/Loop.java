package dev.rnn4j.layer;

import static com.google.common.base.Preconditions.checkArgument;

import dev.rnn4j.cell.Begun;
import dev.rnn4j.cell.Cell;
import dev.rnn4j.cell.Step;
import dev.rnn4j.cell.StepFunction;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Records;
import dev.rnn4j.graph.Scope;
import dev.rnn4j.graph.Trace;
import dev.rnn4j.pass.ForwardPass;
import dev.rnn4j.pass.Signal;
import dev.rnn4j.pass.StepBody;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.ShapeException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The steps of one cell over one sequence, written one after the other. */
final class Loop<S> {
  private final Cell<S> cell;
  private final StepFunction<S> function;
  private final Signal sequence;
  private final boolean reversed;
  private final S template;
  private final List<String> names;
  private final List<Component> components = new ArrayList<>();
  private final Beginnings beginnings;
  private final Carrying carrying;

  /**
   * Creates the loop.
   *
   * @param begun what a sequence begins with, and the step
   * @param first the state before the first step, which may be another one
   */
  Loop(Cell<S> cell, Begun<S> begun, Signal sequence, S first, boolean reversed) {
    this.cell = cell;
    this.function = begun.step();
    this.sequence = sequence;
    this.reversed = reversed;
    this.template = first;
    this.names = Records.nodeNames(first);
    List<Node> nodes = Records.nodes(first);
    for (int i = 0; i < nodes.size(); i++) {
      components.add(new Component(names.get(i), nodes.get(i)));
    }
    this.beginnings = Beginnings.of(sequence, Records.nodes(begun.state()));
    this.carrying =
        sequence.isMasked() ? new Carrying(sequence.mask(), sequence.pass(), beginnings) : null;
  }

  Unrolled<S> run() {
    int length = sequence.steps();
    Node[] outputs = new Node[length];
    Trace trace = Trace.ofLoop();
    try (ForwardPass.Steps steps = sequence.pass().steps(length)) {
      for (int i = 0; i < length; i++) {
        int t = reversed ? length - 1 - i : i;
        steps.at(t);
        outputs[t] = trace.at(t, () -> step(t));
      }
    }
    S after = trace.at(reversed ? -1 : length, () -> Records.withNodes(template, before()));
    Node latest = outputs[reversed ? 0 : length - 1];
    Node last = carrying == null ? latest : carrying.last();
    Signal all = Signal.of(Node.stack(Arrays.asList(outputs)), sequence.pass());
    return new Unrolled<>(
        sequence.isMasked() ? all.masked(sequence.mask()) : all,
        Signal.of(last, sequence.pass()),
        after);
  }

  private List<Node> before() {
    List<Node> nodes = new ArrayList<>();
    components.forEach(component -> nodes.add(component.before()));
    return nodes;
  }

  private Node step(int t) {
    List<Node> left = before();
    List<Node> before = beginnings == null ? left : beginnings.states(t, left);
    Node x = sequence.values().step(t);
    Step<S> step = stepped(x, Records.withNodes(template, before));
    checkArgument(
        step != null && step.output() != null && step.state() != null,
        "the cell %s must return an output and a state at time step %s",
        cell.getClass().getSimpleName(),
        t);
    Node output = step.output();
    List<Node> after = checked(Records.nodes(step.state()), before, t);
    if (carrying != null) {
      List<Node> carried = carrying.carried(t, after, before);
      int own = after.indexOf(output);
      output = own < 0 ? carrying.other(t, output) : carrying.own(carried.get(own));
      after = carried;
    }
    for (int i = 0; i < after.size(); i++) {
      components.get(i).leave(after.get(i));
    }
    if (t == (reversed ? sequence.steps() - 1 : 0)) {
      leaveBody(t, x, left, output, after);
    }
    return output;
  }

  private void leaveBody(int t, Node x, List<Node> before, Node output, List<Node> after) {
    Node values = sequence.values();
    sequence
        .pass()
        .unrolled(new StepBody(Scope.path(), reversed, values, t, x, names, before, output, after));
  }

  private Step<S> stepped(Node x, S before) {
    try {
      return function.step(x, before);
    } catch (ShapeException e) {
      throw new ShapeException(e.getMessage() + hint());
    }
  }

  /** Returns the line below an error for a state that is made for another number of sequences. */
  private String hint() {
    int batchSize = sequence.batchSize();
    for (int i = 0; i < components.size(); i++) {
      Shape shape = components.get(i).value().shape();
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

  private List<Node> checked(List<Node> after, List<Node> before, int t) {
    if (after.size() != before.size()) {
      throw new ShapeException(
          cellName()
              + " returned "
              + after.size()
              + " state tensors at time step "
              + t
              + ", and was given "
              + before.size());
    }
    for (int i = 0; i < after.size(); i++) {
      if (!after.get(i).shape().equals(before.get(i).shape())) {
        throw new ShapeException(
            cellName()
                + " was given "
                + stateName(i)
                + " as "
                + before.get(i).shape()
                + " and returned it as "
                + after.get(i).shape()
                + " at time step "
                + t
                + "; a state keeps its shape: look at the cell's step and at the initial state");
      }
    }
    return after;
  }

  private String cellName() {
    return "the cell " + cell.getClass().getSimpleName();
  }
}

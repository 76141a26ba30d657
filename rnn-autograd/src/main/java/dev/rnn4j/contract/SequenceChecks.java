package dev.rnn4j.contract;

import dev.rnn4j.grad.Gradients;
import dev.rnn4j.graph.Graphs;
import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.graph.Parameters;
import dev.rnn4j.graph.Records;
import dev.rnn4j.pass.ForwardPass;
import dev.rnn4j.plan.Session;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Whether a sequence may be cut in parts, go on from a state, and stand beside others. */
final class SequenceChecks<S> {
  private static final int BATCH = 4;

  private final Subject<S> subject;
  private final Extent extent;

  SequenceChecks(Subject<S> subject, Extent extent) {
    this.subject = subject;
    this.extent = extent;
  }

  // ---------------------------------------------------------------- step by step

  Optional<String> steps() {
    for (Precision precision : extent.precisions()) {
      Optional<String> found = steps(precision);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private Optional<String> steps(Precision precision) {
    Trial<S> whole = subject.trial(extent.steps(), extent.sequences());
    List<Node> all = whole.made();
    Session session = whole.session(precision, 1, all, null).run();
    List<Tensor> expected = all.stream().map(session::get).toList();

    List<Input> before = new ArrayList<>();
    Trial<S> one = subject.step(extent.sequences(), before);
    List<Node> made = one.made();
    Set<Node> present = Set.copyOf(Graphs.topological(made));
    Session single = one.session(precision, 1, made, null);
    List<Tensor> states =
        whole.eval(Records.nodes(subject.cell().initialState(extent.sequences())));
    Node x = Node.constant(whole.values.get(whole.x));
    List<Node> outputs = new ArrayList<>();
    for (int t = 0; t < extent.steps(); t++) {
      for (int i = 0; i < states.size(); i++) {
        if (present.contains(before.get(i))) {
          single.set(before.get(i), states.get(i));
        }
      }
      if (present.contains(one.x)) {
        single.set(one.x, x.slice(0, t, t + 1).eval());
      }
      single.run();
      outputs.add(Node.constant(single.get(made.get(0))));
      states = made.subList(1, made.size()).stream().map(single::get).toList();
    }
    List<Tensor> actual =
        new ArrayList<>(List.of(Node.concat(0, outputs.toArray(Node[]::new)).eval().to(precision)));
    actual.addAll(states);
    return whole.difference(expected, actual, "by runs of one step");
  }

  // ---------------------------------------------------------------- windows

  /** States that are given to a pass from outside, and begin as the cell does. */
  private final class Given {
    private final Map<Node, Node> own = new LinkedHashMap<>();

    ForwardPass pass() {
      return ForwardPass.inference()
          .carrying(
              (name, initial) -> {
                Input given = Input.of(name.component(), initial.shape());
                own.put(given, initial);
                return given;
              });
    }

    /** Returns the parameters that the initial state is made of. */
    List<Parameter> learned() {
      return own.isEmpty()
          ? List.of()
          : Parameters.reachedFrom(own.values()).stream()
              .map(Parameters.Reached::parameter)
              .toList();
    }
  }

  Optional<String> truncation() {
    Trial<S> whole = subject.trial(extent.steps(), extent.sequences());
    Given given = new Given();
    Trial<S> window = subject.trial(extent.steps(), extent.sequences(), given.pass());
    List<Tensor> initial = window.eval(List.copyOf(given.own.values()));
    List<Node> states = List.copyOf(given.own.keySet());
    for (int i = 0; i < states.size(); i++) {
      window.values.put(states.get(i), initial.get(i));
    }
    List<Parameter> learned = given.learned();
    List<Node> leaves = new ArrayList<>(Parameters.of(subject.cell()).values());
    Optional<String> found =
        whole.difference(
            whole.eval(withGradients(whole, leaves, learned)),
            window.eval(withGradients(window, leaves, learned)),
            1e-12,
            "where the sequence goes on from the state that it begins with");
    return found.isPresent() ? found : halves(whole);
  }

  /** A parameter that is learned through the initial state learns nothing in a window. */
  private List<Node> withGradients(Trial<S> trial, List<Node> leaves, List<Parameter> learned) {
    List<Node> all = trial.made();
    List<Node> gradients = Gradients.of(trial.sum(), leaves);
    for (int i = 0; i < leaves.size(); i++) {
      boolean begun = learned.contains(leaves.get(i));
      all.add(begun ? Node.zeros(leaves.get(i).shape()) : gradients.get(i));
    }
    return all;
  }

  /** Compares the values of two windows, the second from the state of the first, with the whole. */
  private Optional<String> halves(Trial<S> whole) {
    Tensor x = whole.values.get(whole.x);
    int half = extent.steps() / 2;
    List<Node> outputs = new ArrayList<>();
    List<Tensor> states = null;
    for (int from : new int[] {0, half}) {
      int to = from == 0 ? half : extent.steps();
      Given given = new Given();
      Trial<S> window = subject.trial(to - from, extent.sequences(), given.pass());
      window.values.put(window.x, Node.constant(x).slice(0, from, to).eval());
      List<Node> inputs = List.copyOf(given.own.keySet());
      List<Tensor> begun = states == null ? window.eval(List.copyOf(given.own.values())) : states;
      for (int i = 0; i < inputs.size(); i++) {
        window.values.put(inputs.get(i), begun.get(i));
      }
      List<Tensor> made = window.eval(window.made());
      outputs.add(Node.constant(made.get(0)));
      states = made.subList(1, made.size());
    }
    List<Tensor> actual = new ArrayList<>();
    actual.add(Node.concat(0, outputs.toArray(Node[]::new)).eval());
    actual.addAll(states);
    String when = "in two windows, the second of which begins at step " + half;
    return whole.difference(whole.eval(whole.made()), actual, 1e-12, when);
  }

  // ---------------------------------------------------------------- batches

  Optional<String> batchOrder() {
    Trial<S> batch = subject.trial(extent.steps(), BATCH);
    Node x = Node.constant(batch.values.get(batch.x));
    for (Precision precision : extent.precisions()) {
      List<Node> all = batch.made();
      Session whole = batch.session(precision, 1, all, null).run();
      List<Tensor> together = all.stream().map(whole::get).toList();
      Trial<S> alone = subject.trial(extent.steps(), 1);
      List<Node> made = alone.made();
      Session session = alone.session(precision, 1, made, null);
      boolean present = Graphs.topological(made).contains(alone.x);
      for (int n = BATCH - 1; n >= 0; n--) {
        if (present) {
          session.set(alone.x, x.slice(1, n, n + 1).eval());
        }
        session.run();
        List<Tensor> expected = made.stream().map(session::get).toList();
        List<Tensor> actual = new ArrayList<>();
        for (int i = 0; i < together.size(); i++) {
          int axis = i == 0 ? 1 : 0;
          Node rows = Node.constant(together.get(i)).slice(axis, n, n + 1);
          actual.add(rows.eval().to(precision));
        }
        String when = "for sequence " + n + " of " + BATCH + ", beside itself alone";
        Optional<String> found = alone.difference(expected, actual, when);
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }
}

package dev.rnn4j.contract;

import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Records;
import dev.rnn4j.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Whether all that a cell has takes part: its parameters, and each part of its state. */
final class EffectChecks<S> {
  /** How far values are moved: some count only when they are large. */
  private static final double[] FAR = {0.25, 16};

  /** How many times as long sequences become. */
  private static final int[] LONGER = {8, 64};

  private final Subject<S> subject;
  private final Extent extent;

  EffectChecks(Subject<S> subject, Extent extent) {
    this.subject = subject;
    this.extent = extent;
  }

  /** What seems to do nothing is tried in longer sequences: a module of a clock may be slow. */
  Optional<String> effects() {
    Set<String> found = without(extent.steps(), complaint -> true);
    for (int times : LONGER) {
      if (!found.isEmpty()) {
        found = without(extent.steps() * times, found::contains);
      }
    }
    return found.isEmpty()
        ? Optional.empty()
        : Optional.of(
            String.join("; ", found)
                + ", with x "
                + List.of(extent.steps(), extent.sequences(), subject.inputSize())
                + " [T, N, I]");
  }

  /** Returns what has no effect in so many steps, of what is suspected of it. */
  private Set<String> without(int steps, Predicate<String> suspected) {
    Set<String> found = new LinkedHashSet<>();
    Trial<S> trial = subject.trial(steps, extent.sequences());
    trial.parameters.forEach(
        (path, parameter) -> {
          String complaint = "no output depends on the parameter " + path;
          if (suspected.test(complaint) && !isRead(trial, parameter)) {
            found.add(complaint);
          }
        });
    List<Input> before = new ArrayList<>();
    Trial<S> later = started(steps, before);
    Trial<S> step = started(1, new ArrayList<>());
    for (int i = 0; i < before.size(); i++) {
      String still = "the state " + before.get(i).name() + " comes back as it went in";
      String unread = "no output depends on the state " + before.get(i).name();
      if (suspected.test(still) || suspected.test(unread)) {
        if (comesBack(later, i) && comesBack(step, i)) {
          found.add(still);
        } else if (!isRead(later, before.get(i))) {
          found.add(unread);
        }
      }
    }
    return found;
  }

  /** Returns a run from states that are inputs, with the values of the initial ones. */
  private Trial<S> started(int steps, List<Input> before) {
    Trial<S> trial = subject.from(steps, extent.sequences(), before);
    List<Tensor> initial = trial.eval(initial());
    for (int i = 0; i < initial.size(); i++) {
      trial.values.put(before.get(i), initial.get(i));
    }
    return trial;
  }

  private List<Node> initial() {
    return Records.nodes(subject.cell().initialState(extent.sequences()));
  }

  private boolean comesBack(Trial<S> trial, int part) {
    List<Tensor> values = trial.eval(List.of(initial().get(part), trial.states().get(part)));
    return values.get(0).sameAs(values.get(1));
  }

  /** Returns whether the outputs are others where the value of a leaf is. */
  private boolean isRead(Trial<S> trial, Node leaf) {
    List<Node> outputs = List.of(trial.outputs());
    Tensor before = trial.eval(outputs).get(0);
    Tensor value = trial.values.get(leaf);
    Node by = Node.constant(trial.draw(value.shape()));
    boolean isRead = false;
    for (double far : FAR) {
      if (!isRead) {
        trial.values.put(leaf, Node.constant(value).plus(by.times(far)).eval());
        try {
          isRead = !trial.eval(outputs).get(0).sameAs(before);
        } catch (IndexOutOfBoundsException e) {
          isRead = true; // as an index, by what an output is computed from
        }
      }
    }
    trial.values.put(leaf, value);
    return isRead;
  }
}

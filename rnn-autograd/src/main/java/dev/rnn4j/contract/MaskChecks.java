package dev.rnn4j.contract;

import dev.rnn4j.grad.Gradients;
import dev.rnn4j.graph.Node;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether what does not count does nothing: no bit, no state, no gradient. */
final class MaskChecks<S> {
  /** A sequence that ends early, one with holes, and one of which nothing counts. */
  private static final Tensor MASK =
      Tensor.of(new double[][] {{1, 0, 0}, {1, 1, 0}, {1, 0, 0}, {0, 1, 0}, {0, 0, 0}});

  private static final double TOLERANCE = 1e-10;

  private final Subject<S> subject;
  private final Extent extent;

  MaskChecks(Subject<S> subject, Extent extent) {
    this.subject = subject;
    this.extent = extent;
  }

  Optional<String> masks() {
    Trial<S> trial = subject.masked(MASK);
    Tensor clean = trial.values.get(trial.x);
    for (Precision precision : extent.precisions()) {
      trial.values.put(trial.x, clean);
      List<Tensor> expected = trial.run(precision, 1);
      trial.values.put(trial.x, withNaN(clean, MASK));
      List<Tensor> actual = trial.run(precision, 1);
      Optional<String> found =
          trial.difference(expected, actual, "with NaN at steps that do not count");
      if (found.isPresent()) {
        return found;
      }
    }
    for (int sequence = 0; sequence < 2; sequence++) {
      Optional<String> found = countedSteps(sequence);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private Tensor withNaN(Tensor x, Tensor mask) {
    double[] wild = x.toDoubles();
    for (int i = 0; i < wild.length; i++) {
      wild[i] = mask.at(i / subject.inputSize()) == 0 ? Double.NaN : wild[i];
    }
    return Tensor.of(x.shape(), wild);
  }

  /** Compares a sequence under a mask with the steps of it that count. */
  private Optional<String> countedSteps(int sequence) {
    Tensor mask = Node.constant(MASK).slice(1, sequence, sequence + 1).eval();
    List<Integer> counted = new ArrayList<>();
    for (int t = 0; t < mask.shape().size(0); t++) {
      if (mask.at(t) != 0) {
        counted.add(t);
      }
    }
    Trial<S> masked = subject.masked(mask);
    Node x = Node.constant(masked.values.get(masked.x));
    masked.values.put(masked.x, withNaN(masked.values.get(masked.x), mask));
    Trial<S> alone = subject.trial(counted.size(), 1);
    alone.values.put(alone.x, Node.stack(counted.stream().map(x::step).toList()).eval());

    List<Node> expected = made(alone, alone.outputs());
    List<Node> actual = made(masked, at(masked.outputs(), counted));
    List<Node> expectedGradients = gradients(alone, expected);
    List<Node> gradients = gradients(masked, actual);
    Node ofInput = gradients.remove(gradients.size() - 1);
    expected.addAll(expectedGradients);
    actual.addAll(gradients);
    actual.add(at(ofInput, counted));
    String when = "where of " + mask.shape().size(0) + " steps only " + counted + " count";
    Optional<String> found =
        alone.difference(alone.eval(expected), masked.eval(actual), TOLERANCE, when);
    return found.isPresent() ? found : passedOn(masked, ofInput, mask, when);
  }

  /** Returns where a gradient goes on to what does not count. */
  private Optional<String> passedOn(Trial<S> masked, Node gradient, Tensor mask, String when) {
    List<Integer> others = new ArrayList<>();
    for (int t = 0; t < mask.shape().size(0); t++) {
      if (mask.at(t) == 0) {
        others.add(t);
      }
    }
    Tensor passed = masked.eval(List.of(at(gradient, others))).get(0);
    return Difference.of(Tensor.zeros(passed.shape()), passed, TOLERANCE)
        .map(where -> "the gradient of x at steps that do not count " + where + " " + when);
  }

  private static Node at(Node sequence, List<Integer> steps) {
    return Node.stack(steps.stream().map(sequence::step).toList());
  }

  private List<Node> made(Trial<S> trial, Node outputs) {
    List<Node> made = new ArrayList<>(List.of(outputs));
    made.addAll(trial.states());
    return made;
  }

  /** Returns the gradients, by all leaves, of a sum with the same weights for both. */
  private List<Node> gradients(Trial<S> trial, List<Node> made) {
    List<Node> terms = new ArrayList<>();
    for (Node node : made) {
      terms.add(node.times(Node.constant(trial.draw(node.shape()))).sum());
    }
    return new ArrayList<>(Gradients.of(Node.sum(terms), List.copyOf(trial.values.keySet())));
  }
}

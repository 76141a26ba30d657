package dev.rnn4j.contract;

import dev.rnn4j.grad.GradientCheck;
import dev.rnn4j.graph.Node;
import dev.rnn4j.pass.ForwardPass;
import dev.rnn4j.pass.RandomKey;
import dev.rnn4j.plan.SharedArrays;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Tensor;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Whether the numbers are right: against differences, and against the interpreter. */
final class NumberChecks<S> {
  private static final double EPSILON = 2e-6;

  private final Subject<S> subject;
  private final Extent extent;

  NumberChecks(Subject<S> subject, Extent extent) {
    this.subject = subject;
    this.extent = extent;
  }

  Optional<String> gradients() {
    return along(GradientCheck::check);
  }

  Optional<String> secondGradients() {
    return along(GradientCheck::secondOrder);
  }

  private Optional<String> along(Consumer<GradientCheck> check) {
    Node key = Node.constant(RandomKey.of(subject.seed(), 0, 0, 0));
    for (ForwardPass pass : List.of(ForwardPass.inference(), ForwardPass.training(key))) {
      for (int steps : new int[] {1, 4}) {
        Trial<S> trial = subject.trial(steps, 2, pass);
        GradientCheck differences =
            GradientCheck.of(trial.sum())
                .epsilon(EPSILON)
                .seed(subject.seed())
                .directions(extent.directions());
        trial.values.forEach(differences::at);
        try {
          if (differences.hasGradients()) {
            check.accept(differences);
          }
        } catch (AssertionError e) {
          String when = pass.isTraining() ? " in training" : " in inference";
          return Optional.of(e.getMessage() + when + ", with x " + trial.x.shape() + " [T, N, I]");
        }
      }
    }
    return Optional.empty();
  }

  Optional<String> plans() {
    for (int steps : new int[] {1, extent.steps()}) {
      Trial<S> trial = subject.trial(steps, extent.sequences());
      List<Tensor> expected = trial.eval(trial.results());
      for (Precision precision : Precision.values()) {
        double tolerance = precision == Precision.FLOAT64 ? 1e-10 : 1e-3;
        Optional<String> found =
            trial.difference(expected, trial.run(precision, 1), tolerance, "by a plan");
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  Optional<String> lengths() {
    int steps = extent.steps();
    for (Precision precision : extent.precisions()) {
      List<Tensor> alone = subject.trial(steps, extent.sequences()).run(precision, 1);
      SharedArrays arrays = SharedArrays.of(precision);
      for (int other : new int[] {2 * steps, 1}) {
        subject.trial(other, extent.sequences()).run(precision, 1, arrays);
      }
      Trial<S> again = subject.trial(steps, extent.sequences());
      String when = "after T = " + 2 * steps + " and 1";
      Optional<String> found = again.difference(alone, again.run(precision, 1, arrays), when);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }
}

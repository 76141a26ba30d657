package dev.rnn4j.train;

import dev.rnn4j.graph.Parameter;
import dev.rnn4j.plan.Plan;
import dev.rnn4j.plan.Session;
import dev.rnn4j.plan.Weights;
import java.util.Collection;

/** Copies of some parameters' values, to go back to. Keeping and going back allocate nothing. */
final class Copies {
  private final Session keeping;
  private final Session goingBack;

  Copies(Weights weights, Collection<Parameter> originals) {
    Plan.Builder there = Plan.of().weights(weights).threads(1);
    Plan.Builder back = Plan.of().weights(weights).threads(1);
    for (Parameter original : originals) {
      Parameter copy = Parameter.of("copy of " + original.name(), original.initial());
      there.update(copy, original);
      back.update(original, copy);
    }
    keeping = there.compile(weights.precision()).session();
    goingBack = back.compile(weights.precision()).session();
  }

  void keep() {
    keeping.run();
  }

  void goBack() {
    goingBack.run();
  }
}

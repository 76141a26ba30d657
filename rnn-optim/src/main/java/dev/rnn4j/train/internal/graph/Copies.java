package dev.rnn4j.train.internal.graph;

import dev.rnn4j.graph.Parameter;
import dev.rnn4j.plan.Plan;
import dev.rnn4j.plan.Session;
import dev.rnn4j.plan.Weights;
import java.util.Collection;

/** Copies of some parameters' values, to go back to. Keeping and going back allocate nothing. */
final class Copies {
  private final Session keeping;
  private final Session goingBack;
  private final long bytes;

  Copies(Weights weights, Collection<Parameter> originals) {
    Plan.Builder there = Plan.of().weights(weights).threads(1);
    Plan.Builder back = Plan.of().weights(weights).threads(1);
    for (Parameter original : originals) {
      Parameter copy = Parameter.of("copy of " + original.name(), original.initial());
      there.update(copy, original);
      back.update(original, copy);
    }
    long values = 0;
    for (Parameter original : originals) {
      values += (long) weights.precision().bytes() * original.shape().elements();
    }
    keeping = there.compile(weights.precision()).session();
    goingBack = back.compile(weights.precision()).session();
    bytes = values + bytes(keeping) + bytes(goingBack);
  }

  private static long bytes(Session session) {
    return session.bytes() + session.plan().bytes();
  }

  /** Returns the bytes of the plans, and of the copies. */
  long bytes() {
    return bytes;
  }

  void keep() {
    keeping.run();
  }

  void goBack() {
    goingBack.run();
  }
}

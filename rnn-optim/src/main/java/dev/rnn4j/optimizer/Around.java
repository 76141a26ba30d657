package dev.rnn4j.optimizer;

import static com.google.common.base.Preconditions.checkNotNull;

import dev.rnn4j.graph.Node;
import dev.rnn4j.tensor.Shape;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** A rule that does what another one does, and something more. */
abstract class Around implements Optimizer {
  private final Optimizer rule;

  Around(Optimizer rule) {
    this.rule = checkNotNull(rule, "an optimizer around another one was given null as that one");
  }

  /** Returns the rule that this one is around. */
  final Optimizer rule() {
    return rule;
  }

  /** Returns all settings beside those of the rule, as text. */
  abstract String settings();

  @Override
  public final double rate() {
    return rule.rate();
  }

  @Override
  public Set<PathPattern> patterns() {
    return rule.patterns();
  }

  @Override
  public List<Slot> slots(Shape parameter) {
    return rule.slots(parameter);
  }

  @Override
  public List<Scalar> scalars() {
    return rule.scalars();
  }

  @Override
  public Node beforeClipping(Node gradient, Scalars scalars) {
    return rule.beforeClipping(gradient, scalars);
  }

  @Override
  public Update update(Node value, Node gradient, Slots slots, Scalars scalars) {
    return rule.update(value, gradient, slots, scalars);
  }

  /** Returns whether another rule has the same settings around an equal rule. */
  @Override
  public final boolean equals(Object other) {
    return other instanceof Around that
        && getClass() == that.getClass()
        && rule.equals(that.rule)
        && settings().equals(that.settings());
  }

  @Override
  public final int hashCode() {
    return Objects.hash(rule, settings());
  }

  @Override
  public final String toString() {
    return rule + " " + settings();
  }
}

package dev.rnn4j.train;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import com.google.common.collect.ImmutableMap;
import dev.rnn4j.graph.Node;
import dev.rnn4j.loss.LossSum;
import dev.rnn4j.train.internal.graph.Losses;
import java.util.Map;

/**
 * What an {@link Objective} makes of a batch: losses by name, and other nodes to be read after a
 * run. What training makes small is the sum of the losses' means, each times its factor.
 */
public final class Outcome {
  private static final Outcome NOTHING =
      new Outcome(new Losses(ImmutableMap.of(), ImmutableMap.of()));

  private final Losses losses;

  private Outcome(Losses losses) {
    this.losses = losses;
  }

  /** Returns an outcome of one loss. */
  public static Outcome loss(String name, LossSum loss) {
    return NOTHING.and(name, loss);
  }

  /** Returns an outcome of one loss that counts {@code factor} times. */
  public static Outcome loss(String name, LossSum loss, double factor) {
    return NOTHING.and(name, loss, factor);
  }

  /** Returns this with another loss. */
  public Outcome and(String name, LossSum loss) {
    return and(name, loss, 1);
  }

  /**
   * Returns this with another loss that counts {@code factor} times.
   *
   * @throws IllegalArgumentException for a name that is there already, or a factor that is not
   *     finite
   */
  public Outcome and(String name, LossSum loss, double factor) {
    checkNotNull(name, "a loss was given null as its name");
    checkNotNull(loss, "the loss %s is null", name);
    checkArgument(
        !losses.losses().containsKey(name), "there are two losses %s: give each its name", name);
    checkArgument(
        Double.isFinite(factor), "the factor %s of the loss %s is not finite", factor, name);
    return new Outcome(
        new Losses(with(losses.losses(), name, new Losses.Term(loss, factor)), losses.outputs()));
  }

  /** Returns this with one more node to be read after a run. */
  public Outcome output(String name, Node node) {
    checkNotNull(name, "an output was given null as its name");
    checkNotNull(node, "the output %s is null", name);
    checkArgument(
        !losses.outputs().containsKey(name), "there are two outputs %s: give each its name", name);
    return new Outcome(new Losses(losses.losses(), with(losses.outputs(), name, node)));
  }

  private static <V> ImmutableMap<String, V> with(Map<String, V> map, String name, V value) {
    return ImmutableMap.<String, V>builder().putAll(map).put(name, value).buildOrThrow();
  }

  /** Returns all of it. */
  Losses losses() {
    return losses;
  }
}

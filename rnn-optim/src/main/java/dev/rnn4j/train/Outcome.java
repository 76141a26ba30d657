package dev.rnn4j.train;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import com.google.common.collect.ImmutableMap;
import dev.rnn4j.graph.Node;
import dev.rnn4j.loss.LossSum;
import java.util.Map;

/**
 * What an {@link Objective} makes of a batch: losses by name, and other nodes to be read after a
 * run. What training makes small is the sum of the losses' means, each times its factor.
 */
public final class Outcome {
  /**
   * One loss.
   *
   * @param sum the loss, as sum and weight
   * @param factor how much it counts beside the others
   */
  record Term(LossSum sum, double factor) {}

  private final ImmutableMap<String, Term> losses;
  private final ImmutableMap<String, Node> outputs;

  private Outcome(ImmutableMap<String, Term> losses, ImmutableMap<String, Node> outputs) {
    this.losses = losses;
    this.outputs = outputs;
  }

  /** Returns an outcome of one loss. */
  public static Outcome loss(String name, LossSum loss) {
    return new Outcome(ImmutableMap.of(), ImmutableMap.of()).and(name, loss);
  }

  /** Returns an outcome of one loss that counts {@code factor} times. */
  public static Outcome loss(String name, LossSum loss, double factor) {
    return new Outcome(ImmutableMap.of(), ImmutableMap.of()).and(name, loss, factor);
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
    checkNotNull(loss, "the loss %s is null", name);
    checkArgument(!losses.containsKey(name), "there are two losses %s: give each its name", name);
    checkArgument(
        Double.isFinite(factor), "the factor %s of the loss %s is not finite", factor, name);
    return new Outcome(with(losses, name, new Term(loss, factor)), outputs);
  }

  /** Returns this with one more node to be read after a run. */
  public Outcome output(String name, Node node) {
    checkNotNull(node, "the output %s is null", name);
    checkArgument(!outputs.containsKey(name), "there are two outputs %s: give each its name", name);
    return new Outcome(losses, with(outputs, name, node));
  }

  private static <V> ImmutableMap<String, V> with(Map<String, V> map, String name, V value) {
    return ImmutableMap.<String, V>builder().putAll(map).put(name, value).buildOrThrow();
  }

  /** Returns the losses by name, in the order in which they were given. */
  ImmutableMap<String, Term> losses() {
    return losses;
  }

  /** Returns the other nodes by name. */
  ImmutableMap<String, Node> outputs() {
    return outputs;
  }
}

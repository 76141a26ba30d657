package dev.rnn4j.plan;

import dev.rnn4j.plan.internal.run.Pool;
import dev.rnn4j.tensor.Precision;

/**
 * The plans of one model for inputs of any shapes. Each is compiled for its own shapes, so that
 * nothing has to be guessed from others; what they share are arrays, as large as the largest so far
 * takes.
 *
 * @param <K> what tells shapes apart
 * @param <G> the nodes of a graph, as its maker knows them
 */
public final class Plans<K, G> {
  /** Makes the graphs. */
  public interface Source<K, G> {
    /** Builds the model for some shapes. */
    G graph(K shapes);

    /** Returns what a plan of the graph is to do. */
    Plan.Builder plan(G graph);
  }

  /**
   * A plan for some shapes.
   *
   * @param graph the nodes by which inputs are set and outputs read
   * @param plan the plan
   */
  public record Bound<G>(G graph, Plan plan) {}

  private final Source<K, G> source;
  private final Precision precision;
  private final Pool pool;

  private Plans(Source<K, G> source, Precision precision) {
    this.source = source;
    this.precision = precision;
    this.pool = Pool.of(precision);
  }

  /** Returns the plans of a model. */
  public static <K, G> Plans<K, G> of(Source<K, G> source, Precision precision) {
    return new Plans<>(source, precision);
  }

  /** Returns the plan for some shapes, compiled now. */
  public Bound<G> at(K shapes) {
    G graph = source.graph(shapes);
    return new Bound<>(graph, source.plan(graph).compile(precision, pool));
  }
}

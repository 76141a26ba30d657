package dev.rnn4j.plan;

import static com.google.common.base.Preconditions.checkArgument;

import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Trace;
import dev.rnn4j.plan.internal.lengths.Fit;
import dev.rnn4j.plan.internal.lengths.Outline;
import dev.rnn4j.plan.internal.program.Draft;
import dev.rnn4j.plan.internal.run.Pool;
import dev.rnn4j.tensor.Precision;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The plans of one model for sequences of any length T. A few short lengths are compiled; they give
 * one program, in which only sizes, offsets and time steps depend on T, and so the plan of any
 * length, at the cost of building the model's graph once. A model whose graph is another one for
 * another length is compiled for that length.
 *
 * @param <G> the nodes of a graph, as its maker knows them
 */
public final class Plans<G> {
  /** Lengths with a first, a last and other steps; three tell a line from a curve. */
  private static final int[] LENGTHS = {7, 8, 10};

  /** Makes the graphs. */
  public interface Source<G> {
    /** Builds the model for sequences of T steps. */
    G graph(int steps);

    /** Returns what the model computes: where a look at the graph begins. */
    List<Node> outputs(G graph);

    /** Returns what a plan of the graph is to do. */
    Plan.Builder plan(G graph);
  }

  /**
   * A plan for one length.
   *
   * @param graph the nodes by which inputs are set and outputs read; their own shapes may be those
   *     of another length
   * @param plan the plan
   */
  public record Bound<G>(G graph, Plan plan) {}

  private final Source<G> source;
  private final Precision precision;
  private final G graph;
  private final Plan.Builder builder;
  private final List<Draft> samples = new ArrayList<>();
  private final List<Outline> outlines = new ArrayList<>();
  private final boolean regular;
  private final Pool pool;

  private Plans(Source<G> source, Precision precision) {
    this.source = source;
    this.precision = precision;
    this.pool = Pool.of(precision);
    G first = null;
    Plan.Builder firstPlan = null;
    for (int length : LENGTHS) {
      G sample = source.graph(length);
      Plan.Builder plan = source.plan(sample);
      samples.add(plan.draft());
      outlines.add(new Outline(source.outputs(sample), length));
      first = first == null ? sample : first;
      firstPlan = firstPlan == null ? plan : firstPlan;
    }
    graph = first;
    builder = firstPlan;
    regular = outlines.get(2).continues(outlines.get(0), outlines.get(1));
  }

  /** Returns the plans of a model. */
  public static <G> Plans<G> of(Source<G> source, Precision precision) {
    return new Plans<>(source, precision);
  }

  /**
   * Returns the plan for sequences of T steps.
   *
   * @throws IllegalArgumentException for fewer than one
   */
  public Bound<G> at(int steps) {
    checkArgument(steps > 0, "a sequence has at least one step, not %s", steps);
    Optional<Draft> draft = isSame(steps) ? Fit.of(samples, LENGTHS, steps) : Optional.empty();
    if (draft.isPresent()) {
      return new Bound<>(graph, builder.plan(draft.get(), precision, pool));
    }
    G own = source.graph(steps);
    return new Bound<>(own, source.plan(own).compile(precision));
  }

  /** Returns whether the model is the same at a length as at those that were compiled. */
  private boolean isSame(int steps) {
    if (!regular) {
      return false;
    }
    List<Node> outputs = Trace.withoutLines(() -> source.outputs(source.graph(steps)));
    return new Outline(outputs, steps).continues(outlines.get(0), outlines.get(1));
  }
}

package dev.rnn4j.train;

import dev.rnn4j.graph.Node;
import dev.rnn4j.plan.Plan;
import dev.rnn4j.plan.Plans;
import dev.rnn4j.plan.Plans.Bound;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Shape;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Plans for inputs and targets of any shape: those that differ only in the length T of their
 * sequences share one program.
 *
 * @param <G> the nodes of a graph
 */
final class AnyLength<G> {
  /** Makes graphs and says what their plans do. */
  interface Maker<G> {
    /** Builds the model for an input x, and a target y where there is one. */
    G graph(Shape x, Shape y);

    /** Returns what the model computes. */
    List<Node> outputs(G graph);

    /** Returns what a plan of the graph is to do. */
    Plan.Builder plan(G graph);
  }

  /** Shapes without their time axes. */
  private record Key(Shape x, Shape y, boolean targetsMove) {}

  private final Maker<G> maker;
  private final Precision precision;
  private final Map<Key, Optional<Plans<G>>> plans = new HashMap<>();

  AnyLength(Maker<G> maker, Precision precision) {
    this.maker = maker;
    this.precision = precision;
  }

  /**
   * Returns the plan for an input, and a target where there is one.
   *
   * @param x {@code [T, N, I]} where T may be another one tomorrow
   * @param y null for none; {@code [T, N, O]} where it is as long as the input
   */
  Bound<G> at(Shape x, Shape y) {
    if (x.rank() == 3 && x.size(0) > 0) {
      int steps = x.size(0);
      boolean moves = y != null && y.rank() == 3 && y.size(0) == steps;
      Key key = new Key(x.without(0), moves ? y.without(0) : y, moves);
      Optional<Plans<G>> all = plans.computeIfAbsent(key, this::plans);
      if (all.isPresent()) {
        return all.get().at(steps);
      }
    }
    G graph = maker.graph(x, y);
    return new Bound<>(graph, maker.plan(graph).compile(precision));
  }

  /** Returns plans for all lengths; empty for a model that takes only some of them. */
  private Optional<Plans<G>> plans(Key key) {
    Plans.Source<G> source =
        new Plans.Source<>() {
          @Override
          public G graph(int steps) {
            Shape y = key.targetsMove() ? key.y().insert(0, steps) : key.y();
            return maker.graph(key.x().insert(0, steps), y);
          }

          @Override
          public List<Node> outputs(G graph) {
            return maker.outputs(graph);
          }

          @Override
          public Plan.Builder plan(G graph) {
            return maker.plan(graph);
          }
        };
    try {
      return Optional.of(Plans.of(source, precision));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // the graph for the length that is asked for says what is wrong
    }
  }
}

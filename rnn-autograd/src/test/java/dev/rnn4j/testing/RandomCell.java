package dev.rnn4j.testing;

import dev.rnn4j.cell.Cell;
import dev.rnn4j.cell.Step;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A cell with an equation that nobody would write: several state tensors, some of them remembered
 * over several steps, and a step that is the same random expression at every t, or at no two.
 */
public final class RandomCell implements Cell<RandomCell.State> {
  /**
   * The state.
   *
   * @param h tensors of different widths
   * @param past the last values of the first of them, newest first
   */
  public record State(List<Node> h, List<Node> past) {}

  private final long seed;
  private final boolean irregular;
  private final boolean stops;
  private final int inputSize;
  private final int[] widths;
  private final int outputWidth;
  private final int lag;
  private final List<Parameter> parameters = new ArrayList<>();
  private int calls;

  /** Creates a cell for inputs {@code [N, I]}. */
  public RandomCell(int inputSize, Random random, boolean stops) {
    this.stops = stops;
    this.seed = random.nextLong();
    this.irregular = random.nextInt(8) == 0;
    this.inputSize = inputSize;
    this.widths = new int[1 + random.nextInt(3)];
    for (int i = 0; i < widths.length; i++) {
      widths[i] = 1 + random.nextInt(4);
    }
    this.outputWidth = random.nextBoolean() ? widths[0] : 1 + random.nextInt(3);
    this.lag = random.nextInt(4);
    // A trial step makes the parameters, so that no step of an unrolled loop does.
    step(Node.zeros(1, inputSize), initialState(1));
  }

  /** Returns the parameters. */
  public List<Parameter> parameters() {
    return parameters;
  }

  @Override
  public State initialState(int batchSize) {
    return state(shape -> Node.zeros(shape), batchSize);
  }

  /** Returns a state of given nodes. */
  public State state(java.util.function.Function<Shape, Node> node, int batchSize) {
    List<Node> h = new ArrayList<>();
    for (int width : widths) {
      h.add(node.apply(Shape.of(batchSize, width)));
    }
    List<Node> past = new ArrayList<>();
    for (int i = 0; i < lag; i++) {
      past.add(node.apply(Shape.of(batchSize, widths[0])));
    }
    return new State(h, past);
  }

  @Override
  public Step<State> step(Node x, State state) {
    calls++;
    return new Expression(new Random(irregular ? seed + calls : seed)).step(x, state);
  }

  @Override
  public String toString() {
    return "RandomCell[" + inputSize + ", lag " + lag + (irregular ? ", irregular]" : "]");
  }

  /** One step: the same draws of the same random numbers give the same expression. */
  private final class Expression {
    private final Random random;
    private int used;

    Expression(Random random) {
      this.random = random;
    }

    Step<State> step(Node x, State state) {
      List<Node> pool = new ArrayList<>(state.h());
      pool.add(x);
      pool.addAll(state.past());
      int extra = random.nextInt(4);
      for (int i = 0; i < extra; i++) {
        pool.add(mixed(pool, 1 + random.nextInt(4)));
      }
      List<Node> next = new ArrayList<>();
      for (int width : widths) {
        Node h = mixed(pool, width);
        next.add(h);
        if (random.nextBoolean()) {
          pool.add(h);
        }
      }
      List<Node> past = new ArrayList<>();
      for (int i = 0; i < lag; i++) {
        past.add(i == 0 ? state.h().get(0) : state.past().get(i - 1));
      }
      Node output = outputWidth == widths[0] ? next.get(0) : mixed(pool, outputWidth);
      return new Step<>(output, new State(next, past));
    }

    /** Returns a bounded function [N, width] of some nodes. */
    private Node mixed(List<Node> pool, int width) {
      Node sum = linear(any(pool), width);
      if (random.nextInt(3) > 0) {
        sum = sum.plus(linear(any(pool), width));
      }
      if (random.nextBoolean()) {
        sum = sum.plus(parameter(Shape.of(width)));
      }
      Node bounded =
          switch (random.nextInt(6)) {
            case 0 -> sum.sigmoid();
            case 1 -> sum.softmax();
            case 2 -> sum.dividedBy(sum.square().plus(1).sqrt());
            case 3 -> sum.tanh().relu();
            case 4 -> sum.normalize(0.5);
            default -> sum.tanh();
          };
      return switch (random.nextInt(6)) {
        case 0 -> bounded.times(linear(any(pool), width).sigmoid());
        case 1 -> sameWidth(pool, width, bounded).maximum(bounded);
        case 2 -> bounded.complement();
        case 3 -> bounded.plus(stops ? bounded.stopGradient() : bounded).times(0.5);
        default -> bounded;
      };
    }

    private Node sameWidth(List<Node> pool, int width, Node otherwise) {
      return pool.stream().filter(n -> n.size(1) == width).findFirst().orElse(otherwise.negate());
    }

    private Node linear(Node x, int width) {
      return x.size(1) == width && random.nextInt(4) == 0
          ? x
          : x.matmul(parameter(Shape.of(x.size(1), width)));
    }

    private Node any(List<Node> pool) {
      return pool.get(random.nextInt(pool.size()));
    }

    private Parameter parameter(Shape shape) {
      // Another expression at another t takes parameters of other shapes.
      for (; used < parameters.size(); used++) {
        if (parameters.get(used).shape().equals(shape)) {
          return parameters.get(used++);
        }
      }
      Draw draw = new Draw(new Random(seed + parameters.size()));
      parameters.add(Parameter.of("w" + parameters.size(), draw.uniform(shape, -1, 1)));
      used = parameters.size();
      return parameters.get(used - 1);
    }
  }
}

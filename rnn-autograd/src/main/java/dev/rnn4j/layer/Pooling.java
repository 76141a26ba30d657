package dev.rnn4j.layer;

import dev.rnn4j.graph.Node;
import dev.rnn4j.pass.Layer;
import dev.rnn4j.pass.Signal;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import java.util.stream.IntStream;

/**
 * One vector of a whole sequence, over its steps that count: {@code [T, N, I]} → {@code [N, I]};
 * zeros where none counts.
 */
public enum Pooling implements Layer {
  /** That of the last step. */
  LAST {
    @Override
    Node all(Node values) {
      int steps = values.size(0);
      return values.slice(0, steps - 1, steps).reshape(values.shape().without(0));
    }

    @Override
    Node masked(Node values, Node mask) {
      Node position = mask.times(Node.constant(numbers(mask.size(0))));
      Node last = position.equalTo(position.maxKeeping(0)).times(mask);
      return beside(last, values).select(values, Node.constant(0)).sum(0);
    }
  },

  /** Their mean. */
  MEAN {
    @Override
    Node all(Node values) {
      return values.mean(0);
    }

    @Override
    Node masked(Node values, Node mask) {
      Node count = mask.sum(0).maximum(Node.constant(1));
      Node sum = beside(mask, values).select(values, Node.constant(0)).sum(0);
      return sum.dividedBy(beside(count, sum));
    }
  },

  /** The largest of each feature (Collobert and Weston, 2008); ties share the gradient evenly. */
  MAX {
    @Override
    Node all(Node values) {
      return values.max(0);
    }

    @Override
    Node masked(Node values, Node mask) {
      Node none = Node.constant(Double.NEGATIVE_INFINITY);
      Node largest = beside(mask, values).select(values, none).max(0);
      return beside(mask.max(0), largest).select(largest, Node.constant(0));
    }
  };

  abstract Node all(Node values);

  abstract Node masked(Node values, Node mask);

  @Override
  public Signal apply(Signal x) {
    int steps = x.steps(); // refuses what is no sequence
    x.pass().requireForward("pooling over " + steps + " steps");
    return Signal.of(x.isMasked() ? masked(x.values(), x.mask()) : all(x.values()), x.pass());
  }

  /** Returns 1 … T, {@code [T, 1]}. */
  private static Tensor numbers(int steps) {
    double[] numbers = IntStream.rangeClosed(1, steps).asDoubleStream().toArray();
    return Tensor.of(Shape.of(steps, 1), numbers);
  }

  /** Returns what belongs to the first axes of values, with axes of size 1 behind. */
  private static Node beside(Node first, Node values) {
    Shape wide = first.shape();
    while (wide.rank() < values.shape().rank()) {
      wide = wide.insert(wide.rank(), 1);
    }
    return first.reshape(wide);
  }
}

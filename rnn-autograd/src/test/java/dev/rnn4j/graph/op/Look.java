package dev.rnn4j.graph.op;

import dev.rnn4j.graph.Node;
import dev.rnn4j.tensor.Shape;
import java.util.Arrays;
import java.util.function.Function;

/** The ways in which an operand of a given shape can lie in the array of a leaf. */
enum Look {
  DENSE {
    @Override
    Node of(Shape shape, Function<Shape, Node> leaf) {
      return leaf.apply(shape);
    }
  },
  TRANSPOSED {
    @Override
    Node of(Shape shape, Function<Shape, Node> leaf) {
      int rank = shape.rank();
      if (rank < 2) {
        return leaf.apply(shape);
      }
      int[] axes = new int[rank];
      Arrays.setAll(axes, i -> rank - 1 - i);
      int[] sizes = new int[rank];
      Arrays.setAll(sizes, i -> shape.size(rank - 1 - i));
      return leaf.apply(Shape.of(sizes)).transpose(axes);
    }
  },
  SLICED {
    @Override
    Node of(Shape shape, Function<Shape, Node> leaf) {
      int[] larger = shape.toArray();
      for (int axis = 0; axis < larger.length; axis++) {
        larger[axis] += 1 + axis % 2;
      }
      Node x = leaf.apply(Shape.of(larger));
      for (int axis = 0; axis < larger.length; axis++) {
        x = x.slice(axis, axis % 2, axis % 2 + shape.size(axis));
      }
      return x;
    }
  },
  REPEATED {
    @Override
    Node of(Shape shape, Function<Shape, Node> leaf) {
      int[] smaller = shape.toArray();
      for (int axis = 0; axis < smaller.length; axis += 2) {
        smaller[axis] = 1;
      }
      return leaf.apply(Shape.of(smaller)).broadcastTo(shape);
    }
  },
  STEP {
    @Override
    Node of(Shape shape, Function<Shape, Node> leaf) {
      return leaf.apply(shape.insert(0, 3)).step(1);
    }
  },
  /** A transposed operand, flattened and shaped again: that takes a copy. */
  RESHAPED {
    @Override
    Node of(Shape shape, Function<Shape, Node> leaf) {
      int[] sizes = shape.rank() == 0 ? new int[] {1} : shape.toArray();
      int first = sizes[0];
      int rest = first == 0 ? 0 : shape.elements() / first;
      return leaf.apply(Shape.of(rest, first)).transpose().reshape(shape);
    }
  },
  /** Computed by an instruction, not a leaf's own array. */
  COMPUTED {
    @Override
    Node of(Shape shape, Function<Shape, Node> leaf) {
      return leaf.apply(shape).times(1);
    }
  };

  /** Returns an operand of the given shape, made from leaves. */
  abstract Node of(Shape shape, Function<Shape, Node> leaf);
}

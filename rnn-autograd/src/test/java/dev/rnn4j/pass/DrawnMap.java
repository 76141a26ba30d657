package dev.rnn4j.pass;

import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.testing.Draw;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** A function of a sequence {@code [T, N, F]}, drawn from a seed. */
final class DrawnMap {
  /** More elements are not drawn. */
  private static final int MOST = 700;

  private final Random random;
  private final Draw draw;
  private final StringBuilder text = new StringBuilder();

  DrawnMap(long seed) {
    random = new Random(seed);
    draw = new Draw(random);
  }

  private Parameter weights(int... sizes) {
    return Parameter.of("w", draw.uniform(Shape.of(sizes), -1, 1));
  }

  /**
   * Returns any nodes of the sequence's leading sizes, if some happen to be drawn.
   *
   * @param ordered whether time steps may be told apart: taken by their number or by weights
   */
  List<Node> any(Input x, boolean ordered) {
    List<Node> pool = new ArrayList<>(List.of(x));
    List<Node> fitting = new ArrayList<>();
    int count = 2 + random.nextInt(9);
    for (int i = 0; i < count; i++) {
      Node a = random.nextInt(3) > 0 ? pool.get(pool.size() - 1) : one(pool);
      Node next = next(a, pool, ordered);
      if (next.shape().elements() <= MOST && next.shape().rank() < 6) {
        pool.add(next);
        if (next.shape().startsWith(Shape.of(x.size(0), x.size(1)))) {
          fitting.add(next);
        }
      }
    }
    return fitting;
  }

  private Node one(List<Node> nodes) {
    return nodes.get(random.nextInt(nodes.size()));
  }

  private Node next(Node a, List<Node> pool, boolean ordered) {
    int rank = a.shape().rank();
    if (rank == 0) {
      return one(pool).times(a);
    }
    int axis = random.nextInt(rank);
    return switch (random.nextInt(ordered ? 17 : 11)) {
      case 0 -> a.times(1.5).tanh();
      case 1 -> combined(a, one(pool));
      case 2, 3 -> a.transpose(order(rank));
      case 4 -> ordered ? a.reshape(sizes(a.shape())) : joined(a);
      case 5 -> random.nextBoolean() ? a.sum(axis) : a.max(axis);
      case 6 -> random.nextBoolean() ? a.meanKeeping(axis) : a.minus(a.meanKeeping(axis));
      case 7 -> repeated(a, axis);
      case 8 -> product(a, one(pool));
      case 9 -> random.nextBoolean() ? a.softmax() : a.normalize(0.1);
      case 10 -> Node.stack(Collections.nCopies(1 + random.nextInt(4), a));
      case 11 -> rank < 2 ? a : a.matmul(weights(a.size(-1), 1 + random.nextInt(4)));
      case 12 -> part(a, axis);
      case 13 -> a.step(random.nextInt(a.size(0)));
      case 14 -> stacked(a, axis);
      case 15 -> Node.concat(axis, part(a, axis), random.nextBoolean() ? part(a, axis) : a);
      default -> weights(2, 3).gather(a.greaterThan(0.1));
    };
  }

  private static Node combined(Node a, Node b) {
    boolean fit = a.shape().broadcastsTo(b.shape()) || b.shape().broadcastsTo(a.shape());
    return fit ? a.times(b.plus(0.5)) : a.square();
  }

  private static Node product(Node a, Node b) {
    int rank = a.shape().rank();
    boolean fits = rank > 1 && b.shape().rank() == 2 && a.size(-1) == b.size(0);
    return fits ? a.matmul(b) : rank > 1 ? a.matmul(a.transpose()) : a.tanh();
  }

  private int[] order(int rank) {
    List<Integer> axes = new ArrayList<>(IntStream.range(0, rank).boxed().toList());
    Collections.shuffle(axes, random);
    return axes.stream().mapToInt(i -> i).toArray();
  }

  /** Joins two axes, takes them apart again in one of two cases, and splits none of them. */
  private Node joined(Node a) {
    int rank = a.shape().rank();
    int axis = random.nextInt(rank);
    if (axis == rank - 1) {
      return a.reshape(a.shape().insert(axis, 1).toArray());
    }
    int[] sizes = a.shape().without(axis + 1).with(axis, a.size(axis) * a.size(axis + 1)).toArray();
    Node joined = a.reshape(sizes).tanh();
    return random.nextBoolean() ? joined : joined.reshape(a.shape().toArray());
  }

  /** Splits or joins an axis, or takes any two sizes. */
  private int[] sizes(Shape shape) {
    List<Integer> sizes = new ArrayList<>(Arrays.stream(shape.toArray()).boxed().toList());
    int axis = random.nextInt(sizes.size());
    int way = random.nextInt(4);
    if (way == 0 || axis == sizes.size() - 1) {
      int size = sizes.get(axis);
      int[] parts = IntStream.rangeClosed(1, size).filter(i -> size % i == 0).toArray();
      int part = parts[random.nextInt(parts.length)];
      sizes.set(axis, part);
      sizes.add(axis + 1, size / part);
    } else if (way < 3) {
      sizes.set(axis, sizes.get(axis) * sizes.remove(axis + 1));
    } else {
      Collections.shuffle(sizes, random);
    }
    return sizes.stream().mapToInt(i -> i).toArray();
  }

  private Node repeated(Node a, int axis) {
    Node one = a.meanKeeping(axis);
    int count = random.nextBoolean() ? a.size(axis) : 2 + random.nextInt(3);
    return random.nextBoolean()
        ? one.broadcastTo(a.shape().with(axis, count))
        : a.broadcastTo(a.shape().insert(0, count));
  }

  private Node part(Node a, int axis) {
    int from = random.nextInt(a.size(axis));
    return a.slice(axis, from, from + 1 + random.nextInt(a.size(axis) - from));
  }

  /** Returns an axis taken apart, and put together in whatever order. */
  private Node stacked(Node a, int axis) {
    List<Node> parts = new ArrayList<>();
    for (int i = 0; i < a.size(axis); i++) {
      Node part = a.slice(axis, i, i + 1);
      parts.add(random.nextBoolean() ? part : part.tanh());
    }
    if (random.nextBoolean()) {
      Collections.shuffle(parts, random);
    }
    int[] left = a.shape().without(axis).toArray();
    return random.nextBoolean()
        ? Node.concat(random.nextInt(left.length + 1), parts)
        : Node.stack(parts.stream().map(part -> part.reshape(left)).toList());
  }

  /** Returns what users make of each step of each sequence, and of what is around it in time. */
  Node harmless(Node x) {
    Node y = x;
    int count = 1 + random.nextInt(6);
    for (int i = 0; i < count; i++) {
      Node next = harmlessNext(y, x);
      y = next.shape().elements() <= MOST ? next : y;
    }
    return y;
  }

  private Node harmlessNext(Node y, Node x) {
    int t = y.size(0);
    int n = y.size(1);
    int each = y.shape().elements() / (t * n);
    int last = y.size(-1);
    boolean features = y.shape().rank() > 2;
    Node flat = y.reshape(t, n, each);
    int way = random.nextInt(25);
    text.append(way).append(' ');
    switch (way) {
      case 0:
        return y.tanh().times(y.sigmoid()).plus(0.5);
      case 1:
        return features ? y.matmul(weights(last, 1 + random.nextInt(4))).plus(1) : y.relu();
      case 2:
        return flat.matmul(weights(each, n)).plus(weights(n));
      case 3:
        return flat.reshape(t * n, each).matmul(weights(each, t)).tanh().reshape(t, n, t);
      case 4:
        return features ? y.sum(-1) : y.reshape(t, n, 1);
      case 5:
        return features ? y.max(-1) : y.plus(y.square());
      case 6:
        return flat.softmax();
      case 7:
        return features ? y.normalize(1e-3) : y.exp().log();
      case 8:
        return Node.concat(2, flat, x.reshape(t, n, x.shape().elements() / (t * n)));
      case 9:
        return each % 2 == 0 ? y.reshape(t, n, 2, each / 2) : flat;
      case 10:
        return flat.minus(flat.meanKeeping(2)).dividedBy(flat.square().meanKeeping(2).plus(1));
      case 11:
        return flat.slice(2, 0, 1 + random.nextInt(each));
      case 12: // attention over features
        Node rows = flat.reshape(t, n, each, 1).matmul(weights(1, 2));
        return rows.matmul(rows.transpose()).softmax().matmul(rows);
      case 13: // attention over time
        Node steps = flat.transpose(1, 0, 2);
        Node shares = steps.matmul(steps.transpose()).softmax();
        return shares.matmul(steps).transpose(1, 0, 2);
      case 14:
        return y.minus(y.meanKeeping(0));
      case 15:
        return Node.concat(0, Node.zeros(y.shape().with(0, 1)), y.slice(0, 0, t - 1));
      case 16:
        return flat.transpose(1, 2, 0).matmul(weights(t, t)).transpose(2, 0, 1);
      case 17:
        return Node.concat(2, flat, flat.meanKeeping(0).broadcastTo(flat.shape()));
      case 18:
        return stepwise(y);
      case 19:
        return weights(2, 3).gather(y.greaterThan(0));
      case 20: // dropout
        return y.times(Node.constant(draw.whole(y.shape(), 0, 2)));
      case 21: // an op per half of the features
        int half = (each + 1) / 2;
        return Node.concat(2, flat.slice(2, 0, half).tanh(), flat.slice(2, each - half, each));
      case 22:
        return Node.stack(List.of(flat, flat.tanh())).transpose(1, 2, 3, 0);
      case 23:
        return Node.stack(List.of(y, y.negate())).sum(0).plus(y);
      default:
        return flat.reshape(t, n, each, 1).times(flat.reshape(t, n, 1, each));
    }
  }

  /** Returns a recurrence that is written by hand, forward or backward. */
  private Node stepwise(Node y) {
    int t = y.size(0);
    boolean forward = random.nextBoolean();
    Node[] states = new Node[t];
    Node state = Node.zeros(y.shape().without(0));
    for (int i = 0; i < t; i++) {
      int at = forward ? i : t - 1 - i;
      state = state.times(0.5).plus(y.step(at)).tanh();
      states[at] = state;
    }
    return Node.stack(Arrays.asList(states));
  }

  @Override
  public String toString() {
    return text.toString();
  }
}

package dev.rnn4j.testing;

import dev.rnn4j.fuzz.Blend;
import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.graph.op.ScatterAdd;
import dev.rnn4j.layer.Dropout;
import dev.rnn4j.layer.Unroll;
import dev.rnn4j.layer.Unrolled;
import dev.rnn4j.layer.VariationalDropout;
import dev.rnn4j.pass.ForwardPass;
import dev.rnn4j.pass.Layer;
import dev.rnn4j.pass.RandomKey;
import dev.rnn4j.pass.Signal;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * A random graph over all ops, and over unrolled random cells. Values stay tame: what could grow is
 * bounded at once. The same seed with fewer steps gives the beginning of the same graph.
 */
public final class RandomGraph {
  private static final int[] SIZES = {1, 1, 2, 2, 3, 5};

  private final Random random;
  private final boolean stops;
  private final Draw draw;
  private final List<Node> leaves = new ArrayList<>();
  private final List<Node> pool = new ArrayList<>();

  /**
   * Draws a graph of {@code steps} expressions.
   *
   * @param stops whether gradients stop somewhere: then they are not what differences give
   */
  public RandomGraph(long seed, int steps, boolean stops) {
    this.random = new Random(seed);
    this.stops = stops;
    this.draw = new Draw(random);
    for (int i = 0; i < 3; i++) {
      leaf(shape(random.nextInt(4)));
    }
    for (int i = 0; i < steps; i++) {
      long next = random.nextLong();
      random.setSeed(next);
      pool.add(expression());
      random.setSeed(next + 1);
    }
  }

  /** Returns inputs and parameters. */
  public List<Node> leaves() {
    return leaves;
  }

  /** Returns all values that expressions began with or gave. */
  public List<Node> nodes() {
    return pool;
  }

  /** Returns a number that depends on everything. */
  public Node loss() {
    return Node.sum(pool.stream().map(node -> node.tanh().sum()).toList());
  }

  private Node expression() {
    Node a = any();
    return switch (random.nextInt(34)) {
      case 0 -> a.plus(partner(a));
      case 1 -> a.minus(partner(a));
      case 2 -> a.times(partner(a)).tanh();
      case 3 -> a.dividedBy(partner(a).square().plus(0.5)).tanh();
      case 4 -> a.maximum(partner(a));
      case 5 -> a.minimum(partner(a));
      case 6 -> a.relu();
      case 7 -> a.abs().negate();
      case 8 -> a.square().plus(0.5).sqrt().tanh();
      case 9 -> a.tanh().exp().sigmoid();
      case 10 -> a.softplus().plus(0.5).log();
      case 11 -> a.softplus().plus(0.5).power(partner(a).tanh()).tanh();
      case 12 -> chosen(a);
      case 13 -> atLeast(1, a).softmax();
      case 14 -> atLeast(1, a).logSumExp();
      case 15 -> stopped(a).times(a).tanh();
      case 16, 17 -> product(atLeast(2, a)).tanh();
      case 18 -> reduced(a);
      case 19 -> a.transpose(permutation(a.shape().rank()));
      case 20 -> reshaped(a);
      case 21 -> a.broadcastTo(wider(a.shape()));
      case 22 -> sliced(atLeast(1, a));
      case 23 -> nonEmpty(atLeast(1, a)).step(random.nextInt(nonEmpty(atLeast(1, a)).size(0)));
      case 24 -> joined(atLeast(1, a));
      case 25 -> Node.stack(alike(a));
      case 26 -> Node.sum(alike(a)).tanh();
      case 27 -> lookedUp(atLeast(2, a));
      case 28 -> Node.apply(new Cube(), a.tanh());
      case 30 -> blended(a.plus(partner(a)).tanh());
      case 29 -> atLeast(1, a).normalize(0.5);
      default -> recurrent();
    };
  }

  // ---------------------------------------------------------------- recurrences

  private Node recurrent() {
    int length = 1 + random.nextInt(5);
    int batch = batch(length);
    Node values = sequence(length, batch);
    Signal x = signal(values);
    RandomCell cell = new RandomCell(values.size(2), random, stops);
    boolean reversed = random.nextInt(3) == 0;
    RandomCell.State start =
        random.nextBoolean() ? cell.initialState(batch) : cell.state(this::leaf, batch);
    Unrolled<RandomCell.State> unrolled = unroll(cell, x, start, reversed);
    List<Node> results =
        new ArrayList<>(List.of(unrolled.outputs().values(), unrolled.last().values()));
    results.addAll(unrolled.state().h());
    results.addAll(unrolled.state().past());
    results.add(unrolled.outputs().values().step(random.nextInt(length)));
    if (random.nextBoolean()) { // the next window, with the state carried on
      RandomCell.State carried =
          random.nextBoolean() ? unrolled.state() : stopped(unrolled.state());
      results.add(unroll(cell, x.map(Node::tanh), carried, reversed).outputs().values());
    }
    if (random.nextBoolean()) { // another layer on top, or the same cell the other way
      Node y = unrolled.outputs().values();
      boolean same = y.size(2) == values.size(2) && random.nextBoolean();
      RandomCell upper = same ? cell : new RandomCell(y.size(2), random, stops);
      Signal above = unrolled.outputs();
      results.add(unroll(upper, above, upper.initialState(batch), !reversed).outputs().values());
      if (upper != cell) {
        addLeaves(upper);
      }
    }
    addLeaves(cell);
    Collections.shuffle(results, random);
    pool.addAll(results.subList(1, Math.min(3, results.size())));
    return results.get(0);
  }

  /**
   * Returns N: few, or now and then as many as make T·N more rows than a block of a product has.
   */
  private int batch(int length) {
    return random.nextInt(16) == 0
        ? (257 + random.nextInt(443)) / length + 1
        : 1 + random.nextInt(3);
  }

  private static Unrolled<RandomCell.State> unroll(
      RandomCell cell, Signal x, RandomCell.State start, boolean reversed) {
    return reversed ? Unroll.backward(cell, x, start) : Unroll.forward(cell, x, start);
  }

  /** Returns a sequence, of which some may not count, or some be dropped. */
  private Signal signal(Node values) {
    boolean drops = random.nextInt(4) == 0;
    Node key = Node.constant(RandomKey.of(random.nextInt(), 1, 0, 0));
    Signal all = Signal.of(values, drops ? ForwardPass.training(key) : ForwardPass.inference());
    Shape shape = Shape.of(values.size(0), values.size(1));
    double[] counts = random.doubles(shape.elements()).map(d -> d < 0.7 ? 1 : 0).toArray();
    boolean masked = random.nextInt(4) == 0;
    Signal x = masked ? all.masked(Node.constant(Tensor.of(shape, counts))) : all;
    Layer dropout = random.nextBoolean() ? new Dropout(0.25) : new VariationalDropout(0.25);
    return dropout.apply(x);
  }

  private RandomCell.State stopped(RandomCell.State state) {
    return new RandomCell.State(
        state.h().stream().map(this::stopped).toList(),
        state.past().stream().map(this::stopped).toList());
  }

  private Node stopped(Node node) {
    return stops ? node.stopGradient() : node;
  }

  private void addLeaves(RandomCell cell) {
    leaves.addAll(cell.parameters());
  }

  private Node sequence(int length, int batch) {
    List<Node> sequences =
        pool.stream().filter(n -> n.shape().rank() == 3 && n.shape().elements() > 0).toList();
    boolean fresh = sequences.isEmpty() || random.nextBoolean();
    Node x = fresh ? null : sequences.get(random.nextInt(sequences.size()));
    return x != null && x.size(0) == length && x.size(1) == batch
        ? x
        : leaf(Shape.of(length, batch, 1 + random.nextInt(3)));
  }

  // ---------------------------------------------------------------- expressions

  private Node blended(Node a) {
    return Node.apply(new Blend(random.nextBoolean()), a, a.complement());
  }

  private Node chosen(Node a) {
    Node b = partner(a);
    Node chooses = a.greaterThan(b);
    return chooses.select(partner(chooses), b.complement());
  }

  private Node product(Node a) {
    int columns = a.size(-1);
    boolean pairs = a.shape().rank() > 2 && random.nextBoolean();
    Shape right = pairs ? a.shape().with(-2, columns).with(-1, size()) : Shape.of(columns, size());
    Node b = random.nextBoolean() ? leaf(right) : leaf(swapped(right)).transpose();
    Node product = a.matmul(b);
    return random.nextBoolean() ? product : product.plus(a.tanh().matmul(leaf(right)));
  }

  private static Shape swapped(Shape shape) {
    return shape.with(-1, shape.size(-2)).with(-2, shape.size(-1));
  }

  private Node reduced(Node a) {
    int[] axes = IntStream.range(0, a.shape().rank()).filter(i -> random.nextBoolean()).toArray();
    boolean empty = Arrays.stream(axes).anyMatch(axis -> a.size(axis) == 0);
    return switch (random.nextInt(empty ? 2 : 6)) {
      case 0 -> a.sum(axes).tanh();
      case 1 -> a.sumKeeping(axes).tanh();
      case 2 -> a.mean(axes);
      case 3 -> a.meanKeeping(axes);
      case 4 -> a.max(axes);
      default -> a.maxKeeping(axes);
    };
  }

  private Node reshaped(Node a) {
    List<Integer> factors = new ArrayList<>();
    int rest = a.shape().elements();
    for (int factor : new int[] {2, 3, 5}) {
      if (rest > 0 && rest % factor == 0 && random.nextBoolean()) {
        factors.add(factor);
        rest /= factor;
      }
    }
    factors.add(rest);
    if (random.nextInt(3) == 0) {
      factors.add(1);
    }
    Collections.shuffle(factors, random);
    return a.reshape(factors.stream().mapToInt(Integer::intValue).toArray());
  }

  private Node sliced(Node a) {
    int axis = random.nextInt(a.shape().rank());
    int from = random.nextInt(a.size(axis) + 1);
    int to = from + random.nextInt(a.size(axis) - from + 1);
    boolean keep = to > from || random.nextInt(8) == 0;
    return keep ? a.slice(axis, from, to) : a.slice(axis, 0, a.size(axis));
  }

  private Node joined(Node a) {
    int axis = random.nextInt(a.shape().rank());
    Node other = leaf(a.shape().with(axis, size()));
    return random.nextBoolean()
        ? Node.concat(axis, a, other)
        : Node.concat(axis, other.tanh(), a.negate(), other);
  }

  private List<Node> alike(Node a) {
    List<Node> nodes = new ArrayList<>();
    int count = 1 + random.nextInt(3);
    for (int i = 0; i < count; i++) {
      nodes.add(
          switch (random.nextInt(4)) {
            case 0 -> a;
            case 1 -> leaf(a.shape());
            case 2 -> a.tanh();
            default -> square(a);
          });
    }
    return nodes;
  }

  /** A product where the shape allows one: products in sums and stacks have their own code. */
  private Node square(Node a) {
    return a.shape().rank() == 2 ? a.matmul(leaf(Shape.of(a.size(1), a.size(1)))) : a.sigmoid();
  }

  private Node lookedUp(Node a) {
    Node table = a.reshape(a.shape().elements() / Math.max(1, a.size(-1)), a.size(-1));
    int rows = table.size(0);
    if (rows == 0) {
      return a.negate();
    }
    Shape shape = shape(random.nextInt(3));
    Node indices = Node.constant(draw.whole(shape, 0, rows));
    Node found = table.gather(indices);
    return random.nextBoolean() ? found : Node.apply(new ScatterAdd(rows), found, indices).tanh();
  }

  // ---------------------------------------------------------------- nodes and shapes

  private Node any() {
    return pool.get(random.nextInt(pool.size()));
  }

  /** Returns a node whose shape broadcasts with that of a. */
  private Node partner(Node a) {
    for (int tries = 0; tries < 4; tries++) {
      Node b = any();
      if (broadcasts(a.shape(), b.shape())) {
        return b;
      }
    }
    int[] sizes = a.shape().toArray();
    int from = random.nextInt(sizes.length + 1);
    int[] some = Arrays.copyOfRange(sizes, from, sizes.length);
    for (int i = 0; i < some.length; i++) {
      some[i] = random.nextInt(3) == 0 ? 1 : some[i];
    }
    return leaf(Shape.of(some));
  }

  private static boolean broadcasts(Shape a, Shape b) {
    for (int i = 1; i <= Math.min(a.rank(), b.rank()); i++) {
      if (a.size(-i) != b.size(-i) && a.size(-i) != 1 && b.size(-i) != 1) {
        return false;
      }
    }
    return Math.max(a.elements(), 1) * Math.max(b.elements(), 1) < 5000;
  }

  private Shape wider(Shape shape) {
    int[] sizes = shape.toArray();
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = sizes[i] == 1 ? size() : sizes[i];
    }
    Shape wide = Shape.of(sizes);
    return wide.rank() < 4 && random.nextBoolean() ? wide.insert(0, size()) : wide;
  }

  private Node atLeast(int rank, Node a) {
    Node b = a;
    while (b.shape().rank() < rank) {
      b = b.reshape(b.shape().insert(random.nextInt(b.shape().rank() + 1), 1));
    }
    return b;
  }

  private Node nonEmpty(Node a) {
    return a.size(0) > 0 ? a : a.reshape(a.shape().insert(0, 1));
  }

  private int[] permutation(int rank) {
    List<Integer> axes = new ArrayList<>(IntStream.range(0, rank).boxed().toList());
    Collections.shuffle(axes, random);
    return axes.stream().mapToInt(Integer::intValue).toArray();
  }

  private int size() {
    return random.nextInt(60) == 0 ? 0 : SIZES[random.nextInt(SIZES.length)];
  }

  private Shape shape(int rank) {
    return Shape.of(IntStream.range(0, rank).map(i -> size()).toArray());
  }

  private Node leaf(Shape shape) {
    String name = "x" + leaves.size();
    Node leaf =
        random.nextBoolean()
            ? Input.of(name, shape)
            : Parameter.of(name, draw.uniform(shape, -1, 1));
    leaves.add(leaf);
    pool.add(leaf);
    return leaf;
  }
}

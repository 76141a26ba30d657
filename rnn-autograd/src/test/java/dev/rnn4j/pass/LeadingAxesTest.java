package dev.rnn4j.pass;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import dev.rnn4j.testing.Draw;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What is said of axes against what they are found to be when sequences change places. Other maps
 * each time; {@code -Dtest.args="-Dmaps.seed=1 -Dmaps.count=100000"} draws those, and as many.
 */
class LeadingAxesTest {
  private static final int MAPS = Integer.getInteger("maps.count", 2000);
  private static final long FIRST = Long.getLong("maps.seed", System.nanoTime() % 1_000_000_000);

  private static LeadingAxes axes(Input x, Node y) {
    return LeadingAxes.of(x, Input.of("mask", x.size(0), x.size(1)), y);
  }

  private static boolean areKept(Input x, Node y) {
    return axes(x, y).isFollowed() && axes(x, y).areKept();
  }

  private static Input drawn(Random random, int... features) {
    int t = 1 + random.nextInt(4);
    int n = random.nextInt(3) == 0 ? t : 1 + random.nextInt(4);
    int other = features[random.nextInt(features.length)];
    return Input.of("x", t, n, random.nextInt(3) == 0 && features.length > 1 ? n : other);
  }

  /** Returns whether a result's elements along an axis change places as those of the values do. */
  private static boolean follows(Input x, Node y, int axis, Random random) {
    Tensor values = new Draw(random).uniform(x.shape(), -1, 1);
    int[] order = IntStream.range(0, x.size(axis)).map(i -> (i + 1) % x.size(axis)).toArray();
    order = order.length > 2 && random.nextBoolean() ? swapped(order) : order;
    Tensor moved = reordered(values, axis, order);
    double[] expected = reordered(y.eval(Map.of(x, values)), axis, order).toDoubles();
    double[] found = y.eval(Map.of(x, moved)).toDoubles();
    double most = 0;
    for (int i = 0; i < found.length; i++) {
      most = Math.max(most, Math.abs(found[i] - expected[i]) / Math.max(1, Math.abs(expected[i])));
    }
    return most < 1e-9;
  }

  private static int[] swapped(int[] order) {
    int[] swapped = IntStream.range(0, order.length).toArray();
    swapped[0] = 1;
    swapped[1] = 0;
    return swapped;
  }

  private static Tensor reordered(Tensor x, int axis, int[] order) {
    Shape shape = x.shape();
    int inside = 1;
    for (int i = axis + 1; i < shape.rank(); i++) {
      inside *= shape.size(i);
    }
    double[] values = new double[shape.elements()];
    for (int i = 0; i < values.length; i++) {
      int index = i / inside % order.length;
      values[i] = x.at(i + (order[index] - index) * inside);
    }
    return Tensor.of(shape, values);
  }

  /** With sizes that are often the same, of T, N and features. */
  @Test
  void whereSequencesAreSaidToBeKeptTheyAre() {
    int kept = 0;
    int moved = 0;
    for (long seed = FIRST; seed < FIRST + MAPS; seed++) {
      Random random = new Random(seed + 1);
      Input x = drawn(random, 1, 2, 3, 4);
      for (Node y : new DrawnMap(seed).any(x, true)) {
        boolean said = areKept(x, y);
        boolean is = follows(x, y, 1, random);
        assertTrue(is || !said, "seed " + seed + ": " + y + " of " + x);
        kept += said && x.size(1) > 1 ? 1 : 0;
        moved += is ? 0 : 1;
      }
    }
    System.out.println("axes from seed " + FIRST + ": kept " + kept + ", not in place " + moved);
    assertTrue(kept > MAPS / 4 && moved > MAPS / 20, kept + " " + moved);
  }

  /** Where time steps are not told apart, they may change places, too. */
  @Test
  void whereTimeStepsAreSaidToBeKeptTheyAre() {
    int kept = 0;
    int moved = 0;
    for (long seed = FIRST; seed < FIRST + MAPS; seed++) {
      Random random = new Random(seed + 1);
      Input x = drawn(random, 7);
      for (Node y : new DrawnMap(seed).any(x, false)) {
        boolean said = areKept(x, y);
        for (int axis = 0; axis < 2; axis++) {
          boolean is = follows(x, y, axis, random);
          assertTrue(is || !said, "seed " + seed + ": " + y + " of " + x + ", axis " + axis);
          moved += is ? 0 : 1;
        }
        kept += said ? 1 : 0;
      }
    }
    System.out.println("axes from seed " + FIRST + ": kept " + kept + ", not in place " + moved);
    assertTrue(kept > MAPS / 4 && moved > MAPS / 20, kept + " " + moved);
  }

  @Test
  void whatIsDoneWithEachStepOfEachSequenceIsKept() {
    for (long seed = FIRST; seed < FIRST + MAPS; seed++) {
      Random random = new Random(seed + 1);
      Input x = drawn(random, 1, 2, 3, 4);
      DrawnMap map = new DrawnMap(seed);
      Node y = map.harmless(x);
      LeadingAxes axes = axes(x, y); // with T = 1, a shift leaves nothing of x
      boolean kept = axes.areKept() || !axes.isFollowed() && x.size(0) == 1;
      assertTrue(kept, "seed " + seed + ": " + y + " of " + x + " by " + map);
    }
  }

  /** Attention, windows over time, means over what counts, whatever the sizes happen to be. */
  @Test
  void whatUsersWriteIsKept() {
    for (int[] sizes : new int[][] {{3, 3, 4}, {4, 4, 4}, {2, 4, 4}, {4, 1, 2}, {1, 4, 4}}) {
      int t = sizes[0];
      int n = sizes[1];
      int f = sizes[2];
      Signal x = Signal.of(Input.of("x", t, n, f)).masked(Input.of("mask", t, n));
      Draw draw = new Draw(new Random(3));
      Node w = Parameter.of("w", draw.uniform(Shape.of(f, f), -1, 1));
      Node tall = Parameter.of("w", draw.uniform(Shape.of(3 * f, f), -1, 1));
      Node square = Node.constant(draw.whole(Shape.of(t, t), 0, 2));
      Node places = Parameter.of("places", draw.uniform(Shape.of(t, 1, f), -1, 1));
      Node counts = x.mask().reshape(t, n, 1);
      Node all = x.values();
      Node before = shifted(all);
      Node query = all.matmul(w).transpose(1, 0, 2);
      Node late = x.mask().transpose().reshape(n, 1, t).complement().times(-100);
      Node shares = query.matmul(query.transpose()).plus(square).plus(late).softmax();
      Node heads = all.reshape(t, n, 2, f / 2).transpose(1, 2, 0, 3).reshape(n * 2, t, f / 2);
      Node headShares = heads.matmul(heads.transpose()).softmax();
      Node mean = all.sum(0).dividedBy(x.mask().sum(0).maximum(Node.constant(1)).reshape(n, 1));
      Node weights = all.matmul(w.slice(1, 0, 1)).reshape(t, n).transpose().softmax().transpose();
      List<Node> users =
          List.of(
              shares.matmul(query).transpose(1, 0, 2),
              headShares
                  .matmul(heads)
                  .reshape(n, 2, t, f / 2)
                  .transpose(2, 0, 1, 3)
                  .reshape(t, n, f),
              Node.concat(2, all, before, shifted(before)).matmul(tall).relu(),
              all.plus(places),
              all.minus(mean).times(counts),
              Node.concat(2, all, mean.broadcastTo(Shape.of(t, n, f))),
              all.minus(all.meanKeeping(0, 1)),
              all.times(weights.reshape(t, n, 1)),
              square.matmul(all.reshape(t, n * f)).reshape(t, n, f),
              all.minus(before).abs().sum(2),
              Node.stack(List.of(all, before)).transpose(1, 2, 3, 0).max(3),
              all.step(t - 1).broadcastTo(Shape.of(t, n, f)), // for a decoder
              w.gather(all.sum(2).greaterThan(0)),
              all.split(2, 2).get(0).sigmoid().times(all.split(2, 2).get(1)),
              query.transpose(1, 0, 2).reshape(t * n, f).matmul(w).reshape(t, n, f).plus(all));
      for (int i = 0; i < users.size(); i++) {
        Node y = users.get(i);
        assertSame(x.mask(), x.with(y).mask(), i + " " + y);
      }
    }
  }

  private static Node shifted(Node x) {
    return Node.concat(0, Node.zeros(x.shape().with(0, 1)), x.slice(0, 0, x.size(0) - 1));
  }

  /** None of these was found before each axis was followed. */
  @Test
  void anAxisOfJustThatSizeIsNoSequence() {
    Input x = Input.of("x", 3, 3, 3);
    Parameter w = Parameter.of("w", new Draw(new Random(2)).uniform(Shape.of(3, 3), -1, 1));
    List<Node> each = List.of(x.slice(2, 0, 1), x.slice(2, 1, 2), x.slice(2, 2, 3));
    List<Node> sequences = List.of(x.slice(1, 2, 3), x.slice(1, 0, 1), x.slice(1, 1, 2));
    List<Node> moved =
        List.of(
            x.sum(1).reshape(3, 1, 3).broadcastTo(Shape.of(3, 3, 3)),
            Node.stack(List.of(x.sum(1), x.sum(1), x.sum(1))).transpose(1, 0, 2),
            Node.stack(List.of(x.sum(1), x.sum(1).tanh(), x.max(1))).transpose(1, 0, 2),
            Node.stack(List.of(x.sum(0), x.max(0), x.sum(0).tanh())),
            Node.stack(each.stream().map(part -> part.reshape(3, 3)).toList()),
            Node.concat(1, sequences),
            Node.concat(1, x.sumKeeping(1), x.maxKeeping(1), x.meanKeeping(1)),
            x.sum(1).matmul(w),
            x.sum(0).matmul(w).transpose(),
            x.plus(x.sum(1).reshape(3, 3, 1)),
            x.transpose(0, 2, 1).matmul(w).transpose(0, 2, 1),
            Node.stack(List.of(w, w, w)).times(x.sum()));
    for (int i = 0; i < moved.size(); i++) {
      assertFalse(areKept(x, moved.get(i)), "map " + i + ": " + moved.get(i));
    }
  }

  /** Whether two sequences are in one half of a batch depends on where they are. */
  @Test
  void aPartOfABatchIsNoSequence() {
    Input x = Input.of("x", 3, 4, 5);
    Node halves = x.reshape(3, 2, 2, 5).sum(2).tanh().sum(1).reshape(3, 1, 5);
    assertFalse(follows(x, x.plus(halves), 1, new Random(3)));
    assertFalse(areKept(x, x.plus(halves)));
    assertTrue(areKept(x, x.plus(x.reshape(3, 20).tanh().reshape(3, 4, 5))));
  }

  /** A long function is followed to its beginning. */
  @Test
  void manyNodesAreFollowed() {
    Input x = Input.of("x", 3, 3, 3);
    Node y = x.transpose(1, 0, 2);
    for (int i = 0; i < 5000; i++) {
      y = y.times(0.5).plus(1);
    }
    assertFalse(areKept(x, y));
    assertTrue(areKept(x, y.transpose(1, 0, 2)));
  }
}

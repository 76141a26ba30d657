package dev.rnn4j.batch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import dev.rnn4j.io.Axes;
import dev.rnn4j.io.Batch;
import dev.rnn4j.table.DataException;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.mockito.InOrder;

class BatchesTest {
  /** Sequences of one step whose value is their index. */
  private static Sequences numbered(int count) {
    double[][] values =
        IntStream.range(0, count).mapToObj(i -> new double[] {i}).toArray(double[][]::new);
    return Sequences.ofScalars(values, values);
  }

  private static List<Integer> epoch(Batches batches) {
    List<Integer> order = new ArrayList<>();
    for (Batch batch : batches) {
      for (double value : batch.x().toDoubles()) {
        order.add((int) value);
      }
      assertArrayEquals(batch.x().toDoubles(), batch.y().toDoubles());
    }
    return order;
  }

  private static List<Integer> indices(int count) {
    return IntStream.range(0, count).boxed().toList();
  }

  @Test
  void sayWhatTheyAre() {
    Batches batches = Batches.of(numbered(3), 2);
    assertEquals(
        "3 examples [1, 1] -> [1] in batches of 2 in float64, as they come", batches.toString());
    assertEquals(
        "3 examples [1, 1] -> [1] in batches of 2 in float32, shuffled, with weights",
        batches
            .shuffled(new SplittableRandom(1))
            .weights(1, 2, 3)
            .as(Precision.FLOAT32)
            .toString());
    assertEquals(
        "3 examples [1, 1] -> [1] in batches of 2 in float64, drawn by weights",
        batches.drawn(new double[] {1, 2, 3}, new SplittableRandom(1)).toString());
  }

  @Test
  void keepsTheSmallerLastBatch() {
    Batches batches = Batches.of(numbered(7), 3);
    List<Shape> shapes = batches.stream().map(batch -> batch.x().shape()).toList();
    assertEquals(List.of(Shape.of(1, 3, 1), Shape.of(1, 3, 1), Shape.of(1, 1, 1)), shapes);
    assertEquals(3, batches.count());
    assertEquals(7, batches.examples());
    assertEquals(1, Batches.of(numbered(7), Integer.MAX_VALUE).stream().count());
  }

  /** Three examples of three steps with three targets, with weights, which follow the axes. */
  @Test
  void batchesKnowWhatTheirTargetsAre() {
    double[][][] x = new double[3][3][3];
    Optional<Axes> time = Optional.of(Axes.TIME_BATCH);
    Optional<Axes> examples = Optional.of(Axes.BATCH);
    Batch ends =
        Batches.of(Sequences.of(x, new double[3][3]), 3).weights(1, 2, 3).iterator().next();
    assertEquals(Shape.of(3, 3), ends.y().shape());
    assertEquals(List.of(time, examples, examples), ends.signature().axes());
    Batch steps = Batches.of(Sequences.of(x, x), 3).weights(1, 2, 3).iterator().next();
    assertEquals(List.of(time, time, examples), steps.signature().axes());
  }

  @Property
  void anEpochIsAPermutation(
      @ForAll @IntRange(min = 1, max = 50) int count,
      @ForAll @IntRange(min = 1, max = 60) int batchSize,
      @ForAll long seed) {
    Batches batches = Batches.of(numbered(count), batchSize);
    assertEquals(indices(count), epoch(batches));
    List<Integer> shuffled = epoch(batches.shuffled(new SplittableRandom(seed)));
    assertEquals(indices(count), shuffled.stream().sorted().toList());
    assertEquals(count, shuffled.size());
    assertEquals((count + batchSize - 1) / batchSize, batches.count());
  }

  @Test
  void aSeedGivesTheSameEpochsAndEveryEpochANewOrder() {
    Batches one = Batches.of(numbered(20), 4).shuffled(new SplittableRandom(7));
    Batches two = Batches.of(numbered(20), 4).shuffled(new SplittableRandom(7));
    List<Integer> first = epoch(one);
    List<Integer> second = epoch(one);
    assertEquals(first, epoch(two));
    assertEquals(second, epoch(two));
    assertNotEquals(first, second);
    assertNotEquals(first, epoch(Batches.of(numbered(20), 4).shuffled(new SplittableRandom(8))));
  }

  @Test
  void everyOrderIsAsLikelyAsAnother() {
    Batches batches = Batches.of(numbered(3), 3).shuffled(new SplittableRandom(1));
    int[] counts = new int[27];
    for (int i = 0; i < 6000; i++) {
      List<Integer> order = epoch(batches);
      counts[order.get(0) * 9 + order.get(1) * 3 + order.get(2)]++;
    }
    assertEquals(6, IntStream.of(counts).filter(count -> count > 850 && count < 1150).count());
  }

  @Test
  void roundsToThePrecisionAskedFor() {
    Batch batch = Batches.of(numbered(2), 2).as(Precision.FLOAT32).iterator().next();
    assertEquals(Precision.FLOAT32, batch.x().precision());
    assertEquals(Precision.FLOAT32, batch.y().precision());
  }

  @Test
  void asksItsExamplesOnceForEachBatchAndNotBefore() {
    Examples examples = mock(Examples.class);
    when(examples.size()).thenReturn(5);
    when(examples.batch(any(int[].class))).thenReturn(Batch.of(Tensor.of(1), Tensor.of(1)));
    Batches batches = Batches.of(examples, 2);
    verify(examples, times(1)).requireComplete();

    Iterator<Batch> epoch = batches.iterator();
    epoch.next();
    verify(examples, times(1)).batch(any(int[].class));
    epoch.next();
    epoch.next();
    InOrder order = inOrder(examples);
    order.verify(examples).batch(0, 1);
    order.verify(examples).batch(2, 3);
    order.verify(examples).batch(4);
    verify(examples, times(3)).batch(any(int[].class));
  }

  @Test
  void refusesNothing() {
    assertEquals(
        "a batch size of 0 cannot be; it must be at least 1",
        assertThrows(IllegalArgumentException.class, () -> Batches.of(numbered(1), 0))
            .getMessage());
    assertEquals(
        "there are no examples (N = 0); a batch needs at least one",
        assertThrows(DataException.class, () -> Batches.of(mock(Examples.class), 1)).getMessage());
  }

  @Test
  void joinsExamples() {
    Examples joined = Examples.join(numbered(2), numbered(1), numbered(3));
    assertEquals(6, joined.size());
    assertArrayEquals(new double[] {0, 1, 0, 0, 1, 2}, joined.inputs().toDoubles());
    assertArrayEquals(new double[] {2, 0}, joined.batch(5, 2).y().toDoubles());
    assertEquals(
        "examples of inputs [1, 1] and targets [1] cannot be joined with [2, 1] and [1]; cut them"
            + " alike",
        assertThrows(
                DataException.class,
                () ->
                    Examples.join(
                        numbered(1),
                        Sequences.ofScalars(new double[][] {{1, 2}}, new double[][] {{1}})))
            .getMessage());
    assertThrows(DataException.class, Examples::join);
  }
}

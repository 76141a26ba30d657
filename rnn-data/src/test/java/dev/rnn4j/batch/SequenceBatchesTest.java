package dev.rnn4j.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rnn4j.io.Batch;
import dev.rnn4j.io.Batch.Role;
import dev.rnn4j.io.BatchIterator;
import dev.rnn4j.random.Philox;
import dev.rnn4j.table.DataException;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SequenceBatchesTest {
  /** A sequence of the class n: n at each of its steps. */
  private static Sequence sequence(int n, int steps) {
    double[][] rows = new double[steps][];
    for (int t = 0; t < steps; t++) {
      rows[t] = new double[] {n, t};
    }
    return Sequence.of(rows, n);
  }

  private static List<Sequence> sequences(int count) {
    return IntStream.range(0, count).mapToObj(n -> sequence(n, 1 + n * 7 % 11)).toList();
  }

  private static List<Integer> kinds(Iterable<Batch> batches) {
    List<Integer> kinds = new ArrayList<>();
    for (Batch batch : batches) {
      for (int n = 0; n < batch.sequences(); n++) {
        kinds.add((int) batch.y().at(n));
      }
    }
    return kinds;
  }

  @Test
  void sayWhatTheyAre() {
    Philox random = new Philox(1);
    SequenceBatches all = SequenceBatches.of(sequences(5), 2);
    assertEquals("5 sequences in batches of 2 in float64, as they come", all.toString());
    assertEquals(
        "5 sequences in batches of 2 in float64, shuffled, by length, padded to multiples of 8",
        all.shuffled(random).byLength().roundedTo(8).toString());
    StreamedBatches streamed = StreamedBatches.of(() -> sequences(5).stream(), 2);
    assertEquals(
        "sequences of a stream in batches of 2 in float32, as they come", streamed.toString());
    assertEquals(
        "sequences of a stream in batches of 2 in float32, shuffled within 9, 4 made ahead",
        ReadAhead.of(streamed.shuffledWithin(9, random), 4).toString());
  }

  @Test
  void sequencesArePaddedWithAMask() {
    List<Sequence> two = List.of(sequence(4, 1), sequence(5, 2).weight(0.5));
    Batch batch = SequenceBatches.of(two, 2).as(Precision.FLOAT32).iterator().next();
    assertEquals(Shape.of(2, 2, 2), batch.x().shape());
    assertEquals(Precision.FLOAT32, batch.x().precision());
    assertTrue(batch.x().sameAs(Tensor.of(Shape.of(2, 2, 2), 4f, 0f, 5f, 0f, 0f, 0f, 5f, 1f)));
    assertTrue(batch.y().sameAs(Tensor.of(Shape.of(2), 4f, 5f)));
    Tensor mask = batch.find(Role.MASK, "").orElseThrow();
    assertTrue(mask.sameAs(Tensor.of(Shape.of(2, 2), 1f, 1f, 0f, 1f)), mask::toString);
    assertTrue(batch.find(Role.WEIGHTS, "").orElseThrow().sameAs(Tensor.of(1, 0.5)));
  }

  @Test
  void targetsMayBeForEachStep() {
    Sequence one = Sequence.perStep(new double[][] {{1}, {2}}, new double[][] {{3, 4}, {5, 6}});
    Sequence other = Sequence.perStep(new double[][] {{7}}, new double[][] {{8, 9}});
    Batch batch = SequenceBatches.of(List.of(one, other), 5).roundedTo(3).iterator().next();
    assertEquals(Shape.of(3, 2, 1), batch.x().shape());
    assertTrue(
        batch.y().sameAs(Tensor.of(Shape.of(3, 2, 2), 3.0, 4, 8, 9, 5, 6, 0, 0, 0, 0, 0, 0)));
    assertThrows(
        IllegalArgumentException.class, () -> SequenceBatches.of(List.of(one, sequence(1, 2)), 2));
    assertThrows(DataException.class, () -> SequenceBatches.of(List.of(), 2));
    assertThrows(
        IllegalArgumentException.class,
        () -> Sequence.perStep(new double[][] {{1}}, new double[][] {{1}, {2}}));
    Sequence three = Sequence.of(Tensor.of(0, 1, 2), Tensor.of(1, 0, 1));
    Sequence two = Sequence.of(Tensor.of(0, 1), Tensor.of(1, 0));
    String message =
        assertThrows(
                IllegalArgumentException.class, () -> SequenceBatches.of(List.of(three, two), 2))
            .getMessage();
    assertEquals(
        "sequences of a batch are alike but for their lengths, and not [3] with [3], and [2] with"
            + " [2]; a target at each step is given by Sequence.perStep(x, y)",
        message);
  }

  @Test
  void recordsAndStreamsMakeTheSameBatches() {
    record Visit(double[][] rows, int kind) {}

    List<Visit> visits =
        List.of(new Visit(new double[][] {{1}}, 3), new Visit(new double[][] {{2}}, 4));
    List<Integer> kinds =
        kinds(SequenceBatches.of(visits, v -> Sequence.of(v.rows(), v.kind()), 2));
    assertEquals(List.of(3, 4), kinds);
    assertEquals(
        kinds,
        kinds(SequenceBatches.of(visits.stream().map(v -> Sequence.of(v.rows(), v.kind())), 2)));
  }

  @Test
  void anEpochHasEachSequenceOnceInAnOrderThatASeedRepeats() {
    SequenceBatches batches =
        SequenceBatches.of(sequences(103), 8).shuffled(new Philox(3)).byLength();
    List<Integer> first = kinds(batches);
    List<Integer> second = kinds(batches);
    assertFalse(first.equals(second));
    for (List<Integer> epoch : List.of(first, second)) {
      assertEquals(IntStream.range(0, 103).boxed().toList(), epoch.stream().sorted().toList());
    }
    SequenceBatches again =
        SequenceBatches.of(sequences(103), 8).shuffled(new Philox(3)).byLength();
    assertEquals(first, kinds(again));
    Map<String, Tensor> state = again.state();
    assertEquals(second, kinds(again));
    again.restore(state);
    assertEquals(second, kinds(again));
  }

  @Test
  void likeLengthsAreInOneBatch() {
    int padded = 0;
    int plain = 0;
    for (Batch batch : SequenceBatches.of(sequences(200), 10).byLength()) {
      padded += batch.steps() * batch.sequences();
    }
    for (Batch batch : SequenceBatches.of(sequences(200), 10)) {
      plain += batch.steps() * batch.sequences();
    }
    int all = sequences(200).stream().mapToInt(Sequence::steps).sum();
    assertTrue(padded < 1.1 * all, padded + " of " + all);
    assertTrue(plain > 1.5 * all, plain + " of " + all);
  }

  @Test
  void skippingIsTaking() {
    for (boolean byLength : new boolean[] {false, true}) {
      SequenceBatches batches = SequenceBatches.of(sequences(23), 4).shuffled(new Philox(1));
      batches = byLength ? batches.byLength() : batches;
      Map<String, Tensor> state = batches.state();
      List<Integer> all = kinds(batches);
      batches.restore(state);
      BatchIterator rest = batches.iterator();
      rest.skip(2);
      List<Integer> left = new ArrayList<>();
      rest.forEachRemaining(batch -> left.addAll(kinds(List.of(batch))));
      assertEquals(all.subList(all.size() - left.size(), all.size()), left);
      assertEquals(batches.count() - 2, (left.size() + 3) / 4);
      assertThrows(NoSuchElementException.class, () -> rest.skip(1));
      assertThrows(NoSuchElementException.class, rest::next);
    }
  }

  @Test
  void rareClassesAreDrawnAsOftenAsOthers() {
    List<Sequence> all =
        IntStream.range(0, 1000).mapToObj(n -> sequence(n % 10 == 0 ? 1 : 0, 1)).toList();
    double[] weights =
        Oversampling.weights(all.stream().mapToInt(s -> (int) s.y().item()).toArray());
    assertEquals(1000, java.util.Arrays.stream(weights).sum(), 1e-9);
    List<Integer> kinds = kinds(SequenceBatches.of(all, 7).drawn(weights, new Philox(2)));
    assertEquals(1000, kinds.size());
    assertEquals(500, kinds.stream().mapToInt(kind -> kind).sum(), 60);
    double[] none = new double[1000];
    assertThrows(
        IllegalArgumentException.class,
        () -> SequenceBatches.of(all, 7).drawn(none, new Philox(2)));
  }

  @Test
  void whatIsDrawnFollowsTheWeights() {
    Map<Integer, Integer> counts = new TreeMap<>();
    double[] weights = {1, 0, 3};
    SequenceBatches batches = SequenceBatches.of(sequences(3), 3).drawn(weights, new Philox(4));
    for (int epoch = 0; epoch < 400; epoch++) {
      kinds(batches).forEach(kind -> counts.merge(kind, 1, Integer::sum));
    }
    assertEquals(java.util.Set.of(0, 2), counts.keySet());
    assertEquals(900, counts.get(2), 60);
  }

  @Test
  void examplesHaveWeightsAndStatesToo() {
    Sequences examples =
        Sequences.ofScalars(new double[][] {{1}, {2}, {3}}, new double[][] {{1}, {2}, {3}});
    Batches batches = Batches.of(examples, 2).weights(1, 2, 4).shuffled(new Philox(5));
    Map<String, Tensor> state = batches.state();
    List<String> all = new ArrayList<>();
    for (Batch batch : batches) {
      Tensor weights = batch.find(Role.WEIGHTS, "").orElseThrow();
      for (int n = 0; n < batch.sequences(); n++) {
        assertEquals(Math.pow(2, batch.y().at(n) - 1), weights.at(n));
      }
      all.add(batch.y().toString());
    }
    batches.restore(state);
    BatchIterator rest = batches.iterator();
    rest.skip(1);
    assertEquals(all.get(1), rest.next().y().toString());
    Batches other = Batches.of(examples, 2).shuffled(new SplittableRandom(1));
    String message = assertThrows(IllegalArgumentException.class, other::state).getMessage();
    assertEquals(
        "batches in the order of a SplittableRandom cannot go on from a checkpoint: draw them from"
            + " a Philox",
        message);
    assertEquals(2.0, examples.pick(1).targets().at(0));
  }

  @Test
  void aSourceIsReadOnceForEachEpochAndClosed() {
    int[] opened = new int[1];
    int[] closed = new int[1];
    StreamedBatches batches =
        StreamedBatches.of(
            () -> {
              opened[0]++;
              return sequences(25).stream().onClose(() -> closed[0]++);
            },
            4);
    assertEquals(IntStream.range(0, 25).boxed().toList(), kinds(batches));
    assertEquals(1, closed[0]);
    StreamedBatches shuffled = batches.shuffledWithin(10, new Philox(6));
    Map<String, Tensor> state = shuffled.state();
    List<Integer> first = kinds(shuffled);
    assertEquals(IntStream.range(0, 25).boxed().toList(), first.stream().sorted().toList());
    assertFalse(first.equals(kinds(shuffled)));
    shuffled.restore(state);
    assertEquals(first, kinds(ReadAhead.of(shuffled, 2)));
    assertEquals(4, opened[0]);
    assertEquals(4, closed[0]);
    assertEquals(
        IntStream.range(0, 25).boxed().toList(),
        kinds(StreamedBatches.ofIterators(() -> sequences(25).iterator(), 3)));
  }

  @Test
  void whatGoesWrongWhileReadingIsThrownWhereTheBatchIsTaken() throws InterruptedException {
    StreamedBatches broken =
        StreamedBatches.of(
            () ->
                Stream.of(1, 2, 3, 4)
                    .map(
                        n -> {
                          if (n == 4) {
                            throw new DataException("line 4 is no sequence");
                          }
                          return sequence(n, 1);
                        }),
            2);
    List<Integer> seen = new ArrayList<>();
    DataException failure =
        assertThrows(
            DataException.class,
            () -> {
              for (Batch batch : ReadAhead.of(broken, 3)) {
                seen.addAll(kinds(List.of(batch)));
              }
            });
    assertEquals("line 4 is no sequence", failure.getMessage());
    assertEquals(List.of(1, 2), seen);
  }

  @Test
  void aThreadThatNobodyReadsFromEnds() throws Exception {
    var batches = ReadAhead.of(SequenceBatches.of(sequences(50), 1), 1).iterator();
    batches.next();
    Thread reader =
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> thread.getName().equals("rnn-read-ahead"))
            .findFirst()
            .orElseThrow();
    ((AutoCloseable) batches).close();
    reader.join(5000);
    assertFalse(reader.isAlive());
  }
}

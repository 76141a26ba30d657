package dev.rnn4j.batch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.Lists;
import dev.rnn4j.io.Batch;
import dev.rnn4j.io.BatchIterator;
import dev.rnn4j.random.Philox;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParallelStreamsTest {
  private static Tensor range(int from, int to) {
    return Tensor.of(IntStream.range(from, to).asDoubleStream().toArray());
  }

  /** Returns what each stream reads, in order, with | before each beginning. */
  private static List<String> read(Iterable<Batch> windows, int streams) {
    List<StringBuilder> texts = new ArrayList<>();
    IntStream.range(0, streams).forEach(n -> texts.add(new StringBuilder()));
    for (Batch batch : windows) {
      Tensor x = batch.x();
      int steps = x.shape().size(0);
      for (int n = 0; n < streams; n++) {
        Tensor begins = batch.find(Batch.Role.BEGINS, "begins").orElseThrow();
        int at = n;
        Tensor mask = batch.find(Batch.Role.MASK, "").orElse(null);
        for (int t = 0; t < steps; t++) {
          int position = t * streams + at;
          if (mask == null || mask.at(position) == 1) {
            boolean isNew =
                begins.shape().rank() == 1 ? begins.at(n) == 1 && t == 0 : begins.at(position) == 1;
            texts.get(n).append(isNew ? "|" : " ").append((int) x.at(position));
            assertEquals(-x.at(position), batch.y().at(position));
          } else {
            assertEquals(0, x.at(position));
          }
        }
      }
    }
    return texts.stream().map(StringBuilder::toString).toList();
  }

  private static Tensor negative(Tensor x) {
    double[] values = x.toDoubles();
    for (int i = 0; i < values.length; i++) {
      values[i] = -values[i];
    }
    return Tensor.of(x.shape(), values);
  }

  @Test
  void aSeriesIsCutInStreamsOfConsecutiveSteps() {
    ParallelStreams streams = ParallelStreams.cut(range(0, 11), negative(range(0, 11)), 3);
    assertEquals(List.of("|0 1 2", "|3 4 5 6", "|7 8 9 10"), read(streams.windows(2), 3));
    assertEquals(List.of("|0 1 2", "|3 4 5 6", "|7 8 9 10"), read(streams.windows(100), 3));
    List<Batch> windows = Lists.newArrayList(streams.windows(3));
    assertEquals(2, windows.size());
    assertEquals(Shape.of(3, 3), windows.get(0).x().shape());
    assertEquals(Shape.of(1, 3), windows.get(1).x().shape());
    assertTrue(windows.get(0).find(Batch.Role.MASK, "").isEmpty());
    assertArrayEquals(
        new double[] {1, 0, 0}, // nothing follows in the first one, so that its state is new
        windows.get(1).find(Batch.Role.BEGINS, "begins").orElseThrow().toDoubles());
    assertArrayEquals(
        new double[] {0, 1, 1}, windows.get(1).find(Batch.Role.MASK, "").orElseThrow().toDoubles());
  }

  @Test
  void sequencesOfAnyLengthsFollowEachOther() {
    List<Tensor> x = List.of(range(10, 13), range(20, 21), range(30, 35), range(40, 42));
    ParallelStreams streams =
        ParallelStreams.of(x, x.stream().map(ParallelStreamsTest::negative).toList(), 2);
    // A sequence begins with a window, and what is left of the window before is padding.
    assertEquals(List.of("|10 11 12|40 41", "|20|30 31 32 33 34"), read(streams.windows(2), 2));
    // Packed, it begins where the one before has ended.
    List<Batch> packed = Lists.newArrayList(streams.packed().windows(2));
    assertEquals(List.of("|10 11 12|40 41", "|20|30 31 32 33 34"), read(packed, 2));
    assertEquals(3, packed.size());
    assertArrayEquals(
        new double[] {0, 0, 1, 0},
        packed.get(1).find(Batch.Role.BEGINS, "begins").orElseThrow().toDoubles());
    assertTrue(packed.get(1).find(Batch.Role.MASK, "").isEmpty());
  }

  @Test
  void packedStreamsShareWhatIsShorterThanAWindow() {
    List<Tensor> x = IntStream.range(0, 6).mapToObj(i -> range(10 * i, 10 * i + 5)).toList();
    List<Batch> packed = Lists.newArrayList(ParallelStreams.of(x, x, 3).packed().windows(64));
    assertEquals(1, packed.size());
    assertEquals(Shape.of(10, 3), packed.get(0).x().shape());
    assertTrue(packed.get(0).find(Batch.Role.MASK, "").isEmpty());
  }

  /** Whatever the numbers, each step of each sequence is read once, in its order. */
  @ParameterizedTest
  @CsvSource({"1, 1, 1", "1, 7, 3", "5, 5, 4", "9, 2, 3", "13, 4, 1", "13, 4, 100"})
  void nothingIsLeftOut(int sequences, int streams, int steps) {
    if (sequences < streams) {
      List<Tensor> one = List.of(range(0, 2));
      assertThrows(IllegalArgumentException.class, () -> ParallelStreams.of(one, one, streams));
      return;
    }
    Philox random = new Philox(sequences);
    List<Tensor> x = new ArrayList<>();
    Set<String> wanted = new TreeSet<>();
    for (int i = 0; i < sequences; i++) {
      int length = 1 + random.nextInt(8);
      x.add(range(100 * i, 100 * i + length));
      wanted.add(
          "|"
              + String.join(
                  " ",
                  IntStream.range(100 * i, 100 * i + length).mapToObj(String::valueOf).toList()));
    }
    ParallelStreams all =
        ParallelStreams.of(x, x.stream().map(ParallelStreamsTest::negative).toList(), streams);
    for (ParallelStreams each : List.of(all, all.packed())) {
      Set<String> found = new TreeSet<>();
      for (String stream : read(each.windows(steps, new Philox(1)), streams)) {
        for (String sequence :
            stream.isEmpty() ? new String[0] : stream.substring(1).split("\\|")) {
          found.add("|" + sequence);
        }
      }
      assertEquals(wanted, found);
    }
  }

  @Test
  void theNextStepIsTheTarget() {
    Batch batch = ParallelStreams.following(range(0, 9), 2).windows(10).iterator().next();
    assertArrayEquals(new double[] {0, 4, 1, 5, 2, 6, 3, 7}, batch.x().toDoubles());
    assertArrayEquals(new double[] {1, 5, 2, 6, 3, 7, 4, 8}, batch.y().toDoubles());
  }

  @Test
  void refusesWhatDoesNotFit() {
    assertThrows(
        IllegalArgumentException.class, () -> ParallelStreams.cut(range(0, 3), range(0, 4), 1));
    assertThrows(
        IllegalArgumentException.class, () -> ParallelStreams.cut(range(0, 3), range(0, 3), 4));
    assertThrows(IllegalArgumentException.class, () -> ParallelStreams.following(range(0, 1), 1));
    assertEquals(
        "sequence 1 is [2] at each step, and the first one []",
        assertThrows(
                IllegalArgumentException.class,
                () ->
                    ParallelStreams.of(
                        List.of(range(0, 3), Tensor.zeros(Shape.of(3, 2))),
                        List.of(range(0, 3), range(0, 3)),
                        1))
            .getMessage());
  }

  @Test
  void skippingWindowsIsTakingThem() {
    List<Tensor> all =
        IntStream.range(1, 9).mapToObj(n -> Tensor.full(Shape.of(n * 5 % 7 + 1, 1), n)).toList();
    ParallelStreams streams = ParallelStreams.of(all, all, 3);
    for (int skipped = 0; skipped < 5; skipped++) {
      Iterator<Batch> taken = streams.windows(2).iterator();
      for (int i = 0; i < skipped; i++) {
        taken.next();
      }
      Iterator<Batch> rest = streams.windows(2).iterator();
      BatchIterator.skip(rest, skipped);
      assertEquals(taken.next().x().toString(), rest.next().x().toString());
    }
    assertThrows(
        NoSuchElementException.class, () -> BatchIterator.skip(streams.windows(2).iterator(), 100));
  }
}

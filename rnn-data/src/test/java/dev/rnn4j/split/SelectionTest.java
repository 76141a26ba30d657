package dev.rnn4j.split;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rnn4j.random.Philox;
import dev.rnn4j.table.DataException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SelectionTest {
  private static final List<String> LABELS =
      IntStream.range(0, 60).mapToObj(i -> i % 6 == 0 ? "rare" : "common").toList();

  private static final List<Integer> GROUPS =
      IntStream.range(0, 60).mapToObj(i -> (int) Math.sqrt(i)).toList();

  private static void eachPlaceOnce(Selection parts, int count) {
    int[] all =
        Stream.of(parts.train(), parts.validation(), parts.test())
            .flatMapToInt(Arrays::stream)
            .sorted()
            .toArray();
    assertEquals(-1, Arrays.mismatch(IntStream.range(0, count).toArray(), all));
  }

  @Test
  void partsAreAsLargeAsAskedFor() {
    Selection parts = Selection.random(60, 0.5, 0.25, new Philox(1));
    eachPlaceOnce(parts, 60);
    assertEquals(30, parts.train().length);
    assertEquals(15, parts.validation().length);
    assertEquals(parts.test(LABELS).size(), parts.test().length);
    Selection same = Selection.random(60, 0.5, 0.25, new Philox(1));
    assertEquals(-1, Arrays.mismatch(parts.train(), same.train()));
    eachPlaceOnce(Selection.random(1, 1, 0, new Philox(1)), 1);
  }

  @Test
  void eachClassHasItsShareOfEachPart() {
    Selection parts = Selection.stratified(LABELS, 0.6, 0.2, new Philox(2));
    eachPlaceOnce(parts, 60);
    assertEquals(6, parts.train(LABELS).stream().filter("rare"::equals).count());
    assertEquals(2, parts.validation(LABELS).stream().filter("rare"::equals).count());
    assertEquals(30, parts.train(LABELS).stream().filter("common"::equals).count());
  }

  @Test
  void noGroupIsInTwoParts() {
    for (int seed = 0; seed < 20; seed++) {
      Selection parts = Selection.byGroup(GROUPS, 0.6, 0.2, new Philox(seed));
      eachPlaceOnce(parts, 60);
      Set<Integer> seen = new HashSet<>();
      for (List<Integer> part :
          List.of(parts.train(GROUPS), parts.validation(GROUPS), parts.test(GROUPS))) {
        Set<Integer> own = new HashSet<>(part);
        own.forEach(group -> assertTrue(seen.add(group)));
      }
      assertEquals(36, parts.train().length, 8);
    }
  }

  @Test
  void trainingComesBeforeTestingInTime() {
    double[] times = {5, 1, 4, 4, 2, 9, 8, 4, 3, 0};
    Selection parts = Selection.inTime(times, 0.5, 0.2);
    eachPlaceOnce(parts, 10);
    assertEquals("[1, 4, 8, 9]", Arrays.toString(parts.train()), "all of time 4 is later");
    assertEquals("[2, 3, 7]", Arrays.toString(parts.validation()));
    assertEquals("[0, 5, 6]", Arrays.toString(parts.test()));
  }

  @Test
  void foldsTestEachExampleOnce() {
    for (List<Selection> folds :
        List.of(
            Folds.random(60, 7, new Philox(3)),
            Folds.stratified(LABELS, 5, new Philox(3)),
            Folds.byGroup(GROUPS, 4, new Philox(3)))) {
      int[] tested =
          folds.stream().flatMapToInt(fold -> Arrays.stream(fold.test())).sorted().toArray();
      assertEquals(-1, Arrays.mismatch(IntStream.range(0, 60).toArray(), tested));
      folds.forEach(fold -> eachPlaceOnce(fold, 60));
      int largest = folds.stream().mapToInt(fold -> fold.test().length).max().orElseThrow();
      assertTrue(largest <= 60 / folds.size() + 3, () -> "largest " + largest);
    }
    for (Selection fold : Folds.stratified(LABELS, 5, new Philox(4))) {
      assertEquals(2, fold.test(LABELS).stream().filter("rare"::equals).count());
    }
    for (Selection fold : Folds.byGroup(GROUPS, 4, new Philox(4))) {
      Set<Integer> train = new HashSet<>(fold.train(GROUPS));
      assertTrue(fold.test(GROUPS).stream().noneMatch(train::contains));
    }
  }

  @Test
  void whatCannotBeCutIsRefused() {
    assertThrows(
        IllegalArgumentException.class, () -> Selection.random(9, 0.8, 0.3, new Philox(1)));
    assertThrows(DataException.class, () -> Selection.random(1, 0.1, 0.3, new Philox(1)));
    assertThrows(DataException.class, () -> Folds.random(2, 3, new Philox(1)));
    assertThrows(IllegalArgumentException.class, () -> Folds.random(2, 1, new Philox(1)));
    assertThrows(DataException.class, () -> Folds.byGroup(List.of(1, 1, 1), 2, new Philox(1)));
    Selection parts = Selection.random(3, 1, 0, new Philox(1));
    assertThrows(IllegalArgumentException.class, () -> parts.train(List.of(1)));
  }
}

package dev.rnn4j.split;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rnn4j.table.DataException;
import dev.rnn4j.table.Dates;
import dev.rnn4j.table.Rows;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SplitTest {
  @Test
  void byFractionRoundsDown() {
    assertEquals(
        new Split(new Rows(0, 675), new Rows(675, 675), new Rows(675, 13509)),
        Split.byFraction(13509, 0.05, 0));
    assertEquals(
        new Split(new Rows(0, 7), new Rows(7, 8), new Rows(8, 10)), Split.byFraction(10, 0.7, 0.1));
    assertEquals(new Rows(10, 10), Split.byFraction(10, 0.9, 0.1).test());
  }

  @Test
  void byDatePutsADateIntoThePartItBegins() {
    Dates dates =
        Dates.of(IntStream.of(1, 2, 4, 8).mapToObj(day -> LocalDate.of(2012, 1, day)).toList());
    assertEquals(
        new Split(new Rows(0, 1), new Rows(1, 3), new Rows(3, 4)),
        Split.byDate(dates, LocalDate.of(2012, 1, 2), LocalDate.of(2012, 1, 5)));
    assertThrows(
        IllegalArgumentException.class,
        () -> Split.byDate(dates, LocalDate.of(2012, 1, 5), LocalDate.of(2012, 1, 2)));
  }

  @Test
  void refusesFractionsThatCannotBe() {
    assertThrows(IllegalArgumentException.class, () -> Split.byFraction(10, 0.8, 0.3));
    assertThrows(IllegalArgumentException.class, () -> Split.byFraction(10, 0, 0.3));
    assertThrows(IllegalArgumentException.class, () -> Split.byFraction(10, 0.5, -0.1));
    assertThrows(IllegalArgumentException.class, () -> Split.byFraction(10, Double.NaN, 0));
    assertEquals(
        "none of the 10 rows is left to train on; give the training part more",
        assertThrows(DataException.class, () -> Split.byFraction(10, 0.05, 0)).getMessage());
  }

  @Property
  void partsFollowOneAnotherAndHoldEveryRow(
      @ForAll @IntRange(min = 1, max = 1000) int rows,
      @ForAll @DoubleRange(min = 0.01, max = 1) double train,
      @ForAll @DoubleRange(min = 0, max = 1) double validation) {
    Assume.that(train + validation <= 1 && train * rows >= 1);
    Split split = Split.byFraction(rows, train, validation);
    assertEquals(0, split.train().from());
    assertEquals(split.train().to(), split.validation().from());
    assertEquals(split.validation().to(), split.test().from());
    assertEquals(rows, split.test().to());
    assertEquals(train * rows, split.train().size(), 1);
  }

  @Test
  void rollingOriginExpandsOrSlides() {
    assertEquals(
        List.of(
            new RollingOrigin.Fold(new Rows(0, 4), new Rows(4, 6)),
            new RollingOrigin.Fold(new Rows(0, 6), new Rows(6, 8))),
        RollingOrigin.expanding(4, 2).folds(9));
    assertEquals(
        List.of(
            new RollingOrigin.Fold(new Rows(0, 4), new Rows(4, 6)),
            new RollingOrigin.Fold(new Rows(3, 7), new Rows(7, 9))),
        RollingOrigin.sliding(4, 2).step(3).folds(9));
  }

  @Test
  void rollingOriginRefusesTooFewRows() {
    assertEquals(
        "5 rows are too few for a backtest with 4 to train and 2 to test; take less of either",
        assertThrows(DataException.class, () -> RollingOrigin.sliding(4, 2).folds(5)).getMessage());
    assertThrows(IllegalArgumentException.class, () -> RollingOrigin.sliding(0, 2));
    assertThrows(IllegalArgumentException.class, () -> RollingOrigin.sliding(1, 2).step(0));
  }

  @Property
  void everyFoldTestsWhatFollowsItsTraining(
      @ForAll @IntRange(min = 1, max = 20) int train,
      @ForAll @IntRange(min = 1, max = 20) int test,
      @ForAll @IntRange(min = 1, max = 20) int step,
      @ForAll @IntRange(max = 50) int more) {
    int rows = train + test + more;
    List<RollingOrigin.Fold> folds = RollingOrigin.sliding(train, test).step(step).folds(rows);
    assertEquals(more / step + 1, folds.size());
    for (RollingOrigin.Fold fold : folds) {
      assertEquals(fold.train().to(), fold.test().from());
      assertEquals(train, fold.train().size());
      assertEquals(test, fold.test().size());
      assertTrue(fold.test().to() <= rows);
    }
  }
}

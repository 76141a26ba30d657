package dev.rnn4j.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rnn4j.io.Batch.Role;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Named tensors, and what their axes are taken for. */
class BatchTest {
  /** 0, 1, 2, … in a shape. */
  private static Tensor counting(int... sizes) {
    Shape shape = Shape.of(sizes);
    double[] values = new double[shape.elements()];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    return Tensor.of(shape, values);
  }

  private static String message(Executable body) {
    return assertThrows(IllegalArgumentException.class, body).getMessage();
  }

  @Test
  void aNameThatStandsForAllIsNoInputsOrTargets() {
    Batch batch = Batch.of(Tensor.zeros(Shape.of(2, 3, 4)));
    Tensor more = Tensor.zeros(Shape.of(3, 2));
    String message =
        "a batch was given an input or target with an empty name, which stands for all of them";
    assertEquals(
        message,
        assertThrows(IllegalArgumentException.class, () -> batch.input("", more)).getMessage());
    assertEquals(
        message,
        assertThrows(IllegalArgumentException.class, () -> batch.target("", more)).getMessage());
    assertEquals(
        "a batch was given null as its lengths",
        assertThrows(NullPointerException.class, () -> batch.lengths((int[]) null)).getMessage());
  }

  @Test
  void oneInputAndOneTargetAreALine() {
    Tensor x = counting(5, 3, 2);
    Tensor y = counting(3, 1);
    Batch batch = Batch.of(x, y);
    assertSame(x, batch.x());
    assertSame(y, batch.get("y"));
    assertEquals(3, batch.sequences());
    assertEquals(5, batch.steps());
    assertEquals(
        "the batch has no input or target 'z', only [x [5, 3, 2], y [3, 1]]",
        message(() -> batch.get("z")));
  }

  @Test
  void lengthsAreAMask() {
    Batch batch = Batch.of(counting(4, 3, 2), counting(3, 1)).lengths(4, 0, 2);
    assertArrayEquals(
        new double[] {1, 0, 1, 1, 0, 1, 1, 0, 0, 1, 0, 0},
        batch.find(Role.MASK, "").orElseThrow().toDoubles());
    Batch two =
        Batch.empty()
            .input("a", counting(2, 3, 1))
            .input("b", counting(4, 3))
            .lengths("b", 1, 2, 3);
    assertEquals(Shape.of(4, 3), two.find(Role.MASK, "b").orElseThrow().shape());
    assertEquals(
        "sequence 1 is 5 steps long, and x [4, 3, 2] has room for 0 to 4",
        message(() -> Batch.of(counting(4, 3, 2)).lengths(1, 5, 2)));
    assertEquals(
        "2 lengths are given, and no input [T, N, ...] has as many sequences, of [x [4, 3, 2]]",
        message(() -> Batch.of(counting(4, 3, 2)).lengths(1, 5)));
    assertEquals(
        "2 lengths do not fit x [4, 3, 2]",
        message(() -> Batch.of(counting(4, 3, 2)).lengths("x", 1, 5)));
  }

  @Test
  void axesAreWhatFitsTheOthers() {
    // Class indices of sequences, of steps; indices as inputs; rows without time.
    assertEquals(Shape.of(2), cut(counting(5, 3, 2), counting(3)).y().shape());
    assertEquals(Shape.of(5, 2), cut(counting(5, 3, 2), counting(5, 3)).y().shape());
    assertEquals(Shape.of(5, 2), cut(counting(5, 3), counting(5, 3, 7)).x().shape());
    assertEquals(Shape.of(2, 4), cut(counting(8, 4), counting(8, 1)).x().shape());
    assertEquals(Shape.of(2, 5), cut(counting(5, 3, 2), counting(3, 5)).y().shape());
    assertEquals(Shape.of(5, 2, 2), cut(counting(5, 5, 2), counting(5)).x().shape());
  }

  private static Batch cut(Tensor x, Tensor y) {
    return Batch.of(x, y).sequences(1, 3);
  }

  @Test
  void whatFitsInTwoWaysIsRefusedOnlyWhereItIsCut() {
    Batch square = Batch.of(counting(3, 3, 2), counting(3, 3));
    assertEquals(3, square.sequences());
    assertEquals(
        "to cut the batch, it must be known whether y [3, 3] is [T, N] or [N, ...], and both fit:"
            + " say Axes.TIME_BATCH or Axes.BATCH behind the tensor",
        message(() -> square.sequences(0, 1)));
    message(() -> square.steps(0, 1));
    Batch said = Batch.of(counting(3, 3, 2)).target("y", counting(3, 3), Axes.BATCH);
    assertEquals(Shape.of(3, 3), said.steps(0, 2).y().shape());
    assertEquals(Shape.of(1, 3), said.sequences(0, 1).y().shape());
    assertEquals(8, Batch.of(counting(8, 3), counting(8, 3)).steps());
  }

  @Test
  void axesAreKnownWhereTensorsFitInOneWay() {
    Optional<Axes> time = Optional.of(Axes.TIME_BATCH);
    Optional<Axes> sequences = Optional.of(Axes.BATCH);
    Batch x = Batch.of(counting(3, 3, 2));
    assertEquals(List.of(time, Optional.empty()), x.target("y", counting(3, 3)).signature().axes());
    assertEquals(
        List.of(time, sequences), x.target("y", counting(3, 3), Axes.BATCH).signature().axes());
    assertEquals(List.of(time, sequences), x.target("y", counting(3, 1)).signature().axes());
    assertEquals(
        List.of(time, sequences, Optional.of(Axes.NONE), sequences),
        x.target("y", counting(3))
            .input("z", counting(7, 3, 2), Axes.NONE)
            .weights(counting(3))
            .signature()
            .axes());
  }

  /** A mask is for an input with time: what it is for is known, where there is but one. */
  @Test
  void aMaskTellsWhatHasTime() {
    Optional<Axes> time = Optional.of(Axes.TIME_BATCH);
    Optional<Axes> sequences = Optional.of(Axes.BATCH);
    Optional<Axes> unknown = Optional.empty();
    Batch x = Batch.of(counting(3, 3));
    assertEquals(List.of(unknown), x.signature().axes());
    assertEquals(List.of(time, time), x.lengths(3, 2, 1).signature().axes());
    assertEquals(Shape.of(3, 2), x.lengths(3, 2, 1).sequences(1, 3).x().shape());
    Batch labels = x.target("y", counting(3, 3)).lengths(3, 2, 1);
    assertEquals(List.of(time, unknown, time), labels.signature().axes());
    Batch two = x.input("z", counting(3, 3));
    assertEquals(List.of(unknown, unknown, time), two.lengths(3, 2, 1).signature().axes());
    assertEquals(List.of(unknown, time, time), two.lengths("z", 3, 2, 1).signature().axes());
    Batch said = x.input("z", counting(3, 3), Axes.BATCH);
    assertEquals(List.of(time, sequences, time), said.lengths(3, 2, 1).signature().axes());
  }

  @Test
  void lengthsAreNotThoseOfAnInputWithoutTime() {
    Batch rows = Batch.empty().input("z", counting(3, 3));
    for (Batch batch :
        List.of(rows.input("x", counting(5, 3, 2)), rows.input("x", counting(5, 3)))) {
      Tensor mask = batch.lengths(5, 3, 1).find(Role.MASK, "").orElseThrow();
      assertEquals(Shape.of(5, 3), mask.shape(), batch.toString());
      assertEquals(9, IntStream.range(0, 15).filter(i -> mask.at(i) == 1).count());
    }
  }

  @Test
  void disagreementIsNamed() {
    Batch batch = Batch.of(counting(5, 3, 2), counting(4));
    assertEquals(
        "the tensors of a batch must have one N, the size of the second axis of [T, N, ...] and of the"
            + " first of [N, ...], and [x [5, 3, 2], y [4]] do not; where the first axes of an input or"
            + " target are something else, say Axes.NONE behind its tensor",
        message(batch::sequences));
    assertEquals(message(batch::sequences), message(batch.weights(counting(7))::sequences));
    Batch said = Batch.of(counting(5, 3, 2)).input("scale", counting(4), Axes.NONE);
    assertEquals(Shape.of(4), said.sequences(0, 1).get("scale").shape());
  }

  /** What masks, weights and marks are follows from the rest: they hear which shapes fit. */
  @Test
  void whatFollowsTheRestHearsWhatFits() {
    Batch batch = Batch.of(counting(5, 3, 2), counting(3, 1));
    assertEquals(
        "the weights [5] do not fit [x [5, 3, 2], y [3, 1]]: weights are a number for each sequence,"
            + " [N], here [3], or a number for each step, [T, N], here [5, 3]",
        message(batch.weights(counting(5))::sequences));
    assertEquals(
        "the weights of y [5, 2] do not fit [x [5, 3, 2], y [3, 1]]: weights are a number for each"
            + " sequence, [N], here [3], or a number for each step, [T, N], here [5, 3]",
        message(batch.weights("y", counting(5, 2))::steps));
    assertEquals(
        "the mask [3, 5] does not fit [x [5, 3, 2], y [3, 1]]: a mask is a number for each step,"
            + " [T, N], here [5, 3]",
        message(batch.mask(Tensor.zeros(Shape.of(3, 5)))::sequences));
    assertEquals(
        "begins [4] does not fit [x [5, 3, 2], y [3, 1]]: begins is a number for each sequence, [N],"
            + " here [3], or a number for each step, [T, N], here [5, 3]",
        message(batch.begins(Tensor.zeros(Shape.of(4)))::sequences));
    assertEquals(
        "the mask [5, 4] does not fit [x [3]]: a mask is a number for each step, [T, N], which"
            + " nothing in the batch has",
        message(Batch.of(counting(3)).mask(Tensor.zeros(Shape.of(5, 4)))::sequences));
  }

  @Test
  void partsOfNothingAreRefused() {
    Batch batch = Batch.of(counting(5, 3, 2), counting(3, 1));
    assertEquals(
        "steps [2, 2) are none, and a part of a batch has some", message(() -> batch.steps(2, 2)));
    assertEquals(
        "sequences [3, 3) are none, and a part of a batch has some",
        message(() -> batch.sequences(3, 3)));
  }

  /** Labels of CTC are [S, N], and S may be N; so may the O of a target [N, O]. */
  @Test
  void whatHasSeveralTMayBeLabels() {
    Batch labels = Batch.of(counting(9, 3, 2), counting(3, 3));
    assertEquals(
        "to cut the batch, it must be known whether y [3, 3] is [T, N] or [N, ...], and both fit:"
            + " say Axes.TIME_BATCH or Axes.BATCH behind the tensor",
        message(() -> labels.sequences(0, 2)));
    assertArrayEquals(
        new double[] {1, 2, 4, 5, 7, 8},
        Batch.of(counting(9, 3, 2))
            .target("y", counting(3, 3), Axes.TIME_BATCH)
            .sequences(1, 3)
            .y()
            .toDoubles());
    assertEquals(Shape.of(4, 2), cut(counting(9, 3, 2), counting(4, 3)).y().shape());
    assertEquals(Shape.of(3, 3), labels.steps(0, 2).y().shape());
  }

  @Test
  void cutsEverythingAlongItsOwnAxis() {
    Batch batch =
        Batch.of(counting(3, 4, 2), counting(4, 1))
            .lengths(3, 1, 2, 3)
            .weights(counting(4))
            .begins(Tensor.of(0, 1, 0, 0));
    Batch later = batch.steps(1, 3);
    assertArrayEquals(
        new double[] {8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23},
        later.x().toDoubles());
    assertArrayEquals(
        new double[] {1, 0, 1, 1, 1, 0, 0, 1}, later.find(Role.MASK, "").orElseThrow().toDoubles());
    assertEquals(Shape.of(4, 1), later.y().shape());
    Batch some = batch.sequences(1, 3);
    assertArrayEquals(
        new double[] {2, 3, 4, 5, 10, 11, 12, 13, 18, 19, 20, 21}, some.x().toDoubles());
    assertArrayEquals(new double[] {1, 2}, some.y().toDoubles());
    assertArrayEquals(new double[] {1, 2}, some.find(Role.WEIGHTS, "").orElseThrow().toDoubles());
    assertArrayEquals(
        new double[] {1, 0}, some.find(Role.BEGINS, "begins").orElseThrow().toDoubles());
    assertEquals(
        "sequences [3, 5) are no part of a batch with 4", message(() -> batch.sequences(3, 5)));
    Batch unequal = Batch.empty().input("a", counting(2, 3, 1)).input("b", counting(4, 3, 1));
    assertEquals(
        "a batch that is cut in time has one T, and [a [2, 3, 1], b [4, 3, 1]] not",
        message(() -> unequal.steps(0, 1)));
    assertEquals(Shape.of(4, 1, 1), unequal.sequences(0, 1).get("b").shape());
  }

  @Test
  void partsKeepTheirPrecision() {
    Batch floats = Batch.of(counting(2, 2, 1), counting(2, 1)).to(Precision.FLOAT32);
    assertEquals(Precision.FLOAT32, floats.sequences(0, 1).x().precision());
    assertEquals(Precision.FLOAT64, Batch.of(counting(2, 2, 1)).steps(0, 1).x().precision());
    assertArrayEquals(new double[] {1, 3}, floats.sequences(1, 2).x().toDoubles());
  }

  @Test
  void signaturesAreOfNamesRolesAndShapes() {
    BatchSignature one = Batch.of(counting(2, 3, 1), counting(3, 1)).signature();
    assertEquals(one, Batch.of(Tensor.zeros(Shape.of(2, 3, 1)), counting(3, 1)).signature());
    assertEquals(
        one.hashCode(), Batch.of(counting(2, 3, 1), counting(3, 1)).signature().hashCode());
    assertNotEquals(one, Batch.of(counting(2, 3, 1), counting(3, 2)).signature());
    assertNotEquals(one, Batch.of(counting(2, 3, 1)).signature());
    assertNotEquals(one, Batch.of(counting(2, 3, 1)).target("z", counting(3, 1)).signature());
    assertNotEquals(one, Batch.of(counting(2, 3, 1)).input("y", counting(3, 1)).signature());
    assertNotEquals(
        one, Batch.of(counting(2, 3, 1)).target("y", counting(3, 1), Axes.BATCH).signature());
    Batch batch = Batch.of(counting(2, 3, 1));
    assertSame(batch.signature(), batch.signature());
  }

  @Test
  void refusesNumbersThatNoMaskWeightOrMarkCanBe() {
    Batch batch = Batch.of(Tensor.zeros(Shape.of(2, 3, 1)));
    assertEquals(
        "a mask is 1 where a step counts and 0 where it is padding, and this one is 0.5 at [1, 2]",
        message(() -> batch.mask(Tensor.of(new double[][] {{1, 0, 1}, {1, 1, 0.5}}))));
    assertEquals(
        "weights are finite numbers from 0 up, and one is NaN at [0]",
        message(() -> batch.weights(Tensor.of(Double.NaN, 1, 1))));
    assertEquals(
        "a mark is 1 where a sequence begins and 0 where it goes on, and one is 2.0 at [2]",
        message(() -> batch.begins(Tensor.of(0, 1, 2))));
    batch
        .begins(Tensor.of(0, 1, 1))
        .weights(Tensor.of(0, 2.5, 1))
        .mask(Tensor.zeros(Shape.of(2, 3)));
  }

  @Test
  void refusesWhatIsThereTwiceOrHasNoPlace() {
    Batch batch = Batch.of(counting(2, 3, 1), counting(3, 1)).lengths(1, 2, 1);
    assertEquals(
        "a batch has one of each name, and a second is given: y [3]",
        message(() -> batch.input("y", counting(3))));
    assertEquals(
        "a batch has one of each name, and a second is given: the mask [2, 3]; mask(...), lengths(...)"
            + " and ofSequences(...), which knows the lengths, each make one: leave one out",
        message(() -> batch.mask(counting(2, 3))));
    assertEquals(
        "a mask is [T, N], a number for each step, not [3]",
        message(() -> batch.mask(counting(3))));
    assertEquals(
        "begins is [N] or [T, N], not [2, 3, 1]", message(() -> batch.begins(counting(2, 3, 1))));
    assertEquals(
        "weights are [T, N] or [N], not []", message(() -> batch.weights(Tensor.scalar(1))));
    assertThrows(NullPointerException.class, () -> batch.target("z", null));
    assertTrue(batch.toString().contains("the mask [2, 3]"), batch.toString());
  }

  @Test
  void sequencesOfDifferentLengthsArePadded() {
    Tensor one = Tensor.of(new double[][] {{1, 2}, {3, 4}, {5, 6}});
    Tensor two = Tensor.of(new double[][] {{7, 8}});
    Batch batch = Batch.ofSequences(List.of(one, two), List.of(Tensor.of(1, 2, 3), Tensor.of(4)));
    assertTrue(
        batch
            .x()
            .sameAs(
                Tensor.of(
                    new double[][][] {{{1, 2}, {7, 8}}, {{3, 4}, {0, 0}}, {{5, 6}, {0, 0}}})));
    assertTrue(batch.y().sameAs(Tensor.of(new double[][] {{1, 4}, {2, 0}, {3, 0}})));
    Batch same =
        Batch.empty()
            .input("x", batch.x(), Axes.TIME_BATCH)
            .target("y", batch.y(), Axes.TIME_BATCH)
            .lengths(3, 1);
    assertEquals(same.signature(), batch.signature());
    Tensor mask = batch.find(Batch.Role.MASK, "").orElseThrow();
    assertTrue(same.find(Batch.Role.MASK, "").orElseThrow().sameAs(mask));
    assertEquals(
        Precision.FLOAT32, Batch.ofSequences(List.of(two.to(Precision.FLOAT32))).x().precision());
    for (List<Tensor> wrong :
        List.of(
            List.<Tensor>of(),
            List.of(one, Tensor.of(1, 2)),
            List.of(Tensor.scalar(1)),
            List.of(Tensor.zeros(Shape.of(0, 2))))) {
      assertThrows(IllegalArgumentException.class, () -> Batch.ofSequences(wrong));
    }
    assertThrows(
        IllegalArgumentException.class,
        () -> Batch.ofSequences(List.of(one, two), List.of(two, one)));
  }

  /** As many sequences as the longest has steps: sizes do not tell [T, N] from [N, ...]. */
  @Test
  void paddedSequencesKnowTheirAxes() {
    List<Tensor> x = List.of(counting(3, 2), counting(1, 2), counting(2, 2));
    List<Tensor> classes = List.of(counting(3), counting(1), counting(2));
    Batch both = Batch.ofSequences(x, classes);
    assertEquals(Shape.of(2, 3), both.steps(1, 3).y().shape());
    assertEquals(Shape.of(3, 2), both.sequences(1, 3).y().shape());
    Batch indices = Batch.ofSequences(classes).target("y", counting(3));
    assertEquals(Shape.of(2, 3), indices.steps(0, 2).x().shape());
    assertEquals(Shape.of(3, 1), indices.sequences(0, 1).x().shape());
  }

  @Test
  void aMaskOfAllInputsBelongsToNoName() {
    Batch batch = Batch.of(counting(4, 3, 2)).lengths(4, 0, 2);
    assertEquals(Shape.of(4, 3), batch.find(Role.MASK, "").orElseThrow().shape());
    assertTrue(batch.find(Role.MASK, "x").isEmpty());
  }

  @Test
  void whatIsNullIsNamed() {
    List<Tensor> some = java.util.Arrays.asList(counting(2, 1), null);
    List<Tensor> all = List.of(counting(2, 1), counting(1, 1));
    assertNull("a batch was given null as its sequence 1", () -> Batch.ofSequences(some));
    assertNull("a batch was given null as its target 1", () -> Batch.ofSequences(all, some));
    assertNull("a batch was given null as its sequences", () -> Batch.ofSequences(null));
    assertNull("a batch was given null as its targets", () -> Batch.ofSequences(all, null));
  }

  private static void assertNull(String expected, Executable body) {
    assertEquals(expected, assertThrows(NullPointerException.class, body).getMessage());
  }
}

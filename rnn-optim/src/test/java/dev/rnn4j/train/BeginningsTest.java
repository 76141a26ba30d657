package dev.rnn4j.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rnn4j.cell.Cell;
import dev.rnn4j.cell.ClockworkCell;
import dev.rnn4j.cell.ElmanCell;
import dev.rnn4j.cell.GruCell;
import dev.rnn4j.cell.LearnedStateCell;
import dev.rnn4j.cell.LstmCell;
import dev.rnn4j.cell.ZoneoutCell;
import dev.rnn4j.io.Batch;
import dev.rnn4j.layer.Dense;
import dev.rnn4j.layer.Pooling;
import dev.rnn4j.layer.Recurrent;
import dev.rnn4j.layer.Reversed;
import dev.rnn4j.layer.Stacked;
import dev.rnn4j.loss.Losses;
import dev.rnn4j.optimizer.Sgd;
import dev.rnn4j.pass.Layer;
import dev.rnn4j.pass.Signal;
import dev.rnn4j.random.Philox;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sequences that begin within a row are computed as if each had a row of its own. */
class BeginningsTest {
  private static final int T = 9;
  private static final int N = 3;

  private final Philox random = new Philox(4);
  private final Tensor x = Fixtures.normal(random, T, N, 2);
  private final Tensor y = Fixtures.normal(random, T, N, 1);

  /** Some steps do not count: among them the first one of a sequence, and all of another one. */
  private final Tensor mask = tensor((t, n) -> t == 4 && n == 0 || t >= 7 && n == 1 ? 0 : 1);

  private interface Value {
    double at(int t, int n);
  }

  /** A part of a row: one sequence. */
  private record Piece(int row, int from, int to) {}

  private static final List<Piece> PIECES =
      List.of(
          new Piece(0, 0, 4),
          new Piece(0, 4, 5),
          new Piece(0, 5, T),
          new Piece(1, 0, 7),
          new Piece(1, 7, T),
          new Piece(2, 0, T));

  private static Tensor tensor(Value value) {
    double[] values = new double[T * N];
    for (int i = 0; i < values.length; i++) {
      values[i] = value.at(i / N, i % N);
    }
    return Tensor.of(Shape.of(T, N), values);
  }

  /** Returns the marks; that of a first step says what is so anyway. */
  private static Tensor marks() {
    return tensor(
        (t, n) ->
            PIECES.stream().anyMatch(p -> p.row == n && p.from == t && (t > 0 || n == 1)) ? 1 : 0);
  }

  /** Returns pieces of a sequence {@code [T, N, I]} side by side. */
  private static Tensor pieces(Tensor whole, List<Piece> pieces) {
    int width = whole.shape().rank() == 2 ? 1 : whole.shape().size(2);
    double[] values = new double[T * pieces.size() * width];
    for (int p = 0; p < pieces.size(); p++) {
      Piece piece = pieces.get(p);
      for (int t = piece.from; t < piece.to; t++) {
        for (int i = 0; i < width; i++) {
          values[((t - piece.from) * pieces.size() + p) * width + i] =
              whole.at((t * N + piece.row) * width + i);
        }
      }
    }
    return Tensor.of(whole.shape().with(1, pieces.size()), values);
  }

  private static Batch apart(Batch batch, Tensor mask, List<Piece> pieces) {
    return batch.mask(pieces(mask, pieces));
  }

  private Layer perStep(Cell<?> cell) {
    Layer top = new Recurrent<>(LearnedStateCell.of(GruCell.of(3, 4, random)));
    return Stacked.of(new Recurrent<>(cell), top, Dense.of(4, 1, random));
  }

  private static TrainingStepBuilder builder(Layer model) {
    return TrainingStep.of(model, Losses.meanSquaredError()).optimizer(Sgd.rate(0.2)).threads(1);
  }

  /** Compares two updates: after the first one, learned states are no longer zeros. */
  private static void compare(Layer model, Batch together, Batch apart) {
    TrainingStep expected = builder(model).compile(Precision.FLOAT64);
    TrainingStep whole = builder(model).compile(Precision.FLOAT64);
    TrainingStep cut = builder(model).segmentSteps(2).compile(Precision.FLOAT64);
    TrainingStep carried = builder(model).carryStates().compile(Precision.FLOAT64);
    for (int update = 0; update < 2; update++) {
      double loss = expected.compute(apart);
      for (TrainingStep step : List.of(whole, cut, carried)) {
        assertEquals(expected.evaluate(apart), step.evaluate(together), 1e-12);
        assertEquals(loss, step.compute(together), 1e-12);
        expected.compute(apart);
        expected.gradients().forEach((path, dw) -> assertClose(dw, step.gradient(path), path));
        step.update();
      }
      carried.resetStates();
      expected.update();
    }
  }

  private static void assertClose(Tensor expected, Tensor found, String what) {
    assertEquals(expected.shape(), found.shape(), what);
    for (int i = 0; i < expected.shape().elements(); i++) {
      assertEquals(expected.at(i), found.at(i), 1e-12, what + " at " + i);
    }
  }

  private void check(Layer model) {
    Batch pieces = Batch.of(pieces(x, PIECES), pieces(y, PIECES));
    Batch rows = Batch.of(x, y).begins(marks());
    compare(model, rows, apart(pieces, tensor((t, n) -> 1), PIECES));
    compare(model, rows.mask(mask), apart(pieces, mask, PIECES));
  }

  @Test
  void eachSequenceIsAlone() {
    check(perStep(LstmCell.of(2, 3, random)));
    check(perStep(ClockworkCell.of(2, 3, 3, random)));
  }

  @Test
  void theLastOutputIsThatOfTheLastSequence() {
    List<Piece> last = List.of(PIECES.get(2), PIECES.get(4), PIECES.get(5));
    Tensor one = Fixtures.normal(random, N, 1);
    Batch rows = Batch.of(x, one).begins(marks());
    Batch pieces = Batch.of(pieces(x, last), one);
    LstmCell lstm = LstmCell.of(2, 3, random);
    for (Cell<?> cell : List.of(lstm, ZoneoutCell.of(lstm, 0.2, 0.1))) {
      Layer model = Stacked.of(new Recurrent<>(cell).last(), Dense.of(3, 1, random));
      Function<Batch, Double> loss = builder(model).compile(Precision.FLOAT64)::evaluate;
      Function<Batch, Double> cut =
          builder(model).segmentSteps(4).compile(Precision.FLOAT64)::evaluate;
      Batch apart = apart(pieces, tensor((t, n) -> 1), last);
      assertEquals(loss.apply(apart), loss.apply(rows), 1e-12);
      assertEquals(loss.apply(apart), cut.apply(rows), 1e-12);
      Batch masked = apart(pieces, mask, last);
      assertEquals(loss.apply(masked), loss.apply(rows.mask(mask)), 1e-12);
      assertEquals(loss.apply(masked), cut.apply(rows.mask(mask)), 1e-12);
    }
  }

  /** What is carried into a window ends at a mark in it, also at the mark of its first step. */
  @Test
  void windowsGoOnAndBeginAnew() {
    Layer model = perStep(LstmCell.of(2, 3, random));
    Batch all = Batch.of(x, y).begins(marks());
    TrainingStep whole = builder(model).compile(Precision.FLOAT64);
    whole.evaluate(all);
    Tensor expected = whole.prediction();
    TrainingStep carried = builder(model).carryStates().compile(Precision.FLOAT64);
    List<Batch> windows = new ArrayList<>();
    for (int from : new int[] {0, 4, 5}) {
      windows.add(all.steps(from, from == 0 ? 4 : from == 4 ? 5 : T));
    }
    int t = 0;
    for (Batch window : windows) {
      carried.compute(window);
      Tensor found = carried.prediction();
      for (int i = 0; i < found.shape().elements(); i++) {
        assertEquals(expected.at(t * N + i), found.at(i), 1e-12);
      }
      t += window.steps();
    }
    carried.resetStates();
    carried.compute(all);
    assertEquals(T, carried.engine.statesStep());
  }

  /** Windows that are evaluated together have the loss of the whole, where marks say so. */
  @ParameterizedTest
  @ValueSource(ints = {0, 2})
  void evaluatedWindowsGoOnWhereTheyAreMarked(int segmentSteps) {
    Layer model = perStep(LstmCell.of(2, 3, random));
    TrainingStepBuilder settings = builder(model).carryStates();
    TrainingStep step =
        (segmentSteps == 0 ? settings : settings.segmentSteps(segmentSteps))
            .compile(Precision.FLOAT64);
    Batch all = Batch.of(x, y);
    step.compute(all.steps(0, 3));
    Map<String, Tensor> trained = step.states();
    double expected = builder(model).compile(Precision.FLOAT64).evaluate(all);
    Tensor ones = Tensor.full(Shape.of(N), 1);
    List<Batch> windows =
        List.of(
            all.steps(0, 4).begins(ones),
            all.steps(4, 5).begins(Tensor.zeros(Shape.of(N))),
            all.steps(5, T).begins(Tensor.zeros(Shape.of(T - 5, N))));
    assertEquals(expected, step.evaluate(windows), 1e-12);
    assertEquals(expected, step.evaluate(windows), 1e-12);
    assertEquals(expected, step.evaluate(all), 1e-12);
    double anew = step.evaluate(List.of(all.steps(0, 4).begins(ones), all.steps(4, T)));
    assertEquals(
        (4 * step.evaluate(all.steps(0, 4)) + (T - 4) * step.evaluate(all.steps(4, T))) / T,
        anew,
        1e-12);
    assertNotEquals(expected, anew, 1e-6);
    assertEquals(
        step.evaluate(all.sequences(0, 1)),
        step.evaluate(all.sequences(0, 1).steps(0, T).begins(Tensor.of(0))),
        1e-12);
    trained.forEach((name, state) -> assertClose(state, step.states().get(name), name));
  }

  @Test
  void truncatedTrainingBeginsAnewAtMarks() {
    Tensor everyThree = tensor((t, n) -> t % 3 == 0 ? 1 : 0);
    Batch all = Batch.of(x, y);
    Layer model = perStep(LstmCell.of(2, 3, random));
    TrainingStep step = builder(model).carryStates().compile(Precision.FLOAT64);
    Trainer.of(step).truncated(3, 5).run(() -> List.of(all.begins(everyThree)));
    TrainingStep alone = builder(model).compile(Precision.FLOAT64);
    Trainer.of(alone).run(() -> List.of(all.steps(0, 3), all.steps(3, 6), all.steps(6, 9)));
    alone
        .weights()
        .values(model)
        .forEach((path, w) -> assertClose(w, step.weights().values(model).get(path), path));
  }

  private String refused(Layer model, Batch batch) {
    TrainingStep step = builder(model).compile(Precision.FLOAT64);
    return assertThrows(RuntimeException.class, () -> step.compute(batch)).getMessage();
  }

  private record FromTheMean(Recurrent<ElmanCell.State> rnn) implements Layer {
    @Override
    public Signal apply(Signal x) {
      return rnn.unroll(x, new ElmanCell.State(x.values().mean(0))).outputs();
    }
  }

  @Test
  void whatReadsARowAsOneSequenceIsRefused() {
    Batch batch = Batch.of(x, y).begins(marks());
    String end =
        " needs one sequence in each row, and the batch marks steps with which others begin: give"
            + " each sequence a row of its own";
    ElmanCell cell = ElmanCell.of(2, 2, random);
    assertEquals("a backward ElmanCell" + end, refused(new Reversed<>(cell), batch));
    assertEquals(
        "pooling over 9 steps" + end,
        refused(Stacked.of(Dense.of(2, 2, random), Pooling.MEAN), batch));
    assertEquals(
        "a state that a layer is given to begin with" + end,
        refused(new FromTheMean(new Recurrent<>(cell)), batch));
    Layer shorter =
        Stacked.of(signal -> signal.with(signal.values().slice(0, 0, 4)), new Recurrent<>(cell));
    String message = refused(shorter, batch);
    assertTrue(
        message.startsWith(
            "the batch marks steps with which sequences begin, [9, 3], and a cell is unrolled over"
                + " other steps, "),
        message);
  }
}

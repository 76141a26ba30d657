package dev.rnn4j.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.rnn4j.csv.Csv;
import dev.rnn4j.random.Philox;
import dev.rnn4j.scale.StandardScaler;
import dev.rnn4j.split.Folds;
import dev.rnn4j.split.Split;
import dev.rnn4j.table.GapFill;
import dev.rnn4j.table.Rows;
import dev.rnn4j.table.Table;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import dev.rnn4j.window.Windowing;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Where no data are given, what was to be given is named, and at once. */
class NullTest {
  private static final Tensor X = Tensor.zeros(Shape.of(2, 2));

  private static void check(String message, Executable given) {
    assertEquals(message, assertThrows(NullPointerException.class, given).getMessage());
  }

  @Test
  void whatIsMissingIsNamed() {
    String generator =
        "batches were to be drawn from null: give a generator, such as new Philox(1)";
    SequenceBatches batches = SequenceBatches.of(List.of(Sequence.of(X, X)), 1);
    StreamedBatches streamed = StreamedBatches.of(() -> List.of(Sequence.of(X, X)).stream(), 1);
    check(generator, () -> batches.shuffled(null));
    check(generator, () -> streamed.shuffledWithin(2, null));
    check("batches were given null as their precision", () -> batches.as(null));
    check("batches were given null as their precision", () -> streamed.as(null));
    check(
        "streamed batches were given null as their source",
        () -> StreamedBatches.ofIterators(null, 1));
    check("a ReadAhead was given null as its batches", () -> ReadAhead.of(null, 1));
    check("a sequence was given null as its targets", () -> Sequence.of(X, null));
    check("a CSV was given null as its file", () -> Csv.file(null));
    check("a CSV was given null as its stream", () -> Csv.stream("t", null));
    check("a CSV was given null as its charset", () -> Csv.file(Path.of("t.csv")).charset(null));
    check(
        "windows were given null as their column of dates", () -> Windowing.length(2).dates(null));
    check(
        "a filling of gaps was given null as its column of series",
        () -> GapFill.previous().series(null));
    check("a table was given null as its row 1", () -> Table.of(new double[][] {{1}, null}));
    Table table = Table.of(new double[][] {{1}, {2}}, "a");
    check("a table was asked for a column of the name null", () -> table.column(null));
    check("a scaler was given null as its table", () -> StandardScaler.fit(null));
    Windowing windowing = Windowing.length(1).inputs("a");
    check("windows were given null as their table", () -> windowing.over(null));
    check("windows were given null as their inputs", () -> windowing.inputs((String[]) null));
    check("windows were given null as their rows", () -> windowing.over(table).within(null));
    check("batches were given null as their examples", () -> Batches.of(null, 1));
    check(
        "batches were given null as their sequences",
        () -> SequenceBatches.of((List<Sequence>) null, 1));
    check("streams were given null as their series", () -> ParallelStreams.following(null, 1));
    check(
        "streams were given null as the targets of sequence 0",
        () -> ParallelStreams.of(List.of(X), Collections.singletonList(null), 1));
    check(
        "a split was to be drawn from null: give a generator, such as new Philox(1)",
        () -> Folds.random(4, 2, null));
    check(
        "a split was given null as its rows to test on",
        () -> new Split(new Rows(0, 1), new Rows(1, 2), null));
  }

  @Test
  void aStateForBatchesThatAreNotDrawnIsRefused() {
    StreamedBatches streamed = StreamedBatches.of(() -> List.of(Sequence.of(X, X)).stream(), 1);
    streamed.restore(streamed.state());
    assertEquals(
        "the state is of an order that was drawn: {philox",
        assertThrows(IllegalArgumentException.class, () -> streamed.restore(new Philox(1).state()))
            .getMessage()
            .split("=")[0]);
  }
}

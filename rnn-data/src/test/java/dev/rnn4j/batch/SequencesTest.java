package dev.rnn4j.batch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.rnn4j.io.Batch;
import dev.rnn4j.table.DataException;
import dev.rnn4j.tensor.Shape;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class SequencesTest {
  private static final double[][][] INPUTS = {
    {{1, 2}, {3, 4}, {5, 6}}, {{7, 8}, {9, 10}, {11, 12}}
  };

  private static String message(Executable code) {
    return assertThrows(DataException.class, code).getMessage();
  }

  @Test
  void gathersTimeMajor() {
    Batch batch = Sequences.of(INPUTS, new double[][] {{1}, {0}}).batch(1, 0);
    assertEquals(Shape.of(3, 2, 2), batch.x().shape());
    assertArrayEquals(new double[] {7, 8, 1, 2, 9, 10, 3, 4, 11, 12, 5, 6}, batch.x().toDoubles());
    assertEquals(Shape.of(2, 1), batch.y().shape());
    assertArrayEquals(new double[] {0, 1}, batch.y().toDoubles());
  }

  @Test
  void gathersTargetsAtEveryStep() {
    double[][][] targets = {{{1}, {2}, {3}}, {{4}, {5}, {6}}};
    Batch batch = Sequences.of(INPUTS, targets).batch(0, 1);
    assertEquals(Shape.of(3, 2, 1), batch.y().shape());
    assertArrayEquals(new double[] {1, 4, 2, 5, 3, 6}, batch.y().toDoubles());
  }

  @Test
  void takesScalarsAndStreams() {
    Sequences scalars = Sequences.ofScalars(new double[][] {{1, 0, 1}}, new double[][] {{2}});
    assertEquals(Shape.of(3, 1), scalars.inputShape());
    assertArrayEquals(new double[] {1, 0, 1}, scalars.inputs().toDoubles());
    Sequences streamed = Sequences.of(Stream.of(INPUTS));
    assertEquals(Shape.of(3, 2, 2), streamed.inputs().shape());
    assertEquals(Shape.of(2, 0), streamed.targets().shape());
  }

  @Test
  void keepsNoArrayOfItsCaller() {
    double[][][] inputs = {{{1}}};
    Sequences made = Sequences.of(inputs, new double[][] {{1}});
    inputs[0][0][0] = 9;
    assertEquals(1, made.inputs().item());
  }

  @Test
  void refusesWhatHasNoShape() {
    double[][] target = {{1}};
    assertEquals(
        "there is no input (N = 0, T = 0); give at least one sequence of one step",
        message(() -> Sequences.of(Stream.empty())));
    assertEquals(
        "there is no input (N = 1, T = 0); give at least one sequence of one step",
        message(() -> Sequences.of(new double[1][0][1], target)));
    assertEquals(
        "the sequences have no inputs (I = 0); give at least one",
        message(() -> Sequences.of(new double[1][1][0], target)));
    assertEquals(
        "there are 2 sequences and 1 targets; give as many of both",
        message(() -> Sequences.of(INPUTS, target)));
    assertEquals(
        "the inputs have 3 steps and the targets 1; give one target for each step",
        message(() -> Sequences.of(INPUTS, new double[2][1][1])));
  }

  @Test
  void refusesRaggedArraysAndMissingValues() {
    double[][] targets = {{1}, {1}};
    assertEquals(
        "input sequence 1 has 1 steps, and the first 2; give all the same length, padding with a"
            + " mask if need be",
        message(() -> Sequences.ofScalars(new double[][] {{1, 2}, {1}}, targets)));
    assertEquals(
        "input sequence 1, step 0 has 2 values, and the first 1; give all the same length, padding"
            + " with a mask if need be",
        message(() -> Sequences.of(new double[][][] {{{1}}, {{1, 2}}}, targets)));
    assertEquals(
        "target sequence 1, step 0, value 0 is NaN; give finite numbers, or leave the sequence out",
        message(
            () ->
                Sequences.ofScalars(
                    new double[][] {{1}, {1}}, new double[][] {{1}, {Double.NaN}})));
  }
}

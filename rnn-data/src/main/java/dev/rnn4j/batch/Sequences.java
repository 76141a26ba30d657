package dev.rnn4j.batch;

import dev.rnn4j.table.DataException;
import dev.rnn4j.tensor.Shape;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Sequences that are there as arrays, one for each example: {@code [N][T][I]}, all of one length.
 */
public final class Sequences implements Examples {
  private final double[][][] inputs;
  private final double[][][] targets;
  private final Shape targetShape;

  private Sequences(double[][][] inputs, double[][][] targets, Shape targetShape) {
    this.inputs = inputs;
    this.targets = targets;
    this.targetShape = targetShape;
  }

  /**
   * Returns sequences {@code [N][T][I]} with targets at the end {@code [N][O]}.
   *
   * @throws DataException for N, T or I = 0, arrays of unequal lengths, or NaN or infinite values
   */
  public static Sequences of(double[][][] inputs, double[][] targets) {
    double[][][] single =
        Arrays.stream(targets).map(row -> new double[][] {row}).toArray(double[][][]::new);
    Sequences made = perStep(inputs, single);
    return new Sequences(made.inputs, made.targets, Shape.of(made.targetShape.size(1)));
  }

  /**
   * Returns sequences {@code [N][T][I]} with targets at every step {@code [N][T][O]}.
   *
   * @throws DataException for N, T or I = 0, arrays of unequal lengths, or NaN or infinite values
   */
  public static Sequences of(double[][][] inputs, double[][][] targets) {
    Sequences made = perStep(inputs, targets);
    if (made.targetShape.size(0) != made.inputShape().size(0)) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "the inputs have %d steps and the targets %d; give one target for each step",
              made.inputShape().size(0),
              made.targetShape.size(0)));
    }
    return made;
  }

  /**
   * Returns sequences of one value at each step, {@code [N][T]}, with targets at the end {@code
   * [N][O]}.
   *
   * @throws DataException for N or T = 0, arrays of unequal lengths, or NaN or infinite values
   */
  public static Sequences ofScalars(double[][] inputs, double[][] targets) {
    double[][][] steps =
        Arrays.stream(inputs)
            .map(
                row ->
                    Arrays.stream(row)
                        .mapToObj(value -> new double[] {value})
                        .toArray(double[][]::new))
            .toArray(double[][][]::new);
    return of(steps, targets);
  }

  /**
   * Collects a stream of sequences {@code [T][I]} without targets: their target shape is {@code
   * [0]}.
   *
   * @throws DataException for N, T or I = 0, arrays of unequal lengths, or NaN or infinite values
   */
  public static Sequences of(Stream<double[][]> inputs) {
    double[][][] collected = inputs.toArray(double[][][]::new);
    return of(collected, new double[collected.length][0]);
  }

  private static Sequences perStep(double[][][] inputs, double[][][] targets) {
    if (inputs.length != targets.length) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "there are %d sequences and %d targets; give as many of both",
              inputs.length,
              targets.length));
    }
    double[][][] copiedInputs = copy("input", inputs);
    if (copiedInputs[0][0].length == 0) {
      throw new DataException("the sequences have no inputs (I = 0); give at least one");
    }
    double[][][] copiedTargets = copy("target", targets);
    Shape shape = Shape.of(copiedTargets[0].length, copiedTargets[0][0].length);
    return new Sequences(copiedInputs, copiedTargets, shape);
  }

  private static double[][][] copy(String what, double[][][] sequences) {
    if (sequences.length == 0 || sequences[0].length == 0) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "there is no %s (N = %d, T = 0); give at least one sequence of one step",
              what,
              sequences.length));
    }
    double[][][] copy = new double[sequences.length][][];
    for (int n = 0; n < copy.length; n++) {
      requireLength(what + " sequence " + n, sequences[n].length, "steps", sequences[0].length);
      copy[n] = new double[sequences[n].length][];
      for (int t = 0; t < copy[n].length; t++) {
        copy[n][t] = sequences[n][t].clone();
        String place = what + " sequence " + n + ", step " + t;
        requireLength(place, copy[n][t].length, "values", sequences[0][0].length);
        requireFinite(place, copy[n][t]);
      }
    }
    return copy;
  }

  private static void requireLength(String place, int length, String unit, int first) {
    if (length != first) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s has %d %s, and the first %d; give all the same length, padding with a mask if"
                  + " need be",
              place,
              length,
              unit,
              first));
    }
  }

  private static void requireFinite(String place, double[] values) {
    for (int i = 0; i < values.length; i++) {
      if (!Double.isFinite(values[i])) {
        throw new DataException(
            String.format(
                Locale.ROOT,
                "%s, value %d is %s; give finite numbers, or leave the sequence out",
                place,
                i,
                values[i]));
      }
    }
  }

  @Override
  public int size() {
    return inputs.length;
  }

  @Override
  public Shape inputShape() {
    return Shape.of(inputs[0].length, inputs[0][0].length);
  }

  @Override
  public Shape targetShape() {
    return targetShape;
  }

  @Override
  public void copyInputs(int example, int step, double[] into, int offset) {
    double[] values = inputs[example][step];
    System.arraycopy(values, 0, into, offset, values.length);
  }

  @Override
  public void copyTargets(int example, int step, double[] into, int offset) {
    double[] values = targets[example][step];
    System.arraycopy(values, 0, into, offset, values.length);
  }

  /** Does nothing: sequences with missing values cannot be made. */
  @Override
  public void requireComplete() {}
}

package dev.rnn4j.loss;

import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import dev.rnn4j.testing.Draw;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;

/** The losses that are added up of elements, each with its formula written out for one position. */
final class LossCases {
  static final int T = 5;
  static final int N = 3;

  /** Sum and weight of one position, from its row of the prediction and its row of the target. */
  interface Formula {
    double[] of(double[] prediction, double[] target);
  }

  /**
   * One loss.
   *
   * @param p numbers of a prediction at a position
   * @param y numbers of a target there; 0 for one without an axis for them
   */
  record Case(
      String name, Loss loss, int p, int y, Function<Draw, Tensor> target, Formula formula) {
    Shape prediction() {
      return Shape.of(T, N, p);
    }

    Tensor drawPrediction(Draw draw) {
      boolean positive = name.startsWith("gaussian") || name.startsWith("student");
      return draw.uniform(prediction(), positive ? 0.3 : -2, 2);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static final Shape NUMBERS = Shape.of(T, N, 4);

  private static Case numbers(String name, Loss loss, java.util.function.DoubleBinaryOperator f) {
    return elements(name, loss, draw -> draw.uniform(NUMBERS, -2, 2), f);
  }

  private static Case elements(
      String name,
      Loss loss,
      Function<Draw, Tensor> target,
      java.util.function.DoubleBinaryOperator f) {
    return new Case(
        name,
        loss,
        4,
        4,
        target,
        (p, y) ->
            new double[] {
              IntStream.range(0, 4).mapToDouble(i -> f.applyAsDouble(p[i], y[i])).sum(), 4
            });
  }

  private static double huber(double p, double y, double delta) {
    double d = Math.abs(p - y);
    return d < delta ? d * d / 2 : delta * (d - delta / 2);
  }

  private static double pinball(double p, double y, double q) {
    return y > p ? q * (y - p) : (1 - q) * (p - y);
  }

  private static double gaussian(double y, double mean, double variance) {
    double density =
        Math.exp(-(y - mean) * (y - mean) / (2 * variance)) / Math.sqrt(2 * Math.PI * variance);
    return -Math.log(density);
  }

  /** Densities of ν = 1, the Cauchy distribution, and ν = 3. */
  private static double student(double y, double location, double scale, int nu) {
    double z = (y - location) / scale;
    double density =
        nu == 1
            ? 1 / (Math.PI * (1 + z * z))
            : 2 / (Math.PI * Math.sqrt(3) * Math.pow(1 + z * z / 3, 2));
    return -Math.log(density / scale);
  }

  private static double binary(double x, double y, double positive) {
    double p = 1 / (1 + Math.exp(-x));
    return -positive * y * Math.log(p) - (1 - y) * Math.log(1 - p);
  }

  private static double[] logSoftmax(double[] z) {
    double sum = Arrays.stream(z).map(Math::exp).sum();
    return Arrays.stream(z).map(v -> Math.log(Math.exp(v) / sum)).toArray();
  }

  private static double[] crossEntropy(double[] z, double[] y, double[] w, double smoothing) {
    double[] logs = logSoftmax(z);
    int right = (int) y[0];
    double spread = 0;
    for (int c = 0; c < z.length; c++) {
      spread -= w[c] * logs[c] / z.length;
    }
    return new double[] {-(1 - smoothing) * w[right] * logs[right] + smoothing * spread, w[right]};
  }

  private static double[] probabilities(double[] z, double[] y, double[] w, double smoothing) {
    double[] logs = logSoftmax(z);
    double sum = 0;
    for (int c = 0; c < z.length; c++) {
      sum -= w[c] * ((1 - smoothing) * y[c] + smoothing / z.length) * logs[c];
    }
    return new double[] {sum, 1};
  }

  private static double[] divergence(double[] z, double[] y) {
    double[] logs = logSoftmax(z);
    double sum = 0;
    for (int c = 0; c < z.length; c++) {
      sum += y[c] == 0 ? 0 : y[c] * (Math.log(y[c]) - logs[c]);
    }
    return new double[] {sum, 1};
  }

  /** Rows that add up to 1, in sixteenths, some with zeros. */
  private static Tensor rows(Draw draw) {
    double[] drawn = draw.whole(Shape.of(T, N, 3), 0, 6).toDoubles();
    double[] rows = new double[T * N * 4];
    for (int i = 0; i < T * N; i++) {
      double rest = 16;
      for (int c = 0; c < 3; c++) {
        rows[4 * i + c] = drawn[3 * i + c] / 16;
        rest -= drawn[3 * i + c];
      }
      rows[4 * i + 3] = rest / 16;
    }
    return Tensor.of(NUMBERS, rows);
  }

  private static Tensor classes(Draw draw) {
    return draw.whole(Shape.of(T, N), 0, 4);
  }

  private static Tensor classesAndOthers(Draw draw) {
    double[] classes = classes(draw).toDoubles();
    for (int i = 0; i < classes.length; i += 4) {
      classes[i] = -100;
    }
    return Tensor.of(Shape.of(T, N), classes);
  }

  static List<Case> all() {
    double[] w = {1.5, 0.25, 0, 2};
    double[] ones = {1, 1, 1, 1};
    return List.of(
        numbers("squared", Losses.meanSquaredError(), (p, y) -> (p - y) * (p - y)),
        numbers("absolute", Losses.meanAbsoluteError(), (p, y) -> Math.abs(p - y)),
        numbers("huber", Losses.huber(0.7), (p, y) -> huber(p, y, 0.7)),
        numbers("smooth L1", Losses.smoothL1(0.5), (p, y) -> huber(p, y, 0.5) / 0.5),
        numbers("one quantile", Losses.quantiles(0.3), (p, y) -> pinball(p, y, 0.3)),
        new Case(
            "quantiles",
            Losses.quantiles(0.1, 0.5, 0.95),
            3,
            0,
            draw -> draw.uniform(Shape.of(T, N), -2, 2),
            (p, y) ->
                new double[] {
                  pinball(p[0], y[0], 0.1) + pinball(p[1], y[0], 0.5) + pinball(p[2], y[0], 0.95), 3
                }),
        new Case(
            "gaussian",
            Losses.gaussian(),
            4,
            2,
            draw -> draw.uniform(Shape.of(T, N, 2), -2, 2),
            (p, y) -> new double[] {gaussian(y[0], p[0], p[2]) + gaussian(y[1], p[1], p[3]), 2}),
        new Case(
            "gaussian of single numbers",
            Losses.gaussian(),
            2,
            0,
            draw -> draw.uniform(Shape.of(T, N), -2, 2),
            (p, y) -> new double[] {gaussian(y[0], p[0], p[1]), 1}),
        new Case(
            "student of 1",
            Losses.studentT(1),
            2,
            0,
            draw -> draw.uniform(Shape.of(T, N), -2, 2),
            (p, y) -> new double[] {student(y[0], p[0], p[1], 1), 1}),
        new Case(
            "student of 3",
            Losses.studentT(3),
            4,
            2,
            draw -> draw.uniform(Shape.of(T, N, 2), -2, 2),
            (p, y) ->
                new double[] {student(y[0], p[0], p[2], 3) + student(y[1], p[1], p[3], 3), 2}),
        elements(
            "poisson",
            Losses.poisson(),
            draw -> draw.whole(NUMBERS, 0, 5),
            (p, y) -> Math.exp(p) - y * p),
        elements(
            "binary",
            Losses.binaryCrossEntropy(),
            draw -> draw.quarters(NUMBERS, 0, 5, 0),
            (p, y) -> binary(p, y, 1)),
        new Case(
            "binary with weights of positives",
            Losses.binaryCrossEntropy(w),
            4,
            4,
            draw -> draw.whole(NUMBERS, 0, 2),
            (p, y) ->
                new double[] {
                  IntStream.range(0, 4).mapToDouble(i -> binary(p[i], y[i], w[i])).sum(), 4
                }),
        new Case(
            "classes",
            Losses.softmaxCrossEntropyOfIndices(),
            4,
            0,
            LossCases::classes,
            (p, y) -> crossEntropy(p, y, ones, 0)),
        new Case(
            "classes smoothed",
            Losses.softmaxCrossEntropyOfIndices().labelSmoothing(0.2),
            4,
            0,
            LossCases::classes,
            (p, y) -> crossEntropy(p, y, ones, 0.2)),
        new Case(
            "classes weighted and smoothed",
            Losses.softmaxCrossEntropyOfIndices().classWeights(w).labelSmoothing(0.2),
            4,
            0,
            LossCases::classes,
            (p, y) -> crossEntropy(p, y, w, 0.2)),
        new Case(
            "classes but one",
            Losses.softmaxCrossEntropyOfIndices().classWeights(w).ignoring(-100),
            4,
            0,
            LossCases::classesAndOthers,
            (p, y) -> y[0] == -100 ? new double[2] : crossEntropy(p, y, w, 0)),
        new Case(
            "probabilities",
            Losses.softmaxCrossEntropy(),
            4,
            4,
            LossCases::rows,
            (p, y) -> probabilities(p, y, ones, 0)),
        new Case(
            "probabilities weighted and smoothed",
            Losses.softmaxCrossEntropy().labelSmoothing(0.3).classWeights(w),
            4,
            4,
            LossCases::rows,
            (p, y) -> probabilities(p, y, w, 0.3)),
        new Case(
            "divergence", Losses.klDivergence(), 4, 4, LossCases::rows, LossCases::divergence));
  }

  private LossCases() {}

  static Draw draw() {
    return new Draw(new Random(23));
  }
}

package dev.rnn4j.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.ShapeException;
import dev.rnn4j.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Values computed by hand, or those of the examples in scikit-learn's documentation. */
class MetricsTest {
  private static final Tensor Y = Tensor.of(3, -0.5, 2, 7);
  private static final Tensor PREDICTED = Tensor.of(2.5, 0, 2, 8);
  private static final Tensor HISTORY = Tensor.of(1, 4, 2, 5);

  private static void assertValue(double expected, Metric metric, Tensor prediction, Tensor y) {
    assertEquals(expected, metric.add(prediction, y).value(), 1e-14 * Math.max(1, expected));
    assertEquals(y.shape().elements(), metric.weight());
  }

  @Test
  void errorsOfNumbers() {
    assertValue(Math.sqrt(0.375), Metrics.rootMeanSquaredError(), PREDICTED, Y);
    assertValue(0.5, Metrics.meanAbsoluteError(), PREDICTED, Y);
    assertValue(
        (0.5 / 3 + 1 + 0 + 1.0 / 7) / 4, Metrics.meanAbsolutePercentageError(), PREDICTED, Y);
    assertValue(
        (1 / 5.5 + 2 + 0 + 2 / 15.0) / 4,
        Metrics.symmetricMeanAbsolutePercentageError(),
        PREDICTED,
        Y);
    assertValue(0.5 / 3, Metrics.meanAbsoluteScaledError(Tensor.of(0, 3), 1), PREDICTED, Y);
    assertValue(0.5 / (8 / 3.0), Metrics.meanAbsoluteScaledError(HISTORY, 1), PREDICTED, Y);
    assertValue(0.5, Metrics.meanAbsoluteScaledError(HISTORY, 2), PREDICTED, Y);
  }

  @Test
  void aTargetOfZeroThatIsMissedMakesPercentagesHuge() {
    Tensor y = Tensor.of(1, 0, 2.4, 7);
    Tensor predicted = Tensor.of(1.2, 0.1, 2.4, 8);
    double value = Metrics.meanAbsolutePercentageError().add(predicted, y).value();
    assertEquals(112589990684262.48, value, 1);
    Tensor zeros = Tensor.of(0, 0);
    assertEquals(0, Metrics.meanAbsolutePercentageError().add(zeros, zeros).value());
    assertEquals(0, Metrics.symmetricMeanAbsolutePercentageError().add(zeros, zeros).value());
    assertEquals(
        2,
        Metrics.symmetricMeanAbsolutePercentageError()
            .add(Tensor.of(0, -1), Tensor.of(1, 0))
            .value());
  }

  @Test
  void rSquaredHasScikitLearnsValueAndEdges() {
    assertValue(0.9486081370449679, Metrics.rSquared(), PREDICTED, Y);
    assertEquals(1, Metrics.rSquared().add(Y, Y).value());
    Tensor equal = Tensor.of(2, 2, 2);
    assertEquals(1, Metrics.rSquared().add(equal, equal).value());
    assertEquals(0, Metrics.rSquared().add(Tensor.of(2, 2, 3), equal).value());
    Tensor unknown = Tensor.of(2, 2, Double.NaN);
    assertEquals(Double.NaN, Metrics.rSquared().add(unknown, equal).value());
    assertEquals(Double.NaN, Metrics.rSquared().add(Tensor.of(1), Tensor.of(2)).value());
    // Weighted: ȳ = (3 + 2·7)/3, squares 32/3, errors 0.25 + 2.
    Tensor weights = Tensor.of(1, 0, 0, 2);
    assertEquals(
        1 - 2.25 / (32 / 3.0), Metrics.rSquared().add(PREDICTED, Y, weights).value(), 1e-15);
  }

  @Test
  void rSquaredKeepsItsDigitsFarFromZero() {
    Tensor y = Tensor.of(1e9 + 1, 1e9 + 2, 1e9 + 3);
    Tensor predicted = Tensor.of(1e9 + 1, 1e9 + 2, 1e9 + 2);
    assertEquals(0.5, Metrics.rSquared().add(predicted, y).value(), 1e-12);
  }

  @Test
  void accuracyTakesTheFirstOfEqualScores() {
    Tensor scores =
        Tensor.of(new double[][] {{0.1, 0.9, 0}, {0.8, 0.2, 0.1}, {0.5, 0.5, 0}, {-3, -1, -2}});
    Tensor labels = Tensor.of(1, 1, 1, 2);
    assertValue(0.25, Metrics.accuracy(), scores, labels);
    assertValue(0.25, Metrics.topAccuracy(1), scores, labels);
    assertValue(1, Metrics.topAccuracy(2), scores, labels);
    assertValue(1, Metrics.topAccuracy(9), scores, labels);
    assertEquals("accuracy", Metrics.accuracy().name());
    assertEquals("top-2-accuracy", Metrics.topAccuracy(2).name());
  }

  /** roc_auc_score of scikit-learn's documentation, and ties. */
  @Test
  void rocAucCountsPairs() {
    Tensor y = Tensor.of(0, 0, 1, 1);
    assertValue(0.75, Metrics.rocAuc(), Tensor.of(0.1, 0.4, 0.35, 0.8), y);
    assertValue(0.5, Metrics.rocAuc(), Tensor.of(0.3, 0.3, 0.3, 0.3), y);
    assertValue(0, Metrics.rocAuc(), Tensor.of(1, 1, 0, 0), y);
    assertValue(0.625, Metrics.rocAuc(), Tensor.of(0, 1, -0.0, Double.POSITIVE_INFINITY), y);
    assertEquals(Double.NaN, Metrics.rocAuc().add(Tensor.of(1, 2), Tensor.of(1, 1)).value());
    // (2·1·1 + 2·3·0 + 1·1·1 + 1·3·½) / (3·4)
    Tensor weights = Tensor.of(1, 3, 2, 1);
    Tensor scores = Tensor.of(0.1, 0.5, 0.3, 0.5);
    assertEquals(4.5 / 12, Metrics.rocAuc().add(scores, y, weights).value(), 1e-15);
  }

  @Test
  void rocAucOfManyScoresIsThatOfAllPairs() {
    java.util.Random random = new java.util.Random(5);
    int n = 300;
    double[] scores = random.doubles(n).map(s -> Math.rint(s * 20)).toArray();
    double[] labels = random.doubles(n).map(Math::rint).toArray();
    double pairs = 0;
    double all = 0;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        if (labels[i] > labels[j]) {
          all++;
          pairs += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
        }
      }
    }
    double value = Metrics.rocAuc().add(Tensor.of(scores), Tensor.of(labels)).value();
    assertEquals(pairs / all, value, 1e-14);
  }

  @Test
  void perplexityIsTheNumberOfEquallyLikelyClasses() {
    Tensor even = Tensor.zeros(Shape.of(2, 3, 7));
    assertEquals(7, Metrics.perplexity().add(even, Tensor.zeros(Shape.of(2, 3))).value(), 1e-13);
    Tensor logits = Tensor.of(new double[][] {{Math.log(0.2), Math.log(0.8)}, {1e4, 1e4 - 1}});
    double second = 1 / (1 + Math.exp(-1));
    assertEquals(
        1 / Math.sqrt(0.8 * second),
        Metrics.perplexity().add(logits, Tensor.of(1, 0)).value(),
        1e-12);
    double never = Double.NEGATIVE_INFINITY;
    Tensor ruledOut = Tensor.of(new double[][] {{never, 0}, {never, 0}});
    assertEquals(1, Metrics.perplexity().add(ruledOut, Tensor.of(1, 1)).value());
    assertEquals(
        Double.POSITIVE_INFINITY, Metrics.perplexity().add(ruledOut, Tensor.of(0, 1)).value());
  }

  @Test
  void coverageCountsBothEnds() {
    Tensor intervals = Tensor.of(new double[][] {{1, 5, 2}, {1, 0, 2}, {1, 0, 2}, {2, 0, 1}});
    assertValue(0.5, Metrics.coverage(), intervals, Tensor.of(1, 2, 2.5, 1.5));
    Tensor one = Tensor.of(new double[][] {{1, 2}});
    double nan = Double.NaN;
    assertEquals(nan, Metrics.coverage().add(one, Tensor.of(nan)).value());
    for (double[] ends : new double[][] {{nan, 2}, {1, nan}}) {
      Tensor interval = Tensor.of(new double[][] {ends});
      assertEquals(nan, Metrics.coverage().add(interval, Tensor.of(1.5)).value());
    }
  }

  @Test
  void editDistanceIsThatOfLevenshtein() {
    assertEquals(3, distance("kitten", "sitting"));
    assertEquals(3, distance("sitting", "kitten"));
    assertEquals(2, distance("flaw", "lawn"));
    assertEquals(4, distance("", "four"));
    assertEquals(4, distance("four", ""));
    assertEquals(0, distance("same", "same"));

    // Sequences 3 1 2 → 3 2, 1 → 1 1 1, and 5 → nothing: 1 + 2 + 1 edits for 5 labels.
    Tensor predicted = Tensor.of(new double[][] {{3, 1, 5}, {1, -1, -1}, {2, -1, -1}});
    Tensor target = Tensor.of(new double[][] {{-1, 1, -1}, {3, 1, -1}, {-1, 1, -1}, {2, -1, -1}});
    Metric metric = Metrics.editDistance().add(predicted, target);
    assertEquals(4 / 5.0, metric.value());
    assertEquals(3, metric.weight());
    Metric first = Metrics.editDistance().add(predicted, target, Tensor.of(2, 0, 1));
    assertEquals(3 / 4.0, first.value());
    assertEquals(
        Double.POSITIVE_INFINITY,
        Metrics.editDistance().add(predicted, target, Tensor.of(0, 0, 1)).value());
  }

  private static int distance(String a, String b) {
    return EditDistance.between(a.chars().toArray(), b.chars().toArray());
  }

  @Test
  void shapesAndValuesThatDoNotFitAreNamed() {
    assertShape(
        "the prediction [2] and the target [4] must have one shape",
        () -> Metrics.meanAbsoluteError().add(Tensor.of(1, 2), Y));
    assertShape(
        "the target [4] must have the shape of the prediction [4] without its last axis, which"
            + " holds the scores of classes",
        () -> Metrics.accuracy().add(Y, Y));
    assertShape(
        "the weights [3] must have the shape of the targets [4], or of their leading axes",
        () -> Metrics.meanAbsoluteError().add(Y, Y, Tensor.of(1, 1, 1)));
    assertShape(
        "the labels predicted [4] and the target [4] must be sequences [T, N] and [S, N], with -1"
            + " where a sequence has no label",
        () -> Metrics.editDistance().add(Y, Y));
    Tensor scores = Tensor.of(new double[][] {{0, 1}, {Double.NaN, 1}});
    assertRefused(
        "the target 2.0 at position 0 is no class from 0 to 1; give what does not count the"
            + " weight 0",
        () -> Metrics.accuracy().add(scores, Tensor.of(2, 1)));
    assertRefused(
        "the target 0.5 at position 0 is no class",
        () -> Metrics.accuracy().add(scores, Tensor.of(0.5, 1)));
    assertRefused(
        "the score of class 0 at position 1 is NaN",
        () -> Metrics.accuracy().add(scores, Tensor.of(1, 1)));
    assertRefused(
        "the score at position 0 is NaN",
        () -> Metrics.rocAuc().add(Tensor.of(Double.NaN), Tensor.of(1.0)));
    assertRefused(
        "the weight -1.0 at position 1 of [4] is not a finite number from 0 up",
        () -> Metrics.meanAbsoluteError().add(Y, Y, Tensor.of(1, -1, 1, 1)));
    assertRefused(
        "the label 0.5 at step 0 of sequence 0",
        () ->
            Metrics.editDistance()
                .add(Tensor.of(new double[][] {{0.5}}), Tensor.zeros(Shape.of(1, 1))));
    assertRefused("k must be at least 1, not 0", () -> Metrics.topAccuracy(0));
    assertRefused(
        "the history [4] must have one axis, longer than a season of 4, at least 1",
        () -> Metrics.meanAbsoluteScaledError(HISTORY, 4));
    assertRefused(
        "the history's mean change over a season is 0.0, which is no scale",
        () -> Metrics.meanAbsoluteScaledError(Tensor.of(1, 2, 1, 2), 2));
    assertRefused(
        "accuracy cannot be merged with mae, or the settings differ",
        () -> Metrics.accuracy().merge(Metrics.meanAbsoluteError()));
    assertRefused(
        "mase cannot be merged with mase, or the settings differ",
        () ->
            Metrics.meanAbsoluteScaledError(HISTORY, 1)
                .merge(Metrics.meanAbsoluteScaledError(HISTORY, 2)));
  }

  private static void assertShape(String message, Executable add) {
    assertEquals(message, assertThrows(ShapeException.class, add).getMessage());
  }

  private static void assertRefused(String beginning, Executable add) {
    String message = assertThrows(IllegalArgumentException.class, add).getMessage();
    assertTrue(message.startsWith(beginning), message);
  }

  @Test
  void nanOfAPredictionThatCountsShows() {
    Tensor nan = Tensor.of(1, Double.NaN, 3, 4);
    assertEquals(Double.NaN, Metrics.rootMeanSquaredError().add(nan, Y).value());
    assertEquals(Double.NaN, Metrics.rSquared().add(nan, Y).value());
    assertEquals(
        Double.NaN, Metrics.rootMeanSquaredError().add(nan.to(Precision.FLOAT32), Y).value());
  }
}

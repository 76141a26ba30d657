package dev.rnn4j.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds of every metric: how batches are cut, weighted, masked and merged. */
class GatheringTest {
  private static final int T = 7;
  private static final int N = 6;
  private static final int C = 4;

  private enum Kind {
    CLASSES,
    NUMBERS,
    BINARY,
    LABELS,
    QUANTILES,
    SEQUENCES
  }

  record Case(String name, Kind kind, Supplier<Metric> metric) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> cases() {
    return Stream.of(
        new Case("accuracy", Kind.CLASSES, Metrics::accuracy),
        new Case("top 2", Kind.CLASSES, () -> Metrics.topAccuracy(2)),
        new Case("perplexity", Kind.CLASSES, Metrics::perplexity),
        new Case("macro F1", Kind.CLASSES, () -> counts(ConfusionMatrix::macroF1)),
        new Case("micro recall", Kind.CLASSES, () -> counts(ConfusionMatrix::microRecall)),
        new Case(
            "macro precision of labels",
            Kind.LABELS,
            () -> Metrics.of("labels", LabelCounts.above(0.25, C), LabelCounts::macroPrecision)),
        new Case("RMSE", Kind.NUMBERS, Metrics::rootMeanSquaredError),
        new Case("MAE", Kind.NUMBERS, Metrics::meanAbsoluteError),
        new Case("MAPE", Kind.NUMBERS, Metrics::meanAbsolutePercentageError),
        new Case("sMAPE", Kind.NUMBERS, Metrics::symmetricMeanAbsolutePercentageError),
        new Case(
            "MASE", Kind.NUMBERS, () -> Metrics.meanAbsoluteScaledError(Tensor.of(1, 2, 4, 3), 1)),
        new Case("R²", Kind.NUMBERS, Metrics::rSquared),
        new Case("ROC AUC", Kind.BINARY, Metrics::rocAuc),
        new Case("coverage", Kind.QUANTILES, Metrics::coverage),
        new Case("edit distance", Kind.SEQUENCES, Metrics::editDistance));
  }

  private static Metric counts(java.util.function.ToDoubleFunction<ConfusionMatrix> value) {
    return Metrics.of("counts", ConfusionMatrix.of(C), value);
  }

  private record Data(Tensor prediction, Tensor target) {}

  private final Random random = new Random(11);

  private double draw(Kind kind, boolean prediction) {
    if (kind == Kind.SEQUENCES) {
      return random.nextInt(4) - 1;
    }
    if (prediction || kind == Kind.NUMBERS || kind == Kind.QUANTILES) {
      return Math.rint(10 * random.nextGaussian()) / 10;
    }
    return random.nextInt(kind == Kind.CLASSES ? C : 2);
  }

  private Tensor fill(Shape shape, Kind kind, boolean prediction) {
    double[] values = new double[shape.elements()];
    Arrays.setAll(values, i -> draw(kind, prediction));
    return Tensor.of(shape, values);
  }

  /** Draws a batch of n sequences, or of n positions each. */
  private Data data(Kind kind, int n) {
    Shape rows = Shape.of(T, n, C);
    Shape single = Shape.of(T, n);
    boolean isRow = kind == Kind.CLASSES || kind == Kind.QUANTILES || kind == Kind.LABELS;
    boolean targetRow = kind == Kind.LABELS || kind == Kind.NUMBERS;
    Shape prediction = isRow || kind == Kind.NUMBERS ? rows : single;
    return new Data(fill(prediction, kind, true), fill(targetRow ? rows : single, kind, false));
  }

  private Tensor weights(Kind kind, int n) {
    double[] weights = new double[kind == Kind.SEQUENCES ? n : T * n];
    Arrays.setAll(weights, i -> random.nextInt(3));
    return Tensor.of(kind == Kind.SEQUENCES ? Shape.of(n) : Shape.of(T, n), weights);
  }

  /** Returns the sequences from one to another. */
  private static Tensor cut(Tensor whole, int from, int to) {
    boolean vector = whole.shape().rank() == 1;
    int each = vector ? 1 : whole.shape().elements() / (whole.shape().size(0) * N);
    int times = vector ? 1 : whole.shape().size(0);
    double[] part = new double[times * (to - from) * each];
    for (int i = 0; i < part.length; i++) {
      int t = i / ((to - from) * each);
      part[i] = whole.at(t * N * each + from * each + i % ((to - from) * each));
    }
    return Tensor.of(whole.shape().with(vector ? 0 : 1, to - from), part);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void partsMakeTheWhole(Case each) {
    Data data = data(each.kind(), N);
    Tensor weights = weights(each.kind(), N);
    Metric whole = each.metric().get().add(data.prediction(), data.target(), weights);
    assertTrue(Double.isFinite(whole.value()) && whole.weight() > 0, "" + whole.value());
    assertEquals(
        whole.name() + " " + whole.value() + " over a weight of " + whole.weight(),
        whole.toString());
    Metric inTurn = each.metric().get();
    Metric merged = each.metric().get();
    for (int[] part : new int[][] {{0, 1}, {1, 4}, {4, 6}}) {
      Tensor prediction = cut(data.prediction(), part[0], part[1]);
      Tensor target = cut(data.target(), part[0], part[1]);
      Tensor own = cut(weights, part[0], part[1]);
      inTurn.add(prediction, target, own);
      merged.merge(each.metric().get().add(prediction, target, own));
    }
    double tiny = 1e-14 * Math.abs(whole.value());
    assertEquals(whole.value(), inTurn.value(), tiny);
    assertEquals(whole.value(), merged.value(), tiny);
    assertEquals(whole.weight(), merged.weight());
    merged.merge(each.metric().get());
    assertEquals(whole.value(), merged.value(), tiny);
    merged.merge(merged);
    assertEquals(2 * whole.weight(), merged.weight());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void nothingCountsNothing(Case each) {
    Metric metric = each.metric().get();
    assertEquals(Double.NaN, metric.value());
    assertEquals(0, metric.weight());
    Data data = data(each.kind(), N);
    Tensor none = Tensor.zeros(weights(each.kind(), N).shape());
    metric.add(data.prediction(), data.target(), none);
    assertEquals(Double.NaN, metric.value());
    assertEquals(0, metric.weight());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void whatIsMaskedIsNotLookedAt(Case each) {
    Data data = data(each.kind(), N);
    Tensor weights = weights(each.kind(), N);
    Metric clean = each.metric().get().add(data.prediction(), data.target(), weights);
    Metric dirty =
        each.metric()
            .get()
            .add(spoiled(data.prediction(), weights), spoiled(data.target(), weights), weights);
    assertEquals(clean.value(), dirty.value());
    assertEquals(clean.weight(), dirty.weight());
  }

  /** Puts NaN where the weight is 0; weights are those of sequences, or of steps of sequences. */
  private static Tensor spoiled(Tensor tensor, Tensor weights) {
    double[] values = tensor.toDoubles();
    boolean ofSequences = weights.shape().rank() == 1;
    int each = values.length / weights.shape().elements();
    for (int i = 0; i < values.length; i++) {
      double weight = weights.at(ofSequences ? i % N : i / each);
      values[i] = weight == 0 ? Double.NaN : values[i];
    }
    return Tensor.of(tensor.shape(), values);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void aWeightOfTwoCountsTwice(Case each) {
    Data data = data(each.kind(), N);
    Tensor ones = Tensor.full(weights(each.kind(), N).shape(), 1);
    Tensor twos = Tensor.full(ones.shape(), 2);
    Data more = data(each.kind(), N);
    Metric weighted =
        each.metric()
            .get()
            .add(data.prediction(), data.target(), twos)
            .add(more.prediction(), more.target(), ones);
    Metric repeated =
        each.metric()
            .get()
            .add(data.prediction(), data.target())
            .add(data.prediction(), data.target())
            .add(more.prediction(), more.target());
    assertEquals(repeated.value(), weighted.value(), 1e-14 * Math.abs(repeated.value()));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void bothPrecisionsAreTaken(Case each) {
    Data data = data(each.kind(), N);
    double wide = each.metric().get().add(data.prediction(), data.target()).value();
    double narrow =
        each.metric()
            .get()
            .add(data.prediction().to(Precision.FLOAT32), data.target().to(Precision.FLOAT32))
            .value();
    double tolerance = each.name().equals("MAPE") ? 1 : 1e-6;
    assertEquals(wide, narrow, tolerance * Math.abs(wide));
  }
}

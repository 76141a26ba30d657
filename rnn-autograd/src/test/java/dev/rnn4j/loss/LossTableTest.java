package dev.rnn4j.loss;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rnn4j.grad.Gradients;
import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.pass.Signal;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import dev.rnn4j.testing.Agreement;
import dev.rnn4j.testing.Draw;
import dev.rnn4j.testing.Verify;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every loss of elements: its formula, gradients, plans, masks and weights. */
class LossTableTest {
  private static final Shape POSITIONS = Shape.of(LossCases.T, LossCases.N);

  private final Draw draw = LossCases.draw();

  static Stream<LossCases.Case> cases() {
    return LossCases.all().stream();
  }

  /** Returns Σ w·sum and Σ w·weight of the formula over positions whose w is not 0. */
  private static double[] expected(LossCases.Case each, Tensor p, Tensor y, Tensor weights) {
    double[] total = new double[2];
    int targets = Math.max(1, each.y());
    for (int i = 0; i < POSITIONS.elements(); i++) {
      double w = weights.at(i);
      double[] row = Arrays.copyOfRange(p.toDoubles(), i * each.p(), (i + 1) * each.p());
      double[] target = Arrays.copyOfRange(y.toDoubles(), i * targets, (i + 1) * targets);
      double[] own = w == 0 ? new double[2] : each.formula().of(row, target);
      total[0] += w * own[0];
      total[1] += w * own[1];
    }
    return total;
  }

  private static void assertLoss(double[] expected, LossSum loss, Map<Node, Tensor> values) {
    double tiny = 1e-12 * (1 + Math.abs(expected[0]));
    assertEquals(expected[0], loss.sum().eval(values).item(), tiny);
    assertEquals(expected[1], loss.weight().eval(values).item(), 1e-12 * expected[1]);
    assertEquals(expected[0] / expected[1], loss.mean().eval(values).item(), tiny);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void isItsFormula(LossCases.Case each) {
    Input p = Input.of("p", each.prediction());
    Tensor prediction = each.drawPrediction(draw);
    Tensor target = each.target().apply(draw);
    LossSum loss = each.loss().of(p, Node.constant(target));
    assertLoss(
        expected(each, prediction, target, Tensor.full(POSITIONS, 1)), loss, Map.of(p, prediction));
    Verify.of(loss.mean()).at(p, prediction).all();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void isDifferentiableByItsTargetWhereThatHoldsNumbers(LossCases.Case each) {
    if (each.name().startsWith("classes")
        || each.name().startsWith("prob")
        || each.name().startsWith("div")) {
      return;
    }
    Input y = Input.of("y", each.target().apply(draw).shape());
    Tensor prediction = each.drawPrediction(draw);
    LossSum loss = each.loss().of(Node.constant(prediction), y);
    Verify.of(loss.mean()).at(y, each.target().apply(draw)).gradients();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void respectsMasksAndWeights(LossCases.Case each) {
    Input p = Input.of("p", each.prediction());
    Input mask = Input.of("mask", POSITIONS);
    Input weights = Input.of("weights", POSITIONS);
    Tensor prediction = each.drawPrediction(draw);
    Tensor target = each.target().apply(draw);
    Tensor ofMask = draw.whole(POSITIONS, 0, 2);
    Tensor ofWeights = draw.quarters(POSITIONS, 0, 4, 0);
    Map<Node, Tensor> values = Map.of(p, prediction, mask, ofMask, weights, ofWeights);
    double[] both = ofMask.toDoubles();
    Arrays.setAll(both, i -> both[i] * ofWeights.at(i));

    Target plain = Target.of(Node.constant(target));
    Signal masked = Signal.of(p).masked(mask);
    assertLoss(expected(each, prediction, target, ofMask), each.loss().of(masked, plain), values);
    LossSum weighted = each.loss().of(Signal.of(p), plain.weighted(weights));
    assertLoss(expected(each, prediction, target, ofWeights), weighted, values);
    LossSum all = each.loss().of(masked, plain.weighted(weights));
    assertLoss(expected(each, prediction, target, Tensor.of(POSITIONS, both)), all, values);

    Node gradient = Gradients.of(all.mean(), List.of(p)).get(0);
    Agreement.check(List.of(all.sum(), all.weight(), all.mean(), gradient), values);
  }

  /** What stands in a place that does not count, by mask or weight, changes no bit. */
  @ParameterizedTest
  @MethodSource("cases")
  void nanThatDoesNotCountChangesNoBit(LossCases.Case each) {
    Tensor prediction = each.drawPrediction(draw);
    Tensor target = each.target().apply(draw);
    Tensor counts = draw.whole(POSITIONS, 0, 2);
    for (boolean byMask : new boolean[] {true, false}) {
      Input p = Input.of("p", each.prediction());
      Input y = Input.of("y", target.shape());
      Input c = Input.of("counts", POSITIONS);
      LossSum loss =
          byMask
              ? each.loss().of(Signal.of(p).masked(c), Target.of(y))
              : each.loss().of(Signal.of(p), Target.of(y).weighted(c));
      Node gradient = Gradients.of(loss.mean(), List.of(p)).get(0);
      List<Node> nodes = List.of(loss.sum(), loss.weight(), loss.mean(), gradient);
      Map<Node, Tensor> clean = Map.of(p, prediction, y, target, c, counts);
      Map<Node, Tensor> dirty =
          Map.of(p, spoiled(prediction, counts), y, spoiled(target, counts), c, counts);
      for (Precision precision : Precision.values()) {
        List<Tensor> want = Agreement.run(precision, nodes, clean);
        List<Tensor> got = Agreement.run(precision, nodes, dirty);
        for (int i = 0; i < want.size(); i++) {
          Agreement.assertSameBits(want.get(i), got.get(i), precision + ", output " + i);
        }
        assertTrue(Arrays.stream(got.get(3).toDoubles()).allMatch(Double::isFinite));
      }
    }
  }

  private static Tensor spoiled(Tensor values, Tensor counts) {
    double[] spoiled = values.toDoubles();
    int each = spoiled.length / counts.shape().elements();
    for (int i = 0; i < spoiled.length; i++) {
      spoiled[i] = counts.at(i / each) == 0 ? Double.NaN : spoiled[i];
    }
    return Tensor.of(values.shape(), spoiled);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void nothingCostsNothing(LossCases.Case each) {
    Input p = Input.of("p", each.prediction());
    Input mask = Input.of("mask", POSITIONS);
    LossSum loss =
        each.loss()
            .of(Signal.of(p).masked(mask), Target.of(Node.constant(each.target().apply(draw))));
    Node gradient = Gradients.of(loss.mean(), List.of(p)).get(0);
    Map<Node, Tensor> values = Map.of(p, each.drawPrediction(draw), mask, Tensor.zeros(POSITIONS));
    assertEquals(0, loss.sum().eval(values).item());
    assertEquals(0, loss.weight().eval(values).item());
    assertEquals(0, loss.mean().eval(values).item());
    assertTrue(Arrays.stream(gradient.eval(values).toDoubles()).allMatch(g -> g == 0));
  }
}

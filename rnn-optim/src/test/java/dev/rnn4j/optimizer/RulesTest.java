package dev.rnn4j.optimizer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rnn4j.random.Philox;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Tensor;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules against loops in plain Java, written once more from the papers. */
class RulesTest {
  private static final int UPDATES = 12;

  /** From the gradient of an element, and the number t of the update from 1, to its change. */
  private interface Loop {
    double change(double g, int t);
  }

  private record Case(PathOptimizer<?> rule, Supplier<Loop> loop) {
    @Override
    public String toString() {
      return rule.toString();
    }
  }

  private static final class Torch implements Loop {
    private final double mu;
    private final double dampening;
    private final boolean nesterov;
    private double v;

    Torch(double mu, double dampening, boolean nesterov) {
      this.mu = mu;
      this.dampening = dampening;
      this.nesterov = nesterov;
    }

    @Override
    public double change(double g, int t) {
      v = t == 1 ? g : mu * v + (1 - dampening) * g;
      return -0.1 * (nesterov ? g + mu * v : v);
    }
  }

  private static final class Sums implements Loop {
    private double s;

    Sums(double initial) {
      s = initial;
    }

    @Override
    public double change(double g, int t) {
      s += g * g;
      return -0.1 / (1 + (t - 1) * 0.05) * g / (Math.sqrt(s) + 1e-3);
    }
  }

  private static final class Delta implements Loop {
    private double v;
    private double u;

    @Override
    public double change(double g, int t) {
      v = 0.8 * v + 0.2 * g * g;
      double d = Math.sqrt(u + 1e-3) / Math.sqrt(v + 1e-3) * g;
      u = 0.8 * u + 0.2 * d * d;
      return -0.5 * d;
    }
  }

  private static final class Rms implements Loop {
    private final boolean centered;
    private final double mu;
    private double v;
    private double a;
    private double b;

    Rms(boolean centered, double mu) {
      this.centered = centered;
      this.mu = mu;
    }

    @Override
    public double change(double g, int t) {
      v = 0.9 * v + 0.1 * g * g;
      a = 0.9 * a + 0.1 * g;
      b = mu * b + g / (Math.sqrt(centered ? v - a * a : v) + 1e-4);
      return -0.02 * b;
    }
  }

  private static final class Max implements Loop {
    private double m;
    private double u;

    @Override
    public double change(double g, int t) {
      m = 0.8 * m + 0.2 * g;
      u = Math.max(0.95 * u, Math.abs(g) + 1e-4);
      return -0.02 / (1 - Math.pow(0.8, t)) * m / u;
    }
  }

  private static final class Nesterov implements Loop {
    private double m;
    private double v;
    private double product = 1;

    private static double mu(int t) {
      return 0.8 * (1 - 0.5 * Math.pow(0.96, t * 0.1));
    }

    @Override
    public double change(double g, int t) {
      m = 0.8 * m + 0.2 * g;
      v = 0.95 * v + 0.05 * g * g;
      product *= mu(t);
      double root = Math.sqrt(v / (1 - Math.pow(0.95, t))) + 1e-4;
      return -0.02 * (1 - mu(t)) / (1 - product) * g / root
          - 0.02 * mu(t + 1) / (1 - product * mu(t + 1)) * m / root;
    }
  }

  private static final class Rectified implements Loop {
    private final double beta2;
    private double m;
    private double v;

    Rectified(double beta2) {
      this.beta2 = beta2;
    }

    @Override
    public double change(double g, int t) {
      m = 0.8 * m + 0.2 * g;
      v = beta2 * v + (1 - beta2) * g * g;
      double mean = m / (1 - Math.pow(0.8, t));
      double all = 2 / (1 - beta2) - 1;
      double correction = 1 - Math.pow(beta2, t);
      double rho = all - 2 * t * Math.pow(beta2, t) / correction;
      if (rho <= 5) {
        return -0.02 * mean;
      }
      double r = Math.sqrt((rho - 4) * (rho - 2) * all / ((all - 4) * (all - 2) * rho));
      return -0.02 * mean * r * Math.sqrt(correction) / (Math.sqrt(v) + 1e-4);
    }
  }

  private static final class Signs implements Loop {
    private double m;

    @Override
    public double change(double g, int t) {
      double change = -0.02 * Math.signum(0.8 * m + 0.2 * g);
      m = 0.95 * m + 0.05 * g;
      return change;
    }
  }

  static Stream<Case> cases() {
    MomentumSgd sgd = MomentumSgd.rate(0.1).momentum(0.8);
    RmsProp rms = RmsProp.rate(0.02).decay(0.9).epsilon(1e-4);
    RAdam rectified = RAdam.rate(0.02).epsilon(1e-4);
    return Stream.of(
        new Case(sgd, () -> new Torch(0.8, 0, false)),
        new Case(sgd.dampening(0.3), () -> new Torch(0.8, 0.3, false)),
        new Case(sgd.nesterov(), () -> new Torch(0.8, 0, true)),
        new Case(sgd.dampening(1).nesterov(), () -> new Torch(0.8, 1, true)),
        new Case(
            Adagrad.rate(0.1).rateDecay(0.05).initialSum(0.2).epsilon(1e-3), () -> new Sums(0.2)),
        new Case(Adagrad.rate(0.1).rateDecay(0.05).epsilon(1e-3), () -> new Sums(0)),
        new Case(Adadelta.rate(0.5).decay(0.8).epsilon(1e-3), Delta::new),
        new Case(rms, () -> new Rms(false, 0)),
        new Case(rms.centered(), () -> new Rms(true, 0)),
        new Case(rms.momentum(0.7), () -> new Rms(false, 0.7)),
        new Case(rms.momentum(0.7).centered(), () -> new Rms(true, 0.7)),
        new Case(Adamax.rate(0.02).betas(0.8, 0.95).epsilon(1e-4), Max::new),
        new Case(NAdam.rate(0.02).betas(0.8, 0.95).epsilon(1e-4).momentumDecay(0.1), Nesterov::new),
        new Case(rectified.betas(0.8, 0.95), () -> new Rectified(0.95)),
        new Case(rectified.betas(0.8, 0.6), () -> new Rectified(0.6)),
        new Case(Lion.rate(0.02).betas(0.8, 0.95), Signs::new));
  }

  private static void follow(
      Optimizer rule, Supplier<Loop> maker, double coupled, DoubleUnaryOperator shrink) {
    for (int elements : new int[] {0, 1, 7, 35}) {
      for (Precision precision : Precision.values()) {
        follow(rule, maker, coupled, shrink, elements, precision);
      }
    }
  }

  private static void follow(
      Optimizer optimizer,
      Supplier<Loop> maker,
      double coupled,
      DoubleUnaryOperator shrink,
      int elements,
      Precision precision) {
    RandomGenerator random = new Philox(3);
    double[] p = random.doubles(elements, -1, 1).toArray();
    List<Loop> loops = Stream.generate(maker).limit(elements).toList();
    Rule rule = new Rule(optimizer, Tensor.of(p), precision);
    for (int t = 1; t <= UPDATES; t++) {
      double[] g = random.doubles(elements, -1, 1).toArray();
      for (int i = 0; i < elements; i++) {
        double change = loops.get(i).change(g[i] + coupled * p[i], t);
        p[i] = shrink.applyAsDouble(p[i]) + change;
      }
      double[] values = rule.update(Tensor.of(g)).toDoubles();
      assertArrayEquals(p, values, precision == Precision.FLOAT64 ? 2e-15 : 2e-6);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void followsItsFormula(Case each) {
    follow(each.rule, each.loop, 0, p -> p);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void weightDecayIsPartOfTheGradientOrNot(Case each) {
    PathOptimizer<?> decoupled = each.rule.weightDecay(0.1).decoupled();
    follow(decoupled, each.loop, 0, p -> p * (1 - 0.1 * decoupled.rate()));
    if (!each.rule.isDecoupled()) {
      follow(each.rule.weightDecay(0.1), each.loop, 0.1, p -> p);
      assertNotEquals(each.rule.weightDecay(0.1), decoupled);
    }
    PathOptimizer<?> bias =
        (PathOptimizer<?>)
            each.rule.weightDecay(0.1).weightDecay("**.bias", 0).at(List.of("cell.bias"));
    follow(bias, each.loop, 0, p -> p);
  }

  /** Rules that are equal share scalars: whatever differs has to be in their texts. */
  @Test
  void noTwoDifferentRulesAreEqual() {
    List<Case> all = cases().toList();
    for (int i = 0; i < all.size(); i++) {
      for (int j = 0; j < all.size(); j++) {
        assertEquals(i == j, all.get(i).rule.equals(all.get(j).rule), i + " " + j);
      }
    }
  }

  /** A gradient that never changes has no variance: rounding must not make the root of it NaN. */
  @Test
  void aVarianceOfZeroIsNotNegative() {
    Rule rule = new Rule(RmsProp.rate(0.01).centered(), Tensor.of(new double[] {1}), FLOAT32);
    for (int i = 0; i < 3000; i++) {
      assertTrue(Double.isFinite(rule.update(Tensor.of(new double[] {0.1})).at(0)), "update " + i);
    }
  }

  private static final Precision FLOAT32 = Precision.FLOAT32;

  @Test
  void lionMovesNothingWhereNothingPullsAndShowsNan() {
    Rule rule = new Rule(Lion.rate(0.5), Tensor.of(new double[] {1, 1, 1}), FLOAT32);
    double[] moved = rule.update(Tensor.of(new double[] {0, -2, Double.NaN})).toDoubles();
    assertArrayEquals(new double[] {1, 1.5, Double.NaN}, moved);
  }

  @Test
  void showTheirSettings() {
    assertEquals("Lion rate 1.0E-4 decoupled", Lion.rate(1e-4).toString());
    assertEquals("Adagrad rate 0.1", Adagrad.rate(0.1).toString());
    assertEquals(
        "RMSProp rate 0.1 decay 0.9 epsilon 0.1 centered momentum 0.5 weight decay 0.2",
        RmsProp.rate(0.1)
            .decay(0.9)
            .epsilon(0.1)
            .centered()
            .momentum(0.5)
            .weightDecay(0.2)
            .toString());
    assertEquals("MomentumSGD rate 0.1 nesterov 0.9", MomentumSgd.rate(0.1).nesterov().toString());
    assertEquals(
        "Adam rate 0.1 averaged 0.9", Averaged.exponential(Adam.rate(0.1), 0.9).toString());
    assertEquals(
        "Adam rate 0.1 unfreezing {a.b=5.0}",
        Unfreezing.of(Adam.rate(0.1)).from("a.b", 5).toString());
  }

  @Test
  void refuseWhatIsNoSetting() {
    for (double bad : new double[] {-0.1, 1, Double.NaN}) {
      assertThrows(IllegalArgumentException.class, () -> MomentumSgd.rate(1).momentum(bad));
      assertThrows(IllegalArgumentException.class, () -> RmsProp.rate(1).decay(bad));
      assertThrows(IllegalArgumentException.class, () -> RmsProp.rate(1).momentum(bad));
      assertThrows(IllegalArgumentException.class, () -> Adadelta.rate(1).decay(bad));
      assertThrows(IllegalArgumentException.class, () -> Adamax.rate(1).betas(bad, 0.9));
      assertThrows(IllegalArgumentException.class, () -> NAdam.rate(1).betas(0.9, bad));
      assertThrows(IllegalArgumentException.class, () -> Lion.rate(1).betas(0.9, bad));
      assertThrows(IllegalArgumentException.class, () -> Averaged.exponential(Lion.rate(1), bad));
    }
    for (double bad : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThrows(IllegalArgumentException.class, () -> Adagrad.rate(bad));
      assertThrows(IllegalArgumentException.class, () -> Adagrad.rate(1).rateDecay(bad));
      assertThrows(IllegalArgumentException.class, () -> Adagrad.rate(1).initialSum(bad));
      assertThrows(IllegalArgumentException.class, () -> NAdam.rate(1).momentumDecay(bad));
      assertThrows(IllegalArgumentException.class, () -> RAdam.rate(1).epsilon(bad));
      assertThrows(IllegalArgumentException.class, () -> RAdam.rate(1).weightDecay(bad));
    }
    assertEquals(
        "the dampening 1.5 is not in [0, 1]",
        assertThrows(IllegalArgumentException.class, () -> MomentumSgd.rate(1).dampening(1.5))
            .getMessage());
    assertThrows(IllegalArgumentException.class, () -> Unfreezing.of(Lion.rate(1)).from("a", -1));
    assertThrows(IllegalArgumentException.class, () -> Averaged.equal(Lion.rate(1), 0, 0));
  }
}

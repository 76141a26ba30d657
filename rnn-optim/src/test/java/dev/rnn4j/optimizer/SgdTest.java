package dev.rnn4j.optimizer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.rnn4j.random.Philox;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules against loops in plain Java, over several updates with any gradients. */
class SgdTest {
  private static final int UPDATES = 7;

  /** A rule for one element: from value and gradient to the new value. */
  private interface Reference {
    double update(double p, double g);
  }

  private static final class Plain implements Reference {
    private final double rate;

    Plain(double rate) {
      this.rate = rate;
    }

    @Override
    public double update(double p, double g) {
      return p - rate * g;
    }
  }

  private static final class Momentum implements Reference {
    private final double rate;
    private final double momentum;
    private double v;

    Momentum(double rate, double momentum) {
      this.rate = rate;
      this.momentum = momentum;
    }

    @Override
    public double update(double p, double g) {
      v = momentum * v - rate * g;
      return p + v;
    }
  }

  private static final class Nesterov implements Reference {
    private final double rate;
    private final double momentum;
    private double v;

    Nesterov(double rate, double momentum) {
      this.rate = rate;
      this.momentum = momentum;
    }

    @Override
    public double update(double p, double g) {
      v = momentum * v - rate * g;
      return p + momentum * v - rate * g;
    }
  }

  private interface ReferenceMaker {
    Reference create();
  }

  private static void assertFollows(
      ReferenceMaker maker, Optimizer optimizer, double decay, Precision precision, int elements) {
    RandomGenerator random = new Philox(5);
    double[] p = random.doubles(elements, -1, 1).toArray();
    Reference[] references = new Reference[elements];
    for (int i = 0; i < elements; i++) {
      references[i] = maker.create();
    }
    Rule rule = new Rule(optimizer, Tensor.of(p), precision);
    for (int k = 0; k < UPDATES; k++) {
      double[] g = random.doubles(elements, -1, 1).toArray();
      double[] values = rule.update(Tensor.of(g)).toDoubles();
      for (int i = 0; i < elements; i++) {
        p[i] = references[i].update(p[i], g[i] + decay * p[i]);
      }
      double tolerance = precision == Precision.FLOAT64 ? 1e-15 : 1e-6;
      assertArrayEquals(p, values, 4 * tolerance);
    }
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void plainDescent(Precision precision) {
    assertFollows(() -> new Plain(0.3), Sgd.rate(0.3), 0, precision, 5);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 16, 1009})
  void momentumIsVelocityThenStep(int elements) {
    assertFollows(
        () -> new Momentum(0.3, 0.9), Sgd.rate(0.3).momentum(0.9), 0, Precision.FLOAT64, elements);
    assertFollows(
        () -> new Momentum(0.3, 0.9), Sgd.rate(0.3).momentum(0.9), 0, Precision.FLOAT32, elements);
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void nesterovLooksAhead(Precision precision) {
    assertFollows(() -> new Nesterov(0.1, 0.8), Sgd.rate(0.1).nesterov(0.8), 0, precision, 5);
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void weightDecayAddsToTheGradient(Precision precision) {
    assertFollows(() -> new Plain(0.3), Sgd.rate(0.3).weightDecay(0.1), 0.1, precision, 5);
    assertFollows(
        () -> new Momentum(0.3, 0.9),
        Sgd.rate(0.3).momentum(0.9).weightDecay(0.1),
        0.1,
        precision,
        5);
  }

  @Test
  void keepsAVelocityOnlyForMomentum() {
    Shape shape = Shape.of(2, 3);
    List<Slot> velocity = List.of(new Slot("velocity", shape, 0));
    assertEquals(List.of(), Sgd.rate(0.1).slots(shape));
    assertEquals(List.of(), Sgd.rate(0.1).momentum(0).slots(shape));
    assertEquals(velocity, Sgd.rate(0.1).momentum(0.5).slots(shape));
    assertEquals(velocity, Sgd.rate(0.1).nesterov(0.5).slots(shape));
  }

  @Test
  void theLastRateOfAPathCounts() {
    Sgd sgd = Sgd.rate(0.1).rate("a", 0.2).rate("b", 0.3).rate("a", 0.4);
    assertEquals(0.1, sgd.rate());
    assertEquals("SGD rate 0.1 rates {b=0.3, a=0.4}", sgd.toString());
    assertEquals(0.4, sgd.at(List.of("a.x")).rate());
    assertEquals(0.1, sgd.at(List.of("c")).rate());
  }

  @Test
  void refusesWhatIsNoSetting() {
    for (double rate : new double[] {-1e-9, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThrows(IllegalArgumentException.class, () -> Sgd.rate(rate));
      assertThrows(IllegalArgumentException.class, () -> Sgd.rate(1).rate("a", rate));
      assertThrows(IllegalArgumentException.class, () -> Sgd.rate(1).weightDecay(rate));
    }
    for (double momentum : new double[] {-0.1, 1, Double.NaN}) {
      assertThrows(IllegalArgumentException.class, () -> Sgd.rate(1).momentum(momentum));
      assertThrows(IllegalArgumentException.class, () -> Sgd.rate(1).nesterov(momentum));
    }
    assertEquals(
        "the momentum 1.0 is not in [0, 1)",
        assertThrows(IllegalArgumentException.class, () -> Sgd.rate(1).momentum(1)).getMessage());
    assertEquals(
        "the learning rate -2.0 of a is not a finite number from 0 up",
        assertThrows(IllegalArgumentException.class, () -> Sgd.rate(1).rate("a", -2)).getMessage());
  }

  @Test
  void showsItsSettings() {
    assertEquals("SGD rate 0.1", Sgd.rate(0.1).toString());
    assertEquals(
        "SGD rate 0.1 nesterov 0.9 weight decay 0.01 rates {a=0.2}",
        Sgd.rate(0.1).nesterov(0.9).weightDecay(0.01).rate("a", 0.2).toString());
  }
}

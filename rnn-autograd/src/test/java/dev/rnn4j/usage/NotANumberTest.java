package dev.rnn4j.usage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rnn4j.cell.ElmanCell;
import dev.rnn4j.grad.Gradients;
import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.layer.Recurrent;
import dev.rnn4j.plan.Plan;
import dev.rnn4j.plan.Session;
import dev.rnn4j.plan.Weights;
import dev.rnn4j.random.Philox;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What {@code -Drnn.checks=nan} says of the first NaN. */
class NotANumberTest {
  private static final String HERE = NotANumberTest.class.getName();

  private static <R> R withChecks(Supplier<R> body) {
    System.setProperty("rnn.checks", "nan");
    try {
      return body.get();
    } finally {
      System.clearProperty("rnn.checks");
    }
  }

  private static String failure(Session session) {
    return assertThrows(ArithmeticException.class, session::run).getMessage();
  }

  private static void assertBeginsAndEnds(String begin, String end, String message) {
    assertTrue(message.startsWith(begin) && message.endsWith(end), message);
  }

  private static Node logarithm(Node x) {
    return x.minus(1).log().plus(3).tanh();
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void theFirstNodeThatGivesNaNIsNamed(Precision precision) {
    Input x = Input.of("x", 2);
    Session session = withChecks(() -> Plan.of(logarithm(x).sum()).compile(precision).session());
    session.set(x, 3, 2).run();
    session.set(x, 3, 0.5);
    assertBeginsAndEnds(
        "the first NaN comes out of log, [2], built at " + HERE + ".logarithm(NotANumberTest.java:",
        ")",
        failure(session));
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void anInputThatHadItIsNamedWithTimeStepAndSequence(Precision precision) {
    Input x = Input.of("x", 4, 2, 3);
    Node y = new Recurrent<>(ElmanCell.of(3, 5, new Philox(1))).apply(x);
    Session session = withChecks(() -> Plan.of(y).compile(precision).session());
    double[] values = new double[24];
    values[2 * 6 + 3 + 2] = Double.NaN;
    session.set(x, values);
    assertBeginsAndEnds(
        "the first NaN comes out of cell.gate/matmul t=2, [2, 5], built at " + HERE + ".anInput",
        "; the input x is NaN at time step 2, sequence 1, feature 2",
        failure(session));
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void anInputThatIsNaNWhereNobodyReadsItIsNotNamed(Precision precision) {
    Input x = Input.of("x", 3);
    Input mask = Input.of("mask", 3);
    Node y = mask.select(x, Node.constant(0));
    Session masked = withChecks(() -> Plan.of(y.log()).compile(precision).session());
    masked.set(mask, 0, 1, 1).set(x, Double.NaN, 1, -1);
    assertBeginsAndEnds(
        "the first NaN comes out of log, [3], built at " + HERE, ")", failure(masked));
    masked.set(x, Double.NaN, 1, Double.NaN);
    assertBeginsAndEnds(
        "the first NaN comes out of select, [3], built at " + HERE,
        "; the input x is NaN at sequence 2",
        failure(masked));
    Session slice =
        withChecks(() -> Plan.of(x.slice(0, 0, 2).sum().log()).compile(precision).session());
    slice.set(x, -1, -1, Double.NaN);
    assertBeginsAndEnds(
        "the first NaN comes out of log, [], built at " + HERE, ")", failure(slice));
  }

  /** Parts that are joined lie scattered in what they make. */
  @ParameterizedTest
  @EnumSource(Precision.class)
  void anInputThatIsJoinedWithAnotherIsNamed(Precision precision) {
    Input x = Input.of("x", 2, 2);
    Input y = Input.of("y", 2, 1);
    Node both = Node.concat(1, x, y).tanh();
    Session session = withChecks(() -> Plan.of(both).compile(precision).session());
    session.set(x, 1, 2, 3, 4).set(y, 1, Double.NaN);
    assertBeginsAndEnds(
        "the first NaN comes out of concat, [2, 3], built at " + HERE,
        "; the input y is NaN at time step 1, sequence 0",
        failure(session));
  }

  @Test
  void aParameterThatHadItIsNamed() {
    Input x = Input.of("x", 2, 3);
    Parameter w = Parameter.of("w", Tensor.of(Shape.of(3, 1), 1.0, Double.NaN, 2));
    Session session =
        withChecks(() -> Plan.of(x.matmul(w).tanh()).compile(Precision.FLOAT64).session());
    assertBeginsAndEnds(
        "the first NaN comes out of matmul, [2, 1], built at " + HERE,
        "; the parameter w is NaN at [1, 0]",
        failure(session));
  }

  /** Products of one left side run as one elsewhere. */
  @ParameterizedTest
  @EnumSource(Precision.class)
  void aProductBesideOthersOfItsLeftSideIsNamed(Precision precision) {
    Input x = Input.of("x", 1, 3);
    Parameter w = Parameter.of("w", Tensor.of(Shape.of(3, 1), 1.0, Double.NaN, 2));
    Parameter v = Parameter.of("v", Tensor.of(Shape.of(3, 1), 1.0, 2, 3));
    Node first = x.matmul(w);
    Node second = x.matmul(v);
    Session session =
        withChecks(
            () -> Plan.of(first, second, first.tanh(), second.tanh()).compile(precision).session());
    assertBeginsAndEnds(
        "the first NaN comes out of matmul, [1, 1], built at " + HERE,
        "; the parameter w is NaN at [1, 0]",
        failure(session));
  }

  @Test
  void aGradientIsThatOfALine() {
    Input x = Input.of("x", 2);
    Node y = x.sqrt();
    Node loss = y.times(Node.constant(Tensor.of(0, 1))).sum();
    Node gradient = Gradients.of(loss, List.of(x)).get(0);
    Session session = withChecks(() -> Plan.of(gradient).compile(Precision.FLOAT64).session());
    session.set(x, 0, 1); // 0 / √0
    assertBeginsAndEnds(
        "the first NaN comes out of divide, [2], in the gradient of sqrt, built at "
            + HERE
            + ".aGradientIsThatOfALine(NotANumberTest.java:",
        ")",
        failure(session));
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void anUpdateThatStopsChangesNothing(Precision precision) {
    Parameter first = Parameter.of("first", Tensor.of(1, 2));
    Parameter second = Parameter.of("second", Tensor.of(3, 4));
    Input x = Input.of("x", 2);
    Weights weights = Weights.of(precision);
    Plan.Builder plan = Plan.of(x.sum()).weights(weights);
    plan.update(first, first.plus(x)).update(second, second.times(x).log());
    Session session = withChecks(() -> plan.compile(precision).session());
    session.set(x, 1, 1).run();
    Tensor before = weights.get(first);
    session.set(x, 1, -1);
    assertBeginsAndEnds(
        "the first NaN comes out of log, [2], built at " + HERE, ")", failure(session));
    assertTrue(before.sameAs(weights.get(first)));
    assertTrue(weights.get(second).sameAs(session.get(second)));
    assertEquals(Math.log(3), weights.get(second).at(0), 1e-6);
  }

  /** What is updated lies where it was read. */
  @ParameterizedTest
  @EnumSource(Precision.class)
  void aParameterThatBecomesNaNIsNotNamed(Precision precision) {
    Parameter w = Parameter.of("w", Tensor.of(1, -1));
    Weights weights = Weights.of(precision);
    Plan.Builder plan = Plan.of(Node.zeros(1)).weights(weights).update(w, w.log());
    Session session = withChecks(() -> plan.compile(precision).session());
    assertBeginsAndEnds(
        "the first NaN comes out of log, [2], built at " + HERE, ")", failure(session));
    weights.set(w, Tensor.of(1, Double.NaN));
    assertBeginsAndEnds(
        "the first NaN comes out of log, [2], built at " + HERE,
        "; the parameter w is NaN at [1]",
        failure(session));
  }

  /**
   * A model of layers only has no line of a user's inside: the line that asked for a plan is it.
   */
  @Test
  void noLineOfTheFrameworkIsNamed() {
    Input x = Input.of("x", 12, 1, 2);
    Node y = new Recurrent<>(ElmanCell.of(2, 2, new Philox(1))).apply(x);
    Node gradient = Gradients.of(y.sum(), List.of(x)).get(0);
    Session session = withChecks(() -> Plan.of(gradient).compile(Precision.FLOAT32).session());
    double[] values = new double[24];
    values[9] = Double.NaN;
    session.set(x, values);
    String message = failure(session);
    assertTrue(message.contains("built at " + HERE), message);
    assertTrue(message.contains("time step 4, sequence 0, feature 1"), message);
  }
}

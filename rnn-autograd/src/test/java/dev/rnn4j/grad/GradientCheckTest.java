package dev.rnn4j.grad;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Op;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** The check must find what is wrong, and only that. */
class GradientCheckTest {
  private final Input x = Input.of("x", 2, 3);

  /** a², with the gradient {@code factor}·a·dy: right for 2. */
  private record Rule(double factor) {
    Node of(Node a) {
      return Node.apply(new SquareLike(factor), a);
    }
  }

  private static final class SquareLike extends Op {
    private final double factor;

    SquareLike(double factor) {
      this.factor = factor;
    }

    @Override
    public String name() {
      return "squareLike";
    }

    @Override
    public Shape shape(List<Node> operands) {
      return operands.get(0).shape();
    }

    @Override
    public void forward(Node node, double[][] x, double[] y) {
      for (int i = 0; i < y.length; i++) {
        y[i] = x[0][i] * x[0][i];
      }
    }

    @Override
    public List<Node> gradient(Node y, Node dy) {
      // The rule of the rule is right: only the first order is wrong where the factor is.
      return gradients(y.operand(0).times(factor).times(dy));
    }
  }

  @Test
  void aRightRulePasses() {
    GradientCheck.of(new Rule(2).of(x)).check();
    GradientCheck.of(new Rule(2).of(x)).secondOrder();
  }

  @Test
  void aWrongRuleIsFound() {
    AssertionError e =
        assertThrows(
            AssertionError.class, () -> GradientCheck.of(new Rule(2.001).of(x)).seed(9).check());
    assertTrue(
        e.getMessage()
            .matches(
                "the gradient of squareLike \\[2, 3\\] is \\S+ along direction 0 of seed 9,"
                    + " and differences give \\S+"),
        e.getMessage());
  }

  @Test
  void aWrongSecondDerivativeIsFound() {
    // The first derivative is right: 2a·dy; that of it says a·dy.
    Op op =
        new Op() {
          @Override
          public String name() {
            return "square";
          }

          @Override
          public Shape shape(List<Node> operands) {
            return operands.get(0).shape();
          }

          @Override
          public void forward(Node node, double[][] x, double[] y) {
            for (int i = 0; i < y.length; i++) {
              y[i] = x[0][i] * x[0][i];
            }
          }

          @Override
          public List<Node> gradient(Node y, Node dy) {
            Node a = y.operand(0);
            return gradients(a.plus(a.stopGradient()).times(dy));
          }
        };
    GradientCheck.of(Node.apply(op, x)).check();
    assertThrows(AssertionError.class, () -> GradientCheck.of(Node.apply(op, x)).secondOrder());
  }

  @Test
  void aStoppedGradientIsNotWhatDifferencesGive() {
    assertThrows(AssertionError.class, () -> GradientCheck.of(x.stopGradient().times(x)).check());
  }

  @Test
  void valuesDirectionsAndToleranceCanBeGiven() {
    GradientCheck.of(x.log()).at(x, Tensor.full(x.shape(), 2)).directions(7).check();
    GradientCheck.of(x.square().square()).epsilon(1e-3).tolerance(1e-3).check();
    assertThrows(
        AssertionError.class,
        () -> GradientCheck.of(x.square().square()).epsilon(1e-1).tolerance(1e-9).check());
  }

  @Test
  void aValueThatIsNotANumberIsAFailure() {
    assertThrows(
        AssertionError.class,
        () -> GradientCheck.of(x.log()).at(x, Tensor.full(x.shape(), -1)).check());
  }

  @Test
  void parametersAreCheckedAtTheirInitialValues() {
    Parameter positive = Parameter.of("p", Tensor.of(0.5, 1, 2));
    GradientCheck.of(positive.log()).check();
  }

  @Test
  void whatOnlyChoosesIsNotMoved() {
    Input mask = Input.of("mask", 2, 3);
    Node chosen = mask.select(x, x.square());
    assertDoesNotThrow(() -> GradientCheck.of(chosen).at(mask, Tensor.zeros(x.shape())).check());
  }

  @Test
  void aNodeWithoutLeavesCannotBeChecked() {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class, () -> GradientCheck.of(Node.ones(3).exp()).check());
    assertEquals("no gradient of exp [3] flows to a parameter or input", e.getMessage());
  }

  @Test
  void aLinearFunctionHasNoSecondDerivative() {
    GradientCheck.of(x.times(3)).secondOrder();
  }

  /** A check that tried nothing would find nothing. */
  @Test
  void aCheckThatWouldTryNothingIsRefused() {
    GradientCheck check = GradientCheck.of(Input.of("x", 2).square());
    assertRefused(
        "a gradient is checked in 1 direction or more, not in 0", () -> check.directions(0));
    assertRefused(
        "the step of the differences is a number above 0, not NaN",
        () -> check.epsilon(Double.NaN));
    assertRefused(
        "the largest difference allowed is 0 or more, not NaN", () -> check.tolerance(Double.NaN));
  }

  private static void assertRefused(String message, Executable setting) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, setting).getMessage());
  }
}

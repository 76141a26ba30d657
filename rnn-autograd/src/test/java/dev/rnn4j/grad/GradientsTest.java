package dev.rnn4j.grad;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Op;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import dev.rnn4j.testing.Agreement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a gradient is, at the edges. */
class GradientsTest {
  private final Input x = Input.of("x", 3);
  private final Map<Node, Tensor> values = Map.of(x, Tensor.of(1, -2, 3));

  private double[] gradient(Node loss, Node of) {
    Node gradient = Gradients.of(loss, List.of(of)).get(0);
    assertEquals(of.shape(), gradient.shape());
    Agreement.check(List.of(gradient), values);
    return gradient.eval(values).toDoubles();
  }

  @Test
  void theGradientOfALossWithRespectToItselfIsOne() {
    Node loss = x.sum();
    assertArrayEquals(new double[] {1}, gradient(loss, loss));
    assertArrayEquals(new double[] {0}, gradient(loss, x.sum()), "another node");
  }

  @Test
  void nodesWithinTheGraphHaveGradientsToo() {
    Node square = x.square();
    Node loss = square.times(x).sum();
    List<Node> gradients = Gradients.of(loss, List.of(square, x, loss));
    assertArrayEquals(new double[] {1, -2, 3}, gradients.get(0).eval(values).toDoubles());
    assertArrayEquals(new double[] {3, 12, 27}, gradients.get(1).eval(values).toDoubles());
    assertArrayEquals(new double[] {1}, gradients.get(2).eval(values).toDoubles());
  }

  @Test
  void whatALossDoesNotDependOnHasTheGradientZero() {
    Parameter other = Parameter.of("other", Tensor.of(1, 2));
    assertArrayEquals(new double[2], gradient(x.sum(), other));
    assertArrayEquals(new double[3], gradient(x.stopGradient().sum(), x));
    assertArrayEquals(new double[3], gradient(x.greaterThan(0).sum(), x));
    assertArrayEquals(new double[3], gradient(Node.constant(4), x));
  }

  @Test
  void aNodeUsedTwiceAddsBothGradients() {
    assertArrayEquals(new double[] {2, -4, 6}, gradient(x.times(x).sum(), x));
    assertArrayEquals(new double[] {2, 2, 2}, gradient(x.plus(x).sum(), x));
    assertArrayEquals(new double[3], gradient(x.minus(x).sum(), x));
  }

  @Test
  void oneNodeMayBeAskedForTwice() {
    List<Node> gradients = Gradients.of(x.square().sum(), List.of(x, x));
    assertArrayEquals(
        gradients.get(0).eval(values).toDoubles(), gradients.get(1).eval(values).toDoubles());
    assertEquals(List.of(), Gradients.of(x.sum(), List.of()));
  }

  @Test
  void withoutOutputsThereIsNoGradient() {
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> Gradients.of(List.of(), List.of(), List.of(x)))
            .getMessage();
    assertEquals("there is no output to take gradients of: name the loss, for example", message);
  }

  @Test
  void aLossOfShapeOneByOneIsOneNumber() {
    assertArrayEquals(new double[] {1, 1, 1}, gradient(x.sum().reshape(1, 1), x));
  }

  @Test
  void weightsMakeAVectorJacobianProduct() {
    Node dy = Node.constant(Tensor.of(1, 10, 100));
    Node gradient = Gradients.of(x.square(), dy, List.of(x)).get(0);
    assertArrayEquals(new double[] {2, -40, 600}, gradient.eval(values).toDoubles());
  }

  @Test
  void aGradientOfAGradientOfAGradient() {
    Node y = x.power(4);
    Node first = Gradients.of(y.sum(), List.of(x)).get(0);
    Node second = Gradients.of(first.sum(), List.of(x)).get(0);
    Node third = Gradients.of(second.sum(), List.of(x)).get(0);
    assertArrayEquals(new double[] {24, -48, 72}, third.eval(values).toDoubles(), 1e-12);
    Agreement.check(List.of(first, second, third), values);
  }

  // ---------------------------------------------------------------- conventions

  @Test
  void tiesShareTheGradientEvenly() {
    Input a = Input.of("a", 3);
    Input b = Input.of("b", 3);
    Map<Node, Tensor> at = Map.of(a, Tensor.of(1, 2, 2), b, Tensor.of(2, 2, 1));
    for (Node y : List.of(a.maximum(b), a.minimum(b))) {
      List<Node> gradients = Gradients.of(y.times(4).sum(), List.of(a, b));
      Agreement.check(gradients, at);
      boolean max = y.op().name().equals("maximum");
      double[] ofA = gradients.get(0).eval(at).toDoubles();
      double[] ofB = gradients.get(1).eval(at).toDoubles();
      assertArrayEquals(max ? new double[] {0, 2, 4} : new double[] {4, 2, 0}, ofA);
      assertArrayEquals(max ? new double[] {4, 2, 0} : new double[] {0, 2, 4}, ofB);
    }
  }

  @Test
  void equalLargestElementsShareTheGradientEvenly() {
    Input m = Input.of("m", 2, 3);
    Map<Node, Tensor> at = Map.of(m, Tensor.of(new double[][] {{5, 1, 5}, {2, 2, 2}}));
    List<Node> gradients =
        List.of(
            Gradients.of(m.max(1).sum(), List.of(m)).get(0),
            Gradients.of(m.max(), List.of(m)).get(0));
    Agreement.check(gradients, at);
    assertArrayEquals(
        new double[] {0.5, 0, 0.5, 1 / 3.0, 1 / 3.0, 1 / 3.0},
        gradients.get(0).eval(at).toDoubles());
    assertArrayEquals(new double[] {0.5, 0, 0.5, 0, 0, 0}, gradients.get(1).eval(at).toDoubles());
  }

  @Test
  void kinksHaveTheGradientZero() {
    Input z = Input.of("z", 3);
    Map<Node, Tensor> at = Map.of(z, Tensor.of(-1, 0, 1));
    List<Node> gradients =
        List.of(
            Gradients.of(z.relu().sum(), List.of(z)).get(0),
            Gradients.of(z.abs().sum(), List.of(z)).get(0));
    Agreement.check(gradients, at);
    assertArrayEquals(new double[] {0, 0, 1}, gradients.get(0).eval(at).toDoubles());
    assertArrayEquals(new double[] {-1, 0, 1}, gradients.get(1).eval(at).toDoubles());
  }

  @Test
  void powersOfZeroHaveGradients() {
    Input z = Input.of("z", 3);
    Map<Node, Tensor> at = Map.of(z, Tensor.of(0, 0, 0));
    Input e = Input.of("e", 3);
    Map<Node, Tensor> both = Map.of(z, Tensor.of(0, 0, 0), e, Tensor.of(0, 1, 2));
    Node y = z.power(e);
    List<Node> gradients = Gradients.of(y.sum(), List.of(z, e));
    Agreement.check(List.of(y, gradients.get(0), gradients.get(1)), both);
    assertArrayEquals(new double[] {1, 0, 0}, y.eval(both).toDoubles());
    assertArrayEquals(new double[] {0, 1, 0}, gradients.get(0).eval(both).toDoubles());
    assertArrayEquals(new double[] {0, 0, 0}, gradients.get(1).eval(both).toDoubles());
    Node square = Gradients.of(z.power(2).sum(), List.of(z)).get(0);
    assertArrayEquals(new double[3], square.eval(at).toDoubles());
  }

  @Test
  void whatIsNotSelectedCountsNowhere() {
    Input a = Input.of("a", 3);
    Map<Node, Tensor> at = Map.of(a, Tensor.of(-1, 0, 4));
    Node y = a.greaterThan(0).select(a.sqrt(), Node.constant(7));
    Node masked = a.greaterThan(0).select(a, Node.constant(1)).sqrt();
    Node gradient = Gradients.of(masked.sum(), List.of(a)).get(0);
    Agreement.check(List.of(y, gradient), at);
    assertArrayEquals(new double[] {7, 7, 2}, y.eval(at).toDoubles());
    assertArrayEquals(new double[] {0, 0, 0.25}, gradient.eval(at).toDoubles());
  }

  // ---------------------------------------------------------------- errors

  private static String message(org.junit.jupiter.api.function.Executable body) {
    return assertThrows(IllegalArgumentException.class, body).getMessage();
  }

  @Test
  void aGradientIsTakenOfOneNumber() {
    assertEquals(
        "a gradient is taken of one number, and square [3] has 3: sum() or mean() it first",
        message(() -> Gradients.of(x.square(), List.of(x))));
    assertEquals(
        "zeros [2] is no gradient of x [3]",
        message(() -> Gradients.of(x, Node.zeros(2), List.of(x))));
  }

  /** An op whose rule returns what a test gives. */
  private static Node ruled(Node a, List<Node> gradients) {
    return Node.apply(
        new Op() {
          @Override
          public String name() {
            return "odd";
          }

          @Override
          public Shape shape(List<Node> operands) {
            return operands.get(0).shape();
          }

          @Override
          public void forward(Node node, double[][] x, double[] y) {
            System.arraycopy(x[0], 0, y, 0, y.length);
          }

          @Override
          public List<Node> gradient(Node y, Node dy) {
            return gradients;
          }
        },
        a);
  }

  @Test
  void aRuleMustReturnAGradientForEachOperand() {
    assertEquals(
        "the gradient rule of odd returned 0 gradients for 1 operands",
        message(() -> Gradients.of(ruled(x, List.of()).sum(), List.of(x))));
    assertEquals(
        "the gradient rule of odd returned null for operand 0, which is differentiable",
        message(
            () -> Gradients.of(ruled(x, java.util.Arrays.asList((Node) null)).sum(), List.of(x))));
    assertEquals(
        "the gradient rule of odd returned zeros [2] for operand 0, x [3]: the shapes must fit",
        message(() -> Gradients.of(ruled(x, List.of(Node.zeros(2))).sum(), List.of(x))));
  }
}

package dev.rnn4j.plan;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Dense copies of inputs and parameters that lie scattered. */
class CopiesTest {
  private static final Tensor TURNED =
      Tensor.of(Shape.of(2, 3, 2), 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);

  private static Parameter weights(String name, double first) {
    return Parameter.of(name, Tensor.of(Shape.of(2, 2), first, 1, 0, 2));
  }

  private static long copies(Plan plan) {
    return plan.explain().lines().filter(line -> line.contains("= copy(")).count();
  }

  @Test
  void productsOfOneInputShareACopy() {
    Input x = Input.of("x", 2, 3, 2);
    Node turned = x.transpose(1, 0, 2);
    Node y = turned.matmul(weights("u", 3)).tanh();
    Node z = turned.matmul(weights("v", 4)).sigmoid();
    Plan plan = Plan.of(y, z).compile(Precision.FLOAT64);
    assertEquals(1, copies(plan), plan.explain());
    Session session = plan.session();
    for (int factor : new int[] {1, 2}) {
      Tensor values = Node.constant(TURNED).times(factor).eval();
      session.set(x, values).run();
      assertArrayEquals(y.eval(Map.of(x, values)).toDoubles(), session.get(y).toDoubles(), 1e-15);
      assertArrayEquals(z.eval(Map.of(x, values)).toDoubles(), session.get(z).toDoubles(), 1e-15);
    }
  }

  @Test
  void anUpdateSeesWhatWasSetBeforeIt() {
    Input x = Input.of("x", 2, 3, 2);
    Parameter sum = Parameter.of("sum", Tensor.zeros(Shape.of(3, 2, 2)));
    Node turned = x.transpose(1, 0, 2);
    Node y = turned.matmul(weights("u", 3)).tanh();
    Node next = sum.plus(turned.matmul(weights("v", 4)).sigmoid());
    Plan plan = Plan.of(y).update(sum, next).compile(Precision.FLOAT64);
    Session session = plan.session();
    session.set(x, Tensor.zeros(Shape.of(2, 3, 2))).compute();
    session.set(x, TURNED).update();
    assertArrayEquals(
        next.eval(Map.of(x, TURNED)).toDoubles(), plan.weights().get(sum).toDoubles(), 1e-15);
  }

  @Test
  void aParameterIsCopiedAnewWhenItHasChanged() {
    Input x = Input.of("x", 2, 3, 2);
    Parameter scattered = Parameter.of("scattered", TURNED);
    Node turned = scattered.transpose(1, 0, 2);
    Node y = turned.matmul(weights("u", 3)).plus(turned.matmul(weights("v", 4)));
    Plan plan = Plan.of(y).update(scattered, scattered.plus(x)).compile(Precision.FLOAT64);
    Session session = plan.session();
    session.set(x, TURNED).run();
    session.run();
    Tensor twice = Node.constant(TURNED).times(2).eval();
    assertArrayEquals(
        y.eval(Map.of(scattered, twice)).toDoubles(), session.get(y).toDoubles(), 1e-13);
  }
}

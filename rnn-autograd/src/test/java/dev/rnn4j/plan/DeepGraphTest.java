package dev.rnn4j.plan;

import dev.rnn4j.grad.Gradients;
import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import dev.rnn4j.testing.Agreement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Long chains of nodes: nothing recurses through a graph, so that no stack overflows. */
class DeepGraphTest {
  private static final int DEPTH = 5_000;
  private static final int SMALL_STACK = 256 << 10;
  private static final Input X = Input.of("x", 2, 2);

  static Stream<Arguments> links() {
    return Stream.of(
        link("elementwise", a -> a.tanh()),
        link("view", Node::transpose),
        link("alias", Node::stopGradient),
        link("sum", a -> a.plus(X)),
        link("sum of products", a -> a.plus(X.matmul(X))),
        link("sum of sums", a -> Node.sum(List.of(a, X))),
        link("product", a -> a.matmul(X)));
  }

  private static Arguments link(String name, UnaryOperator<Node> link) {
    return Arguments.of(name, link);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("links")
  void aLongChain(String name, UnaryOperator<Node> link) throws Exception {
    FutureTask<Void> task = new FutureTask<>(() -> check(link), null);
    new Thread(null, task, "small stack", SMALL_STACK).start();
    task.get();
  }

  private static void check(UnaryOperator<Node> link) {
    Node y = X;
    for (int i = 0; i < DEPTH; i++) {
      y = link.apply(y);
    }
    Node gradient = Gradients.of(y.sum(), List.of(X)).get(0);
    Tensor half = Tensor.of(Shape.of(2, 2), 0.5, 0.5, 0.5, 0.5);
    Agreement.check(List.of(y, gradient), Map.of(X, half));
  }
}

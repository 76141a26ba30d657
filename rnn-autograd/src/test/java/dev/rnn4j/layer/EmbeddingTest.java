package dev.rnn4j.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.rnn4j.cell.GruCell;
import dev.rnn4j.grad.Gradients;
import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Parameters;
import dev.rnn4j.pass.Signal;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.ShapeException;
import dev.rnn4j.tensor.Tensor;
import dev.rnn4j.testing.Agreement;
import dev.rnn4j.testing.Verify;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Vectors for indices. */
class EmbeddingTest {
  private final Embedding embedding = Embedding.of(7, 3, new Random(1));
  private static final Tensor INDICES = Tensor.of(new double[][] {{0, 6}, {3, 3}, {6, 1}});

  @Test
  void indicesBecomeRows() {
    Tensor table = embedding.table().initial();
    Tensor rows = embedding.apply(Node.constant(INDICES)).eval();
    for (int t = 0; t < 3; t++) {
      for (int n = 0; n < 2; n++) {
        for (int e = 0; e < 3; e++) {
          assertEquals(table.get((int) INDICES.get(t, n), e), rows.get(t, n, e));
        }
      }
    }
    assertEquals(2, embedding.apply(Node.constant(Tensor.of(1, 2))).shape().rank());
  }

  @Test
  void aLayerOnTopHasGradients() {
    Stacked model = Stacked.of(embedding, new Recurrent<>(GruCell.of(3, 4, new Random(2))));
    Verify.of(model.apply(Node.constant(INDICES)).square().mean()).all();
  }

  @Test
  void indicesThatDoNotCountMayBeAnything() {
    Stacked model = Stacked.of(embedding, new Recurrent<>(GruCell.of(3, 4, new Random(2))).last());
    Input x = Input.of("x", 3, 2);
    Node mask = Node.constant(Tensor.of(new double[][] {{1, 1}, {1, 0}, {0, 0}}));
    Node loss = model.apply(Signal.of(x).masked(mask)).values().square().mean();
    List<Node> results = new ArrayList<>(List.of(loss));
    results.addAll(Gradients.of(loss, Parameters.of(model).values()));
    double nan = Double.NaN;
    Tensor wild = Tensor.of(new double[][] {{0, 6}, {3, -5}, {99, nan}});
    for (Precision precision : Precision.values()) {
      List<Tensor> expected = Agreement.run(precision, results, Map.of(x, INDICES));
      List<Tensor> actual = Agreement.run(precision, results, Map.of(x, wild));
      for (int i = 0; i < results.size(); i++) {
        Agreement.assertSameBits(expected.get(i), actual.get(i), "result " + i);
      }
    }
  }

  @Test
  void whatIsNoIndexIsRefused() {
    assertEquals(
        "an embedding takes indices [T, N] or [N], and was given x [3, 2, 1]",
        assertThrows(ShapeException.class, () -> embedding.apply(Input.of("x", 3, 2, 1)))
            .getMessage());
  }
}

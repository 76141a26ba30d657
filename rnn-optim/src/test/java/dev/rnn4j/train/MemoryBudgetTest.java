package dev.rnn4j.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rnn4j.cell.GruCell;
import dev.rnn4j.cell.LstmCell;
import dev.rnn4j.io.Batch;
import dev.rnn4j.layer.Dense;
import dev.rnn4j.layer.Recurrent;
import dev.rnn4j.layer.Stacked;
import dev.rnn4j.loss.Losses;
import dev.rnn4j.optimizer.Sgd;
import dev.rnn4j.pass.Layer;
import dev.rnn4j.random.Philox;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Tensor;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MemoryBudgetTest {
  private static final int T = 61;

  private static TrainingStepBuilder builder(Object model, Objective objective) {
    return TrainingStep.of(model, objective).optimizer(Sgd.rate(0.1)).seed(3);
  }

  /** Compares a step of whole sequences with one in segments: losses, gradients, outputs. */
  private static void check(java.util.function.Supplier<TrainingStepBuilder> steps, Batch batch) {
    TrainingStep whole = steps.get().compile(Precision.FLOAT64);
    long full = whole.memory(batch).full();
    TrainingStep cut = steps.get().memoryBudget(full * 6 / 10).compile(Precision.FLOAT64);
    System.out.println(cut.memory(batch));
    assertTrue(cut.memory(batch).segments() > 1);
    for (int update = 0; update < 2; update++) {
      double expected = whole.compute(batch);
      assertClose(expected, cut.compute(batch), "loss");
      assertClose(whole.losses(), cut.losses());
      Map<String, Tensor> gradients = whole.gradients();
      gradients.forEach((path, gradient) -> assertClose(gradient, cut.gradient(path), path));
      whole.update();
      cut.update();
    }
    assertClose(whole.evaluate(batch), cut.evaluate(batch), "evaluation");
  }

  private static void assertClose(Map<String, Double> expected, Map<String, Double> found) {
    assertEquals(expected.keySet(), found.keySet());
    expected.forEach((name, loss) -> assertClose(loss, found.get(name), name));
  }

  private static void assertClose(double expected, double found, String what) {
    assertEquals(expected, found, 1e-12 * Math.max(1, Math.abs(expected)), what);
  }

  private static void assertClose(Tensor expected, Tensor found, String what) {
    assertEquals(expected.shape(), found.shape(), what);
    double largest = 0;
    for (int i = 0; i < expected.shape().elements(); i++) {
      largest = Math.max(largest, Math.abs(expected.at(i)));
    }
    for (int i = 0; i < expected.shape().elements(); i++) {
      assertEquals(expected.at(i), found.at(i), 1e-12 * largest, what + " " + i);
    }
  }

  @Test
  void stackOfCellsWithALossAtEachStep() {
    Philox random = new Philox(1);
    Layer model =
        Stacked.of(
            new Recurrent<>(LstmCell.of(2, 5, random)),
            new Recurrent<>(GruCell.of(5, 3, random)),
            Dense.of(3, 2, random));
    Batch batch =
        Batch.of(Fixtures.normal(random, T, 3, 2), Fixtures.normal(random, T, 3, 2));
    check(
        () -> TrainingStep.of(model, Losses.meanSquaredError()).optimizer(Sgd.rate(0.1)), batch);
  }
}

package dev.rnn4j.programs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rnn4j.cell.Begun;
import dev.rnn4j.cell.Cell;
import dev.rnn4j.cell.Step;
import dev.rnn4j.graph.Node;
import dev.rnn4j.io.Batch;
import dev.rnn4j.layer.Dense;
import dev.rnn4j.layer.Dropout;
import dev.rnn4j.layer.Recurrent;
import dev.rnn4j.loss.Losses;
import dev.rnn4j.optimizer.Adam;
import dev.rnn4j.part.Gate;
import dev.rnn4j.pass.ForwardPass;
import dev.rnn4j.pass.Layer;
import dev.rnn4j.pass.Signal;
import dev.rnn4j.plan.Plan;
import dev.rnn4j.random.Philox;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import dev.rnn4j.train.Predictor;
import dev.rnn4j.train.TrainingStep;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/**
 * A user's own cell with variational dropout (Gal and Ghahramani 2016), trained on sequences of
 * different lengths, through public names only.
 */
class CustomCellTest {
  /**
   * f = σ(Wf x + Uf h + bf); g = tanh(Wg x + Ug (f⊙h) + bg); h' = h + f⊙(g − h); h loses the same
   * at all steps.
   */
  private record DroppedMgu(Gate forget, Gate candidate, double rate) implements Cell<Node> {
    static DroppedMgu of(int inputSize, int hiddenSize, double rate, RandomGenerator random) {
      return new DroppedMgu(
          Gate.of(inputSize, hiddenSize, random), Gate.of(inputSize, hiddenSize, random), rate);
    }

    @Override
    public Node initialState(int batchSize) {
      return Node.zeros(batchSize, forget.hiddenSize());
    }

    @Override
    public Step<Node> step(Node x, Node h) {
      return step(x, h, UnaryOperator.identity());
    }

    private Step<Node> step(Node x, Node h, UnaryOperator<Node> dropout) {
      Node kept = dropout.apply(h);
      Node f = forget.apply(x, kept).sigmoid();
      Node g = candidate.apply(x, f.times(kept)).tanh();
      Node next = h.plus(f.times(g.minus(h)));
      return new Step<>(next, next);
    }

    @Override
    public Begun<Node> begin(ForwardPass pass, int batchSize) {
      UnaryOperator<Node> dropout = pass.dropout(rate, batchSize, forget.hiddenSize());
      return new Begun<>(initialState(batchSize), (x, h) -> step(x, h, dropout));
    }
  }

  /** Says which of two marks a sequence began with, however long it is. */
  private record Memory(Dropout input, Recurrent<Node> rnn, Dense head) implements Layer {
    static Memory of(RandomGenerator random) {
      return new Memory(
          new Dropout(0.1),
          new Recurrent<>(DroppedMgu.of(2, 16, 0.2, random)),
          Dense.of(16, 2, random));
    }

    @Override
    public Signal apply(Signal x) {
      return head.apply(rnn.last().apply(input.apply(x)));
    }
  }

  private static final int[] LENGTHS = {9, 3, 7, 1, 5, 9, 2, 4};

  /** Marks at the first step, noise after it, and NaN where a sequence has ended. */
  private static Batch batch() {
    RandomGenerator random = new Philox(3);
    double[] x = new double[9 * 8 * 2];
    double[] y = new double[8];
    Arrays.fill(x, Double.NaN);
    for (int n = 0; n < 8; n++) {
      y[n] = n / 2 % 2;
      for (int t = 0; t < LENGTHS[n]; t++) {
        x[(t * 8 + n) * 2] = t == 0 ? 2 * y[n] - 1 : 0;
        x[(t * 8 + n) * 2 + 1] = random.nextGaussian();
      }
    }
    return Batch.of(Tensor.of(Shape.of(9, 8, 2), x), Tensor.of(y)).lengths(LENGTHS);
  }

  private static TrainingStep step(int threads) {
    return TrainingStep.of(Memory.of(new Philox(1)), Losses.softmaxCrossEntropyOfIndices())
        .optimizer(Adam.rate(0.02))
        .threads(threads)
        .seed(5)
        .compile(Precision.FLOAT32);
  }

  @Test
  void itLearnsOnAnyNumberOfThreadsWithTheSameBits() {
    double[] losses = new double[150];
    TrainingStep step = step(1);
    Arrays.setAll(losses, i -> step.run(batch()));
    double loss = step.evaluate(batch());
    assertTrue(loss < 0.1 * losses[0], loss + " after " + losses[0]);
    Tensor logits = Predictor.of((Memory) step.model(), step.weights()).predict(batch());
    for (int n = 0; n < 8; n++) {
      boolean second = logits.get(n, 1) > logits.get(n, 0);
      assertEquals(n / 2 % 2 == 1, second, "sequence " + n);
    }
    for (int threads : new int[] {2, 7}) {
      TrainingStep other = step(threads);
      double[] same = new double[150];
      Arrays.setAll(same, i -> other.run(batch()));
      assertArrayEquals(losses, same, threads + " threads");
    }
  }

  /**
   * What an update loses does not depend on how its batch is cut: gradients are those of the whole.
   */
  @Test
  void partsOfABatchLoseWhatTheWholeLoses() {
    TrainingStep step =
        TrainingStep.of(Memory.of(new Philox(1)), Losses.softmaxCrossEntropyOfIndices())
            .optimizer(Adam.rate(0.02))
            .seed(5)
            .compile(Precision.FLOAT64);
    double loss = step.compute(batch());
    Tensor whole = step.gradient("rnn.cell.forget.weightHh");
    assertEquals(loss, step.compute(batch().sequences(0, 3), batch().sequences(3, 8)), 1e-12);
    Tensor parts = step.gradient("rnn.cell.forget.weightHh");
    for (int i = 0; i < whole.shape().elements(); i++) {
      assertEquals(whole.at(i), parts.at(i), 1e-12);
    }
  }

  @Test
  void inferenceHasNoTraceOfDropout() {
    TrainingStep step = step(1);
    assertTrue(step.plan(batch()).explain().contains("uniform"));
    Memory model = (Memory) step.model();
    Node y = model.apply(Node.constant(batch().x()));
    Plan inference = Plan.of(y).weights(step.weights()).compile(Precision.FLOAT32);
    assertFalse(inference.explain().contains("uniform"), inference.explain());
  }
}

package dev.rnn4j.plan;

import dev.rnn4j.cell.ElmanCell;
import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.layer.Recurrent;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import dev.rnn4j.testing.Agreement;
import dev.rnn4j.testing.Draw;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One plan, and a session for each thread. */
class SessionsTest {
  private static final int THREADS = 4;

  @ParameterizedTest
  @EnumSource(Precision.class)
  void everyThreadComputesItsOwnBatch(Precision precision) throws Exception {
    Input x = Input.of("x", 5, 8, 16);
    Node y = new Recurrent<>(ElmanCell.of(16, 24, new Random(1))).apply(x);
    Plan plan = Plan.of(y).compile(precision);
    Draw draw = new Draw(new Random(2));
    List<Tensor> batches = new ArrayList<>();
    List<Tensor> expected = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      batches.add(draw.uniform(Shape.of(5, 8, 16), -1, 1));
      Plan alone = Plan.of(y).compile(precision);
      expected.add(alone.session().set(x, batches.get(i)).run().get(y));
    }
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Callable<List<Tensor>>> tasks = new ArrayList<>();
      for (Tensor batch : batches) {
        tasks.add(
            () -> {
              Session session = plan.session().set(x, batch);
              List<Tensor> results = new ArrayList<>();
              for (int run = 0; run < 50; run++) {
                results.add(session.run().get(y));
              }
              return results;
            });
      }
      List<Future<List<Tensor>>> futures = threads.invokeAll(tasks);
      for (int i = 0; i < THREADS; i++) {
        for (Tensor result : futures.get(i).get()) {
          Agreement.assertSameBits(expected.get(i), result, "thread " + i);
        }
      }
    } finally {
      threads.shutdownNow();
    }
  }
}

package dev.rnn4j.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rnn4j.cell.LstmCell;
import dev.rnn4j.io.Batch;
import dev.rnn4j.layer.Recurrent;
import dev.rnn4j.loss.Losses;
import dev.rnn4j.optimizer.Sgd;
import dev.rnn4j.pass.Layer;
import dev.rnn4j.plan.Weights;
import dev.rnn4j.random.Philox;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import dev.rnn4j.train.internal.memory.PlanCache;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What compiled plans take, and who waits for them. */
class PlanBudgetTest {
  private record Big(long bytes) implements PlanCache.Compiled {}

  @Test
  void theOneNotUsedForLongestGoesFirst() {
    AtomicInteger compiled = new AtomicInteger();
    PlanBudget budget = PlanBudget.of(100);
    PlanCache<String, Big> cache =
        new PlanCache<>(
            key -> {
              compiled.incrementAndGet();
              return new Big(40);
            },
            budget.counted());
    Big a = cache.get("a");
    cache.get("b");
    assertSame(a, cache.get("a"));
    cache.get("c"); // b goes
    assertEquals(80, budget.bytes());
    assertEquals(2, budget.plans());
    assertSame(a, cache.get("a"));
    assertEquals(3, compiled.get());
    cache.get("b");
    assertEquals(4, compiled.get());
  }

  @Test
  void whatIsLargerThanTheBudgetStaysAlone() {
    PlanBudget budget = PlanBudget.of(0);
    PlanCache<String, Big> cache = new PlanCache<>(key -> new Big(40), budget.counted());
    cache.get("a");
    assertEquals(40, budget.bytes());
    cache.get("b");
    assertEquals(40, budget.bytes());
    assertThrows(IllegalArgumentException.class, () -> PlanBudget.of(-1));
  }

  @Test
  void whatFailsToCompileIsTriedAgainAndTakesNothing() {
    PlanBudget budget = PlanBudget.of(100);
    PlanCache<String, Big> cache =
        new PlanCache<>(
            key -> {
              throw new IllegalArgumentException(key);
            },
            budget.counted());
    for (int i = 0; i < 2; i++) {
      assertThrows(IllegalArgumentException.class, () -> cache.get("a"));
    }
    assertEquals(0, budget.bytes());
    assertEquals(0, budget.plans());
  }

  @Test
  void compilingOneFormDoesNotStopCallersOfAnother() throws Exception {
    CountDownLatch compiling = new CountDownLatch(1);
    CountDownLatch finish = new CountDownLatch(1);
    AtomicInteger compiled = new AtomicInteger();
    PlanCache<String, Big> cache =
        new PlanCache<>(
            key -> {
              compiled.incrementAndGet();
              if (key.equals("slow")) {
                compiling.countDown();
                try {
                  finish.await();
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              }
              return new Big(1);
            },
            PlanBudget.of(100).counted());
    cache.get("ready");
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      List<Future<Big>> slow = new ArrayList<>();
      slow.add(threads.submit(() -> cache.get("slow")));
      compiling.await();
      slow.add(threads.submit(() -> cache.get("slow")));
      cache.get("ready");
      cache.get("another");
      finish.countDown();
      assertSame(slow.get(0).get(), slow.get(1).get());
      assertEquals(3, compiled.get(), "compiled once for all that wait");
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void aThousandShapesAndABurstOfCallersKeepToTheBudget() throws Exception {
    PlanBudget budget = PlanBudget.of(400_000);
    Fixtures.Forecast model = Fixtures.Forecast.of(2, 8, 1, 1);
    Predictor predictor =
        Predictor.of(model, Weights.of(Precision.FLOAT32)).budget(budget).threads(1);
    for (int shape = 0; shape < 1000; shape++) {
      predictor.predict(Fixtures.normal(new Philox(shape), 1 + shape % 20, 1 + shape / 20, 2));
      assertTrue(budget.bytes() <= budget.limit() || budget.plans() == 1, "at " + shape);
    }
    assertTrue(budget.plans() > 1);
    Tensor x = Fixtures.normal(new Philox(1), 4, 3, 2);
    Tensor y = predictor.predict(x);
    ExecutorService threads = Executors.newFixedThreadPool(64);
    try {
      List<Future<Boolean>> calls = new ArrayList<>();
      for (int i = 0; i < 640; i++) {
        calls.add(threads.submit(() -> predictor.predict(x).sameAs(y)));
      }
      for (Future<Boolean> same : calls) {
        assertTrue(same.get());
      }
    } finally {
      threads.shutdownNow();
    }
    predictor.predict(x);
    assertTrue(budget.bytes() <= budget.limit(), budget.bytes() + " bytes after the burst");
  }

  @Test
  void trainingOnManyBatchSizesKeepsToTheBudget() {
    PlanBudget budget = PlanBudget.of(2_000_000);
    TrainingStep step =
        TrainingStep.of(Fixtures.Forecast.of(2, 8, 1, 1), Losses.meanSquaredError())
            .optimizer(Sgd.rate(0.01))
            .budget(budget)
            .compile(Precision.FLOAT32);
    for (int sequences = 1; sequences <= 200; sequences++) {
      step.run(Fixtures.batch(new Philox(sequences), 5, sequences, 2));
      assertTrue(budget.bytes() <= budget.limit() || budget.plans() == 1, "at " + sequences);
    }
    assertEquals(200, step.updates());
    assertSame(budget, step.budget());
  }

  /** Not only plans: the update, partial sums, states, the plans of weights, and streams. */
  @Test
  void allThatIsCompiledIsCounted() {
    PlanBudget budget = PlanBudget.of(Long.MAX_VALUE);
    Layer model = new Recurrent<>(LstmCell.of(2, 3, new Philox(1)));
    TrainingStep step =
        TrainingStep.of(model, Losses.meanSquaredError())
            .optimizer(Sgd.rate(0.01))
            .carryStates()
            .budget(budget)
            .compile(Precision.FLOAT32);
    Batch batch =
        Batch.of(Fixtures.normal(new Philox(2), 6, 2, 2), Fixtures.normal(new Philox(3), 6, 2, 3));
    Batch[] segments = {batch.steps(0, 3), batch.steps(3, 6)};
    Predictor predictor = Predictor.of(model, step.weights()).budget(budget);
    long before = 0;
    for (Runnable more :
        List.<Runnable>of(
            () -> step.run(batch),
            () -> step.compute(batch),
            () -> {
              step.compute(batch);
              step.update();
            },
            step::gradientNorm,
            () -> step.compute(segments),
            () -> step.evaluate(batch),
            () -> predictor.predict(batch.x()))) {
      more.run();
      long now = budget.bytes();
      assertTrue(now > before, now + " bytes after " + before);
      more.run();
      before = budget.bytes();
    }
    assertEquals(5, budget.plans());
    Streaming streaming = predictor.streaming(Shape.of(2));
    assertTrue(budget.bytes() > before);
    streaming.open().next(new float[2], new float[3]);
    long after = budget.bytes();
    for (int i = 0; i < 10; i++) {
      step.run(batch);
      step.compute(segments);
      step.update();
      step.evaluate(batch);
      predictor.predict(batch.x());
      streaming.open().next(new float[2], new float[3]);
    }
    assertEquals(after, budget.bytes());
  }
}

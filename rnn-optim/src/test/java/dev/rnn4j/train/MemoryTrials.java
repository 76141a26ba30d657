package dev.rnn4j.train;

import dev.rnn4j.cell.GruCell;
import dev.rnn4j.cell.LayerNormLstmCell;
import dev.rnn4j.cell.LstmCell;
import dev.rnn4j.io.Batch;
import dev.rnn4j.layer.Dense;
import dev.rnn4j.layer.Dropout;
import dev.rnn4j.layer.Recurrent;
import dev.rnn4j.layer.Stacked;
import dev.rnn4j.loss.Losses;
import dev.rnn4j.optimizer.Adam;
import dev.rnn4j.pass.Layer;
import dev.rnn4j.plan.Weights;
import dev.rnn4j.random.Philox;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Programs that have little memory, each run in a process of its own; they say what they saw. */
final class MemoryTrials {
  private static final int MEGA = 1 << 20;

  private MemoryTrials() {}

  /** Runs the trial of a name; ends with an exception where it fails. */
  public static void main(String[] args) throws Exception {
    switch (args[0]) {
      case "batch sizes" -> batchSizes();
      case "shapes" -> shapes();
      case "burst" -> burst();
      case "estimates" -> estimates();
      case "garbage" -> garbage();
      default -> throw new IllegalArgumentException(args[0]);
    }
    System.out.println("done");
  }

  private static Layer lstm(int inputSize, int hiddenSize) {
    return Stacked.of(
        new Recurrent<>(LstmCell.of(inputSize, hiddenSize, new Philox(1))),
        Dense.of(hiddenSize, 1, new Philox(2)));
  }

  private static TrainingStep step(Layer model, PlanBudget budget) {
    return TrainingStep.of(model, Losses.meanSquaredError())
        .optimizer(Adam.rate(1e-3))
        .budget(budget)
        .compile(Precision.FLOAT32);
  }

  private static Batch batch(int steps, int sequences, int inputSize) {
    return Batch.of(
        Tensor.full(Shape.of(steps, sequences, inputSize), 0.5),
        Tensor.zeros(Shape.of(steps, sequences, 1)));
  }

  private static void check(boolean holds, String message) {
    if (!holds) {
      throw new AssertionError(message);
    }
  }

  /** Trains with batches of 1 to 199 sequences; the arrays of all would be some 300 MB. */
  private static void batchSizes() {
    TrainingStep step = step(lstm(8, 32), PlanBudget.byDefault());
    PlanBudget budget = step.budget();
    for (int sequences = 1; sequences < 200; sequences += 3) {
      step.run(batch(40, sequences, 8));
      check(
          budget.bytes() <= budget.limit() || budget.plans() == 1,
          budget.bytes() + " bytes with " + sequences + " sequences");
    }
    System.out.println(budget.plans() + " plans, " + budget.bytes() / MEGA + " MB");
    check(budget.plans() > 10, "arrays are shared, so that many plans are kept");
  }

  private static void shapes() {
    Predictor predictor = Predictor.of(lstm(8, 32), Weights.of(Precision.FLOAT32));
    PlanBudget budget = predictor.budget();
    for (int i = 0; i < 400; i++) {
      predictor.predict(Tensor.full(Shape.of(1 + i % 40, 1 + i / 40, 8), 0.5));
      check(
          budget.bytes() <= budget.limit() || budget.plans() == 1,
          budget.bytes() + " bytes after " + i);
    }
    System.out.println(budget.plans() + " plans, " + budget.bytes() / MEGA + " MB");
  }

  /** 64 callers at once, each with arrays of its own; then there is room again. */
  private static void burst() throws Exception {
    Predictor predictor = Predictor.of(lstm(8, 32), Weights.of(Precision.FLOAT32)).threads(1);
    PlanBudget budget = predictor.budget();
    Tensor x = Tensor.full(Shape.of(50, 30, 8), 0.5);
    Tensor y = predictor.predict(x);
    long one = budget.bytes();
    CountDownLatch all = new CountDownLatch(64);
    ExecutorService threads = Executors.newFixedThreadPool(64);
    List<Future<Boolean>> calls = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      calls.add(
          threads.submit(
              () -> {
                all.countDown();
                all.await();
                boolean same = true;
                for (int call = 0; call < 5; call++) {
                  same &= predictor.predict(x).sameAs(y);
                }
                return same;
              }));
    }
    for (Future<Boolean> call : calls) {
      check(call.get(), "another result");
    }
    threads.shutdown();
    System.out.println(one / 1024 + " KB for one caller, then " + budget.bytes() / 1024 + " KB");
    check(budget.bytes() <= budget.limit(), budget.bytes() + " bytes when the burst has ended");
    byte[][] room = new byte[400][100 * 1024];
    check(room[399].length > 0, "there is room for something else");
  }

  private static long used() throws InterruptedException {
    Runtime runtime = Runtime.getRuntime();
    for (int i = 0; i < 4; i++) {
      System.gc();
      Thread.sleep(50); // helping threads let go of what they ran when they rest
    }
    return runtime.totalMemory() - runtime.freeMemory();
  }

  /** What is counted, beside what the heap holds. */
  private static void estimates() throws InterruptedException {
    estimate(lstm(3, 8), 3, 5, false);
    estimate(lstm(3, 8), 3, 200, false);
    estimate(lstm(16, 64), 16, 100, true);
    estimate(
        Stacked.of(
            new Dropout(0.3),
            new Recurrent<>(GruCell.of(3, 8, new Philox(1))),
            new Recurrent<>(LayerNormLstmCell.of(8, 8, new Philox(2))),
            Dense.of(8, 1, new Philox(3))),
        3,
        20,
        false);
  }

  private static void estimate(Layer model, int inputSize, int steps, boolean masked)
      throws InterruptedException {
    TrainingStep step = step(model, PlanBudget.of(Long.MAX_VALUE));
    long usedBefore = 0;
    long countedBefore = 0;
    int forms = 10;
    for (int form = 0; form <= forms; form++) {
      Batch batch = batch(steps, 4 + form, inputSize);
      if (masked) {
        int[] lengths = new int[4 + form];
        Arrays.fill(lengths, steps - 1);
        batch = batch.lengths(lengths);
      }
      step.run(batch);
      usedBefore = form == 0 ? used() : usedBefore;
      countedBefore = form == 0 ? step.budget().bytes() : countedBefore;
    }
    double used = used() - usedBefore;
    double counted = step.budget().bytes() - countedBefore;
    System.out.println(
        (long) used / forms + " bytes a plan, " + (long) counted / forms + " counted");
    check(used < 1.4 * counted && counted < 1.6 * used, used + " bytes, and counted " + counted);
    check(step.updates() == forms + 1, "the step is there until here");
  }

  /** Steps come and go, with one budget. */
  private static void garbage() throws InterruptedException {
    PlanBudget budget = PlanBudget.of(40L * MEGA);
    for (int i = 0; i < 20; i++) {
      step(lstm(8, 32), budget).run(batch(50, 100, 8));
    }
    for (int i = 0; i < 50 && budget.bytes() > 0; i++) {
      used();
    }
    check(budget.bytes() == 0, budget.bytes() + " bytes of steps that are gone");
    check(budget.plans() == 0, budget.plans() + " plans of steps that are gone");
  }
}

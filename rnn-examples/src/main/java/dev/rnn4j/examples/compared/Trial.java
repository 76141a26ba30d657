package dev.rnn4j.examples.compared;

import dev.rnn4j.clip.Clip;
import dev.rnn4j.examples.compared.ComparedTask.Training;
import dev.rnn4j.io.Batch;
import dev.rnn4j.optimizer.Adam;
import dev.rnn4j.random.Philox;
import dev.rnn4j.schedule.Schedule;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.train.TrainingStep;
import java.lang.management.ManagementFactory;
import java.util.random.RandomGenerator;

/**
 * A cell that was trained on a task from one seed.
 *
 * @param score what the task says of it
 * @param updates after how many updates
 * @param seconds the time that the thread had a processor
 */
record Trial(double score, int updates, double seconds) {
  /** From which update on the mean loss means something, and how much of it stays. */
  private static final int FIRST = 200;

  private static final double KEPT = 0.98;

  /** The part of the rate that is left at the end. */
  private static final double LAST = 0.05;

  /** Trains by Adam with gradients of norm 1 at most, on one thread. */
  static Trial of(ComparedTask row, ComparedCell cell, long seed, int most, Precision precision) {
    long start = nanos();
    RandomGenerator random = new Philox(seed);
    SequenceTask task = row.task();
    Training training = row.training();
    TrainingStep step =
        TrainingStep.of(task.model(cell, random), task.loss())
            .optimizer(Adam.rate(training.rate()))
            .schedule(Schedule.cosine(Math.max(1, most), LAST))
            .clip(Clip.byGlobalNorm(1))
            .threads(1)
            .compile(precision);
    double mean = 0;
    int updates = 0;
    while (updates < most && (updates < FIRST || mean > training.enough())) {
      double loss = step.run(task.training(random));
      mean = updates == 0 ? loss : KEPT * mean + (1 - KEPT) * loss;
      updates++;
    }
    Batch test = task.test(random);
    step.evaluate(test);
    return new Trial(task.score(step.prediction(), test), updates, (nanos() - start) / 1e9);
  }

  private static long nanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }
}

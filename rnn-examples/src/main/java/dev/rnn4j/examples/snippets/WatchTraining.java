package dev.rnn4j.examples.snippets;

import dev.rnn4j.cell.LstmCell;
import dev.rnn4j.clip.Clip;
import dev.rnn4j.io.Batch;
import dev.rnn4j.layer.Dense;
import dev.rnn4j.layer.Recurrent;
import dev.rnn4j.layer.Stacked;
import dev.rnn4j.loss.Losses;
import dev.rnn4j.metric.Metrics;
import dev.rnn4j.optimizer.Adam;
import dev.rnn4j.random.Philox;
import dev.rnn4j.report.DiagnosticsPlot;
import dev.rnn4j.report.HistoryCsv;
import dev.rnn4j.report.HistoryPlot;
import dev.rnn4j.report.RateRangePlot;
import dev.rnn4j.report.TensorBoard;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import dev.rnn4j.train.ClassWeights;
import dev.rnn4j.train.Diagnostics;
import dev.rnn4j.train.History;
import dev.rnn4j.train.ModelSummary;
import dev.rnn4j.train.OneBatch;
import dev.rnn4j.train.RateRange;
import dev.rnn4j.train.Trainer;
import dev.rnn4j.train.TrainingStep;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Learns which of three parts of a sequence is loudest, and shows all that there is to see
 * meanwhile.
 */
public final class WatchTraining {
  private static final int STEPS = 24;

  private WatchTraining() {}

  /**
   * Trains, and prints what is seen; writes pictures and tables to a folder, where one is given.
   */
  public static void main(String[] args) throws IOException {
    var random = new Philox(1);
    List<Batch> training = batches(random, 12);
    List<Batch> later = batches(random, 4);
    TrainingStep step = step(training, random);
    look(step, training);
    Diagnostics diagnostics = Diagnostics.on(later.get(0), 24);
    History history = train(step, training, later, diagnostics);
    System.out.println("accuracy " + history.bestValidation().orElseThrow().metrics());
    System.out.println("fastest growing gradient: " + diagnostics.growingFastest());
    if (args.length > 0) {
      write(Path.of(args[0]), history, diagnostics);
      RateRangePlot.write(
          RateRange.test(step, training, 1e-4, 1, 100), Path.of(args[0], "rate-range.png"));
    }
  }

  private static TrainingStep step(List<Batch> training, Philox random) {
    // [block
    var model =
        Stacked.of(new Recurrent<>(LstmCell.of(2, 16, random)).last(), Dense.of(16, 3, random));
    double[] weights = ClassWeights.balanced(3, training);
    TrainingStep step =
        TrainingStep.of(model, Losses.softmaxCrossEntropyOfIndices().classWeights(weights))
            .optimizer(Adam.rate(0.01))
            .clip(Clip.byGlobalNorm(1))
            .threads(1)
            .compile(Precision.FLOAT32);
    // block]
    return step;
  }

  private static void look(TrainingStep step, List<Batch> training) {
    // [block
    System.out.println(ModelSummary.of(step, training.get(0)));
    System.out.println(OneBatch.learn(step, training.get(0), 200));
    System.out.println(RateRange.test(step, training, 1e-4, 1, 100));
    // block]
  }

  private static History train(
      TrainingStep step, List<Batch> training, List<Batch> later, Diagnostics diagnostics) {
    // [block
    History history =
        Trainer.of(step)
            .epochs(12)
            .validation(() -> later)
            .validateEveryUpdates(4)
            .metric(Metrics::accuracy)
            .listener(diagnostics)
            .run(() -> training);
    // block]
    return history;
  }

  private static void write(Path folder, History history, Diagnostics diagnostics)
      throws IOException {
    // [block
    HistoryPlot.write(history, folder.resolve("history.png"));
    HistoryCsv.writeValidations(history, folder.resolve("looks.csv"));
    DiagnosticsPlot.write(diagnostics.looks(), folder.resolve("diagnostics.png"));
    // block]
  }

  /** Shows how events for TensorBoard are written. */
  static Trainer forTensorBoard(TrainingStep step) {
    // [block
    Trainer trainer = Trainer.of(step).listener(TensorBoard.to(Path.of("runs", "first")));
    // block]
    return trainer;
  }

  /** Noise in three parts of the sequence, one of them louder, and a clock. */
  private static List<Batch> batches(Philox random, int count) {
    List<Batch> batches = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      float[] x = new float[STEPS * 32 * 2];
      float[] y = new float[32];
      for (int n = 0; n < 32; n++) {
        y[n] = random.nextInt(3);
        for (int t = 0; t < STEPS; t++) {
          boolean loud = t * 3 / STEPS == (int) y[n];
          x[2 * (t * 32 + n)] = (float) random.nextGaussian() * (loud ? 0.9f : 0.5f);
          x[2 * (t * 32 + n) + 1] = (float) t / STEPS;
        }
      }
      batches.add(Batch.of(Tensor.of(Shape.of(STEPS, 32, 2), x), Tensor.of(Shape.of(32), y)));
    }
    return batches;
  }
}

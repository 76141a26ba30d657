package dev.rnn4j.examples.snippets;

// [block
import dev.rnn4j.batch.Batches;
import dev.rnn4j.cell.ElmanCell;
import dev.rnn4j.layer.Dense;
import dev.rnn4j.layer.Recurrent;
import dev.rnn4j.layer.Stacked;
import dev.rnn4j.loss.Losses;
import dev.rnn4j.optimizer.Sgd;
import dev.rnn4j.pass.Layer;
import dev.rnn4j.random.Philox;
import dev.rnn4j.split.Split;
import dev.rnn4j.table.Table;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Tensor;
import dev.rnn4j.train.History;
import dev.rnn4j.train.ModelFile;
import dev.rnn4j.train.Predictor;
import dev.rnn4j.train.Trainer;
import dev.rnn4j.train.TrainingStep;
import dev.rnn4j.window.Windowing;
import dev.rnn4j.window.Windows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/** Learns to continue a wave. */
public final class FirstNetwork {
  private FirstNetwork() {}

  /** Trains, keeps the model, and predicts with it. */
  public static void main(String[] args) throws IOException {
    // 1. Data: 400 points of a wave, in windows of 12, each followed by the point to predict.
    double[][] wave =
        IntStream.range(0, 400)
            .mapToObj(i -> new double[] {Math.sin(0.3 * i) * Math.cos(0.05 * i)})
            .toArray(double[][]::new);
    Table table = Table.of(wave, "wave");
    Windows windows = Windowing.length(12).inputs("wave").target("wave").over(table);
    Split split = Split.byFraction(table.rows(), 0.6, 0.2);
    Windows train = windows.within(split.train());
    Windows validation = windows.withTargetsWithin(split.validation());
    Windows test = windows.withTargetsWithin(split.test());

    // 2. Model: a recurrent layer of 16 units that returns its last output, and a linear layer.
    Philox random = new Philox(1);
    Layer model =
        Stacked.of(new Recurrent<>(ElmanCell.of(1, 16, random)).last(), Dense.of(16, 1, random));

    // 3. Training: forward, backward and update are one plan, and the loop runs it.
    Batches batches = Batches.of(train, 32).shuffled(random).as(Precision.FLOAT32);
    TrainingStep step =
        TrainingStep.of(model, Losses.meanSquaredError())
            .optimizer(Sgd.rate(0.05).momentum(0.9))
            .compile(Precision.FLOAT32);
    History history =
        Trainer.of(step)
            .epochs(100)
            .validation(() -> Batches.of(validation, 64), 20)
            .run(() -> batches);
    System.out.printf(Locale.ROOT, "%d updates, ended: %s%n", step.updates(), history.ending());

    // 4. Judge it by what it has not seen.
    System.out.printf(
        Locale.ROOT, "test loss %.5f%n", step.evaluate(test.inputs(), test.targets()));

    // 5. Keep it, and use it somewhere else.
    Path file = Files.createTempFile("wave", ".safetensors");
    ModelFile.save(model, step.weights(), file, Map.of());
    Predictor predictor = Predictor.load(model, file, Precision.FLOAT32);
    Tensor next = predictor.predict(test.batch(0).x());
    System.out.printf(
        Locale.ROOT, "predicted %.2f, was %.2f%n", next.item(), test.batch(0).y().item());
    Files.delete(file);
  }
}
// block]

package dev.rnn4j.examples.snippets;

import dev.rnn4j.cell.LstmCell;
import dev.rnn4j.cell.WeightDropCell;
import dev.rnn4j.clip.Clip;
import dev.rnn4j.io.Batch;
import dev.rnn4j.layer.Embedding;
import dev.rnn4j.layer.Recurrent;
import dev.rnn4j.layer.Stacked;
import dev.rnn4j.layer.TiedDense;
import dev.rnn4j.layer.VariationalDropout;
import dev.rnn4j.loss.Losses;
import dev.rnn4j.optimizer.Adam;
import dev.rnn4j.pass.Layer;
import dev.rnn4j.random.Philox;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import dev.rnn4j.train.Stream;
import dev.rnn4j.train.Streaming;
import dev.rnn4j.train.TrainingStep;
import java.util.Locale;

/** Learns a text character by character, and writes on. */
public final class CharacterModel {
  private static final String TEXT =
      "she sells sea shells by the sea shore. the shells she sells are sea shells for sure. ";

  private static final String CHARACTERS =
      TEXT.chars()
          .distinct()
          .sorted()
          .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
          .toString();

  private CharacterModel() {}

  /** Trains, and writes. */
  public static void main(String[] args) {
    int count = CHARACTERS.length();
    // [block
    Philox random = new Philox(1);
    Embedding characters = Embedding.of(count, 32, random);
    Layer model =
        Stacked.of(
            characters,
            new VariationalDropout(0.1),
            new Recurrent<>(new WeightDropCell<>(LstmCell.of(32, 32, random), 0.1)),
            TiedDense.with(characters));

    TrainingStep step =
        TrainingStep.of(model, Losses.softmaxCrossEntropyOfIndices())
            .optimizer(Adam.rate(0.01))
            .clip(Clip.byGlobalNorm(1))
            .carryStates() // truncated backpropagation: each part goes on where the last one ended
            .compile(Precision.FLOAT32);
    for (int part = 0; part < 400; part++) {
      step.run(part(part, 20, 4)); // x and y are [T, N]: characters, and those that follow
    }
    double loss = step.evaluate(part(400, 20, 4));
    System.out.printf(Locale.ROOT, "perplexity %.2f%n", Math.exp(loss));

    Stream stream = Streaming.of(model, step.weights(), Shape.scalar()).open();
    StringBuilder written = new StringBuilder("the ");
    float[] x = new float[1];
    float[] logits = new float[count];
    for (int i = 0; i < 60; i++) {
      x[0] = CHARACTERS.indexOf(written.charAt(i));
      stream.next(x, logits);
      if (i + 1 == written.length()) {
        written.append(CHARACTERS.charAt(largest(logits)));
      }
    }
    System.out.println(written);
    // block]
  }

  /** Returns the next T characters of N readers of the text, each at another place. */
  private static Batch part(int part, int steps, int readers) {
    double[] now = new double[steps * readers];
    double[] next = new double[steps * readers];
    for (int i = 0; i < now.length; i++) {
      int place = part * steps + i / readers + i % readers * TEXT.length() / readers;
      now[i] = CHARACTERS.indexOf(TEXT.charAt(place % TEXT.length()));
      next[i] = CHARACTERS.indexOf(TEXT.charAt((place + 1) % TEXT.length()));
    }
    Shape shape = Shape.of(steps, readers);
    return Batch.of(Tensor.of(shape, now), Tensor.of(shape, next));
  }

  private static int largest(float[] values) {
    int best = 0;
    for (int i = 1; i < values.length; i++) {
      best = values[i] > values[best] ? i : best;
    }
    return best;
  }
}

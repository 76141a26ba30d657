package dev.rnn4j.examples.languagemodel;

import com.google.common.collect.ImmutableMap;
import dev.rnn4j.batch.ParallelStreams;
import dev.rnn4j.cell.LstmCell;
import dev.rnn4j.clip.Clip;
import dev.rnn4j.examples.cli.Experiment;
import dev.rnn4j.examples.cli.KeptTrainer;
import dev.rnn4j.examples.cli.Numbers;
import dev.rnn4j.examples.cli.Report;
import dev.rnn4j.layer.Dense;
import dev.rnn4j.layer.Embedding;
import dev.rnn4j.layer.Recurrent;
import dev.rnn4j.layer.Stacked;
import dev.rnn4j.loss.Losses;
import dev.rnn4j.optimizer.Adam;
import dev.rnn4j.random.Philox;
import dev.rnn4j.report.ProgressBarListener;
import dev.rnn4j.schedule.Adjustable;
import dev.rnn4j.schedule.Schedule;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import dev.rnn4j.text.Vocabulary;
import dev.rnn4j.train.ModelFile;
import dev.rnn4j.train.Stream;
import dev.rnn4j.train.Streaming;
import dev.rnn4j.train.Trainer;
import dev.rnn4j.train.TrainingStep;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.random.RandomGenerator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Learns how a text goes on, character by character or word by word. It is judged on the last tenth
 * of the text, and then writes some of its own.
 */
@Command(
    name = "language-model",
    description = "learns a text of yours, and writes on in its manner")
public final class LanguageModel extends Experiment {
  private static final int STREAMS = 32;
  private static final int WINDOW = 64;
  private static final int EMBEDDING = 64;

  /** The last tenth is read in windows of this length, each without what came before. */
  private static final int EVALUATED = 512;

  private static final int UNSAID = -1;

  @Parameters(paramLabel = "FILE", description = "a text in UTF-8")
  private Path file;

  @Option(names = "--words", description = "words are the symbols, not characters")
  private boolean words;

  @Option(
      names = "--nodes",
      paramLabel = "N",
      converter = Numbers.Positive.class,
      description = "nodes of the LSTM (default: ${DEFAULT-VALUE})")
  private int nodes = 256;

  @Option(
      names = "--minutes",
      paramLabel = "M",
      converter = Numbers.Rate.class,
      description = "how long to train, where --updates are not given (default: ${DEFAULT-VALUE})")
  private double minutes = 3;

  @Option(
      names = "--sample",
      paramLabel = "N",
      converter = Numbers.Count.class,
      description = "how many symbols to write at the end (default: ${DEFAULT-VALUE})")
  private int sampled = 400;

  @Option(
      names = "--temperature",
      paramLabel = "T",
      converter = Numbers.Rate.class,
      description = "below 1 for what is likely, above for what is not (default: ${DEFAULT-VALUE})")
  private double temperature = 0.8;

  @Option(names = "--save", paramLabel = "FILE", description = "write the model as safetensors")
  private Path saved;

  @Override
  protected ImmutableMap<String, String> withoutEffect() {
    return ImmutableMap.<String, String>builder()
        .putAll(super.withoutEffect())
        .put("--seeds", "it trains one model, and writes with it")
        .buildOrThrow();
  }

  @Override
  protected void run(Report report) throws IOException {
    String text = read();
    Vocabulary vocabulary = words ? Vocabulary.ofWords(text) : Vocabulary.ofCharacters(text);
    Tensor numbers = vocabulary.encode(text);
    int symbols = numbers.shape().elements();
    int most = symbols * 9 / 10;
    if (most < STREAMS * 2 || symbols - most < 2) {
      throw new IllegalArgumentException(
          file + " has " + symbols + " symbols, which are too few to learn from");
    }
    ParallelStreams learned = ParallelStreams.following(part(numbers, 0, most), STREAMS);
    ParallelStreams later = ParallelStreams.following(part(numbers, most, symbols), 1);

    Philox random = new Philox(seed(1));
    Stacked model = model(vocabulary.size(), random);
    Adjustable rate = Schedule.constant().adjustable();
    TrainingStep step =
        TrainingStep.of(model, Losses.softmaxCrossEntropyOfIndices())
            .optimizer(Adam.rate(4e-3))
            .schedule(rate)
            .clip(Clip.byGlobalNorm(1))
            .carryStates()
            .compile(precision());
    Trainer trainer =
        Trainer.of(step).listener(new Falling(rate)).listener(ProgressBarListener.to(System.err));
    int updates = updates(UNSAID);
    trainer = updates == UNSAID ? trainer.time(time()) : trainer.updates(updates);
    KeptTrainer kept =
        keep()
            .trainer(
                trainer,
                Map.of("task", "language model", "text", Integer.toHexString(text.hashCode())),
                metadata(vocabulary),
                random);
    long start = System.nanoTime();
    int made = kept.run(() -> learned.windows(WINDOW)).updates().size();
    double seconds = (System.nanoTime() - start) / 1e9;
    double nats = step.evaluate(later.windows(EVALUATED));

    String symbol = words ? "word" : "character";
    print(
        line("%.3f nats a %s on the last tenth,", nats, symbol),
        made(made, kept.updatesBefore(), seconds));
    if (isTinyShakespeare(text.length(), vocabulary.size())) {
      print("nanoGPT's recipe for CPUs says 1.88 on tiny Shakespeare, after 3 minutes");
    }
    report.setting("seed", seed(1)).setting("updates", made).value("nats", nats);
    if (saved != null) {
      ModelFile.save(model, step.weights(), saved, metadata(vocabulary));
    }
    print();
    print(sample(Streaming.of(model, step.weights(), Shape.scalar()).open(), vocabulary, random));
  }

  /** Says how many updates were made, and how long those of this run of the program took. */
  private static String made(int all, long before, double seconds) {
    String after = line("after %,d updates", all);
    return before == 0
        ? after + line(" in %.0f s", seconds)
        : all == before
            ? after + ", all of them made before"
            : after + line(", the last %,d of them now, in %.0f s", all - before, seconds);
  }

  /** Only with that text, character by character, can the published number be compared. */
  private static boolean isTinyShakespeare(int length, int symbols) {
    return length == 1_115_394 && symbols == 65;
  }

  private String read() throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IllegalArgumentException(
          "there is no file '" + file + "'; name a text to learn, in UTF-8");
    }
    try {
      return Files.readString(file);
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(file + " is no text in UTF-8; write it anew as one", e);
    }
  }

  private Stacked model(int symbols, RandomGenerator random) {
    return Stacked.of(
        Embedding.of(symbols, EMBEDDING, random),
        new Recurrent<>(LstmCell.of(EMBEDDING, nodes, random)),
        Dense.of(nodes, symbols, random));
  }

  private Duration time() {
    return Duration.ofMillis(Math.round(minutes * 60_000));
  }

  private ImmutableMap<String, String> metadata(Vocabulary vocabulary) {
    return ImmutableMap.<String, String>builder()
        .putAll(vocabulary.metadata())
        .put("nodes", Integer.toString(nodes))
        .put("embedding", Integer.toString(EMBEDDING))
        .buildOrThrow();
  }

  private static Tensor part(Tensor numbers, int from, int to) {
    float[] part = new float[to - from];
    for (int i = 0; i < part.length; i++) {
      part[i] = (float) numbers.at(from + i);
    }
    return Tensor.of(Shape.of(part.length), part);
  }

  /** Writes on from nothing: each symbol drawn from softmax(logits / temperature). */
  private String sample(Stream stream, Vocabulary vocabulary, RandomGenerator random) {
    StringBuilder text = new StringBuilder();
    float[] symbol = {Math.max(0, vocabulary.symbols().indexOf("\n"))};
    float[] logits = new float[vocabulary.size()];
    for (int i = 0; i < sampled; i++) {
      stream.next(symbol, logits);
      symbol[0] = draw(logits, random);
      text.append(vocabulary.symbol((int) symbol[0]));
    }
    return text.toString();
  }

  /** Adds Gumbel noise to logits, the largest of which is then drawn from their softmax. */
  private int draw(float[] logits, RandomGenerator random) {
    int best = 0;
    double most = Double.NEGATIVE_INFINITY;
    for (int s = 0; s < logits.length; s++) {
      double noise = -Math.log(-Math.log(1 - random.nextDouble()));
      double value = logits[s] + temperature * noise;
      if (value > most) {
        most = value;
        best = s;
      }
    }
    return best;
  }
}

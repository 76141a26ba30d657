package dev.rnn4j.report;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import dev.rnn4j.io.Folders;
import dev.rnn4j.train.EpochResult;
import dev.rnn4j.train.History;
import dev.rnn4j.train.Training;
import dev.rnn4j.train.TrainingListener;
import dev.rnn4j.train.UpdateResult;
import dev.rnn4j.train.ValidationResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/**
 * Writes what TensorBoard shows: {@code tensorboard --logdir runs} draws each folder in {@code
 * runs} as a run of its own, while training goes on. Needs no library.
 *
 * <pre>{@code
 * Trainer.of(step).listener(TensorBoard.to(Path.of("runs", "first"))).run(() -> batches);
 * }</pre>
 *
 * <p>For each update there are {@code update/loss}, {@code update/gradient_norm} and {@code
 * update/rate}; for each look at the validation data {@code validation/loss} and a curve for each
 * metric; for each epoch {@code epoch/loss}. All of them count in updates, from 1. Numbers are
 * float32, as TensorBoard has them.
 */
public final class TensorBoard implements TrainingListener {
  private static final long NANOS_BETWEEN_FLUSHES = 1_000_000_000;

  private final Path folder;
  private final long every;
  private EventFile file;
  private Training training;
  private long flushed;

  private TensorBoard(Path folder, long every) {
    this.folder = folder;
    this.every = every;
  }

  /** Returns a listener that writes a new file into a folder, which is made where there is none. */
  public static TensorBoard to(Path folder) {
    return new TensorBoard(checkNotNull(folder, "a TensorBoard was given null as its folder"), 1);
  }

  /** Returns this for one of so many updates only: files grow by 130 bytes for each written. */
  public TensorBoard every(long updates) {
    checkArgument(updates > 0, "there cannot be %s updates between two points", updates);
    return new TensorBoard(folder, updates);
  }

  /**
   * Begins the file.
   *
   * @throws UncheckedIOException where it cannot be written; so do the other calls
   */
  @Override
  public void onStart(Training newTraining) {
    training = newTraining;
    flushed = System.nanoTime();
    write(
        () -> {
          Folders.make(folder);
          file =
              new EventFile(Files.newOutputStream(newFile(), StandardOpenOption.CREATE_NEW), now());
        });
  }

  /** Returns a file that is not there yet, whose name begins as TensorBoard expects. */
  private Path newFile() {
    for (int i = 0; ; i++) {
      Path path =
          folder.resolve(
              String.format(Locale.ROOT, "events.out.tfevents.%010d.rnn4j.%d", (long) now(), i));
      if (!Files.exists(path)) {
        return path;
      }
    }
  }

  @Override
  public void onUpdate(UpdateResult update) {
    long made = training.updates();
    if (made % every != 0) {
      return;
    }
    write(
        () -> {
          add("update/loss", update.loss());
          add("update/gradient_norm", update.gradientNorm());
          add("update/rate", update.rate());
          if (System.nanoTime() - flushed > NANOS_BETWEEN_FLUSHES) {
            flush();
          }
        });
  }

  @Override
  public void onValidation(ValidationResult validation) {
    write(
        () -> {
          add("validation/loss", validation.loss());
          for (var metric : validation.metrics().entrySet()) {
            add("validation/" + metric.getKey(), metric.getValue());
          }
          flush();
        });
  }

  @Override
  public void onEpoch(EpochResult epoch) {
    write(
        () -> {
          add("epoch/loss", epoch.loss());
          flush();
        });
  }

  @Override
  public void onEnd(History history) {
    if (file != null) {
      write(file::close);
    }
  }

  private void add(String tag, double number) throws IOException {
    file.add(now(), training.updates(), tag, number);
  }

  private void flush() throws IOException {
    file.flush();
    flushed = System.nanoTime();
  }

  private static double now() {
    return System.currentTimeMillis() / 1e3;
  }

  /** Something that writes. */
  private interface Writing {
    void run() throws IOException;
  }

  private void write(Writing writing) {
    try {
      writing.run();
    } catch (IOException e) {
      throw new UncheckedIOException(
          "events for TensorBoard cannot be written to " + folder + ": " + e.getMessage(), e);
    }
  }
}

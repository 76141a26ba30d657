package dev.rnn4j.train;

import static com.google.common.base.Preconditions.checkState;

import dev.rnn4j.checkpoint.CheckpointStore;
import dev.rnn4j.checkpoint.Checkpoints;
import dev.rnn4j.tensor.Resumable;
import dev.rnn4j.tensor.Tensor;
import dev.rnn4j.train.internal.run.RunSettings;
import dev.rnn4j.train.internal.saved.Columns;
import dev.rnn4j.train.internal.saved.Parts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A training that is kept in a folder: its step, and whatever else it goes on from. A trainer that
 * {@linkplain Trainer#resume(Checkpoints) resumes} has one; loops of your own may, too.
 *
 * <pre>{@code
 * try (SavedTraining saved =
 *     SavedTraining.open(Checkpoints.in(folder), true, step, Map.of("data", random))) {
 *   while (step.updates() < 1000) {
 *     step.run(batch(random));
 *     saved.rest();
 *   }
 *   saved.finish();
 * }
 * }</pre>
 *
 * <p>The step is kept under its own names, all else under names that begin with {@code run/}
 * (docs/decisions/0012). For one thread at a time.
 */
public final class SavedTraining implements AutoCloseable {
  private static final String RUN = "run/";

  private final Checkpoints checkpoints;
  private final CheckpointStore store;
  private final TrainingStep step;
  private final Parts parts;
  private boolean closed;

  private interface Work {
    void run() throws IOException;
  }

  private SavedTraining(
      Checkpoints checkpoints, CheckpointStore store, TrainingStep step, Parts parts) {
    this.checkpoints = checkpoints;
    this.store = store;
    this.step = step;
    this.parts = parts;
  }

  /**
   * Goes on from what the folder has, or begins where it has nothing. The folder is this training's
   * own until this is closed or the process ends.
   *
   * @param goesOn whether the folder may have checkpoints to go on from
   * @param parts what else the training depends on, each with a name: what data are drawn from, for
   *     example
   * @throws UncheckedIOException where the folder cannot be read or written, its newest checkpoint
   *     is damaged, or another training has it
   * @throws IllegalArgumentException where the checkpoint is of other settings, or does not fit the
   *     parts: nothing is changed then
   * @throws IllegalStateException where there is a checkpoint, and may be none
   */
  public static SavedTraining open(
      Checkpoints checkpoints,
      boolean goesOn,
      TrainingStep step,
      Map<String, ? extends Resumable> parts) {
    Parts all = new Parts();
    parts.forEach(all::add);
    return open(checkpoints, goesOn, step, RunSettings.of(step.engine), all);
  }

  /**
   * Goes on from what the folder has, or begins.
   *
   * @param settings what the run's numbers depend on
   */
  static SavedTraining open(
      Checkpoints checkpoints,
      boolean goesOn,
      TrainingStep step,
      Map<String, String> settings,
      Parts parts) {
    SavedTraining saved;
    try {
      CheckpointStore store = CheckpointStore.open(checkpoints, settings);
      saved = new SavedTraining(checkpoints, store, step, parts);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    boolean begun = false;
    try {
      saved.begin(goesOn);
      begun = true;
      return saved;
    } finally {
      if (!begun) {
        saved.close();
      }
    }
  }

  private void begin(boolean goesOn) {
    run(() -> store.begin(goesOn).ifPresent(this::restore));
  }

  private Map<String, Tensor> state() {
    Map<String, Tensor> state = new LinkedHashMap<>(step.checkpoint());
    parts.state().forEach((name, tensor) -> state.put(RUN + name, tensor));
    return state;
  }

  private void restore(Map<String, Tensor> state) {
    Map<String, Tensor> ofStep = new LinkedHashMap<>(state);
    ofStep.keySet().removeIf(name -> name.startsWith(RUN));
    Map<String, Tensor> before = step.checkpoint();
    step.restore(ofStep);
    boolean whole = false;
    try {
      parts.restore(Columns.under(RUN, state));
      whole = true;
    } finally {
      if (!whole) {
        step.restore(before);
      }
    }
  }

  /**
   * Saves the training where that is due; called where it can go on from the states of its parts.
   *
   * @throws UncheckedIOException where the checkpoint before could not be written: the disk is
   *     full, for example
   * @throws IllegalStateException where this is closed
   */
  public void rest() {
    owned(() -> store.offer(step.updates(), this::state));
  }

  /**
   * Saves the training at once, and waits for that: where somebody stops it, for example.
   *
   * @throws UncheckedIOException where that is impossible; the checkpoints that were there are
   *     whole
   * @throws IllegalStateException where this is closed
   */
  public void save() {
    owned(() -> store.save(step.updates(), state()));
  }

  /**
   * Saves the end of the training, and leaves its model beside it; one of several {@linkplain
   * dev.rnn4j.checkpoint.Stages stages} leaves none.
   *
   * @throws UncheckedIOException where either cannot be written
   * @throws IllegalStateException where this is closed
   */
  public void finish() {
    end();
    saveModel();
  }

  /** Saves a training that has come to its end, before the best parameters are restored. */
  void end() {
    owned(() -> store.finish(step.updates(), state()));
  }

  /** Leaves the model, but where this is one of {@link dev.rnn4j.checkpoint.Stages}. */
  void saveModel() {
    Optional<Path> file = store.model();
    if (file.isPresent()) {
      owned(
          () ->
              ModelFile.save(
                  step.model(), step.weights(), file.get(), new TreeMap<>(checkpoints.metadata())));
    }
  }

  /**
   * Waits for the checkpoint that is being written, and frees the folder.
   *
   * @throws UncheckedIOException where that checkpoint could not be written
   */
  @Override
  public void close() {
    closed = true;
    run(store::close);
  }

  /** Writes into the folder, which may be another training's once this is closed. */
  private void owned(Work work) {
    checkState(
        !closed,
        "this training is closed, and '%s' is no longer its own: open it again to go on",
        checkpoints.folder());
    run(work);
  }

  private static void run(Work work) {
    try {
      work.run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package dev.rnn4j.train;

import dev.rnn4j.checkpoint.CheckpointStore;
import dev.rnn4j.checkpoint.Checkpoints;
import dev.rnn4j.tensor.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Keeps a run in a folder: the step under its own names, the other parts of the run under names
 * that begin with {@code run/} (docs/decisions/0012).
 */
final class RunSaver implements AutoCloseable {
  private static final String MODEL = "model.safetensors";
  private static final String RUN = "run/";

  private final Checkpoints checkpoints;
  private final CheckpointStore store;
  private final TrainingStep step;
  private final Parts parts;

  private interface Work {
    void run() throws IOException;
  }

  private RunSaver(Checkpoints checkpoints, CheckpointStore store, TrainingStep step, Parts parts) {
    this.checkpoints = checkpoints;
    this.store = store;
    this.step = step;
    this.parts = parts;
  }

  /**
   * Goes on from what the folder has, or begins where it has nothing.
   *
   * @param goesOn whether the folder may have checkpoints
   * @param settings what the run's numbers depend on
   * @param parts those of the run beside the step
   */
  static RunSaver open(
      Checkpoints checkpoints,
      boolean goesOn,
      TrainingStep step,
      Map<String, String> settings,
      Parts parts) {
    RunSaver saver;
    try {
      CheckpointStore store = CheckpointStore.open(checkpoints, settings);
      saver = new RunSaver(checkpoints, store, step, parts);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    boolean begun = false;
    try {
      saver.begin(goesOn);
      begun = true;
      return saver;
    } finally {
      if (!begun) {
        saver.close();
      }
    }
  }

  private void begin(boolean goesOn) {
    run(
        () -> {
          if (!goesOn || store.isEmpty()) {
            store.requireNew(model());
          } else {
            store.load().ifPresent(this::restore);
          }
        });
  }

  private Path model() {
    return checkpoints.folder().resolve(MODEL);
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

  /** Saves the run where that is due; called where it can go on from the states of its parts. */
  void rest() {
    run(() -> store.offer(step.updates(), this::state));
  }

  /** Saves a run that somebody has stopped. */
  void stop() {
    run(() -> store.save(step.updates(), state()));
  }

  /** Saves a run that has come to its end, before the best parameters are restored. */
  void finish() {
    run(() -> store.finish(step.updates(), state()));
  }

  /** Leaves the model. */
  void saveModel() {
    run(
        () ->
            ModelFile.save(
                step.model(), step.weights(), model(), new TreeMap<>(checkpoints.metadata())));
  }

  @Override
  public void close() {
    run(store::close);
  }

  private static void run(Work work) {
    try {
      work.run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

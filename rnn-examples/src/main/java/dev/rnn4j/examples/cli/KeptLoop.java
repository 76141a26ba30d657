package dev.rnn4j.examples.cli;

import dev.rnn4j.checkpoint.CheckpointStore;
import dev.rnn4j.checkpoint.Checkpoints;
import dev.rnn4j.tensor.Resumable;
import dev.rnn4j.tensor.Tensor;
import dev.rnn4j.train.ModelFile;
import dev.rnn4j.train.TrainingStep;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;

/** A loop of updates of one's own that is kept in a folder, or not kept at all. */
public final class KeptLoop implements AutoCloseable {
  private static final String DATA = "data/";
  private static final String RESULT = "loop/result";
  private static final KeptLoop NONE = new KeptLoop(null, null, null, null);

  private final CheckpointStore store;
  private final Checkpoints checkpoints;
  private final TrainingStep step;
  private final Resumable data;
  private OptionalDouble result = OptionalDouble.empty();

  private KeptLoop(
      CheckpointStore store, Checkpoints checkpoints, TrainingStep step, Resumable data) {
    this.store = store;
    this.checkpoints = checkpoints;
    this.step = step;
    this.data = data;
  }

  /** Returns the loop that is not kept. */
  static KeptLoop none() {
    return NONE;
  }

  /** Lets the step and its data go on from where they were, if they were. */
  static KeptLoop open(
      CheckpointStore store,
      boolean resume,
      Checkpoints checkpoints,
      TrainingStep step,
      Resumable data)
      throws IOException {
    KeptLoop loop = new KeptLoop(store, checkpoints, step, data);
    boolean begun = false;
    try {
      if (!resume || store.isEmpty()) {
        store.requireNew(loop.model());
      } else {
        store.load().ifPresent(loop::restore);
      }
      begun = true;
    } finally {
      if (!begun) {
        store.close();
      }
    }
    return loop;
  }

  private Path model() {
    return checkpoints.folder().resolve("model.safetensors");
  }

  private void restore(Map<String, Tensor> state) {
    Map<String, Tensor> ofStep = new LinkedHashMap<>();
    Map<String, Tensor> ofData = new LinkedHashMap<>();
    state.forEach(
        (name, tensor) -> {
          if (name.equals(RESULT)) {
            result = OptionalDouble.of(tensor.item());
          } else if (name.startsWith(DATA)) {
            ofData.put(name.substring(DATA.length()), tensor);
          } else {
            ofStep.put(name, tensor);
          }
        });
    step.restore(ofStep);
    data.restore(ofData);
  }

  private Map<String, Tensor> state() {
    Map<String, Tensor> state = new LinkedHashMap<>(step.checkpoint());
    data.state().forEach((name, tensor) -> state.put(DATA + name, tensor));
    return state;
  }

  /** Saves the training where that is due: called after an update, or after several. */
  public void rest() {
    if (store != null) {
      try {
        store.offer(step.updates(), this::state);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Returns what the training has come to, where it has ended before. */
  public OptionalDouble result() {
    return result;
  }

  /** Saves the end of the training, what it has come to, and its model. */
  public void finish(double newResult) throws IOException {
    if (store != null) {
      Map<String, Tensor> state = state();
      state.put(RESULT, Tensor.scalar(newResult));
      store.finish(step.updates(), state);
      ModelFile.save(step.model(), step.weights(), model(), Map.of());
    }
  }

  @Override
  public void close() throws IOException {
    if (store != null) {
      store.close();
    }
  }
}

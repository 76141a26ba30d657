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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/** A loop of updates of one's own that is kept in a folder, or not kept at all. */
public final class KeptLoop implements AutoCloseable {
  private static final String DATA = "data/";
  private static final String RESULT = "loop/result";
  private static final String ROWS = "loop/rows";
  private static final KeptLoop NONE = new KeptLoop(null, null, null, null);

  private final CheckpointStore store;
  private final Checkpoints checkpoints;
  private final TrainingStep step;
  private final Resumable data;
  private final List<double[]> rows = new ArrayList<>();
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
          } else if (name.equals(ROWS)) {
            rows.addAll(List.of(tensor.toMatrix()));
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
    if (!rows.isEmpty()) {
      state.put(ROWS, Tensor.of(rows.toArray(double[][]::new)));
    }
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

  /**
   * Makes so many rounds of updates, and shows the numbers that each has found: also of those that
   * were made before, so that all is shown that a training without interruption shows.
   */
  public void rounds(int count, Supplier<double[]> round, BiConsumer<Integer, double[]> shown) {
    for (int i = 0; i < count; i++) {
      if (i < rows.size()) {
        shown.accept(i, rows.get(i));
      } else {
        double[] row = round.get();
        shown.accept(i, row);
        if (store != null) {
          rows.add(row);
        }
        rest();
      }
    }
  }

  /** Saves the end of the training, and its model. */
  public void finish() throws IOException {
    finish(Double.NaN);
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

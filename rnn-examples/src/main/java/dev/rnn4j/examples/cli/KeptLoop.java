package dev.rnn4j.examples.cli;

import dev.rnn4j.checkpoint.Checkpoints;
import dev.rnn4j.tensor.Resumable;
import dev.rnn4j.tensor.Tensor;
import dev.rnn4j.train.SavedTraining;
import dev.rnn4j.train.StopOnInterrupt;
import dev.rnn4j.train.TrainingStep;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.BiConsumer;
import java.util.function.LongFunction;
import java.util.function.Supplier;

/**
 * A training loop without a trainer, and the numbers that it has shown: either kept in a folder,
 * and then Ctrl-C stops it so that it can go on, or not kept at all.
 */
public final class KeptLoop implements AutoCloseable {
  private static final KeptLoop NONE = new KeptLoop(null, null, new Shown(), null);

  private final TrainingStep step;
  private final SavedTraining saved;
  private final Shown shown;
  private final LongFunction<StoppedException> stopped;
  private final StopOnInterrupt interrupt;
  private volatile boolean stop;
  private volatile boolean closed;

  private KeptLoop(
      TrainingStep step, SavedTraining saved, Shown shown, LongFunction<StoppedException> stopped) {
    this.step = step;
    this.saved = saved;
    this.shown = shown;
    this.stopped = stopped;
    this.interrupt = saved == null ? null : StopOnInterrupt.of(this::stop);
  }

  /** What a loop has shown, and what it has come to. */
  private static final class Shown implements Resumable {
    private static final String RESULT = "result";
    private static final String ROWS = "rows";

    private final List<double[]> rows = new ArrayList<>();
    private OptionalDouble result = OptionalDouble.empty();

    @Override
    public Map<String, Tensor> state() {
      Map<String, Tensor> state = new LinkedHashMap<>();
      if (!rows.isEmpty()) {
        state.put(ROWS, Tensor.of(rows.toArray(double[][]::new)));
      }
      result.ifPresent(value -> state.put(RESULT, Tensor.scalar(value)));
      return state;
    }

    @Override
    public void restore(Map<String, Tensor> state) {
      rows.clear();
      if (state.containsKey(ROWS)) {
        rows.addAll(List.of(state.get(ROWS).toMatrix()));
      }
      result =
          state.containsKey(RESULT)
              ? OptionalDouble.of(state.get(RESULT).item())
              : OptionalDouble.empty();
    }
  }

  /** Returns the loop that is not kept. */
  static KeptLoop none() {
    return NONE;
  }

  /**
   * Lets the step and its data go on from where they were, if they were.
   *
   * @param stopped says how to go on after so many updates
   */
  static KeptLoop open(
      Checkpoints checkpoints,
      boolean resume,
      TrainingStep step,
      Resumable data,
      LongFunction<StoppedException> stopped) {
    Shown shown = new Shown();
    SavedTraining saved =
        SavedTraining.open(checkpoints, resume, step, Map.of("data", data, "loop", shown));
    return new KeptLoop(step, saved, shown, stopped);
  }

  private void stop() {
    stop = true;
  }

  /**
   * Saves the training where that is due, or because somebody stops it, which ends the loop: called
   * after an update, or after several.
   */
  public void rest() {
    if (saved == null) {
      return;
    }
    if (stop) {
      saved.save();
      throw stopped.apply(step.updates());
    }
    saved.rest();
  }

  /**
   * Makes so many rounds of updates, and shows the numbers that each has found: also of those that
   * were made before, so that all is shown that a training without interruption shows.
   */
  public void rounds(int count, Supplier<double[]> round, BiConsumer<Integer, double[]> show) {
    for (int i = 0; i < count; i++) {
      if (saved != null && i < shown.rows.size()) {
        show.accept(i, shown.rows.get(i));
      } else {
        double[] row = round.get();
        show.accept(i, row);
        if (saved != null) {
          shown.rows.add(row);
        }
        rest();
      }
    }
  }

  /** Returns what the training has come to, where it has ended before. */
  public OptionalDouble result() {
    return shown.result;
  }

  /** Saves the end of the training, and its model. */
  public void finish() {
    if (saved != null) {
      saved.finish();
    }
  }

  /** Saves the end of the training, what it has come to, and its model. */
  public void finish(double result) {
    if (saved != null) {
      shown.result = OptionalDouble.of(result);
      saved.finish();
    }
  }

  /** Returns whether Ctrl-C stops this loop, and not the JVM at once. */
  boolean isOpen() {
    return saved != null && !closed;
  }

  @Override
  public void close() {
    if (saved != null) {
      try (interrupt) {
        saved.close();
      } finally {
        closed = true;
      }
    }
  }
}

package dev.rnn4j.checkpoint;

import dev.rnn4j.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The checkpoints of one training in its folder: the newest one is read at the beginning, others
 * are written by a thread of their own. A trainer has one; loops of your own may, too.
 *
 * <pre>{@code
 * try (CheckpointStore store = CheckpointStore.open(Checkpoints.in(folder), settings)) {
 *   store.begin(true).ifPresent(step::restore);
 *   while (step.updates() < 1000) {
 *     step.run(batch(step.updates()));
 *     store.offer(step.updates(), step::checkpoint);
 *   }
 *   store.finish(step.updates(), step.checkpoint());
 * }
 * }</pre>
 *
 * <p>For one thread at a time.
 */
public final class CheckpointStore implements AutoCloseable {
  private final CheckpointPlace place;

  private CheckpointStore(CheckpointPlace place) {
    this.place = place;
  }

  /**
   * Makes the folder this training's own, until the store is closed or the process ends.
   *
   * @param settings what the numbers of the training depend on, by name, as text; those of the
   *     checkpoints are compared with them
   * @throws IOException where the folder cannot be written, or another training has it
   */
  public static CheckpointStore open(Checkpoints checkpoints, Map<String, String> settings)
      throws IOException {
    return new CheckpointStore(checkpoints.place(SettingTexts.of(checkpoints, settings)));
  }

  /**
   * Returns the state that the training goes on from, or nothing where it begins.
   *
   * @param goesOn whether there may be one: else a folder in which another training has left
   *     something is refused. A model without a checkpoint of its training is refused anyway
   * @throws IOException where the newest checkpoint is not as it was written, or of another version
   * @throws IllegalArgumentException where it is of other settings: with the differences
   * @throws IllegalStateException where there is one, and may be none
   */
  public Optional<Map<String, Tensor>> begin(boolean goesOn) throws IOException {
    return place.begin(goesOn);
  }

  /**
   * Makes a checkpoint where one is due.
   *
   * @param updates how many were made, which names the file
   * @param state asked for only where a checkpoint is made
   * @throws IOException where the one before could not be written: the disk is full, for example.
   *     Those that were there are whole
   * @throws IllegalStateException where this is closed
   */
  public void offer(long updates, Supplier<Map<String, Tensor>> state) throws IOException {
    place.offer(updates, state);
  }

  /**
   * Writes a checkpoint at once, and waits for it: of a training that rests here.
   *
   * @throws IOException where that is impossible; those that were there are whole
   */
  public void save(long updates, Map<String, Tensor> state) throws IOException {
    place.save(updates, state);
  }

  /**
   * Writes the last checkpoint of a training that has come to its end, and deletes the others.
   *
   * @throws IOException where that is impossible; those that were there are whole
   */
  public void finish(long updates, Map<String, Tensor> state) throws IOException {
    place.finish(updates, state);
  }

  /**
   * Returns the file in which the end of the training leaves its model: none for one of several.
   */
  public Optional<Path> model() {
    return place.model();
  }

  /**
   * Waits for the checkpoint that is being written, whatever becomes of it, and frees the folder.
   */
  @Override
  public void close() throws IOException {
    place.close();
  }
}

package dev.rnn4j.checkpoint;

import static com.google.common.base.Preconditions.checkState;

import dev.rnn4j.io.AtomicFile;
import dev.rnn4j.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeSet;
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
  private final Checkpoints checkpoints;
  private final Map<String, String> settings;
  private final CheckpointFolder folder;
  private final Pace pace;
  private Writing writing;

  private CheckpointStore(
      Checkpoints checkpoints, Map<String, String> settings, CheckpointFolder folder) {
    this.checkpoints = checkpoints;
    this.settings = settings;
    this.folder = folder;
    this.pace = checkpoints.pace();
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
    Map<String, String> all = new LinkedHashMap<>(settings);
    checkpoints
        .settings()
        .forEach((name, value) -> all.put(all.containsKey(name) ? "setting " + name : name, value));
    return new CheckpointStore(checkpoints, all, CheckpointFolder.open(checkpoints.folder()));
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
    if (goesOn && !isEmpty()) {
      return load();
    }
    checkState(
        isEmpty(),
        "there are checkpoints of a training in '%s': resume it, or name another folder",
        checkpoints.folder());
    if (Files.exists(checkpoints.model())) {
      throw new IOException(
          "'"
              + checkpoints.model()
              + "' is there already, and no checkpoint of its training; name another folder");
    }
    return Optional.empty();
  }

  /** Returns whether there is no checkpoint. */
  boolean isEmpty() throws IOException {
    return folder.files().isEmpty();
  }

  /** Returns the state of the newest checkpoint, or nothing where there is none. */
  Optional<Map<String, Tensor>> load() throws IOException {
    SortedMap<Long, Path> files = folder.files();
    if (files.isEmpty()) {
      return Optional.empty();
    }
    Path newest = files.get(files.lastKey());
    CheckpointFile.Content content;
    try {
      content = CheckpointFile.read(newest);
    } catch (IOException e) {
      throw new IOException(e.getMessage() + cure(files), e);
    }
    requireSame(newest, content.settings());
    pace.begin(files.lastKey());
    return Optional.of(content.state());
  }

  private static String cure(SortedMap<Long, Path> files) {
    SortedMap<Long, Path> before = files.headMap(files.lastKey());
    return before.isEmpty()
        ? " (delete it to begin anew)"
        : " (delete it to go on from '"
            + before.get(before.lastKey()).getFileName()
            + "', the one before)";
  }

  private void requireSame(Path file, Map<String, String> theirs) {
    List<String> differences = new ArrayList<>();
    TreeSet<String> names = new TreeSet<>(settings.keySet());
    names.addAll(theirs.keySet());
    for (String name : names) {
      String was = theirs.get(name);
      String is = settings.get(name);
      if (!Objects.equals(was, is)) {
        differences.add(name + " was " + shown(was) + " and is " + shown(is));
      }
    }
    if (!differences.isEmpty()) {
      throw new IllegalArgumentException(
          "'"
              + file
              + "' is a checkpoint of other settings: "
              + String.join("; ", differences)
              + " (go on with those that were, or name another folder)");
    }
  }

  private static String shown(String value) {
    return value == null ? "not there" : value;
  }

  /**
   * Makes a checkpoint where one is due.
   *
   * @param updates how many were made, which names the file
   * @param state asked for only where a checkpoint is made
   * @throws IOException where the one before could not be written: the disk is full, for example.
   *     Those that were there are whole
   */
  public void offer(long updates, Supplier<Map<String, Tensor>> state) throws IOException {
    if (writing != null) {
      if (!writing.isDone()) {
        return;
      }
      end();
    }
    if (pace.isDue(updates)) {
      long begin = System.nanoTime();
      Map<String, Tensor> now = state.get();
      writing = new Writing(() -> write(updates, now), System.nanoTime() - begin);
      pace.made(updates);
    }
  }

  private void write(long updates, Map<String, Tensor> state) throws IOException {
    AtomicFile.write(
        folder.file(updates), CheckpointFile.of(new CheckpointFile.Content(state, settings)));
    folder.keep(checkpoints.kept());
  }

  /** Waits for the checkpoint that is being written. */
  private void end() throws IOException {
    if (writing != null) {
      Writing ended = writing;
      writing = null;
      pace.took(ended.join());
    }
  }

  /**
   * Writes a checkpoint at once, and waits for it: of a training that rests here.
   *
   * @throws IOException where that is impossible; those that were there are whole
   */
  public void save(long updates, Map<String, Tensor> state) throws IOException {
    end();
    write(updates, state);
  }

  /**
   * Writes the last checkpoint of a training that has come to its end, and deletes the others.
   *
   * @throws IOException where that is impossible; those that were there are whole
   */
  public void finish(long updates, Map<String, Tensor> state) throws IOException {
    save(updates, state);
    folder.keep(1);
  }

  /**
   * Waits for the checkpoint that is being written, whatever becomes of it, and frees the folder.
   */
  @Override
  public void close() throws IOException {
    try {
      end();
    } finally {
      folder.close();
    }
  }
}

package dev.rnn4j.checkpoint;

import static com.google.common.base.Preconditions.checkState;

import dev.rnn4j.io.AtomicFile;
import dev.rnn4j.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Supplier;

/**
 * A folder of checkpoints: the newest one is read at the beginning, others are written by a thread
 * of their own.
 */
final class FolderPlace implements CheckpointPlace {
  private final Checkpoints checkpoints;
  private final Map<String, String> settings;
  private final CheckpointFolder folder;
  private final Pace pace;
  private Writing writing;

  private FolderPlace(
      Checkpoints checkpoints, Map<String, String> settings, CheckpointFolder folder) {
    this.checkpoints = checkpoints;
    this.settings = settings;
    this.folder = folder;
    this.pace = checkpoints.pace();
  }

  /**
   * Makes a folder this training's own.
   *
   * @param settings written into each checkpoint, and compared with those of the newest one
   * @throws IOException where it cannot be written, or another training has it
   */
  static FolderPlace open(Checkpoints checkpoints, Map<String, String> settings)
      throws IOException {
    return new FolderPlace(checkpoints, settings, CheckpointFolder.open(checkpoints.folder()));
  }

  @Override
  public Optional<Map<String, Tensor>> begin(boolean goesOn) throws IOException {
    SortedMap<Long, Path> files = folder.files();
    if (goesOn && !files.isEmpty()) {
      return Optional.of(load(files));
    }
    checkState(
        files.isEmpty(),
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

  private Map<String, Tensor> load(SortedMap<Long, Path> files) throws IOException {
    Path newest = files.get(files.lastKey());
    CheckpointFile.Content content;
    try {
      content = CheckpointFile.read(newest);
    } catch (IOException e) {
      throw new IOException(e.getMessage() + cure(files), e);
    }
    SettingTexts.requireSame("'" + newest + "' is a checkpoint", content.settings(), settings);
    pace.begin(files.lastKey());
    return content.state();
  }

  private String cure(SortedMap<Long, Path> files) {
    SortedMap<Long, Path> before = files.headMap(files.lastKey());
    if (!before.isEmpty()) {
      String last = before.get(before.lastKey()).getFileName().toString();
      return " (delete it to go on from '" + last + "', the one before)";
    }
    Path model = checkpoints.model();
    String also = Files.exists(model) ? " and '" + model.getFileName() + "'" : "";
    return " (delete it" + also + " to begin anew)";
  }

  @Override
  public void offer(long updates, Supplier<Map<String, Tensor>> state) throws IOException {
    folder.requireHeld();
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
  void end() throws IOException {
    if (writing != null) {
      Writing ended = writing;
      writing = null;
      pace.took(ended.join());
    }
  }

  @Override
  public void save(long updates, Map<String, Tensor> state) throws IOException {
    folder.requireHeld();
    end();
    write(updates, state);
  }

  @Override
  public void finish(long updates, Map<String, Tensor> state) throws IOException {
    save(updates, state);
    folder.keep(1);
  }

  @Override
  public void close() throws IOException {
    try {
      end();
    } finally {
      folder.close();
    }
  }

  @Override
  public Optional<Path> model() {
    return Optional.of(checkpoints.model());
  }
}

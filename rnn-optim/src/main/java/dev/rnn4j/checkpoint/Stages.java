package dev.rnn4j.checkpoint;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkState;

import dev.rnn4j.tensor.Tensor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Several trainings, one after the other, that are kept in one folder as one: of candidates, or of
 * the folds of a cross-validation.
 *
 * <pre>{@code
 * try (Stages stages = Stages.open(Checkpoints.in(folder), true)) {
 *   for (int fold = 1; fold <= 5; fold++) {
 *     Trainer.of(step(fold)).epochs(20).resume(stages.of("fold " + fold)).run(() -> data(fold));
 *   }
 *   stages.finish();
 * }
 * }</pre>
 *
 * <p>Each checkpoint holds what all of them have come to so far. Resumed, those that have ended
 * train nothing and return what they found, and the one that was under way goes on. None leaves a
 * model, because only the program knows which one is wanted. For one thread at a time.
 */
public final class Stages implements AutoCloseable {
  private static final String STATE = "stage/";
  private static final String UPDATES = "updates/";
  private static final String SETTINGS = "settings/";

  private final Checkpoints checkpoints;
  private final CheckpointPlace folder;
  private boolean closed;

  /** Of each stage, the last state that is known. */
  private final Map<String, Known> known = new LinkedHashMap<>();

  private final Set<String> begun = new LinkedHashSet<>();

  private record Known(long updates, Map<String, Tensor> state, Tensor settings) {}

  private Stages(Checkpoints checkpoints, CheckpointPlace folder) {
    this.checkpoints = checkpoints;
    this.folder = folder;
  }

  /**
   * Goes on from what a folder has, or begins where it has nothing. The folder is this one's own
   * until it is closed or the process ends.
   *
   * @param checkpoints whose settings are those of all trainings together; each has its own, too
   * @param goesOn whether the folder may have checkpoints to go on from
   * @throws IOException where the folder cannot be read or written, its newest checkpoint is
   *     damaged, or another training has it
   * @throws IllegalArgumentException where the newest checkpoint is of other settings: with the
   *     differences
   * @throws IllegalStateException where there is one, and may be none
   */
  public static Stages open(Checkpoints checkpoints, boolean goesOn) throws IOException {
    Map<String, String> settings = SettingTexts.of(checkpoints, Map.of("trainings", "several"));
    CheckpointPlace folder = FolderPlace.open(checkpoints, settings);
    Stages stages = null;
    try {
      Stages opened = new Stages(checkpoints, folder);
      folder.begin(goesOn).ifPresent(opened::restore);
      stages = opened;
      return stages;
    } finally {
      if (stages == null) {
        folder.close();
      }
    }
  }

  /**
   * Returns the place of the next training, to resume from: where its checkpoints are, how often
   * they are made and how many are kept is decided here.
   *
   * @param name what tells it from the others
   * @throws IllegalArgumentException where another one has had that name
   * @throws IllegalStateException where this is closed
   */
  public Checkpoints of(String name) {
    requireOpen();
    checkArgument(
        !name.isEmpty() && name.indexOf('/') < 0,
        "the name '%s' of a training is empty or has a slash",
        name);
    checkArgument(begun.add(name), "there are two trainings '%s': give each its name", name);
    return checkpoints.stage(this, name);
  }

  /**
   * Writes the last checkpoint, of all trainings at their end, and deletes the others.
   *
   * @throws IOException where that is impossible; those that were there are whole
   * @throws IllegalStateException where this is closed
   */
  public void finish() throws IOException {
    requireOpen();
    folder.finish(updates(), state());
  }

  /** Waits for the checkpoint that is being written, and frees the folder. */
  @Override
  public void close() throws IOException {
    closed = true;
    folder.close();
  }

  private void requireOpen() {
    checkState(
        !closed,
        "these trainings are closed, and '%s' is no longer their own: open them again to go on",
        checkpoints.folder());
  }

  private long updates() {
    return known.values().stream().mapToLong(Known::updates).sum();
  }

  private Map<String, Tensor> state() {
    Map<String, Tensor> all = new LinkedHashMap<>();
    known.forEach(
        (stage, one) -> {
          all.put(UPDATES + stage, Tensor.scalar(one.updates));
          all.put(SETTINGS + stage, one.settings);
          one.state.forEach((name, tensor) -> all.put(STATE + stage + "/" + name, tensor));
        });
    return all;
  }

  private void restore(Map<String, Tensor> all) {
    all.forEach(
        (key, value) -> {
          if (key.startsWith(UPDATES)) {
            String stage = key.substring(UPDATES.length());
            known.put(
                stage,
                new Known(
                    (long) value.item(),
                    under(STATE + stage + "/", all),
                    all.get(SETTINGS + stage)));
          }
        });
  }

  private static Map<String, Tensor> under(String prefix, Map<String, Tensor> all) {
    Map<String, Tensor> some = new LinkedHashMap<>();
    all.forEach(
        (name, tensor) -> {
          if (name.startsWith(prefix)) {
            some.put(name.substring(prefix.length()), tensor);
          }
        });
    return some;
  }

  CheckpointPlace place(String name, Map<String, String> settings) {
    return new Stage(name, settings);
  }

  /** One of the trainings. */
  private final class Stage implements CheckpointPlace {
    private final String name;
    private final Map<String, String> settings;

    Stage(String name, Map<String, String> settings) {
      this.name = name;
      this.settings = settings;
    }

    @Override
    public Optional<Map<String, Tensor>> begin(boolean goesOn) {
      requireOpen();
      Known before = known.get(name);
      if (before == null) {
        return Optional.empty();
      }
      checkState(
          goesOn,
          "there are checkpoints of a training '%s' in '%s': resume it, or name another folder",
          name,
          checkpoints.folder());
      SettingTexts.requireSame(
          "the checkpoints in '" + checkpoints.folder() + "' have a training '" + name + "'",
          texts(before.settings),
          settings);
      return Optional.of(before.state);
    }

    @Override
    public void offer(long updates, Supplier<Map<String, Tensor>> state) throws IOException {
      requireOpen();
      Known before = known.get(name);
      long others = updates() - (before == null ? 0 : before.updates);
      folder.offer(
          others + updates,
          () -> {
            know(updates, state.get());
            return state();
          });
    }

    @Override
    public void save(long updates, Map<String, Tensor> state) throws IOException {
      requireOpen();
      know(updates, state);
      folder.save(updates(), state());
    }

    @Override
    public void finish(long updates, Map<String, Tensor> state) throws IOException {
      save(updates, state);
    }

    private void know(long updates, Map<String, Tensor> state) {
      known.put(name, new Known(updates, Map.copyOf(state), tensor(settings)));
    }

    /** The folder is that of the others, too. */
    @Override
    public void close() {}

    @Override
    public Optional<Path> model() {
      return Optional.empty();
    }
  }

  /** Returns settings as the bytes of their text. */
  private static Tensor tensor(Map<String, String> settings) {
    StringBuilder text = new StringBuilder();
    new TreeMap<>(settings)
        .forEach((name, value) -> text.append(name).append('\0').append(value).append('\0'));
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    double[] numbers = new double[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      numbers[i] = bytes[i];
    }
    return Tensor.of(numbers);
  }

  private static Map<String, String> texts(Tensor settings) {
    double[] numbers = settings.toDoubles();
    byte[] bytes = new byte[numbers.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) numbers[i];
    }
    String[] texts = new String(bytes, StandardCharsets.UTF_8).split("\0", -1);
    Map<String, String> all = new LinkedHashMap<>();
    for (int i = 0; i + 1 < texts.length; i += 2) {
      all.put(texts[i], texts[i + 1]);
    }
    return all;
  }
}

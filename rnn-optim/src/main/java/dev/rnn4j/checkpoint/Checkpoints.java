package dev.rnn4j.checkpoint;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Where a training keeps its checkpoints, how often, and how many: all but the folder has defaults.
 * Immutable.
 *
 * <pre>{@code
 * Trainer.of(step).epochs(50).resume(Checkpoints.in(folder).everyUpdates(500).keep(5)).run(data);
 * }</pre>
 *
 * <p>Checkpoints are written by a thread of their own, and become rarer where they would take more
 * than {@link #share} of the time. However often they are, the numbers of the training are the
 * same.
 */
public final class Checkpoints {
  private final Path folder;
  private final int keep;
  private final long updates;
  private final Duration time;
  private final double share;
  private final ImmutableMap<String, String> settings;
  private final ImmutableMap<String, String> metadata;

  /** Null for a training that has the folder alone. */
  private final Stages stages;

  private final String stage;

  private Checkpoints(
      Path folder,
      int keep,
      long updates,
      Duration time,
      double share,
      Map<String, String> settings,
      Map<String, String> metadata,
      Stages stages,
      String stage) {
    this.folder = checkNotNull(folder, "checkpoints were given null as their folder");
    this.keep = keep;
    this.updates = updates;
    this.time = time;
    this.share = share;
    this.settings = ImmutableMap.copyOf(settings);
    this.metadata = ImmutableMap.copyOf(metadata);
    this.stages = stages;
    this.stage = stage;
  }

  /**
   * Keeps the last two checkpoints in a folder, one every ten seconds. The folder is made where
   * there is none.
   */
  public static Checkpoints in(Path folder) {
    return new Checkpoints(
        folder, 2, Long.MAX_VALUE, Duration.ofSeconds(10), 0.02, Map.of(), Map.of(), null, "");
  }

  /** Keeps so many of the last checkpoints; the best parameters are in each of them. */
  public Checkpoints keep(int count) {
    checkArgument(count > 0, "at least one checkpoint is kept, not %s", count);
    return new Checkpoints(folder, count, updates, time, share, settings, metadata, stages, stage);
  }

  /**
   * Makes a checkpoint after every so many updates instead of every ten seconds; less often where
   * that would take more than {@link #share} of the time.
   */
  public Checkpoints everyUpdates(long count) {
    checkArgument(count > 0, "there cannot be %s updates between two checkpoints", count);
    return new Checkpoints(
        folder,
        keep,
        count,
        Duration.ofNanos(Long.MAX_VALUE),
        share,
        settings,
        metadata,
        stages,
        stage);
  }

  /** Makes a checkpoint after the update during which so much time has passed. */
  public Checkpoints every(Duration duration) {
    checkArgument(!duration.isNegative(), "%s is no time between two checkpoints", duration);
    return new Checkpoints(
        folder, keep, Long.MAX_VALUE, duration, share, settings, metadata, stages, stage);
  }

  /** Lets checkpoints take at most this part of the time; 0.02 unless set. */
  public Checkpoints share(double part) {
    checkArgument(part > 0 && part <= 1, "the share %s is not above 0, and at most 1", part);
    return new Checkpoints(folder, keep, updates, time, part, settings, metadata, stages, stage);
  }

  /**
   * Adds a setting of the program that the trainer cannot know: a checkpoint in which it is another
   * one is refused.
   */
  public Checkpoints setting(String name, Object value) {
    checkArgument(
        !settings.containsKey(name),
        "there are two settings '%s', %s and %s: give each its name",
        name,
        settings.get(name),
        value);
    ImmutableMap.Builder<String, String> more = ImmutableMap.builder();
    more.putAll(settings).put(name, value.toString());
    return new Checkpoints(
        folder, keep, updates, time, share, more.buildOrThrow(), metadata, stages, stage);
  }

  /** Writes texts beside the parameters into the model that the end of training leaves. */
  public Checkpoints metadata(Map<String, String> texts) {
    return new Checkpoints(folder, keep, updates, time, share, settings, texts, stages, stage);
  }

  /** Returns those of one of several trainings, which has no settings yet. */
  Checkpoints stage(Stages all, String name) {
    return new Checkpoints(folder, keep, updates, time, share, Map.of(), Map.of(), all, name);
  }

  CheckpointPlace place(Map<String, String> all) throws IOException {
    return stages == null ? FolderPlace.open(this, all) : stages.place(stage, all);
  }

  /** Returns the folder. */
  public Path folder() {
    return folder;
  }

  /** Returns what the program has said of its settings. */
  public Map<String, String> settings() {
    return settings;
  }

  /** Returns what is written beside the parameters of the model. */
  public Map<String, String> metadata() {
    return metadata;
  }

  /** Returns the file in which the end of a training leaves its model. */
  public Path model() {
    return folder.resolve("model.safetensors");
  }

  int kept() {
    return keep;
  }

  Pace pace() {
    return new Pace(updates, TimeUnit.NANOSECONDS.convert(time), share);
  }
}

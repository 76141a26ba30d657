package dev.rnn4j.examples.cli;

import dev.rnn4j.checkpoint.Checkpoints;
import dev.rnn4j.tensor.Resumable;
import dev.rnn4j.train.Trainer;
import dev.rnn4j.train.TrainingStep;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Where a training is kept, so that it goes on after it was stopped or killed. */
public final class KeepOptions {
  private static final String FOLDER = "--checkpoint";
  private static final String RESUME = "--resume";
  private static final String UPDATES = "--checkpoint-updates";

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = FOLDER,
      paramLabel = "DIR",
      description = "keep checkpoints of the training in a folder, and at the end its model")
  private Path folder;

  @Option(
      names = RESUME,
      description = "go on from the newest checkpoint in that folder, where there is one")
  private boolean resume;

  @Option(
      names = UPDATES,
      paramLabel = "N",
      converter = Numbers.Positive.class,
      hidden = true,
      description = "make a checkpoint after every so many updates, whatever the time")
  private Integer updates;

  /** Refuses to go on from a folder that was not named. */
  void check() {
    if (folder == null && (resume || updates != null)) {
      throw new IllegalArgumentException(
          "--resume goes on from a folder: name it with --checkpoint DIR");
    }
  }

  /** Returns whether a folder was named. */
  public boolean areGiven() {
    return folder != null;
  }

  /** Returns whether a training may have begun in another run of the program. */
  boolean goOn() {
    return areGiven() && resume;
  }

  /**
   * Returns a trainer that keeps its training where a folder was named.
   *
   * @param settings what its numbers depend on, and the trainer does not know
   * @param metadata texts to write beside the parameters into the model
   * @param data what batches are drawn from
   */
  public KeptTrainer trainer(
      Trainer trainer, Map<String, ?> settings, Map<String, String> metadata, Resumable data) {
    if (!areGiven()) {
      return KeptTrainer.none(trainer);
    }
    Checkpoints checkpoints = checkpoints(settings).metadata(metadata);
    trainer.remember("data", data);
    return KeptTrainer.of(
        resume ? trainer.resume(checkpoints) : trainer.checkpoint(checkpoints), this::stopped);
  }

  /** Returns a loop that keeps a training which has no trainer. */
  public KeptLoop loop(TrainingStep step, Map<String, ?> settings, Resumable data) {
    return areGiven()
        ? KeptLoop.open(checkpoints(settings), resume, step, data, this::stopped)
        : KeptLoop.none();
  }

  /** Returns a loop that keeps a training whose data are always the same. */
  public KeptLoop loop(TrainingStep step, Map<String, ?> settings) {
    return loop(step, settings, Resumable.of(Map::of, state -> {}));
  }

  /** Returns what keeps several trainings, one after the other. */
  public KeptTrainings several(Map<String, ?> settings) throws IOException {
    return areGiven()
        ? KeptTrainings.open(checkpoints(settings), resume, this::stopped, this::stoppedBetween)
        : KeptTrainings.none();
  }

  /**
   * Returns arguments without those that say where a training is kept: they change none of its
   * numbers.
   */
  public static List<String> leftOutOf(List<String> arguments) {
    List<String> rest = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      if (argument.equals(FOLDER) || argument.equals(UPDATES)) {
        i++;
      } else if (!argument.equals(RESUME)
          && !argument.startsWith(FOLDER + "=")
          && !argument.startsWith(UPDATES + "=")) {
        rest.add(argument);
      }
    }
    return rest;
  }

  /** Says at once how to go on: the JVM may be waiting for no more than that. */
  private StoppedException stopped(long updates) {
    String sentence =
        String.format(
            Locale.ROOT,
            "stopped after %,d %s kept in '%s'; to go on, give the same command%s",
            updates,
            updates == 1 ? "update, which is" : "updates, which are",
            folder,
            how());
    say(sentence);
    return new StoppedException(sentence);
  }

  /** Says it where no training is under way. */
  private void stoppedBetween(boolean begun) {
    say(
        begun || resume
            ? "stopped before the next update; to go on from what is kept in '"
                + folder
                + "', give the same command"
                + how()
            : "stopped before the first update; nothing is kept in '" + folder + "' yet");
  }

  private String how() {
    return resume ? " again" : " with " + RESUME;
  }

  private void say(String sentence) {
    PrintWriter err = command.commandLine().getErr();
    err.println(sentence);
    err.flush();
  }

  private Checkpoints checkpoints(Map<String, ?> settings) {
    Checkpoints checkpoints = Checkpoints.in(folder);
    checkpoints =
        updates == null
            ? checkpoints.every(Duration.ofSeconds(2))
            : checkpoints.everyUpdates(updates).share(1);
    for (Map.Entry<String, ?> setting : settings.entrySet()) {
      checkpoints = checkpoints.setting(setting.getKey(), setting.getValue());
    }
    return checkpoints;
  }
}

package dev.rnn4j.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rnn4j.checkpoint.Checkpoints;
import dev.rnn4j.checkpoint.Stages;
import dev.rnn4j.io.Batch;
import dev.rnn4j.layer.Dense;
import dev.rnn4j.loss.Losses;
import dev.rnn4j.optimizer.Adam;
import dev.rnn4j.random.Philox;
import dev.rnn4j.tensor.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** Several trainings in one folder, of which one is killed at some update. */
class StagesTest {
  @TempDir Path temporary;

  private static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  /** What a program does in one process. */
  private record Process(Path folder, int killAfter, double rate) {
    Process(Path folder, int killAfter) {
      this(folder, killAfter, 0.1);
    }

    /** A program: trains two networks by trainers, and one by a loop of its own. */
    List<History> run(List<String> trained) throws IOException {
      int[] left = {killAfter};
      List<History> histories = new ArrayList<>();
      try (Stages stages = Stages.open(often(folder), true)) {
        for (String name : List.of("first", "second")) {
          histories.add(train(stages, name, left, trained));
        }
        Philox random = new Philox(7);
        TrainingStep step = step(2, rate);
        Checkpoints place = stages.of("loop");
        try (SavedTraining saved = SavedTraining.open(place, true, step, Map.of("data", random))) {
          while (step.updates() < 3) {
            step.run(batch(random));
            count(left, "loop", trained);
            saved.rest();
          }
          saved.finish();
        }
        stages.finish();
      }
      return histories;
    }

    private History train(Stages stages, String name, int[] left, List<String> trained) {
      Philox random = new Philox(name.length());
      return Trainer.of(step(1, rate))
          .epochs(2)
          .remember("data", random)
          .listener(
              new TrainingListener() {
                @Override
                public void onUpdate(UpdateResult update) {
                  count(left, name, trained);
                }
              })
          .resume(stages.of(name))
          .run(() -> List.of(batch(random), batch(random)));
    }

    private static void count(int[] left, String name, List<String> trained) {
      trained.add(name);
      if (--left[0] == 0) {
        throw new Killed();
      }
    }
  }

  private static Checkpoints often(Path folder) {
    return Checkpoints.in(folder).everyUpdates(1).share(1).setting("task", "two and a loop");
  }

  private static TrainingStep step(long seed, double rate) {
    return TrainingStep.of(Dense.of(2, 1, new Philox(seed)), Losses.meanSquaredError())
        .optimizer(Adam.rate(rate))
        .compile(Precision.FLOAT32);
  }

  private static Batch batch(Philox random) {
    return Batch.of(Fixtures.normal(random, 2, 3, 2), Fixtures.normal(random, 2, 3, 1));
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.sorted().toList();
    }
  }

  @Test
  void allEndAsIfUndisturbed() throws IOException {
    Path undisturbed = temporary.resolve("undisturbed");
    List<String> trained = new ArrayList<>();
    List<History> wanted = new Process(undisturbed, -1).run(trained);
    assertEquals(11, trained.size());
    byte[] end = Files.readAllBytes(undisturbed.resolve("checkpoint-000000000011.safetensors"));
    for (int killAfter : new int[] {3, 4, 6, 10}) {
      Path folder = temporary.resolve("killed" + killAfter);
      Process first = new Process(folder, killAfter);
      assertThrows(Killed.class, () -> first.run(new ArrayList<>()));
      List<String> again = new ArrayList<>();
      assertEquals(wanted, new Process(folder, -1).run(again));
      // Nothing that has ended is trained again.
      assertTrue(killAfter < 6 || !again.contains("first"), again::toString);
      assertTrue(killAfter < 10 || !again.contains("second"), again::toString);
      assertEquals(1, files(folder).size(), () -> "killed after " + first);
      assertArrayEquals(end, Files.readAllBytes(files(folder).get(0)));
    }
    List<String> more = new ArrayList<>();
    assertEquals(wanted, new Process(undisturbed, 0).run(more));
    assertEquals(List.of(), more);
  }

  @Test
  void whatDoesNotFitIsRefusedInASentence() throws IOException {
    Path folder = temporary.resolve("folder");
    new Process(folder, -1).run(new ArrayList<>());
    byte[] before = Files.readAllBytes(files(folder).get(0));
    Process other = new Process(folder, -1, 0.2);
    assertEquals(
        "the checkpoints in '"
            + folder
            + "' have a training 'first' of other settings: optimizer was Adam rate 0.1 and is Adam"
            + " rate 0.2 (go on with those that were, or name another folder)",
        assertThrows(IllegalArgumentException.class, () -> other.run(new ArrayList<>()))
            .getMessage());
    String several =
        assertThrows(
                IllegalArgumentException.class,
                () -> Stages.open(often(folder).setting("folds", 5), true))
            .getMessage();
    assertTrue(several.contains("other settings: folds was not there and is 5 (go"), several);
    String one =
        assertThrows(
                IllegalArgumentException.class,
                () -> Trainer.of(step(1, 0.1)).resume(often(folder)).run(() -> List.of()))
            .getMessage();
    assertTrue(one.contains("trainings was several and is not there"), one);
    assertThrows(IllegalStateException.class, () -> Stages.open(often(folder), false));
    assertArrayEquals(before, Files.readAllBytes(files(folder).get(0)));
    try (Stages stages = Stages.open(often(folder), true)) {
      stages.of("a");
      assertEquals(
          "there are two trainings 'a': give each its name",
          assertThrows(IllegalArgumentException.class, () -> stages.of("a")).getMessage());
      assertThrows(IllegalArgumentException.class, () -> stages.of("a/b"));
      assertThrows(IOException.class, () -> Stages.open(often(folder), true));
    }
  }

  @Test
  void whatIsThereIsGoneOnFromOnlyWhereItMayBe() throws IOException {
    Path folder = temporary.resolve("folder");
    new Process(folder, -1).run(new ArrayList<>());
    try (Stages stages = Stages.open(often(folder), true)) {
      Trainer other = Trainer.of(step(1, 0.1)).checkpoint(stages.of("other")).updates(0);
      assertEquals(0, other.run(List::of).updates().size());
      Trainer first = Trainer.of(step(1, 0.1)).checkpoint(stages.of("first"));
      assertEquals(
          "there are checkpoints of a training 'first' in '"
              + folder
              + "': resume it, or name another folder",
          assertThrows(IllegalStateException.class, () -> first.run(List::of)).getMessage());
    }
  }

  @Test
  void whatIsClosedWritesIntoNoFolder() throws IOException {
    Path folder = temporary.resolve("closed");
    Stages stages = Stages.open(often(folder), true);
    Checkpoints late = stages.of("late");
    SavedTraining saved = SavedTraining.open(stages.of("one"), true, step(1, 0.1), Map.of());
    stages.close();
    String message =
        "these trainings are closed, and '"
            + folder
            + "' is no longer their own: open them again to go on";
    for (Executable call :
        List.<Executable>of(
            () -> stages.of("other"),
            stages::finish,
            saved::rest,
            saved::finish,
            () -> SavedTraining.open(late, true, step(1, 0.1), Map.of()))) {
      assertEquals(message, assertThrows(IllegalStateException.class, call).getMessage());
    }
    assertEquals(List.of(), files(folder));
  }
}

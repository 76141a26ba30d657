package dev.rnn4j.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rnn4j.cell.ElmanCell;
import dev.rnn4j.checkpoint.Checkpoints;
import dev.rnn4j.io.Batch;
import dev.rnn4j.io.Safetensors;
import dev.rnn4j.layer.Dense;
import dev.rnn4j.layer.Dropout;
import dev.rnn4j.layer.Recurrent;
import dev.rnn4j.layer.Stacked;
import dev.rnn4j.loss.Losses;
import dev.rnn4j.optimizer.Adam;
import dev.rnn4j.optimizer.Averaged;
import dev.rnn4j.random.Philox;
import dev.rnn4j.schedule.Schedule;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A training that ends in the middle, at any update, and goes on in what could be a new process.
 */
class ResumeTest {
  @TempDir Path temporary;

  /** The end of the process, as far as a test can go. */
  private static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  private record KillAt(long update) implements TrainingListener {
    @Override
    public void onUpdate(UpdateResult result) {
      if (result.update() == update) {
        throw new Killed();
      }
    }
  }

  /** A whole program: builds everything anew, as a new process does, and trains. */
  private interface Program {
    History run(Setup setup);
  }

  /** What differs between two processes. */
  private record Setup(Path folder, long killAt, int threads) {
    Trainer trainer(TrainingStep step) {
      return Trainer.of(step)
          .listener(new KillAt(killAt))
          .resume(Checkpoints.in(folder).everyUpdates(1).share(1));
    }
  }

  private static TrainingStep step(boolean carries, int threads, Stacked model) {
    TrainingStepBuilder builder =
        TrainingStep.of(model, Losses.meanSquaredError())
            .optimizer(Averaged.exponential(Adam.rate(0.01), 0.9))
            .schedule(Schedule.onPlateau(0.5, 0))
            .threads(threads)
            .seed(3);
    return (carries ? builder.carryStates() : builder).compile(Precision.FLOAT32);
  }

  private static Stacked perStep(Philox random) {
    return Stacked.of(
        new Recurrent<>(ElmanCell.of(2, 3, random)), new Dropout(0.3), Dense.of(3, 1, random));
  }

  private static Batch batch(Philox random, int steps) {
    return Batch.of(Fixtures.normal(random, steps, 3, 2), Fixtures.normal(random, steps, 3, 1));
  }

  private static List<Batch> batches(long seed, int count) {
    Philox random = new Philox(seed);
    return Stream.generate(() -> batch(random, 4)).limit(count).toList();
  }

  /** Shuffled anew in each epoch, judged by averages every three updates, stopped early. */
  private static History judged(Setup setup) {
    Philox random = new Philox(1);
    TrainingStep step = step(false, setup.threads(), perStep(random));
    Philox order = new Philox(8);
    List<Batch> data = new ArrayList<>(batches(2, 5));
    return setup
        .trainer(step)
        .epochs(4)
        .accumulate(2)
        .validation(() -> batches(4, 2), 2)
        .validateEveryUpdates(3)
        .judgeAverages()
        .remember("order", order)
        .run(
            () -> {
              data.sort((a, b) -> Double.compare(a.x().at(0), b.x().at(0)));
              Collections.shuffle(data, new Random(order.nextLong()));
              return data;
            });
  }

  private static double[] indicators(Philox random, int count) {
    return random.doubles(count).map(Math::rint).toArray();
  }

  /** Truncated within batches, states carried, sequences that begin within, nothing judged. */
  private static History truncated(Setup setup) {
    TrainingStep step = step(true, setup.threads(), perStep(new Philox(1)));
    Philox random = new Philox(9);
    Tensor marks = Tensor.of(Shape.of(7, 3), indicators(random, 21));
    List<Batch> data = List.of(batch(random, 11), batch(random, 7).begins(marks));
    return setup.trainer(step).epochs(2).truncated(2, 5).run(() -> data);
  }

  /** Drawn one by one, to a limit of updates, from the generator that drew the model. */
  private static History generated(Setup setup) {
    Philox random = new Philox(1);
    TrainingStep step = step(false, setup.threads(), perStep(random));
    return setup
        .trainer(step)
        .updates(9)
        .remember("data", random)
        .generate(() -> batch(random, 2 + random.nextInt(2)));
  }

  private static Map<String, byte[]> files(Path folder) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    try (Stream<Path> all = Files.list(folder)) {
      for (Path file : all.toList()) {
        files.put(file.getFileName().toString(), Files.readAllBytes(file));
      }
    }
    return files;
  }

  private void endsAsIfUndisturbed(String name, Program program) throws IOException {
    Path undisturbed = temporary.resolve(name);
    History wanted = program.run(new Setup(undisturbed, -1, 1));
    Map<String, byte[]> files = files(undisturbed);
    assertEquals(2, files.size(), files.keySet()::toString);
    int last = wanted.updates().size() - 1;
    for (long killAt : new long[] {last / 2, last}) {
      Path folder = temporary.resolve(name + killAt);
      assertThrows(Killed.class, () -> program.run(new Setup(folder, killAt, 1)));
      History history = program.run(new Setup(folder, -1, 2));
      assertEquals(wanted, history, name + " killed at update " + killAt);
      Map<String, byte[]> left = files(folder);
      assertEquals(files.keySet(), left.keySet());
      for (String file : files.keySet()) {
        assertEquals(-1, Files.mismatch(undisturbed.resolve(file), folder.resolve(file)), file);
      }
    }
    assertEquals(wanted, program.run(new Setup(undisturbed, 0, 1)), "nothing is left to do");
  }

  @Test
  void anEpochThatIsJudgedEndsAsIfUndisturbed() throws IOException {
    endsAsIfUndisturbed("judged", ResumeTest::judged);
  }

  @Test
  void truncatedTrainingEndsAsIfUndisturbed() throws IOException {
    endsAsIfUndisturbed("truncated", ResumeTest::truncated);
  }

  @Test
  void batchesWithoutEndEndAsIfUndisturbed() throws IOException {
    endsAsIfUndisturbed("generated", ResumeTest::generated);
  }

  /** A loop without a trainer. */
  private static TrainingStep loop(Path folder, long killAt) {
    Philox random = new Philox(1);
    TrainingStep step = step(false, 1, perStep(random));
    Checkpoints often = Checkpoints.in(folder).everyUpdates(1).share(1).setting("seed", 1);
    try (SavedTraining saved = SavedTraining.open(often, true, step, Map.of("data", random))) {
      while (step.updates() < 6) {
        if (step.updates() == killAt) {
          throw new Killed();
        }
        step.run(batch(random, 3));
        saved.rest();
      }
      saved.finish();
    }
    return step;
  }

  @Test
  void aLoopOfYourOwnEndsAsIfUndisturbed() throws IOException {
    Path undisturbed = temporary.resolve("loop");
    loop(undisturbed, -1);
    Path folder = temporary.resolve("killed loop");
    assertThrows(Killed.class, () -> loop(folder, 4));
    loop(folder, -1);
    assertEquals(files(undisturbed).keySet(), files(folder).keySet());
    for (String file : files(undisturbed).keySet()) {
      assertEquals(-1, Files.mismatch(undisturbed.resolve(file), folder.resolve(file)), file);
    }
    assertEquals(6, loop(folder, -1).updates());
    TrainingStep other = step(false, 1, perStep(new Philox(2)));
    Map<String, Tensor> before = other.checkpoint();
    Checkpoints place = Checkpoints.in(folder).setting("seed", 1);
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> SavedTraining.open(place, true, other, Map.of("other", new Philox(3))))
            .getMessage();
    assertTrue(message.startsWith("the checkpoint has data/"), message);
    String missing =
        assertThrows(
                IllegalArgumentException.class,
                () ->
                    SavedTraining.open(
                        place, true, other, Map.of("data", new Philox(3), "more", new Philox(4))))
            .getMessage();
    assertEquals(
        "the checkpoint has nothing of 'more', which this training goes on from: it is one of"
            + " another training",
        missing);
    other.checkpoint().forEach((name, tensor) -> assertTrue(tensor.sameAs(before.get(name)), name));
  }

  @Test
  void whatIsClosedWritesIntoNoFolder() throws IOException {
    Path folder = temporary.resolve("closed");
    Philox random = new Philox(1);
    TrainingStep step = step(false, 1, perStep(random));
    SavedTraining saved = SavedTraining.open(Checkpoints.in(folder), true, step, Map.of());
    saved.close();
    saved.close();
    step.run(batch(random, 3));
    String message =
        "this training is closed, and '"
            + folder
            + "' is no longer its own: open it again to go on";
    assertEquals(message, assertThrows(IllegalStateException.class, saved::rest).getMessage());
    assertEquals(message, assertThrows(IllegalStateException.class, saved::finish).getMessage());
    assertEquals(Map.of(), files(folder));
  }

  @Test
  void theEndLeavesTheModelWithItsMetadata() throws IOException {
    Stacked model = perStep(new Philox(1));
    TrainingStep step = step(false, 1, model);
    Trainer.of(step)
        .resume(Checkpoints.in(temporary.resolve("a/b")).metadata(Map.of("units", "°C")))
        .run(() -> batches(2, 3));
    Path file = temporary.resolve("a/b/model.safetensors");
    assertEquals(Map.of("units", "°C"), Safetensors.load(file).metadata());
    Tensor bias = Safetensors.load(file).get("layers.2.bias");
    assertTrue(bias.sameAs(step.weights().values(model).get("layers.2.bias")));
  }

  private static String refused(Class<? extends Exception> type, Supplier<History> run) {
    return assertThrows(type, run::get).getMessage();
  }

  @Test
  void whatIsNoCheckpointIsRefused() {
    TrainingStep step = step(false, 1, perStep(new Philox(2)));
    for (String name : List.of("", "weight")) {
      Map<String, Tensor> other = name.isEmpty() ? Map.of() : Map.of(name, Tensor.scalar(1));
      assertEquals(
          "this is no checkpoint of a training step, as it has no training/precision, only "
              + other.keySet()
              + ": give what checkpoint() returned",
          assertThrows(IllegalArgumentException.class, () -> step.restore(other)).getMessage());
    }
  }

  @Test
  void aStopIsWhereItGoesOn() {
    Path folder = temporary.resolve("stopped");
    List<Batch> data = batches(2, 4);
    List<Batch> others = batches(3, 1);
    Function<TrainingStep, Trainer> trainer =
        step -> Trainer.of(step).epochs(2).validation(() -> others).validateEveryUpdates(3);
    Trainer stopped = trainer.apply(step(false, 1, perStep(new Philox(1)))).resume(folder);
    stopped.listener(
        new TrainingListener() {
          @Override
          public void onUpdate(UpdateResult update) {
            if (update.update() == 5) {
              stopped.stop(); // the look at the validation data is due, and left to the next run
            }
          }
        });
    History part = stopped.run(() -> data);
    assertEquals(History.Ending.STOPPED, part.ending());
    assertEquals(1, part.validations().size());
    History whole = trainer.apply(step(false, 1, perStep(new Philox(1)))).run(() -> data);
    TrainingStep step = step(false, 1, perStep(new Philox(1)));
    History rest = trainer.apply(step).resume(folder).run(() -> data);
    assertEquals(whole, rest);
    assertEquals(3, rest.validations().size());
    assertEquals(8, step.updates());
  }

  @Test
  void dataThatAreOthersAreRefused() {
    Path folder = temporary.resolve("data");
    assertThrows(Killed.class, () -> fixed(new Setup(folder, 3, 1), batches(2, 5)));
    String message =
        refused(
            IllegalArgumentException.class, () -> fixed(new Setup(folder, -1, 1), batches(7, 5)));
    assertTrue(message.startsWith("the data are not those of the checkpoint: batch "), message);
    assertEquals(5, fixed(new Setup(folder, -1, 1), batches(2, 5)).updates().size());
  }

  private static History fixed(Setup setup, List<Batch> data) {
    return setup.trainer(step(false, 1, perStep(new Philox(1)))).run(() -> data);
  }

  @Test
  void whatDataAreDrawnFromHasToBeKnown() {
    Philox random = new Philox(5);
    Setup setup = new Setup(temporary.resolve("unknown"), -1, 1);
    String epochs =
        refused(
            IllegalStateException.class,
            () ->
                setup
                    .trainer(step(false, 1, perStep(new Philox(1))))
                    .epochs(2)
                    .run(() -> List.of(batch(random, 2))));
    assertEquals(
        "the batches of epoch 2 are others than those of epoch 1, and a checkpoint would not know"
            + " how to go on: let the trainer know what they are drawn from: remember(...)",
        epochs);
    String generated =
        refused(
            IllegalStateException.class,
            () ->
                setup
                    .trainer(step(false, 1, perStep(new Philox(1))))
                    .updates(2)
                    .generate(() -> batch(random, 2)));
    assertEquals(
        "batches that are made one by one go on where they were, in another process: let the"
            + " trainer know what they are drawn from: remember(...)",
        generated);
  }
}

package dev.rnn4j.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rnn4j.io.Safetensors;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class CheckpointStoreTest {
  private static final Map<String, String> SETTINGS = Map.of("optimizer", "Adam rate 0.01");

  private static final Map<String, Tensor> STATE =
      Map.of(
          "w", Tensor.of(Shape.of(2, 2), 1f, Float.NaN, -0f, 3f),
          "w/velocity", Tensor.of(Shape.of(0, 3)),
          "run/loss", Tensor.scalar(0.1));

  @TempDir Path folder;

  private CheckpointStore open(Map<String, String> settings) throws IOException {
    return CheckpointStore.open(Checkpoints.in(folder).keep(2).everyUpdates(1).share(1), settings);
  }

  private Path file(long updates) {
    return folder.resolve(String.format("checkpoint-%012d.safetensors", updates));
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private void save(long... updates) throws IOException {
    try (CheckpointStore store = open(SETTINGS)) {
      for (long number : updates) {
        store.save(number, STATE);
      }
    }
  }

  @Test
  void theLastOnesAreKeptAndTheNewestIsLoaded() throws IOException {
    save(3, 4, 10);
    assertEquals(
        List.of("checkpoint-000000000004.safetensors", "checkpoint-000000000010.safetensors"),
        names());
    try (CheckpointStore store = open(SETTINGS)) {
      Map<String, Tensor> loaded = store.begin(true).orElseThrow();
      assertEquals(STATE.keySet(), loaded.keySet());
      STATE.forEach((name, tensor) -> assertTrue(tensor.sameAs(loaded.get(name)), name));
      store.finish(12, STATE);
    }
    assertEquals(List.of("checkpoint-000000000012.safetensors"), names());
  }

  @Test
  void whatAKilledWriterLeftIsRemoved() throws IOException {
    Files.writeString(folder.resolve(".rnn4j-12345678-0.tmp"), "half");
    Files.writeString(folder.resolve("checkpoint.lock"), "");
    Files.writeString(folder.resolve("notes.txt"), "mine");
    try (CheckpointStore store = open(SETTINGS)) {
      store.save(1, STATE);
      assertEquals(
          List.of("checkpoint-000000000001.safetensors", "checkpoint.lock", "notes.txt"), names());
    }
    assertEquals(List.of("checkpoint-000000000001.safetensors", "notes.txt"), names());
  }

  @Test
  void settingsOfYourOwnStandBesideThoseOfTheTraining() throws IOException {
    Checkpoints mine = Checkpoints.in(folder).setting("optimizer", "mine");
    assertThrows(IllegalArgumentException.class, () -> mine.setting("optimizer", "another"));
    try (CheckpointStore store = CheckpointStore.open(mine, SETTINGS)) {
      store.save(1, STATE);
    }
    assertEquals(
        "'"
            + file(1)
            + "' is a checkpoint of other settings: setting optimizer was mine and is not there (go"
            + " on with those that were, or name another folder)",
        message(SETTINGS));
  }

  @Test
  void aTrainingBeginsOnlyWhereNothingIs() throws IOException {
    Path model = folder.resolve("model.safetensors");
    Files.writeString(model, "mine");
    try (CheckpointStore store = open(SETTINGS)) {
      for (boolean goesOn : new boolean[] {false, true}) {
        String message = assertThrows(IOException.class, () -> store.begin(goesOn)).getMessage();
        assertEquals(
            "'"
                + model
                + "' is there already, and no checkpoint of its training; name another folder",
            message);
      }
      store.save(1, STATE);
      assertEquals(STATE.keySet(), store.begin(true).orElseThrow().keySet());
      assertEquals(
          "there are checkpoints of a training in '"
              + folder
              + "': resume it, or name another folder",
          assertThrows(IllegalStateException.class, () -> store.begin(false)).getMessage());
    }
    Path inAFile = model.resolve("folder");
    assertEquals(
        "the folder '" + inAFile + "' cannot be made: '" + model + "' is a file",
        assertThrows(
                IOException.class,
                () -> CheckpointStore.open(Checkpoints.in(inAFile), SETTINGS).close())
            .getMessage());
  }

  /**
   * Who may write everywhere has no folders there either, and the system says no more than that.
   */
  @Test
  @EnabledOnOs(OS.LINUX)
  void saysWhyAFolderOfTheSystemIsNone() {
    Path folder = Path.of("/proc", "none");
    String message =
        assertThrows(
                IOException.class,
                () -> CheckpointStore.open(Checkpoints.in(folder), SETTINGS).close())
            .getMessage();
    assertTrue(
        message.equals(
                "the folder '/proc/none' cannot be made: the file system takes no new folders in"
                    + " '/proc'")
            || message.equals(
                "the folder '/proc/none' cannot be made: nothing may be written in the folder"
                    + " '/proc'"),
        message);
  }

  /** Cut at every kind of place, and with any byte changed, a file is refused and stays there. */
  @Test
  void damageIsRefusedInOneSentence() throws IOException {
    save(1, 2);
    byte[] whole = Files.readAllBytes(file(2));
    int header = 8 + (whole[0] & 0xFF) + ((whole[1] & 0xFF) << 8);
    for (int length : new int[] {0, 3, 8, 20, header - 1, header, header + 5, whole.length - 1}) {
      refused(Arrays.copyOf(whole, length));
    }
    refused(Arrays.copyOf(whole, whole.length + 1));
    for (int place = 0; place < whole.length; place += 5) {
      byte[] changed = whole.clone();
      changed[place] ^= 4;
      refused(changed);
    }
    Files.write(file(2), whole);
    try (CheckpointStore store = open(SETTINGS)) {
      assertTrue(store.begin(true).isPresent());
    }
  }

  private void refused(byte[] bytes) throws IOException {
    Files.write(file(2), bytes);
    try (CheckpointStore store = open(SETTINGS)) {
      String message = assertThrows(Exception.class, () -> store.begin(true)).getMessage();
      boolean isSettings = message.contains("is a checkpoint of other settings: ");
      assertTrue(message.startsWith("'" + file(2) + "' "), message);
      assertFalse(message.contains("\n"), message);
      assertTrue(
          isSettings
              || message.endsWith(
                  " (delete it to go on from 'checkpoint-000000000001.safetensors', the one"
                      + " before)"),
          message);
      assertFalse(isSettings, message);
    }
    assertEquals(-1, Arrays.mismatch(bytes, Files.readAllBytes(file(2))));
  }

  @Test
  void foreignAndOlderFilesAreRefused() throws IOException {
    Safetensors.save(file(1), STATE, Map.of("format", "pt"));
    assertEquals(
        "'"
            + file(1)
            + "' is not a checkpoint of a training, though its name says so (delete it to begin"
            + " anew)",
        message(SETTINGS));
    Safetensors.save(file(1), STATE, Map.of("format", "rnn4j checkpoint 0"));
    assertEquals(
        "'"
            + file(1)
            + "' is a checkpoint of version 0, and this program goes on from version 1; go on with"
            + " the program that wrote it (delete it to begin anew)",
        message(SETTINGS));
    Files.write(file(1), "not a file of tensors".getBytes(StandardCharsets.UTF_8));
    assertTrue(message(SETTINGS).startsWith("'" + file(1) + "' is not a safetensors file"));
    Files.createFile(file(1).resolveSibling("model.safetensors"));
    assertTrue(message(SETTINGS).endsWith(" (delete it and 'model.safetensors' to begin anew)"));
  }

  private String message(Map<String, String> settings) throws IOException {
    try (CheckpointStore store = open(settings)) {
      return assertThrows(Exception.class, () -> store.begin(true)).getMessage();
    }
  }

  @Test
  void otherSettingsAreRefusedWithTheDifferences() throws IOException {
    save(1);
    assertEquals(
        "'"
            + file(1)
            + "' is a checkpoint of other settings: optimizer was Adam rate 0.01 and is Sgd rate"
            + " 0.1; seed was not there and is 1 (go on with those that were, or name another"
            + " folder)",
        message(Map.of("optimizer", "Sgd rate 0.1", "seed", "1")));
  }

  @Test
  void aFolderBelongsToOneTraining() throws IOException {
    try (CheckpointStore store = open(SETTINGS)) {
      assertTrue(store.begin(true).isEmpty());
      IOException second = assertThrows(IOException.class, () -> open(SETTINGS));
      assertEquals(
          "another training keeps its checkpoints in '"
              + folder
              + "'; wait for its end, or name another folder",
          second.getMessage());
    }
    open(SETTINGS).close();
  }

  @Test
  void whoIsClosedHasNothingToDoWithTheNextOwner() throws IOException {
    CheckpointStore closed = open(SETTINGS);
    closed.close();
    try (CheckpointStore next = open(SETTINGS)) {
      closed.close();
      assertThrows(IOException.class, () -> open(SETTINGS));
      for (Executable writing :
          List.<Executable>of(
              () -> closed.offer(1, () -> STATE),
              () -> closed.save(1, STATE),
              () -> closed.finish(1, STATE))) {
        assertEquals(
            "'" + folder + "' is closed: open it again to go on",
            assertThrows(IllegalStateException.class, writing).getMessage());
      }
      assertTrue(next.begin(true).isEmpty());
    }
  }

  /** The disk is full: what is written fails, what was there is whole, and nothing else is left. */
  @Test
  void aFailureToWriteIsToldAndLeavesTheLastOneWhole() throws IOException {
    save(1);
    byte[] whole = Files.readAllBytes(file(1));
    try (CheckpointStore store = open(SETTINGS)) {
      Files.createDirectory(file(2)); // nothing can take this place
      store.offer(2, () -> STATE);
      IOException failure =
          assertThrows(
              IOException.class,
              () -> {
                while (true) {
                  store.offer(3, () -> STATE);
                  Thread.onSpinWait();
                }
              });
      assertEquals("'" + file(2) + "' is a folder; name a file inside it", failure.getMessage());
    }
    assertEquals(-1, Arrays.mismatch(whole, Files.readAllBytes(file(1))));
    assertEquals(
        List.of("checkpoint-000000000001.safetensors", "checkpoint-000000000002.safetensors"),
        names());
  }

  @Test
  void checkpointsTakeNoMoreThanTheirShare() {
    Pace pace = new Pace(1, Long.MAX_VALUE, 0.02);
    assertFalse(pace.isDue(0));
    assertTrue(pace.isDue(1));
    pace.made(1);
    pace.took(1_000_000_000_000L);
    assertFalse(pace.isDue(1_000_000));
    Pace free = new Pace(10, Long.MAX_VALUE, 0.02);
    free.begin(95);
    assertFalse(free.isDue(104));
    assertTrue(free.isDue(105));
  }
}

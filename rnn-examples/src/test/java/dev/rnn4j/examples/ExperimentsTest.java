package dev.rnn4j.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rnn4j.examples.CommandLineFixture.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The tasks with numbers to reach, for a few updates: their options, and what they print. */
class ExperimentsTest {
  @TempDir private Path folder;

  private static Result run(String... args) {
    return CommandLineFixture.run(args);
  }

  @ParameterizedTest
  @CsvSource({
    "adding --tested 20, 2",
    "reber, 2",
    "continual-reber, 1",
    "temporal-order --tested 20, 1",
    "anbncn --tested 12, 1",
    "sequence-classifier, 2"
  })
  void printsEachSeedAndTheMedian(String command, int seeds) {
    String all = "%s --updates 3 --seeds %d --seed 7".formatted(command, seeds);
    Result result = run(all.split(" "));
    assertEquals(0, result.code(), result.err());
    String[] lines = result.out().split("\n");
    for (int i = 0; i < seeds; i++) {
      assertTrue(lines[1 + i].startsWith("seed " + (7 + i) + " "), result.out());
    }
    assertTrue(lines[1 + seeds].startsWith("median "), result.out());
  }

  @Test
  void countsBeyondWhatItWasTrainedOn() {
    Result result =
        CommandLineFixture.run(
            "anbncn --letters 2 --seeds 1 --updates 1000 --tested 40".split(" "));
    String median = result.out().split("\n")[2].split(" +")[1];
    assertTrue(Double.parseDouble(median) > 10, result.out());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " --words"})
  void learnsATextAndWritesOn(String options) throws IOException {
    Path text = folder.resolve("text.txt");
    Files.writeString(text, "she sells sea shells\n".repeat(200));
    Path model = folder.resolve("model.safetensors");
    String command =
        "language-model %s --nodes 16 --updates 80 --sample 40 --save %s%s"
            .formatted(text, model, options);
    Result result = run(command.split(" "));
    assertEquals(0, result.code(), result.err());
    double nats = Double.parseDouble(result.out().split(" ")[0]);
    assertTrue(nats < 1.5, result.out());
    assertTrue(Files.size(model) > 1000, result.out());
  }

  @Test
  void noUpdatesLeaveAModelAsItBegins() throws IOException {
    Path text = folder.resolve("text.txt");
    Files.writeString(text, "she sells sea shells\n".repeat(200));
    Result result =
        run("language-model", text.toString(), "--nodes", "2", "--updates", "0", "--sample", "3");
    assertEquals(0, result.code(), result.err());
    assertTrue(result.out().contains("after 0 updates in 0 s"), result.out());
  }

  @Test
  void aTextThatGoesOnSaysWhichUpdatesTookItsTime() throws IOException {
    Path text = folder.resolve("text.txt");
    Files.writeString(text, "she sells sea shells\n".repeat(60));
    String command =
        "language-model %s --nodes 2 --sample 1 --checkpoint %s --resume --updates "
            .formatted(text, folder.resolve("run"));
    String first = run((command + 2).split(" ")).out();
    assertTrue(first.contains("after 2 updates in "), first);
    assertFalse(first.contains("Shakespeare"), first);
    String second = run((command + 3).split(" ")).out();
    assertTrue(second.contains("after 3 updates, the last 1 of them now, in "), second);
    String third = run((command + 3).split(" ")).out();
    assertTrue(third.contains("after 3 updates, all of them made before\n"), third);
  }

  @Test
  void refusesATextThatIsNone() throws IOException {
    Path text = folder.resolve("text.txt");
    Files.write(text, new byte[] {(byte) 0xff, (byte) 0xc0});
    Result result = run("language-model", text.toString());
    assertEquals(2, result.code());
    assertTrue(result.err().contains("text.txt is no text in UTF-8"), result.err());
    for (Path none : new Path[] {folder, folder.resolve("none.txt")}) {
      result = run("language-model", none.toString());
      assertEquals(2, result.code());
      assertTrue(
          result.err().contains("there is no file '" + none + "'; name a text"), result.err());
    }
    Files.writeString(text, "abc");
    result = run("language-model", text.toString());
    assertEquals(2, result.code());
    assertTrue(result.err().contains("has 3 symbols, which are too few"), result.err());
  }

  /** Sequences of 3 to 8 steps, in no order of rows; the class is whether they rise. */
  @Test
  void classifiesTheSequencesOfATable() throws IOException {
    StringBuilder table = new StringBuilder("who,when,level,noise,kind\n");
    for (int who = 0; who < 24; who++) {
      for (int step = 2 + who % 6; step >= 0; step--) {
        double level = who % 2 == 0 ? step : -step;
        table.append(
            "p%d,2024-01-%02d,%s,%s,%s\n"
                .formatted(who, step + 1, level, (who * step) % 5, who % 2 == 0 ? "up" : "down"));
      }
    }
    Path csv = folder.resolve("table.csv");
    Files.writeString(csv, table);
    String[] options = {
      "sequence-classifier",
      "--csv",
      csv.toString(),
      "--id",
      "who",
      "--time",
      "when",
      "--label",
      "kind",
      "--seeds",
      "1",
      "--updates",
      "60"
    };
    Result result = run(options);
    assertEquals(0, result.code(), result.err());
    assertTrue(result.out().contains("24 sequences of 2 classes"), result.out());
    assertTrue(result.out().contains("100 %"), result.out());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "id;a,1,3,up;a,2,4,down;b,1,3,up;b,2,4,up | , line 3, column 'label': the sequence 'a' has"
            + " two labels, up and down; give all its rows one, or tell sequences apart by another"
            + " column (--id)",
        "id;a,1,3,up;a,2,4,up;b,1,3,up;b,2,4,up | has too few sequences, 2 with the class up; at"
            + " least 4 of two classes are needed (rows with the same 'id' are a sequence; --id"
            + " names another column)",
        "who;a,1,3,up;b,2,4,up | has no column 'id'; it has who, time, x, label (--id names the"
            + " column that tells sequences apart)"
      })
  void saysWhatIsWrongWithSequences(String table, String sentence) throws IOException {
    Path csv = folder.resolve("table.csv");
    Files.writeString(
        csv, table.replaceFirst(";", ",time,x,label;").replace(";", "\n").strip() + "\n");
    Result result = run("sequence-classifier", "--csv", csv.toString());
    assertEquals(2, result.code());
    assertTrue(result.err().endsWith(sentence + "\n"), result.err());
  }

  @ParameterizedTest
  @ValueSource(strings = {"--id", "--time", "--label", "--features"})
  void columnsAreForATableOfOnesOwn(String option) {
    Result result = run("sequence-classifier", option, "who");
    assertEquals(2, result.code());
    assertTrue(
        result.err().endsWith(option + " is for a table of your own; name it with --csv\n"),
        result.err());
  }
}

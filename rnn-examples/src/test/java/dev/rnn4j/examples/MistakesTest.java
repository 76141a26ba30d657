package dev.rnn4j.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rnn4j.examples.CommandLineFixture.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a user can do wrong: one sentence, exit code 2, and nothing else. */
class MistakesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "cat-fsh                         | there is no scenario 'cat-fsh'; did you mean cat-fish?",
        "CAT-FISH                        | there is no scenario 'CAT-FISH'; did you mean cat-fish?",
        "stacked                         | there is no scenario 'stacked'; did you mean"
            + " stacked-sequence?",
        "--rate 1 cat-fish               | there is no option --rate here; options stand behind the"
            + " name of a scenario",
        "cat-fish --rate                 | --rate needs a value",
        "cat-fish --rate --seed 1        | --rate needs a value",
        "cat-fish --report               | --report needs a value",
        "cat-fish --rate x               | Invalid value for option '--rate': 'x' is not a number",
        "cat-fish --rate NaN             | Invalid value for option '--rate': 'NaN' is not a number",
        "cat-fish --rate 1e999           | Invalid value for option '--rate': '1e999' is too large"
            + " for a float64",
        "cat-fish --rate -0.1            | Invalid value for option '--rate': '-0.1' is below 0",
        "cat-fish --epochs -1            | Invalid value for option '--epochs': '-1' is not a whole"
            + " number from 0 to 2147483647",
        "simple-rnn --epochs 1.5         | Invalid value for option '--epochs': '1.5' is not a whole"
            + " number from 0 to 2147483647",
        "counting-linear --seed -1       | Invalid value for option '--seed': '-1' is not a seed"
            + " from 0 to 4294967295",
        "cat-fish --seed 4294967296      | Invalid value for option '--seed': '4294967296' is not a"
            + " seed from 0 to 4294967295",
        "cat-fish --precision float16    | Invalid value for option '--precision': 'float16' is not"
            + " a precision; use float32 or float64",
        "counting-linear --wx one        | Invalid value for option '--wx': 'one' is not a number",
        "stacked-sequence --momentum 1   | the momentum 1.0 is not in [0, 1)",
        "cat-fish --ratee 1              | cat-fish has no option --ratee; did you mean --rate?",
        "cat-fish --momentum 0.9         | cat-fish has no option --momentum; it takes --seed,"
            + " --precision, --report, --help, --epochs, --rate, --checkpoint, --resume",
        "simple-rnn --rate 1             | simple-rnn has no option --rate; it takes --precision,"
            + " --report, --help",
        "list cat-fish                   | list has no use for 'cat-fish'; it takes --help",
        "cat-fish --seed 1 --seed 2      | option '--seed' (N) should be specified only once",
        "reference                       | reference needs a FILE",
        "reference none.json             | there is no file 'none.json'; check its name",
        "reference .                     | '.' is a folder; name a file inside it",
        "bench                           | name what to run: updates, gemm, products, kernels, cells, optimizers, threads, source, stream, start, compile, budget, peers, plot",
        "language-model text --nodes 0   | Invalid value for option '--nodes': '0' is not a whole"
            + " number from 1 to 2147483647",
        "forecast --epochs -1            | Invalid value for option '--epochs': '-1' is not a whole"
            + " number from 1 to 2147483647",
        "forecast --epochs 0             | Invalid value for option '--epochs': '0' is not a whole"
            + " number from 1 to 2147483647",
        "forecast --horizon 0            | Invalid value for option '--horizon': '0' is not a whole"
            + " number from 1 to 2147483647",
        "adding --seeds -1               | Invalid value for option '--seeds': '-1' is not a whole"
            + " number from 1 to 2147483647",
        "bench update                    | there is no bench 'update'; did you mean updates?",
        "fore                            | there is no scenario 'fore'; did you mean forecast?",
        "clasifer                        | there is no scenario 'clasifer'; did you mean"
            + " classifier?",
        "cat-fish --ratee=1              | cat-fish has no option --ratee=1; did you mean --rate?",
        "classifier --resume             | --resume goes on from a folder: name it with --checkpoint"
            + " DIR",
        "adding --resume                 | --resume goes on from a folder: name it with --checkpoint"
            + " DIR",
        "reber --checkpoint d --seeds 2  | --checkpoint keeps one training: leave out --seeds, and say"
            + " which one by --seed",
      })
  void isSaidInASentence(String command, String sentence) {
    Result result = CommandLineFixture.run(command);
    assertEquals(sentence + "\n", result.err());
    assertEquals("", result.out());
    assertEquals(2, result.code());
  }

  @Test
  void anEmptyNameIsNoFile() {
    Result result = CommandLineFixture.run("cat-fish", "--checkpoint", "");
    assertEquals(
        "Invalid value for option '--checkpoint': '' names no file or folder\n", result.err());
    assertEquals("", result.out());
    assertEquals(2, result.code());
  }

  @Test
  void withoutNameAllAreNamed() {
    Result result = CommandLineFixture.run("");
    assertEquals(2, result.code());
    assertTrue(result.err().startsWith("name what to run: cat-fish, counting-linear, "));
    Result unknown = CommandLineFixture.run("xyzzy");
    assertEquals(2, unknown.code());
    assertTrue(unknown.err().startsWith("there is no scenario 'xyzzy'; there are cat-fish, "));
    for (String far : List.of("nosuch", "tagger", "help")) {
      String err = CommandLineFixture.run(far).err();
      assertTrue(err.startsWith("there is no scenario '" + far + "'; there are cat-fish, "), err);
    }
    String bench = CommandLineFixture.run("bench nosuch").err();
    assertTrue(bench.startsWith("there is no bench 'nosuch'; there are updates, "), bench);
  }

  @Test
  void aReportThatCannotBeWrittenIsRefusedBeforeTheRun(@TempDir Path folder) {
    Result result = CommandLineFixture.run("cat-fish", "--report", folder.toString());
    assertEquals("'" + folder + "' is a folder; name a file inside it\n", result.err());
    assertEquals("", result.out());
    assertEquals(2, result.code());
    Path inside = folder.resolve("none").resolve("report.json");
    for (String command : new String[] {"counting-linear", "doctor"}) {
      Result missing = CommandLineFixture.run(command, "--report", inside.toString());
      assertEquals(
          "'"
              + inside
              + "' cannot be written, for there is no folder '"
              + inside.getParent()
              + "'; create it first\n",
          missing.err());
      assertEquals("", missing.out());
      assertEquals(2, missing.code());
    }
  }

  @Test
  void aMistakeLeavesAnEarlierReportAsItWas(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("report.json");
    assertEquals(
        0, CommandLineFixture.run("cat-fish", "--epochs", "1", "--report", file.toString()).code());
    String first = Files.readString(file);
    Result result =
        CommandLineFixture.run("stacked-sequence", "--momentum", "2", "--report", file.toString());
    assertEquals(2, result.code());
    assertEquals(first, Files.readString(file));
    try (var files = Files.list(folder)) {
      assertEquals(1, files.count());
    }
  }
}

package dev.rnn4j.examples.forecast;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rnn4j.csv.Csv;
import dev.rnn4j.examples.CommandLineFixture;
import dev.rnn4j.examples.CommandLineFixture.Result;
import dev.rnn4j.examples.cli.KeepOptions;
import dev.rnn4j.examples.cli.KeptTrainings;
import dev.rnn4j.examples.forecast.choose.Choices;
import dev.rnn4j.examples.forecast.choose.Fitted;
import dev.rnn4j.examples.forecast.choose.NetworkSearch;
import dev.rnn4j.examples.forecast.choose.Trainings;
import dev.rnn4j.examples.forecast.choose.Wanted;
import dev.rnn4j.examples.forecast.prepare.Part;
import dev.rnn4j.forecast.internal.network.CellKind;
import dev.rnn4j.tensor.Precision;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A forecast that is kept in a folder, ends in the middle, and goes on. */
class KeptForecastTest {
  @TempDir Path folder;
  private Path csv;

  @BeforeEach
  void writeTable() throws IOException {
    StringBuilder table = new StringBuilder("date,a,b\n");
    for (int day = 0; day < 150; day++) {
      table.append(LocalDate.of(2020, 1, 1).plusDays(day)).append(',');
      table.append(day % 7 + day * 7919 % 13 / 4.0).append(',').append(day % 5).append('\n');
    }
    csv = Files.writeString(folder.resolve("t.csv"), table);
  }

  /** What a run comes to. */
  private record Found(NetworkSearch search, Fitted fitted, byte[] model, String progress) {}

  /** The end of a process, as far as a test can go. */
  private static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  /** Keeps what is written until it has a text. */
  private static final class Killing extends ByteArrayOutputStream {
    private final String text;

    Killing(String text) {
      this.text = text;
    }

    @Override
    public synchronized void write(byte[] bytes, int from, int count) {
      super.write(bytes, from, count);
      if (toString(StandardCharsets.UTF_8).contains(text)) {
        throw new Killed();
      }
    }
  }

  /** Returns what keeps trainings after every update. */
  private KeptTrainings kept() throws IOException {
    KeepOptions options = new KeepOptions();
    String run = folder.resolve("run").toString();
    new CommandLine(options)
        .parseArgs("--checkpoint", run, "--resume", "--checkpoint-updates", "1");
    return options.several(Map.of("task", "test"));
  }

  private Found run(KeptTrainings kept, String killAt) throws IOException {
    TaskOptions options = new TaskOptions();
    new CommandLine(options).parseArgs("--date", "date", "--target", "a", "--window", "3");
    Wanted wanted = options.wanted(Csv.file(csv).read(), false);
    NetworkSearch.Plan plan =
        new NetworkSearch.Plan(CellKind.ELMAN, 2, List.of(2, 3), 3, true, 0.01, 0);
    Killing shown = new Killing(killAt);
    PrintStream stream = new PrintStream(shown, true, StandardCharsets.UTF_8);
    Consumer<String> progress =
        what -> {
          if (what.equals(killAt)) {
            throw new Killed();
          }
        };
    Trainings trainings = new Trainings(stream, kept);
    Choices choices = Choices.of(wanted, plan, Precision.FLOAT32, progress, trainings);
    Part part = choices.origins().last(choices.task(), choices.table());
    Fitted fitted = Fitted.of(choices, plan, part, Precision.FLOAT32, trainings, "fit");
    Path model = folder.resolve("model");
    fitted.model().save(model);
    return new Found(
        choices.network(),
        fitted,
        Files.readAllBytes(model),
        shown.toString(StandardCharsets.UTF_8));
  }

  private Found run(String killAt) throws IOException {
    try (KeptTrainings kept = kept()) {
      return run(kept, killAt);
    }
  }

  private static void assertSame(Found wanted, Found found) {
    assertEquals(wanted.search().losses(), found.search().losses());
    assertEquals(wanted.search().hidden(), found.search().hidden());
    assertEquals(wanted.fitted().history(), found.fitted().history());
    assertArrayEquals(wanted.model(), found.model());
  }

  @Test
  void killedInTheChoiceAndInTheFitItEndsAsIfUndisturbed() throws IOException {
    Found wanted = run(KeptTrainings.none(), "never");
    assertEquals(List.of(2, 3), List.copyOf(wanted.search().losses().keySet()));
    assertThrows(Killed.class, () -> run("trying networks of 3 hidden units"));
    int tried = names("run").size();
    assertTrue(tried > 0, "what was tried is kept");
    assertThrows(Killed.class, () -> run("epoch 2/3"));
    assertSame(wanted, run("never"));
    Found ended = run("never");
    assertSame(wanted, ended);
    assertEquals("", ended.progress());
  }

  private Result forecast(String options) {
    return CommandLineFixture.run(
        "forecast --date date --target a --window 3 --hidden 2 --epochs 1 --csv "
            + csv
            + " --out "
            + folder.resolve("out")
            + options);
  }

  private List<String> names(String name) throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve(name))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void theEndLeavesOneModelAndAnotherForecastIsRefused() throws IOException {
    Result plain = forecast("");
    assertEquals(0, plain.code(), plain.err());
    byte[] page = Files.readAllBytes(folder.resolve("out/report.html"));
    String keep = " --checkpoint " + folder.resolve("run");
    Result kept = forecast(keep);
    assertEquals(0, kept.code(), kept.err());
    assertEquals(plain.out(), kept.out());
    assertArrayEquals(page, Files.readAllBytes(folder.resolve("out/report.html")));
    List<String> names = names("run");
    assertEquals(2, names.size(), names::toString);
    assertEquals("model.safetensors", names.get(1));
    assertArrayEquals(
        Files.readAllBytes(folder.resolve("out/model.safetensors")),
        Files.readAllBytes(folder.resolve("run/model.safetensors")));
    Path checkpoint = folder.resolve("run").resolve(names.get(0));
    byte[] before = Files.readAllBytes(checkpoint);
    refused(keep, "there are checkpoints of a training in '");
    refused(keep + " --resume --rate 0.02 --seed 3", "rate was 0.01 and is 0.02; seed was 0 and");
    Files.writeString(csv, Files.readString(csv).replaceFirst(",0\n", ",3\n"));
    refused(keep + " --resume", "' is a checkpoint of other settings: table was 150 rows of 3");
    assertArrayEquals(before, Files.readAllBytes(checkpoint));
    byte[] damaged = before.clone();
    damaged[damaged.length - 9] ^= 1;
    Files.write(checkpoint, damaged);
    refused(keep + " --resume", "' is damaged: its bytes are not those that were written");
    refused(" --resume", "--resume goes on from a folder: name it with --checkpoint DIR");
    assertArrayEquals(damaged, Files.readAllBytes(checkpoint));
  }

  private void refused(String options, String sentence) {
    Result result = forecast(options);
    assertEquals(2, result.code(), result.err());
    assertTrue(result.err().contains(sentence), result.err());
    assertTrue(!result.err().contains("\tat "), result.err());
  }
}

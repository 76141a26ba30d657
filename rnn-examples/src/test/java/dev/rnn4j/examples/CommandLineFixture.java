package dev.rnn4j.examples;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Runs commands in this process and reads what they print and report. */
public final class CommandLineFixture {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();

  private CommandLineFixture() {}

  /** What a command left. */
  public record Result(int code, String out, String err) {}

  /** Runs a command given as one line. */
  public static Result run(String line) {
    return run(line.isEmpty() ? new String[0] : line.split(" "));
  }

  /** Runs a command given as its arguments. */
  public static Result run(String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err)).execute(args);
    return new Result(
        code,
        out.toString().replace(System.lineSeparator(), "\n"),
        err.toString().replace(System.lineSeparator(), "\n"));
  }

  /** Runs a command given as one line, and returns its report. */
  public static JsonNode report(String line) throws IOException {
    Path folder = Files.createTempDirectory("rnn-examples");
    Path file = folder.resolve("report.json");
    try {
      List<String> args = new ArrayList<>(Arrays.asList(line.split(" ")));
      args.addAll(List.of("--report", file.toString()));
      Result result = run(args.toArray(String[]::new));
      if (result.code() != 0) {
        throw new AssertionError(line + ": " + result.err());
      }
      return JSON.readTree(Files.readString(file));
    } finally {
      Files.deleteIfExists(file);
      Files.delete(folder);
    }
  }

  /** Returns the reference numbers of a file. */
  public static JsonNode reference(String name) throws IOException {
    try (InputStream file = CommandLineFixture.class.getResourceAsStream(name + ".json")) {
      return JSON.readTree(file);
    }
  }
}

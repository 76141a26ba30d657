package dev.rnn4j.examples.reference;

import dev.rnn4j.examples.cli.HelpOption;
import dev.rnn4j.examples.cli.Json;
import dev.rnn4j.examples.cli.Numbers;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Holds the library against numbers from outside: prints for each case of each file the largest
 * difference, relative to the largest value of its tensor. Exit code 1 where one is above the
 * tolerance, or a case cannot be expressed.
 */
@Command(
    name = "reference",
    description = "runs the cases of files with another library's numbers, and compares")
public final class Reference implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "cases, as JSON")
  private List<Path> files;

  @Option(
      names = "--tolerance",
      paramLabel = "R",
      converter = Numbers.Rate.class,
      description = "largest difference relative to a tensor's largest value; 1e-9 unless given")
  private double tolerance = 1e-9;

  @Mixin private HelpOption help;

  @Override
  public Integer call() throws IOException {
    boolean allAgree = true;
    for (Path file : files) {
      allAgree &= run(file);
    }
    out().flush();
    return allAgree ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  /** Runs the cases of a file; returns whether all of them agree. */
  private boolean run(Path file) throws IOException {
    List<?> cases;
    try {
      Object json = Json.read(file);
      out().println(file.getFileName());
      cases = json instanceof List<?> list ? list : cases(new Fields("the file", json));
      if (cases.isEmpty()) {
        throw new BadCaseException("the file has no cases");
      }
    } catch (BadCaseException | IllegalArgumentException e) {
      out().println("  FAILED: " + e.getMessage());
      return false;
    }
    int failed = 0;
    for (int i = 0; i < cases.size(); i++) {
      failed += run(i, cases.get(i), file.toAbsolutePath().getParent()) ? 0 : 1;
    }
    out().printf(Locale.ROOT, "  %d cases, %d failed%n", cases.size(), failed);
    return failed == 0;
  }

  private static List<?> cases(Fields whole) {
    whole.skip("about");
    whole.skip("torch");
    List<?> cases = whole.list("cases");
    whole.requireAllRead();
    return cases;
  }

  private boolean run(int number, Object object, Path folder) {
    String name = "";
    String result;
    boolean agrees = false;
    try {
      Fields fields = new Fields("the case", object);
      String key = key(fields);
      name = key.equals("maxNorm") ? "clip" : fields.text(key);
      Differences differences = new Differences();
      Kind.BY_KEY.get(key).run(fields, folder, differences);
      fields.requireAllRead();
      differences.requireSome();
      agrees = differences.largest() <= tolerance;
      result = String.format(Locale.ROOT, "%.1e  %s", differences.largest(), differences.where());
      result += agrees ? "" : "  FAILED: above " + tolerance;
    } catch (BadCaseException | IllegalArgumentException | IllegalStateException e) {
      result = "FAILED: " + e.getMessage();
    }
    out().printf(Locale.ROOT, "  %3d  %-28s%s%n", number, name, result);
    return agrees;
  }

  private static String key(Fields fields) {
    return Kind.BY_KEY.keySet().stream()
        .filter(fields::has)
        .findFirst()
        .orElseThrow(
            () ->
                new BadCaseException(
                    "a case has one of " + Kind.BY_KEY.keySet() + ", and this one none"));
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}

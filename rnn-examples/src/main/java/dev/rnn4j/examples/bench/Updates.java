package dev.rnn4j.examples.bench;

import dev.rnn4j.examples.cli.Json;
import dev.rnn4j.io.AtomicFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** One update of each document's network, beside plain Java and the document's NumPy loop. */
@Command(
    name = "updates",
    description = "one update of each document's network, beside plain Java and NumPy")
final class Updates implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(names = "--report", paramLabel = "FILE", description = "write the numbers as JSON")
  private Path reportFile;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "show this help")
  private boolean help;

  @Override
  public Integer call() throws IOException {
    if (reportFile != null) {
      AtomicFile.requireWritable(reportFile);
    }
    PrintWriter out = spec.commandLine().getOut();
    out.println("One update in float64 on one thread; medians in microseconds, taken in turns.");
    out.println("NumPy: the documents' loops, measured with NumPy on the project's computers.");
    out.println();
    out.println("                     plan  plain Java    ratio    NumPy    ratio   bytes");
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Contest contest : Contest.all()) {
      rows.add(row(contest, out).values());
    }
    if (reportFile != null) {
      Json.write(reportFile, Map.of("rows", rows));
    }
    return ExitCode.OK;
  }

  private static Row row(Contest contest, PrintWriter out) {
    Turns turns = Turns.of(contest.plan(), contest.plain());
    long bytes = Allocation.bytesPerRun(contest.plan());
    double plain = turns.referenceMicros();
    double numpy = contest.numpyMicros();
    boolean measured = !Double.isNaN(numpy);
    out.printf(
        Locale.ROOT,
        "%-17s%8.2f%12.2f%9.2f%9s%9s%8d%n",
        contest.name(),
        turns.micros(),
        plain,
        plain / turns.micros(),
        measured ? String.format(Locale.ROOT, "%.0f", numpy) : "-",
        measured ? String.format(Locale.ROOT, "%.1f", numpy / turns.micros()) : "-",
        bytes);
    out.flush();
    int[] sizes = contest.sizes();
    Row row =
        new Row("updates", contest.name())
            .with("N", sizes[0])
            .with("T", sizes[1])
            .with("I", sizes[2])
            .with("H", sizes[3])
            .with("precision", "float64")
            .with("threads", 1)
            .with("medianMicros", turns.micros())
            .with("reference", "plain Java")
            .with("referenceMicros", plain)
            .with("ratioToReference", plain / turns.micros())
            .with("bytesPerRun", bytes)
            .with("planBytes", contest.step().session().bytes());
    return measured
        ? row.with("numpyMicros", numpy).with("ratioToNumpy", numpy / turns.micros())
        : row;
  }
}

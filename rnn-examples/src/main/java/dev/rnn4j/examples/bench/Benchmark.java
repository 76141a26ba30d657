package dev.rnn4j.examples.bench;

import dev.rnn4j.examples.cli.HelpOption;
import dev.rnn4j.examples.cli.Json;
import dev.rnn4j.io.AtomicFile;
import dev.rnn4j.kernel.Kernels;
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
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A benchmark run by its name: it prints a table, and reports its rows. */
@Command
public abstract class Benchmark implements Callable<Integer> {
  /** The operations of a step, for each of its gates, that takes a moment with cold kernels too. */
  private static final double MOMENT = 3e8;

  private final List<Map<String, Object>> rows = new ArrayList<>();
  private int cold;

  @Spec private CommandSpec spec;

  @Option(names = "--report", paramLabel = "FILE", description = "write the rows as JSON")
  private Path reportFile;

  @Option(names = "--quick", description = "measure for a moment only: to see that it works")
  private boolean quick;

  @Mixin private HelpOption help;

  /** Measures, prints, and reports. */
  protected abstract void measure() throws IOException;

  @Override
  public final Integer call() throws IOException {
    if (reportFile != null) {
      AtomicFile.requireWritable(reportFile);
    }
    measure();
    if (cold > 0) {
      print("");
      print("Cold: kernels were not warm yet at %d of %d rows.", cold, rows.size());
    }
    if (reportFile != null) {
      Json.write(reportFile, Map.of("rows", rows));
    }
    return ExitCode.OK;
  }

  /**
   * Adds a row to the report, which says whether kernels were warm when it was measured: not after
   * a moment, when kernels that serve from the first call on are not compiled yet either.
   */
  protected void report(Row row) {
    if (!row.values().containsKey("warm")) {
      boolean warm = !quick && Kernels.areWarm();
      row.with("warm", warm);
      cold += warm ? 0 : 1;
    }
    rows.add(row.values());
  }

  /** Prints a line, as {@link String#format} has it. */
  protected final void print(String format, Object... values) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(text(format, values));
    out.flush();
  }

  /** Returns {@link String#format} of values in no language. */
  protected static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  /** Returns what is measured unless something is asked for: all, or what takes a moment. */
  protected final <T> T unlessAsked(T all, T moment) {
    return quick ? moment : all;
  }

  /** Returns the shapes that are asked for, or all, or of them those that take a moment. */
  final List<Sizes> shapes(ShapeOption asked, List<Sizes> all) {
    List<Sizes> few = all.stream().filter(sizes -> sizes.flops(1) < MOMENT).toList();
    return asked.orElse(unlessAsked(all, few));
  }

  /** Returns how long to measure. */
  protected Timing timing() {
    return quick ? Timing.QUICK : Timing.FULL;
  }
}

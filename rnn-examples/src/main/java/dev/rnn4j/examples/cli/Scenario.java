package dev.rnn4j.examples.cli;

import com.google.common.collect.ImmutableMap;
import dev.rnn4j.io.AtomicFile;
import dev.rnn4j.io.AtomicFiles;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Tensor;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/**
 * A computation that is run by its name: the network of a document, a task, a forecast. It prints
 * what it finds (what its document prints, where it has one), and reports the numbers. The options
 * here are those that every scenario takes.
 */
public abstract class Scenario implements Callable<Integer> {
  /** What shells call the end by Ctrl-C. */
  private static final int STOPPED = 130;

  @Spec private CommandSpec spec;

  @Option(
      names = "--seed",
      paramLabel = "N",
      converter = Numbers.Seed.class,
      description = "where random numbers begin")
  private Long seed;

  private Integer epochs;

  @Option(
      names = "--precision",
      paramLabel = "P",
      converter = Numbers.PrecisionName.class,
      description = "float32 or float64 (the documents' default)")
  private Precision precision;

  @Option(names = "--report", paramLabel = "FILE", description = "write the numbers as JSON")
  private Path reportFile;

  @Mixin private HelpOption help;

  private boolean committed;

  @Option(names = "--epochs", paramLabel = "N", description = "how often to go through the data")
  void epochs(String text) {
    try {
      epochs = Numbers.whole(text, leastEpochs());
    } catch (TypeConversionException e) {
      throw new ParameterException(
          spec.commandLine(), "Invalid value for option '--epochs': " + e.getMessage());
    }
  }

  /** Computes, prints, and reports. */
  protected abstract void run(Report report) throws IOException;

  /**
   * Refuses options that do not go together, before anything is computed or printed.
   *
   * @throws IllegalArgumentException with a sentence for the user
   */
  protected void checkOptions() {
    for (CommandSpec mixin : spec.mixins().values()) {
      if (mixin.userObject() instanceof KeepOptions keep) {
        keep.check();
      }
    }
  }

  /** Returns the common options that change nothing here, and why. */
  protected ImmutableMap<String, String> withoutEffect() {
    return ImmutableMap.of();
  }

  /**
   * Leaves the common options that change nothing out of the help of a command. Who gives one is
   * told why.
   */
  public static void hideWithoutEffect(CommandLine line) {
    if (line.getCommand() instanceof Scenario scenario) {
      CommandSpec command = line.getCommandSpec();
      for (String name : scenario.withoutEffect().keySet()) {
        OptionSpec option = command.findOption(name);
        command.remove(option);
        command.addOption(option.toBuilder().hidden(true).build());
      }
    }
  }

  @Override
  public final Integer call() throws IOException {
    if (reportFile != null) {
      AtomicFile.requireWritable(reportFile);
    }
    checkOptions();
    withoutEffect().forEach(this::sayWithoutEffect);
    Report report =
        new Report().setting("scenario", spec.name()).setting("precision", precision().toString());
    try {
      run(report);
    } catch (StoppedException e) {
      out().flush();
      return STOPPED;
    }
    if (reportFile != null && !committed) {
      AtomicFile.write(reportFile, report.content());
    }
    out().flush();
    return ExitCode.OK;
  }

  /**
   * Lets files take their places, and the report with them: for scenarios that write more than a
   * report, when they are at their end.
   *
   * @throws IOException where that is impossible; all files are as they were then
   */
  protected final void commit(AtomicFiles files, Report report) throws IOException {
    if (reportFile != null) {
      files.write(reportFile, report.content());
    }
    files.commit();
    committed = true;
  }

  /** Says on the error stream what takes its time now, for those who wait. */
  protected final void say(String what) {
    spec.commandLine().getErr().println(what);
    spec.commandLine().getErr().flush();
  }

  private void sayWithoutEffect(String option, String why) {
    if (spec.commandLine().getParseResult().hasMatchedOption(option)) {
      out().println(option + " has no effect on " + spec.name() + ": " + why);
    }
  }

  /** Returns the seed that was asked for, or the document's. */
  protected final long seed(long documents) {
    return seed == null ? documents : seed;
  }

  /** Returns the number of epochs that was asked for, or the document's. */
  protected final int epochs(int documents) {
    return epochs == null ? documents : epochs;
  }

  /** Returns the least number of epochs that may be asked for: 0, unless that leaves nothing. */
  protected int leastEpochs() {
    return 0;
  }

  /** Returns the precision that was asked for, or the {@linkplain #usualPrecision usual} one. */
  protected final Precision precision() {
    return precision == null ? usualPrecision() : precision;
  }

  /** Returns the precision where none is asked for: float64, as in the documents. */
  protected Precision usualPrecision() {
    return Precision.FLOAT64;
  }

  /**
   * Prints as Python does: with a blank between two parts, numbers with as many digits as tell them
   * from their neighbours.
   */
  protected final void print(Object... parts) {
    out().println(Arrays.stream(parts).map(this::text).collect(Collectors.joining(" ")));
  }

  private String text(Object part) {
    return part instanceof Double number
        ? Tensor.scalar(number).to(precision()).toString()
        : part.toString();
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}

package dev.rnn4j.examples;

import dev.rnn4j.examples.adding.Adding;
import dev.rnn4j.examples.anbncn.AnBnCn;
import dev.rnn4j.examples.bench.Bench;
import dev.rnn4j.examples.catfish.CatFish;
import dev.rnn4j.examples.cells.Contract;
import dev.rnn4j.examples.classifier.Classifier;
import dev.rnn4j.examples.cli.HelpOption;
import dev.rnn4j.examples.cli.ListScenarios;
import dev.rnn4j.examples.cli.Mistakes;
import dev.rnn4j.examples.cli.Scenario;
import dev.rnn4j.examples.cli.Streams;
import dev.rnn4j.examples.compared.CellsCompared;
import dev.rnn4j.examples.counting.CountingLinear;
import dev.rnn4j.examples.counting.CountingSigmoid;
import dev.rnn4j.examples.doctor.Doctor;
import dev.rnn4j.examples.forecast.Forecast;
import dev.rnn4j.examples.languagemodel.LanguageModel;
import dev.rnn4j.examples.reber.ContinualReber;
import dev.rnn4j.examples.reber.ReberTask;
import dev.rnn4j.examples.reference.Reference;
import dev.rnn4j.examples.sequenceclassifier.SequenceClassifier;
import dev.rnn4j.examples.simplernn.SimpleRnn;
import dev.rnn4j.examples.stackedsequence.StackedSequence;
import dev.rnn4j.examples.temporalorder.TemporalOrder;
import dev.rnn4j.examples.weather.Weather;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Runs a scenario by its name. */
@Command(
    name = "rnn-examples",
    description = "Recurrent networks of five documents, and the numbers they print.",
    synopsisSubcommandLabel = "NAME [options]",
    footer = {"", "NAME --help shows the options of a scenario."},
    subcommands = {
      CatFish.class,
      CountingLinear.class,
      CountingSigmoid.class,
      StackedSequence.class,
      SimpleRnn.class,
      Classifier.class,
      Weather.class,
      Forecast.class,
      Adding.class,
      ReberTask.class,
      ContinualReber.class,
      TemporalOrder.class,
      AnBnCn.class,
      LanguageModel.class,
      SequenceClassifier.class,
      CellsCompared.class,
      Contract.class,
      Reference.class,
      Bench.class,
      Doctor.class,
      ListScenarios.class
    })
public final class Main {
  /** How the JDK's logger writes: a line, instead of two with date, class and method. */
  private static final String LOG_FORMAT = "java.util.logging.SimpleFormatter.format";

  @Mixin private HelpOption help;

  /** Returns the command line, which tests run with streams of their own. */
  public static CommandLine commandLine() {
    CommandLine line = new CommandLine(new Main());
    line.getSubcommands().values().forEach(Scenario::hideWithoutEffect);
    return Mistakes.sayIn(line);
  }

  /**
   * Runs the scenario that the arguments name; exit code 0, or 2 for a mistake in them. What it
   * prints and writes is the same in every country, and needs no screen.
   */
  public static void main(String[] args) {
    Locale.setDefault(Locale.ROOT);
    System.setProperty("java.awt.headless", "true");
    if (System.getProperty(LOG_FORMAT) == null) {
      System.setProperty(LOG_FORMAT, "%5$s%n");
    }
    int code = commandLine().setOut(Streams.out()).setErr(Streams.err()).execute(args);
    if (code != 0) {
      System.exit(code);
    }
  }
}

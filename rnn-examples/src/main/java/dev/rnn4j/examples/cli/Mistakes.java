package dev.rnn4j.examples.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says in one sentence on the error stream what is wrong with a command, and exits with 2. */
public final class Mistakes {
  private Mistakes() {}

  /** Makes a command line answer mistakes so. */
  public static CommandLine sayIn(CommandLine line) {
    return line.setExpandAtFiles(false)
        .setParameterExceptionHandler((mistake, args) -> say(mistake.getCommandLine(), mistake))
        .setExecutionExceptionHandler(Mistakes::inRun);
  }

  /** The library tells a caller's mistakes by these exceptions; others are our own, with trace. */
  private static int inRun(Exception mistake, CommandLine line, ParseResult parsed)
      throws Exception {
    if (mistake instanceof IllegalArgumentException
        || mistake instanceof IllegalStateException
        || mistake instanceof IOException) {
      return say(line, mistake);
    }
    throw mistake;
  }

  private static int say(CommandLine line, Exception mistake) {
    line.getOut().flush();
    line.getErr().println(sentence(line.getCommandSpec(), mistake));
    line.getErr().flush();
    return ExitCode.USAGE;
  }

  private static String sentence(CommandSpec command, Exception mistake) {
    if (mistake instanceof UnmatchedArgumentException unmatched) {
      return unmatched(command, unmatched);
    }
    if (mistake instanceof MissingParameterException missing && command.parent() == null) {
      return missing.getMessage();
    }
    if (mistake instanceof MissingParameterException missing && missing.getMissing().size() == 1) {
      return nameOf(missing.getMissing().get(0)) + " needs a value: " + missing.getMessage();
    }
    if (mistake instanceof ParameterException && isNameMissing(command)) {
      return "name what to run: " + names(command);
    }
    return mistake.getMessage();
  }

  private static boolean isNameMissing(CommandSpec command) {
    return !command.subcommands().isEmpty();
  }

  private static String nameOf(ArgSpec argument) {
    return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
  }

  private static String unmatched(CommandSpec command, UnmatchedArgumentException mistake) {
    String given = mistake.getUnmatched().get(0);
    boolean option = given.startsWith("-");
    if (!command.subcommands().isEmpty()) {
      return option
          ? "there is no option " + given + " here; options come after the name"
          : "there is no '" + given + "'" + nearest(mistake) + "; there are: " + names(command);
    }
    return command.name()
        + (option ? " has no option " + given : " has no use for '" + given + "'")
        + (option ? nearest(mistake) : "")
        + "; it takes "
        + options(command);
  }

  private static String nearest(UnmatchedArgumentException mistake) {
    List<String> similar = mistake.getSuggestions();
    return similar.isEmpty() ? "" : "; did you mean " + similar.get(0) + "?";
  }

  private static String names(CommandSpec command) {
    return String.join(", ", command.subcommands().keySet());
  }

  private static String options(CommandSpec command) {
    List<String> names = new ArrayList<>();
    command.options().stream().map(OptionSpec::longestName).forEach(names::add);
    return names.stream().collect(Collectors.joining(", "));
  }
}

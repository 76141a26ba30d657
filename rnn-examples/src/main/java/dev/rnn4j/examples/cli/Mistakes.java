package dev.rnn4j.examples.cli;

import dev.rnn4j.kernel.Switch;
import dev.rnn4j.table.Nearest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says in one sentence on the error stream what is wrong with a command, and exits with 2. */
public final class Mistakes {
  private Mistakes() {}

  /** Makes a command line answer mistakes so. */
  public static CommandLine sayIn(CommandLine line) {
    return line.registerConverter(Path.class, Mistakes::path)
        .setExpandAtFiles(false)
        .setExecutionStrategy(Mistakes::run)
        .setParameterExceptionHandler(
            (mistake, args) -> say(mistake.getCommandLine(), sentence(mistake)))
        .setExecutionExceptionHandler(Mistakes::inRun);
  }

  /** An empty name, as of a variable of the shell that is not set, would be the current folder. */
  private static Path path(String text) {
    if (text.isBlank()) {
      throw new TypeConversionException("'" + text + "' names no file or folder");
    }
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new TypeConversionException("'" + text + "' is no name of a file: " + e.getReason());
    }
  }

  /** Memory that does not suffice is a mistake, too; so are switches that do not exist. */
  private static int run(ParseResult parsed) {
    CommandLine line = parsed.commandSpec().commandLine();
    try {
      Switch.check();
      return new CommandLine.RunLast().execute(parsed);
    } catch (IllegalArgumentException e) {
      return say(line, e.getMessage());
    } catch (OutOfMemoryError e) {
      return say(
          line, OutOfMemory.sentence(parsed.originalArgs(), Objects.toString(e.getMessage())));
    }
  }

  /** The library tells a caller's mistakes by these exceptions; others are bugs, and show. */
  private static int inRun(Exception mistake, CommandLine line, ParseResult parsed)
      throws Exception {
    if (mistake instanceof IllegalArgumentException
        || mistake instanceof IllegalStateException
        || mistake instanceof IOException) {
      return say(line, mistake.getMessage() + hint(parsed));
    }
    if (mistake instanceof UncheckedIOException) {
      return say(line, mistake.getCause().getMessage() + hint(parsed));
    }
    throw mistake;
  }

  /** Letters that the system cannot name arrive as others, and then nothing is found. */
  private static String hint(ParseResult parsed) {
    boolean broken =
        Streams.namesAreAscii()
            && parsed.originalArgs().stream()
                .anyMatch(arg -> arg.indexOf('?') >= 0 || arg.indexOf('\uFFFD') >= 0);
    return broken ? " (for names in other letters than ASCII, set LC_ALL=C.UTF-8)" : "";
  }

  private static int say(CommandLine line, String sentence) {
    line.getOut().flush();
    line.getErr().println(sentence);
    line.getErr().flush();
    return ExitCode.USAGE;
  }

  private static String sentence(ParameterException mistake) {
    CommandSpec command = mistake.getCommandLine().getCommandSpec();
    if (mistake instanceof UnmatchedArgumentException unmatched) {
      String given = unmatched.getUnmatched().get(0);
      return given.startsWith("-") ? unknownOption(command, given) : unknownName(command, given);
    }
    if (mistake instanceof MissingParameterException missing) {
      return missing.getMissing().stream()
          .map(argument -> missing(command, argument))
          .collect(Collectors.joining(", "));
    }
    return takesNames(command) ? "name what to run: " + names(command) : mistake.getMessage();
  }

  private static String missing(CommandSpec command, ArgSpec argument) {
    return argument instanceof OptionSpec option
        ? option.longestName() + " needs a value"
        : command.name() + " needs a " + argument.paramLabel();
  }

  private static String unknownOption(CommandSpec command, String given) {
    if (takesNames(command)) {
      return "there is no option " + given + " here; options stand behind the name of a scenario";
    }
    return command.name()
        + " has no option "
        + given
        + meant(given.replaceFirst("=.*", ""), options(command))
            .orElseGet(() -> "; it takes " + String.join(", ", options(command)));
  }

  private static String unknownName(CommandSpec command, String given) {
    if (!takesNames(command)) {
      return command.name()
          + " has no use for '"
          + given
          + "'; it takes "
          + String.join(", ", options(command));
    }
    return "there is no "
        + (command.parent() == null ? "scenario" : command.name())
        + " '"
        + given
        + "'"
        + meant(given, List.copyOf(command.subcommands().keySet()))
            .orElseGet(() -> "; there are " + names(command));
  }

  /** Returns a question for the name that is near, or the only one that begins so. */
  private static Optional<String> meant(String given, List<String> names) {
    List<String> longer = names.stream().filter(name -> name.startsWith(given)).toList();
    return Nearest.to(given, names)
        .or(() -> longer.size() == 1 ? Optional.of(longer.get(0)) : Optional.empty())
        .map(name -> "; did you mean " + name + "?");
  }

  private static boolean takesNames(CommandSpec command) {
    return !command.subcommands().isEmpty();
  }

  private static String names(CommandSpec command) {
    return String.join(", ", command.subcommands().keySet());
  }

  private static List<String> options(CommandSpec command) {
    return command.options().stream()
        .filter(option -> !option.hidden())
        .map(OptionSpec::longestName)
        .toList();
  }
}

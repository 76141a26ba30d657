package dev.rnn4j.examples.cli;

import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Lists every scenario, one on each line. */
@Command(name = "list", description = "names the scenarios")
public final class ListScenarios implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private HelpOption help;

  @Override
  public Integer call() {
    CommandLine root = spec.parent().commandLine();
    for (CommandLine command : root.getSubcommands().values()) {
      CommandSpec named = command.getCommandSpec();
      String line = String.join(" ", named.usageMessage().description());
      root.getOut().printf(Locale.ROOT, "%-21s%s%n", named.name(), line);
    }
    root.getOut().flush();
    return CommandLine.ExitCode.OK;
  }
}

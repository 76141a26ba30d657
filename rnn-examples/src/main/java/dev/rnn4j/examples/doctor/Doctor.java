package dev.rnn4j.examples.doctor;

import com.google.common.collect.ImmutableMap;
import dev.rnn4j.examples.cli.Report;
import dev.rnn4j.examples.cli.Scenario;
import dev.rnn4j.kernel.Kernels;
import picocli.CommandLine.Command;

/** Prints JDK, vector module, and which kernels are in use and why. */
@Command(name = "doctor", description = "JDK, vector module, lanes, which kernels and why")
public final class Doctor extends Scenario {
  @Override
  protected ImmutableMap<String, String> withoutEffect() {
    return ImmutableMap.of(
        "--seed", "nothing is drawn",
        "--epochs", "nothing is trained",
        "--precision", "both are shown");
  }

  @Override
  protected void run(Report report) {
    print(Kernels.report());
    report.value("report", Kernels.report().lines().toList());
  }
}

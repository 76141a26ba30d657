package dev.rnn4j.examples.forecast.page;

import dev.rnn4j.examples.forecast.judge.Findings;

/** How to repeat the run, and how to use its model. */
final class Again {
  private Again() {}

  static Markup of(Findings findings, String command) {
    return Markup.all(
        Markup.of(
            "p",
            findings.isStopped()
                ? "This run was stopped. The command runs it to its end:"
                : "This command repeats the run on the same table, with the same numbers to the"
                    + " last digit:"),
        Markup.of("pre", command),
        Markup.of(
            "p",
            "Seed "
                + findings.plan().seed()
                + ", "
                + findings.plan().members()
                + " networks with the cell "
                + findings.plan().cell().key()
                + ". The model beside this page, model.safetensors, forecasts what follows new rows"
                + " with --model model.safetensors --csv and their file."));
  }
}

package dev.rnn4j.examples.bench;

import java.util.Locale;
import picocli.CommandLine.Command;

/** One update of each document's network, beside plain Java and what NumPy once took for it. */
@Command(
    name = "updates",
    description = "one update of each document's network, beside plain Java and NumPy")
final class Updates extends TimedBenchmark {
  @Override
  protected void measure() {
    print(
        "One update in float64 on one thread; medians in microseconds, plan and plain Java in turns.");
    print("smallest: one weight and a bias, which shows what a run of a plan costs at least.");
    print("NumPy: the documents' loops, measured once, and not now, with");
    print("%s.", Contest.NUMPY);
    print("So the last ratio shows an order of magnitude, and no more.");
    print("");
    print("                     plan  plain Java    ratio    NumPy    ratio   bytes");
    Contest.all().forEach(this::measure);
  }

  private void measure(Contest contest) {
    double[] micros = Turns.medianMicros(timing(), contest.plan(), contest.plain());
    double plan = micros[0];
    double plain = micros[1];
    double numpy = contest.numpyMicros();
    boolean measured = !Double.isNaN(numpy);
    long bytes = Allocation.bytesPerRun(contest.plan());
    print(
        "%-17s%8.2f%12.2f%9.2f%9s%9s%8d",
        contest.name(),
        plan,
        plain,
        plain / plan,
        measured ? String.format(Locale.ROOT, "%.0f", numpy) : "-",
        measured ? String.format(Locale.ROOT, "~%.0f", numpy / plan) : "-",
        bytes);
    Row row =
        new Row("updates", contest.name())
            .sizes(contest.sizes())
            .on("float64", 1)
            .micros(plan)
            .against("plain Java", plain)
            .with("bytesPerRun", bytes)
            .with("planBytes", contest.step().budget().bytes());
    if (measured) {
      row.with("numpyMicros", numpy).with("ratioToNumpy", numpy / plan);
    }
    report(row);
  }
}

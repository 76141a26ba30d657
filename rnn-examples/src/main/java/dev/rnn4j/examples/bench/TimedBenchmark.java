package dev.rnn4j.examples.bench;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A benchmark of what one thread does, which can be measured by that thread's own time. */
@Command
abstract class TimedBenchmark extends Benchmark {
  @Option(
      names = "--clock",
      paramLabel = "CLOCK",
      converter = Clock.Reader.class,
      description =
          "wall, or thread: the time that one thread had a processor, where others compute")
  private Clock clock = Clock.WALL;

  @Override
  protected final Timing timing() {
    return super.timing().by(clock);
  }

  @Override
  protected final void report(Row row) {
    super.report(row.with("clock", clock));
  }
}

package dev.rnn4j.report;

import java.io.PrintStream;
import java.time.Duration;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;

/** The library's bar: it draws a text again and again, from a thread of its own. */
final class Bar implements AutoCloseable {
  private static final int MILLIS = 200;

  /** What to draw. */
  interface Text {
    /** Returns the text of the moment. */
    String at(Duration elapsed, boolean ended);
  }

  private final PrintStream out;
  private final ProgressBar bar;

  Bar(PrintStream out, int width, Text text) {
    this.out = out;
    bar =
        new ProgressBarBuilder()
            .setUpdateIntervalMillis(MILLIS)
            .setConsumer(new Line(out, width))
            .setRenderer((state, limit) -> text.at(state.getElapsedAfterStart(), !state.isAlive()))
            .build();
  }

  void step() {
    bar.step();
  }

  @Override
  public void close() {
    bar.close();
    out.println();
    out.flush();
  }

  /** Leaves the end of the line to the bar: the library forgets it where it draws only once. */
  private static final class Line extends ConsoleProgressBarConsumer {
    Line(PrintStream out, int width) {
      super(out, width);
    }

    @Override
    public void close() {}
  }
}

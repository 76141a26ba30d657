package dev.rnn4j.examples.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Locale;
import java.util.function.LongSupplier;

/** The clocks by which time can be measured. */
public enum Clock {
  /** By the wall clock, which is right on a computer that does nothing else. */
  WALL(System::nanoTime),
  /** By the time that the thread had a processor, where others compute at the same time. */
  THREAD(ofThread());

  private final LongSupplier nanos;

  Clock(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** Returns the time in nanoseconds. */
  long nanos() {
    return nanos.getAsLong();
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  private static LongSupplier ofThread() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    return threads::getCurrentThreadCpuTime;
  }

  /** By name. */
  static final class Reader extends Choice<Clock> {
    Reader() {
      super(values());
    }
  }
}

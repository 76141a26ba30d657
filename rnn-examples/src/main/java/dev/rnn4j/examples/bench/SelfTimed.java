package dev.rnn4j.examples.bench;

/** A way to do something that times its own runs, as it is in another process. */
public interface SelfTimed {
  /** Runs some times; returns what all take by a clock, in nanoseconds. */
  long nanos(Clock clock, int runs);
}

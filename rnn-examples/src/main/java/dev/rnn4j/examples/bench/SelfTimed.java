package dev.rnn4j.examples.bench;

/** Something to be measured that times its runs itself, because they happen in another process. */
public interface SelfTimed {
  /** Runs some times; returns what all take by a clock, in nanoseconds. */
  long nanos(Clock clock, int runs);
}

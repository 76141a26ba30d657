package dev.rnn4j.metric;

/** A metric that shows what it has come to. */
abstract class Gathered implements Metric {
  /** Returns name, value and weight: {@code accuracy 0.75 over a weight of 4.0}. */
  @Override
  public final String toString() {
    return name() + " " + value() + " over a weight of " + weight();
  }
}

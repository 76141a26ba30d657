package dev.rnn4j.contract;

import dev.rnn4j.tensor.Precision;
import java.util.List;

/**
 * How much is tried.
 *
 * @param steps T
 * @param sequences N
 * @param team N for several threads
 * @param threads the most threads
 * @param directions along which gradients are compared
 * @param precisions those of all but plans, which are always tried in both
 */
record Extent(
    int steps, int sequences, int team, int threads, int directions, List<Precision> precisions) {
  static final Extent QUICK = new Extent(5, 3, 9, 3, 1, List.of(Precision.FLOAT32));
  static final Extent FULL = new Extent(11, 5, 37, 3, 3, List.of(Precision.values()));
}

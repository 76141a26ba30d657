package dev.rnn4j.loss;

import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.op.WithinRange;
import dev.rnn4j.pass.Signal;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A loss that runs give for targets within a range only; what does not count may be anything.
 *
 * @param loss the loss, whose sum over what counts is checked
 * @param low the smallest target, at most 0
 * @param high the largest one, at least 0
 * @param rule what targets are, and the cure: how the error's sentence ends
 */
record InRange(Loss loss, double low, double high, String rule) implements Loss {
  @Override
  public LossSum of(Signal prediction, Target target) {
    LossSum unchecked = loss.of(prediction, target);
    Optional<Node> counts = PerPosition.known(prediction, target);
    Node y = counts.map(c -> PerPosition.clean(c, target.values(), 0)).orElse(target.values());
    int rank = y.shape().rank();
    int[] folded =
        IntStream.range(counts.map(c -> c.shape().rank()).orElse(rank > 2 ? 2 : 1), rank).toArray();
    Node largest = folded.length == 0 ? y : y.max(folded);
    // −y rather than 1 − y, which would round the value that is named.
    Node smallest = folded.length == 0 ? y : y.negate().max(folded).negate();
    return LossSum.of(
        WithinRange.of(unchecked.sum(), largest, smallest, low, high, rule), unchecked.weight());
  }
}

package dev.rnn4j.train;

/**
 * What training makes small: from the named tensors of a batch to losses, as nodes.
 *
 * <pre>{@code
 * Objective objective = feed -> {
 *   Signal left = encoder.apply(feed.signal("left"));
 *   Signal right = encoder.apply(feed.signal("right"));
 *   return Outcome.loss("price", squared.of(price.apply(left), feed.target("price")))
 *       .and("kind", entropy.of(kind.apply(right), feed.target("kind")), 0.5);
 * };
 * }</pre>
 *
 * <p>It is asked once for each form of batch that comes, for training and for evaluation.
 */
@FunctionalInterface
public interface Objective {
  /** Returns the losses of a batch, and what else is to be read after a run. */
  Outcome of(Feed feed);
}

package dev.rnn4j.train;

import com.google.common.collect.ImmutableMap;
import java.util.Map;

/**
 * What one look at the validation data found.
 *
 * @param epoch the number of the epoch, from 1
 * @param updates how many updates this training had made before
 * @param loss the loss on all of the data: the mean over what counts
 * @param metrics the metrics on all of the data, by name
 * @param best whether this is the best one so far
 */
public record ValidationResult(
    int epoch, long updates, double loss, Map<String, Double> metrics, boolean best) {
  /** Creates the result from a copy of the map. */
  public ValidationResult {
    metrics = ImmutableMap.copyOf(metrics);
  }
}

package dev.rnn4j.optimizer;

import com.google.common.collect.ImmutableSet;
import java.util.List;
import java.util.Set;

/**
 * A rule that leaves parts of a model as they are until an update of theirs comes (gradual
 * unfreezing: Howard and Ruder, "Universal language model fine-tuning for text classification",
 * 2018). Until then their gradients take no part in clipping; then the rule begins with them as
 * with new ones, at the rate that the schedule has reached.
 *
 * <pre>{@code
 * Unfreezing.of(Adam.rate(1e-3)).from("encoder", 500).from("embedding", 1000)
 * }</pre>
 */
public final class Unfreezing extends Around {
  private final ByPath begins;

  private Unfreezing(Optimizer rule, ByPath begins) {
    super(rule);
    this.begins = begins;
  }

  /** Returns a rule that trains from the first update on whatever {@link #from} does not name. */
  public static Unfreezing of(Optimizer rule) {
    return new Unfreezing(rule, ByPath.of("first update", 0));
  }

  /**
   * Returns this with another first update where a pattern fits.
   *
   * @param update its number, from 0
   * @see PathPattern
   */
  public Unfreezing from(String pattern, long update) {
    return new Unfreezing(rule(), begins.with(pattern, update));
  }

  @Override
  public Optimizer at(List<String> paths) {
    return Later.of(rule().at(paths), (long) begins.at(paths).base());
  }

  @Override
  public Set<PathPattern> patterns() {
    return ImmutableSet.<PathPattern>builder()
        .addAll(super.patterns())
        .addAll(begins.own().keySet())
        .build();
  }

  @Override
  String settings() {
    return "unfreezing " + begins.own();
  }
}

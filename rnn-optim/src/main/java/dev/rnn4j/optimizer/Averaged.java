package dev.rnn4j.optimizer;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import dev.rnn4j.graph.Node;
import dev.rnn4j.tensor.Shape;
import java.util.List;

/**
 * A rule beside which an average a of each parameter's values p is kept. Training does not depend
 * on it; predictions from averages are often better ({@code Averages} reads them).
 *
 * <ul>
 *   <li>{@linkplain #exponential Exponential}: a ← d·a + (1−d)·p (Polyak and Juditsky,
 *       "Acceleration of stochastic approximation by averaging", 1992, in today's form);
 *   <li>{@linkplain #equal equal}: the mean of p after some updates (Izmailov et al., "Averaging
 *       weights leads to wider optima and better generalization", 2018: SWA).
 * </ul>
 *
 * <pre>{@code
 * Averaged.exponential(Adam.rate(1e-3), 0.999)
 * Averaged.equal(Sgd.rate(0.05), 3000, 100) // after updates 3000, 3100, ...
 * }</pre>
 */
public final class Averaged extends Around {
  /** The name of the slot with the average. */
  public static final String SLOT = "average";

  private static final String KEEP = "average.keep";
  private static final String TAKE = "average.take";

  private final Scalar.Value take;
  private final String settings;

  private Averaged(Optimizer rule, Scalar.Value take, String settings) {
    super(rule);
    checkArgument(!isAveraged(rule), "there is one average of a parameter, and %s has it", rule);
    this.take = take;
    this.settings = settings;
  }

  /**
   * Returns a rule with an exponential average, which begins with the values after the first
   * update.
   *
   * @param decay d, in [0, 1)
   * @throws IllegalArgumentException where the rule keeps an average already
   */
  public static Averaged exponential(Optimizer rule, double decay) {
    PathOptimizer.checkFraction("decay of the average", decay);
    return new Averaged(rule, moment -> moment.update() == 0 ? 1 : 1 - decay, "averaged " + decay);
  }

  /**
   * Returns a rule with the mean of the values after update {@code from}, and after every {@code
   * every} more; up to that update, the average is the value. Updates count from 0.
   */
  public static Averaged equal(Optimizer rule, long from, long every) {
    checkArgument(from >= 0, "averages cannot begin with update %s", from);
    checkArgument(every > 0, "averages need at least 1 update between values, not %s", every);
    return new Averaged(
        rule,
        moment -> share(moment.update() - from, every),
        "averaged from " + from + " every " + every);
  }

  private static boolean isAveraged(Optimizer rule) {
    return rule instanceof Averaged || (rule instanceof Around around && isAveraged(around.rule()));
  }

  /** Returns the part of the newest value in the mean, some updates after the first one in it. */
  private static double share(long since, long every) {
    if (since < 0) {
      return 1;
    }
    return since % every == 0 ? 1.0 / (since / every + 1) : 0;
  }

  @Override
  public Averaged at(List<String> paths) {
    return around(rule().at(paths));
  }

  /** Returns the same average of what another rule does. */
  Averaged around(Optimizer other) {
    return new Averaged(other, take, settings);
  }

  @Override
  String settings() {
    return settings;
  }

  @Override
  public List<Slot> slots(Shape parameter) {
    return ImmutableList.<Slot>builder()
        .addAll(super.slots(parameter))
        .add(Slot.of(SLOT, parameter))
        .build();
  }

  @Override
  public List<Scalar> scalars() {
    return ImmutableList.<Scalar>builder()
        .addAll(super.scalars())
        .add(new Scalar(KEEP, moment -> 1 - take.at(moment)))
        .add(new Scalar(TAKE, take))
        .build();
  }

  @Override
  public Update update(Node value, Node gradient, Slots slots, Scalars scalars) {
    Update update = super.update(value, gradient, slots, scalars);
    Node old = slots.get(SLOT).times(scalars.get(KEEP));
    return update.slot(SLOT, old.plus(update.value().times(scalars.get(TAKE))));
  }
}

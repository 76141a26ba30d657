package dev.rnn4j.optimizer;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableSet;
import java.util.List;
import java.util.Set;

/**
 * A rule whose learning rate and weight decay λ depend on the path of the parameter, by {@linkplain
 * PathPattern patterns}. Immutable: what changes a setting returns another rule.
 *
 * @param <O> the rule itself
 */
public abstract class PathOptimizer<O extends PathOptimizer<O>> implements Optimizer {
  /** Learning rate and weight decay, by path. */
  protected static final class Settings {
    private final ByPath rates;
    private final ByPath decays;

    private Settings(ByPath rates, ByPath decays) {
      this.rates = rates;
      this.decays = decays;
    }

    /**
     * Returns settings for all paths.
     *
     * @throws IllegalArgumentException for a number that is negative or not finite
     */
    public static Settings of(double rate, double weightDecay) {
      return new Settings(ByPath.of("learning rate", rate), ByPath.of("weight decay", weightDecay));
    }
  }

  private final Settings settings;

  /** Creates a rule with settings. */
  protected PathOptimizer(Settings settings) {
    this.settings = settings;
  }

  /** Returns the same rule with other settings. */
  protected abstract O with(Settings newSettings);

  @Override
  public final double rate() {
    return settings.rates.base();
  }

  /** Returns the weight decay λ of parameters that have none of their own. */
  public final double weightDecay() {
    return settings.decays.base();
  }

  /** Returns the settings. */
  protected final Settings settings() {
    return settings;
  }

  /**
   * Returns this with another learning rate where a pattern fits.
   *
   * @see PathPattern
   */
  public final O rate(String pattern, double newRate) {
    return with(new Settings(settings.rates.with(pattern, newRate), settings.decays));
  }

  /** Returns this with weight decay λ. */
  public final O weightDecay(double newWeightDecay) {
    return with(new Settings(settings.rates, settings.decays.withBase(newWeightDecay)));
  }

  /**
   * Returns this with another weight decay λ where a pattern fits: {@code weightDecay("**.bias",
   * 0)}.
   *
   * @see PathPattern
   */
  public final O weightDecay(String pattern, double newWeightDecay) {
    return with(new Settings(settings.rates, settings.decays.with(pattern, newWeightDecay)));
  }

  @Override
  public final O at(List<String> paths) {
    return with(new Settings(settings.rates.at(paths), settings.decays.at(paths)));
  }

  @Override
  public final Set<PathPattern> patterns() {
    return ImmutableSet.<PathPattern>builder()
        .addAll(settings.rates.own().keySet())
        .addAll(settings.decays.own().keySet())
        .build();
  }

  /** Returns whether another rule has the same settings: all of them are in its text. */
  @Override
  public final boolean equals(Object other) {
    return other != null && getClass() == other.getClass() && toString().equals(other.toString());
  }

  @Override
  public final int hashCode() {
    return toString().hashCode();
  }

  /** Returns all settings as text. */
  @Override
  public abstract String toString();

  /** Returns the settings as text behind a name: {@code Adam rate 0.001 weight decay 0.01}. */
  protected final String show(String name, String others) {
    return name
        + " rate "
        + rate()
        + others
        + (weightDecay() > 0 ? " weight decay " + weightDecay() : "")
        + (settings.rates.own().isEmpty() ? "" : " rates " + settings.rates.own())
        + (settings.decays.own().isEmpty() ? "" : " weight decays " + settings.decays.own());
  }

  /**
   * Checks that a number is in [0, 1).
   *
   * @throws IllegalArgumentException where it is not
   */
  protected static double checkFraction(String name, double value) {
    checkArgument(value >= 0 && value < 1, "the %s %s is not in [0, 1)", name, value);
    return value;
  }
}

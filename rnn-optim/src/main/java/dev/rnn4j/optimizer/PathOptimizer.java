package dev.rnn4j.optimizer;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.rnn4j.graph.Node;
import java.util.List;
import java.util.Set;

/**
 * A rule whose learning rate and weight decay λ depend on the path of the parameter, by {@linkplain
 * PathPattern patterns}. Immutable: what changes a setting returns another rule.
 *
 * @param <O> the rule itself
 */
public abstract class PathOptimizer<O extends PathOptimizer<O>> implements Optimizer {
  private static final String SHRINK = "shrink";

  /** Learning rate and weight decay, by path; and where the decay acts. */
  protected static final class Settings {
    private final ByPath rates;
    private final ByPath decays;
    private final boolean ofMatrices;
    private final boolean decoupled;

    private Settings(ByPath rates, ByPath decays, boolean ofMatrices, boolean decoupled) {
      this.rates = rates;
      this.decays = decays;
      this.ofMatrices = ofMatrices;
      this.decoupled = decoupled;
    }

    /**
     * Returns settings for all paths.
     *
     * @throws IllegalArgumentException for a number that is negative or not finite
     */
    public static Settings of(double rate, double weightDecay) {
      return new Settings(
          ByPath.of("learning rate", rate), ByPath.of("weight decay", weightDecay), false, false);
    }

    private Settings rates(ByPath newRates) {
      return new Settings(newRates, decays, ofMatrices, decoupled);
    }

    private Settings decays(ByPath newDecays, boolean newOfMatrices) {
      return new Settings(rates, newDecays, newOfMatrices, decoupled);
    }

    /** What a pattern says holds for a vector too. */
    private Settings at(List<String> paths) {
      boolean said =
          decays.own().keySet().stream()
              .anyMatch(pattern -> paths.stream().anyMatch(pattern::fits));
      return new Settings(rates.at(paths), decays.at(paths), ofMatrices && !said, decoupled);
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
    return with(settings.rates(settings.rates.with(pattern, newRate)));
  }

  /**
   * Returns this with weight decay λ: g + λ·p is taken for the gradient g, or where it is
   * {@linkplain #decoupled decoupled}, p·(1 − η·λ) for the value p.
   */
  public final O weightDecay(double newWeightDecay) {
    return with(settings.decays(settings.decays.withBase(newWeightDecay), false));
  }

  /**
   * Returns this with {@linkplain #weightDecay(double) weight decay} of parameters that have two
   * axes or more, and none of vectors and numbers: biases, whatever their names, the scales and
   * shifts of {@code LayerNorm} and {@code RmsNorm}, and weights such as those of peepholes. What a
   * pattern says counts all the same.
   */
  public final O weightDecayOfMatrices(double newWeightDecay) {
    return with(settings.decays(settings.decays.withBase(newWeightDecay), true));
  }

  /**
   * Returns this with another weight decay λ where a pattern fits: {@code weightDecay("head", 0)}.
   * Patterns are of whole names: {@code **.bias} is neither {@code biasHh} nor a scale; {@link
   * #weightDecayOfMatrices} leaves out all of these.
   *
   * @see PathPattern
   */
  public final O weightDecay(String pattern, double newWeightDecay) {
    return with(
        settings.decays(settings.decays.with(pattern, newWeightDecay), settings.ofMatrices));
  }

  /**
   * Returns this with weight decay that is no part of the gradient, and so of nothing that is
   * remembered of gradients: p ← p·(1 − η·λ), then the step (Loshchilov and Hutter, "Decoupled
   * weight decay regularization", 2019).
   */
  public final O decoupled() {
    return with(new Settings(settings.rates, settings.decays, settings.ofMatrices, true));
  }

  /** Returns whether weight decay is no part of the gradient. */
  public final boolean isDecoupled() {
    return settings.decoupled;
  }

  /** Returns the numbers of the step, beside what weight decay needs. */
  protected abstract List<Scalar> stepScalars();

  /**
   * Returns the new value and the new slots.
   *
   * @param value the parameter, or what decoupled weight decay leaves of it
   * @param gradient its gradient, with weight decay where that is not decoupled
   */
  protected abstract Update step(Node value, Node gradient, Slots slots, Scalars scalars);

  /** Returns the scalar "rate": the learning rate of the moment. */
  protected final Scalar rateScalar() {
    return new Scalar("rate", moment -> moment.rate(rate()));
  }

  @Override
  public final List<Scalar> scalars() {
    if (!shrinks()) {
      return stepScalars();
    }
    Scalar shrink = new Scalar(SHRINK, moment -> 1 - moment.rate(rate()) * weightDecay());
    return ImmutableList.<Scalar>builder().addAll(stepScalars()).add(shrink).build();
  }

  private boolean shrinks() {
    return settings.decoupled && weightDecay() > 0;
  }

  @Override
  public final Update update(Node value, Node gradient, Slots slots, Scalars scalars) {
    boolean decays = weightDecay() > 0 && (!settings.ofMatrices || value.shape().rank() > 1);
    if (decays && settings.decoupled) {
      return step(value.times(scalars.get(SHRINK)), gradient, slots, scalars);
    }
    Node g = decays ? gradient.plus(value.times(weightDecay())) : gradient;
    return step(value, g, slots, scalars);
  }

  @Override
  public final O at(List<String> paths) {
    return with(settings.at(paths));
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
        + (settings.ofMatrices ? " of matrices" : "")
        + (settings.decoupled ? " decoupled" : "")
        + (settings.rates.own().isEmpty() ? "" : " rates " + settings.rates.own())
        + (settings.decays.own().isEmpty() ? "" : " weight decays " + settings.decays.own());
  }

  /**
   * Checks that a number is finite and at least 0.
   *
   * @throws IllegalArgumentException where it is not
   */
  protected static double checkNotNegative(String name, double value) {
    checkArgument(
        value >= 0 && value < Double.POSITIVE_INFINITY,
        "the %s %s is not a finite number from 0 up",
        name,
        value);
    return value;
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

package dev.rnn4j.examples.reference;

import dev.rnn4j.schedule.OneCycle;
import dev.rnn4j.schedule.Plateau;
import dev.rnn4j.schedule.Schedule;
import dev.rnn4j.tensor.Tensor;
import java.nio.file.Path;

/** The rate of each update, by the schedules of {@code torch.optim.lr_scheduler}. */
final class ScheduleCase implements Kind {
  @Override
  public void run(Fields fields, Path folder, Differences differences) {
    String name = fields.text("schedule");
    Fields settings = fields.object("settings");
    double rate = fields.number("initialRate");
    double base = name.equals("OneCycleLR") ? settings.number("max_lr") : rate;
    Schedule schedule = schedule(name, settings, rate);
    Tensor rates = fields.vector("rates");
    int count = rates.shape().size(0);
    boolean observes = name.equals("ReduceLROnPlateau");
    Tensor metrics = observes ? fields.vector("metrics") : rates;
    Lists.requireSameSize("metrics", rates, metrics);
    double[] actual = new double[count];
    for (int update = 0; update < count; update++) {
      actual[update] = base * schedule.factor(update);
      if (observes) {
        schedule.observe(update, metrics.at(update));
      }
    }
    differences.compare("rates", rates, Tensor.of(actual));
  }

  private static Schedule schedule(String name, Fields settings, double rate) {
    return switch (name) {
      case "StepLR" -> Schedule.stepwise(settings.whole("step_size"), settings.number("gamma"));
      case "MultiStepLR" ->
          Schedule.stepwiseAt(
              settings.number("gamma"), Lists.wholeNumbers(settings.vector("milestones")));
      case "ExponentialLR" -> Schedule.exponential(settings.number("gamma"));
      case "LinearLR" ->
          Schedule.linear(
              settings.whole("total_iters"),
              settings.number("start_factor"),
              settings.number("end_factor"));
      case "PolynomialLR" ->
          Schedule.polynomial(settings.whole("total_iters"), settings.number("power"), 0);
      case "CosineAnnealingLR" -> wave(settings, rate);
      case "CosineAnnealingWarmRestarts" ->
          Schedule.cosineRestarts(
              settings.whole("T_0"), settings.whole("T_mult"), settings.number("eta_min") / rate);
      case "WarmupCosine" -> warmupCosine(settings, rate);
      case "OneCycleLR" -> oneCycle(settings);
      case "ReduceLROnPlateau" -> onPlateau(settings, rate);
      default -> throw new BadCaseException("there is no schedule " + name);
    };
  }

  /** Beyond {@code T_max}, PyTorch's cosine rises again. */
  private static Schedule wave(Fields settings, double rate) {
    int half = settings.whole("T_max");
    double last = settings.number("eta_min") / rate;
    return Schedule.cosine(half, last)
        .then(half, Schedule.cosine(half, last, 1))
        .repeated(2L * half);
  }

  private static Schedule warmupCosine(Fields settings, double rate) {
    int updates = settings.whole("warmup");
    settings.whole("total");
    return Schedule.linear(updates, settings.number("start_factor"), 1)
        .then(updates, wave(settings, rate));
  }

  private static OneCycle oneCycle(Fields settings) {
    double first = 1 / settings.number("div_factor");
    OneCycle cycle =
        Schedule.oneCycle(settings.whole("total_steps"))
            .peakAt(settings.number("pct_start"))
            .between(first, first / settings.number("final_div_factor"));
    if (settings.flag("three_phase")) {
      cycle = cycle.symmetric();
    }
    return switch (settings.text("anneal_strategy")) {
      case "cos" -> cycle;
      case "linear" -> cycle.alongLines();
      default -> throw new BadCaseException("anneal_strategy is neither cos nor linear");
    };
  }

  private static Plateau onPlateau(Fields settings, double rate) {
    Plateau plateau =
        Schedule.onPlateau(settings.number("factor"), settings.whole("patience"))
            .cooldown(settings.whole("cooldown"))
            .atLeast(settings.number("min_lr") / rate)
            .leastFall(settings.number("eps") / rate);
    switch (settings.text("threshold_mode")) {
      case "rel" -> plateau.leastGain(settings.number("threshold"));
      case "abs" -> plateau.leastGainOf(settings.number("threshold"));
      default -> throw new BadCaseException("threshold_mode is neither rel nor abs");
    }
    return switch (settings.text("mode")) {
      case "min" -> plateau;
      case "max" -> plateau.largerIsBetter();
      default -> throw new BadCaseException("mode is neither min nor max");
    };
  }
}

package dev.rnn4j.train.internal.run;

import dev.rnn4j.schedule.Schedule;
import dev.rnn4j.train.internal.graph.Settings;
import dev.rnn4j.train.internal.step.GuardedEngine;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What the numbers of a run depend on, as text: to tell a checkpoint of other settings. */
public final class RunSettings {
  /** An object that does not say what it is. */
  private static final Pattern NAMELESS = Pattern.compile("@[0-9a-f]+$|\\$\\$Lambda");

  private static final Pattern NUMBER = Pattern.compile("\\d+\\.\\d+(E-?\\d+)?");

  private static final MathContext DIGITS = new MathContext(12);
  private static final long LAST_UPDATE = 10_000_000;

  private RunSettings() {}

  public static Map<String, String> of(
      GuardedEngine step, Updating updating, Validation validation) {
    Map<String, String> all = of(step);
    all.put("updates", updating.toString());
    all.put("validation", validation.toString());
    return all;
  }

  /** Returns those of the step. */
  public static Map<String, String> of(GuardedEngine step) {
    Settings settings = step.settings();
    Map<String, String> all = new LinkedHashMap<>();
    all.put("precision", settings.weights().precision().toString());
    all.put("seed", Long.toString(settings.seed()));
    all.put("states", settings.carries() ? "carried" : "not carried");
    all.put("schedule", text(settings.schedule()));
    all.put("clip", named(settings.clip()));
    Set<String> rules = new LinkedHashSet<>();
    settings.trained().forEach(each -> rules.add(named(each.rule())));
    all.put("optimizer", String.join(", ", rules));
    all.put(
        "trained",
        settings.trained().stream().map(each -> each.path()).collect(Collectors.joining(", ")));
    settings
        .parameters()
        .forEach((path, parameter) -> all.put("parameter " + path, parameter.shape().toString()));
    return all;
  }

  private static String named(Object part) {
    String text = part.toString();
    return NAMELESS.matcher(text).find()
        ? "unnamed"
        : NUMBER.matcher(text).replaceAll(found -> text(Double.parseDouble(found.group())));
  }

  /** Returns a schedule's name, if it has one, and its factors and momenta at some updates. */
  private static String text(Schedule schedule) {
    StringBuilder text = new StringBuilder(named(schedule));
    String before = "";
    for (long update = 0; update <= LAST_UPDATE; update = update * 3 / 2 + 1) {
      String now = at(schedule, update);
      if (!now.equals(before)) {
        text.append(", ").append(now).append(" at ").append(update);
      }
      before = now;
    }
    return text.toString();
  }

  /** Returns a number as text, the same on all JDKs: newer ones write some with fewer digits. */
  private static String text(double number) {
    return Double.isFinite(number)
        ? new BigDecimal(number).round(DIGITS).stripTrailingZeros().toString()
        : Double.toString(number);
  }

  private static String at(Schedule schedule, long update) {
    try {
      double momentum = schedule.momentum(update, Double.NaN);
      return text(schedule.factor(update))
          + (Double.isNaN(momentum) ? "" : " with " + text(momentum));
    } catch (IllegalArgumentException e) {
      return "none"; // a schedule may end
    }
  }
}

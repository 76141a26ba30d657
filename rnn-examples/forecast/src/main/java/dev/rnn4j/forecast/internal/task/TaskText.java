package dev.rnn4j.forecast.internal.task;

import com.google.common.base.Splitter;
import com.google.common.primitives.Ints;
import dev.rnn4j.table.CalendarFeature;
import dev.rnn4j.table.Spacing;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A task as the metadata of a file.
 *
 * @param texts by their keys
 */
public record TaskText(Map<String, String> texts) {
  private static final String TARGET = "target.";
  private static final String FEATURE = "feature.";

  /** Said where they are not all that dates so far apart are fine enough for. */
  private static final String SEASONS = "seasons";

  public static Map<String, String> of(Task task) {
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("window", Integer.toString(task.window()));
    texts.put("horizon", Integer.toString(task.horizon()));
    for (int i = 0; i < task.targets().size(); i++) {
      texts.put(TARGET + i, task.targets().get(i).column());
      texts.put(TARGET + i + ".transform", task.targets().get(i).transform().key());
    }
    for (int i = 0; i < task.features().size(); i++) {
      Feature feature = task.features().get(i);
      texts.put(FEATURE + i, feature.column());
      putIf(texts, FEATURE + i + ".log", feature.log());
      putIf(texts, FEATURE + i + ".known", feature.known());
      putIf(texts, FEATURE + i + ".filled", feature.filled());
      for (int value = 0; value < feature.values().size(); value++) {
        texts.put(FEATURE + i + ".value." + value, feature.values().get(value));
      }
    }
    task.series().ifPresent(series -> texts.put("series", series));
    task.calendar()
        .ifPresent(
            calendar -> {
              texts.put("dates", calendar.column());
              calendar.time().ifPresent(time -> texts.put("times", time));
              texts.put("step", calendar.spacing().toString());
              texts.put("largest.step", Integer.toString(calendar.largest()));
              if (!calendar.seasons().equals(Calendar.seasons(calendar.spacing()))) {
                texts.put(
                    SEASONS,
                    calendar.seasons().stream().map(Enum::name).collect(Collectors.joining(",")));
              }
            });
    return texts;
  }

  private static void putIf(Map<String, String> texts, String key, boolean set) {
    if (set) {
      texts.put(key, "yes");
    }
  }

  public Task task() {
    List<Target> targets = new ArrayList<>();
    for (int i = 0; texts.containsKey(TARGET + i); i++) {
      targets.add(new Target(text(TARGET + i), transform(TARGET + i + ".transform")));
    }
    if (targets.isEmpty()) {
      text(TARGET + 0);
    }
    List<Feature> features = new ArrayList<>();
    for (int i = 0; texts.containsKey(FEATURE + i); i++) {
      String prefix = FEATURE + i;
      List<String> values = new ArrayList<>();
      for (int value = 0; texts.containsKey(prefix + ".value." + value); value++) {
        values.add(text(prefix + ".value." + value));
      }
      features.add(
          new Feature(
              text(prefix),
              values,
              texts.containsKey(prefix + ".log"),
              texts.containsKey(prefix + ".known"),
              texts.containsKey(prefix + ".filled")));
    }
    return new Task(
        targets,
        features,
        Optional.ofNullable(texts.get("series")),
        calendar(),
        number("window"),
        number("horizon"));
  }

  private Transform transform(String key) {
    return Stream.of(Transform.values())
        .filter(one -> one.key().equals(text(key)))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("its " + key + " is '" + text(key) + "'"));
  }

  private Optional<Calendar> calendar() {
    if (!texts.containsKey("dates")) {
      return Optional.empty();
    }
    Spacing spacing = Spacing.parse(text("step"));
    return Optional.of(
        new Calendar(
            text("dates"),
            Optional.ofNullable(texts.get("times")),
            spacing,
            number("largest.step"),
            texts.containsKey(SEASONS) ? seasons() : Calendar.seasons(spacing)));
  }

  private List<CalendarFeature> seasons() {
    return Splitter.on(',')
        .omitEmptyStrings()
        .splitToStream(text(SEASONS))
        .map(
            name ->
                Stream.of(CalendarFeature.values())
                    .filter(one -> one.name().equals(name))
                    .findFirst()
                    .orElseThrow(
                        () -> new IllegalArgumentException("one of its seasons is '" + name + "'")))
        .toList();
  }

  public String text(String key) {
    String text = texts.get(key);
    if (text == null) {
      throw new IllegalArgumentException("it does not say its " + key);
    }
    return text;
  }

  public int number(String key) {
    Integer number = Ints.tryParse(text(key));
    if (number == null || number < 1) {
      throw new IllegalArgumentException("its " + key + " is '" + text(key) + "'");
    }
    return number;
  }
}

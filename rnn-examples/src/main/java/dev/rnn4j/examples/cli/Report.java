package dev.rnn4j.examples.cli;

import dev.rnn4j.io.AtomicFile;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a scenario found: its settings, and its results under {@code values}. */
public final class Report {
  private final Map<String, Object> settings = new LinkedHashMap<>();
  private final Map<String, Object> values = new LinkedHashMap<>();

  /** Notes a setting, of a kind that {@link Json} writes. */
  public Report setting(String name, Object value) {
    settings.put(name, value);
    return this;
  }

  /** Notes a result, of a kind that {@link Json} writes. */
  public Report value(String name, Object value) {
    values.put(name, value);
    return this;
  }

  /** Returns what is in the file. */
  AtomicFile.Content content() {
    Map<String, Object> all = new LinkedHashMap<>(settings);
    all.put("values", values);
    return Json.content(all);
  }
}

package dev.rnn4j.examples.bench;

import java.util.LinkedHashMap;
import java.util.Map;

/** One line of a benchmark's report: named values, of which each benchmark has those that apply. */
final class Row {
  private final Map<String, Object> values = new LinkedHashMap<>();

  Row(String bench, String cell) {
    values.put("bench", bench);
    values.put("cell", cell);
  }

  Row with(String name, Object value) {
    values.put(name, value);
    return this;
  }

  Map<String, Object> values() {
    return values;
  }
}

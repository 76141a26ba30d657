package dev.rnn4j.csv;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.Ints;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What is set in a {@link Csv}, as texts by their names, to be kept in a file. */
final class CsvSettings {
  static final String SEPARATOR = "separator";
  static final String DECIMAL = "decimal";
  static final String ENCODING = "encoding";
  static final String HEADER = "header";
  static final String NAME = "name.";
  static final String SKIP_ROWS = "skip.rows";
  static final String UNITS_ROW = "units.row";
  static final String COMMENT = "comment";
  static final String MISSING = "missing.";
  static final String REJECT_MISSING = "reject.missing";
  static final String DATE_PATTERN = "date.pattern";

  private static final String YES = "yes";
  private static final String NO = "no";

  private final Map<String, String> texts = new TreeMap<>();

  CsvSettings put(String name, Optional<?> value) {
    value.ifPresent(set -> texts.put(name, set.toString()));
    return this;
  }

  CsvSettings putAnswer(String name, Optional<Boolean> value) {
    return put(name, value.map(set -> set ? YES : NO));
  }

  /** Puts several values, each with its number behind the name. */
  CsvSettings putAll(String name, List<String> values) {
    for (int i = 0; i < values.size(); i++) {
      texts.put(name + i, values.get(i));
    }
    return this;
  }

  Map<String, String> all() {
    return ImmutableMap.copyOf(texts);
  }

  /**
   * Returns a reader with settings that were kept.
   *
   * @throws IllegalArgumentException that names a setting that there is not, or that has no such
   *     value
   */
  static Csv set(Csv csv, Map<String, String> kept) {
    Csv changed = csv;
    for (Map.Entry<String, String> one : new TreeMap<>(kept).entrySet()) {
      changed = set(changed, one.getKey(), one.getValue());
    }
    List<String> names = list(kept, NAME);
    changed = names.isEmpty() ? changed : changed.names(names.toArray(String[]::new));
    return changed.missing(list(kept, MISSING).toArray(String[]::new));
  }

  private static Csv set(Csv csv, String name, String value) {
    return switch (name) {
      case SEPARATOR -> csv.separator(character(name, value));
      case DECIMAL -> csv.decimal(character(name, value));
      case ENCODING -> csv.charset(charset(value));
      case HEADER -> answer(name, value) ? csv.withHeader() : csv.withoutHeader();
      case SKIP_ROWS -> csv.skipRows(number(name, value));
      case UNITS_ROW -> answer(name, value) ? csv.unitsRow() : csv;
      case COMMENT -> csv.comment(character(name, value));
      case REJECT_MISSING -> answer(name, value) ? csv.rejectMissing() : csv;
      case DATE_PATTERN -> csv.datePattern(value);
      default -> {
        checkArgument(
            name.startsWith(NAME) || name.startsWith(MISSING), "there is no setting '%s'", name);
        yield csv;
      }
    };
  }

  private static List<String> list(Map<String, String> kept, String name) {
    List<String> values = new ArrayList<>();
    while (kept.containsKey(name + values.size())) {
      values.add(kept.get(name + values.size()));
    }
    return values;
  }

  private static char character(String name, String value) {
    checkArgument(value.length() == 1, "the %s '%s' is not one character", name, value);
    return value.charAt(0);
  }

  private static boolean answer(String name, String value) {
    checkArgument(value.equals(YES) || value.equals(NO), "%s is '%s', not yes or no", name, value);
    return value.equals(YES);
  }

  private static int number(String name, String value) {
    Integer number = Ints.tryParse(value);
    checkArgument(number != null && number >= 0, "%s is '%s', and no count", name, value);
    return number;
  }

  private static Charset charset(String value) {
    try {
      return Charset.forName(value);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("this Java has no encoding '" + value + "'", e);
    }
  }
}

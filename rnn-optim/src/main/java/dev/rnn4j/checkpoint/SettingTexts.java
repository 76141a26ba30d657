package dev.rnn4j.checkpoint;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/** What the numbers of a training depend on, by name, as text. */
final class SettingTexts {
  private SettingTexts() {}

  /** Returns those of a training, and those that the program has said beside them. */
  static Map<String, String> of(Checkpoints checkpoints, Map<String, String> ofTraining) {
    Map<String, String> all = new LinkedHashMap<>(ofTraining);
    checkpoints
        .settings()
        .forEach((name, value) -> all.put(all.containsKey(name) ? "setting " + name : name, value));
    return all;
  }

  /**
   * Compares settings.
   *
   * @param where what has the others: the beginning of a sentence
   * @throws IllegalArgumentException where they differ: with the differences
   */
  static void requireSame(String where, Map<String, String> theirs, Map<String, String> ours) {
    List<String> differences = new ArrayList<>();
    TreeSet<String> names = new TreeSet<>(ours.keySet());
    names.addAll(theirs.keySet());
    for (String name : names) {
      String was = theirs.get(name);
      String is = ours.get(name);
      if (!Objects.equals(was, is)) {
        differences.add(name + " was " + shown(was) + " and is " + shown(is));
      }
    }
    if (!differences.isEmpty()) {
      throw new IllegalArgumentException(
          where
              + " of other settings: "
              + String.join("; ", differences)
              + " (go on with those that were, or name another folder)");
    }
  }

  private static String shown(String value) {
    return value == null ? "not there" : value;
  }
}

package dev.rnn4j.train.internal.graph;

import com.google.common.base.Strings;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Finds the path that somebody probably meant. */
final class NearPath {
  private NearPath() {}

  /**
   * Returns a question to add to an error: for the path of a parameter or of a module that begins
   * and ends as a pattern without stars does, with little in between; or nothing.
   */
  static String hint(String pattern, Collection<String> paths) {
    int parts = parts(pattern).size();
    return paths.stream()
        .map(path -> String.join(".", parts(path).subList(0, Math.min(parts, parts(path).size()))))
        .filter(path -> 3 * shared(pattern, path) >= 2 * Math.max(pattern.length(), path.length()))
        .max(Comparator.comparingInt(path -> shared(pattern, path)))
        .filter(path -> !pattern.contains("*"))
        .map(path -> "; did you mean " + path + "?")
        .orElse("");
  }

  private static List<String> parts(String path) {
    return List.of(path.split("\\."));
  }

  /** Returns how many letters two texts share at their beginnings and ends. */
  private static int shared(String a, String b) {
    int first = Strings.commonPrefix(a, b).length();
    return first + Strings.commonSuffix(a.substring(first), b.substring(first)).length();
  }
}

package dev.rnn4j.table;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds the name that somebody probably meant, for messages. */
public final class Nearest {
  private Nearest() {}

  /**
   * Returns the name with the fewest letters to put in, leave out or change, in any case; none
   * where these are more than a third of all.
   */
  public static Optional<String> to(String wanted, List<String> names) {
    return names.stream()
        .filter(
            name ->
                distance(wanted, name) <= Math.max(1, Math.max(wanted.length(), name.length()) / 3))
        .min(Comparator.comparingInt(name -> distance(wanted, name)));
  }

  /** The Levenshtein distance, letters in any case. */
  private static int distance(String left, String right) {
    String a = left.toLowerCase(Locale.ROOT);
    String b = right.toLowerCase(Locale.ROOT);
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}

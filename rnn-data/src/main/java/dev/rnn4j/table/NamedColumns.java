package dev.rnn4j.table;

import static com.google.common.base.Preconditions.checkNotNull;

import com.google.common.collect.ImmutableMap;
import java.text.Normalizer;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The columns of a table by their names, and what is said of names that it does not have.
 *
 * @param source of the table, for messages
 * @param all in their order
 */
record NamedColumns(String source, ImmutableMap<String, Column> all) {
  /** So many names are listed in a message: not all of thousands. */
  private static final int LISTED = 20;

  /** What has no mark that could part names. */
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{M}\\p{N}_]*");

  List<String> names() {
    return all.keySet().asList();
  }

  String name(int position) {
    if (position < 0 || position >= all.size()) {
      throw new DataException(
          source
              + " has no column at position "
              + position
              + "; it has the positions 0 to "
              + (all.size() - 1)
              + ": "
              + listed());
    }
    return names().get(position);
  }

  Column find(String name) {
    checkNotNull(name, "a table was asked for a column of the name null");
    Column column = all.get(name);
    if (column == null) {
      throw new DataException(noColumn(name));
    }
    return column;
  }

  /** Returns a name as the table has it, for one that is written differently in Unicode. */
  String like(String name) {
    String wanted = Normalizer.normalize(name.strip(), Normalizer.Form.NFC);
    return names().stream()
        .filter(own -> Normalizer.normalize(own, Normalizer.Form.NFC).equals(wanted))
        .findFirst()
        .orElseThrow(() -> new DataException(noColumn(name)));
  }

  void requireFree(String name) {
    if (all.containsKey(name)) {
      throw new DataException(
          source
              + " has a column '"
              + name
              + "' already; rename it, or add this one under another name");
    }
  }

  private String noColumn(String name) {
    String meant =
        Nearest.to(name, names())
            .map(near -> "did you mean '" + near + "'? It has ")
            .orElse("it has ");
    return source
        + " has no column '"
        + name
        + "'; "
        + meant
        + listed()
        + (mayBeSeveral()
            ? "; if that is more than one name, say what is between them"
                + CellFormat.option("--separator", "Csv.separator")
            : "");
  }

  /** Returns whether the only name may be all of a line that nothing parted. */
  private boolean mayBeSeveral() {
    return all.size() == 1 && !WORD.matcher(names().get(0)).matches();
  }

  /** Returns the names, for messages. */
  String listed() {
    int more = all.size() - LISTED;
    String first = String.join(", ", names().subList(0, Math.min(LISTED, all.size())));
    return more > 0 ? first + " and " + more + " more" : first;
  }
}

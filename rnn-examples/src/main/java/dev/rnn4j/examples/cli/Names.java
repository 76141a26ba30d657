package dev.rnn4j.examples.cli;

import dev.rnn4j.table.Table;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names in one argument, with commas between them; one that has a comma itself is quoted. */
public final class Names {
  private static final Pattern NAME =
      Pattern.compile("\\s*(?:\"((?:[^\"]|\"\")*)\"|([^,]*))\\s*(?:,|$)");

  private static final char LOST = '\uFFFD';

  private Names() {}

  /** Returns the names in an argument: {@code rain,"wind, mean"} has two. */
  public static List<String> split(String argument) {
    List<String> names = new ArrayList<>();
    Matcher found = NAME.matcher(argument);
    int at = 0;
    while (at < argument.length() && found.find(at) && found.start() == at) {
      names.add(
          found.group(1) == null ? found.group(2).strip() : found.group(1).replace("\"\"", "\""));
      at = found.end();
    }
    if (at < argument.length()) {
      throw new IllegalArgumentException(
          "'" + argument + "' has a quote amid a name; write two quotes for one inside quotes");
    }
    return names;
  }

  /**
   * Returns the name of a column as the table has it. In a locale without UTF-8, such as LANG=C,
   * every byte that it cannot say arrives as U+FFFD; where one column only may be meant, it is
   * meant.
   *
   * @throws dev.rnn4j.table.DataException where there is no such column
   */
  public static String column(Table table, String given) {
    if (given.indexOf(LOST) >= 0) {
      List<String> alike =
          table.names().stream().filter(name -> withoutUtf8(name).equals(given.strip())).toList();
      if (alike.size() == 1) {
        return alike.get(0);
      }
    }
    return table.nameLike(given);
  }

  private static String withoutUtf8(String name) {
    StringBuilder text = new StringBuilder();
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      text.append(b < 0 ? LOST : (char) b);
    }
    return text.toString();
  }
}

package dev.rnn4j.kernel;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The system properties that this library reads. Whoever reads one has all of them checked, so that
 * a name or a value that is misspelt is an error, and not without effect.
 */
public enum Switch {
  /** Which kernels. */
  KERNELS("rnn.kernels", "auto|scalar|vector", "auto, scalar or vector"),
  /** How many threads a run may use. */
  THREADS("rnn.threads", "[1-9]\\d?|1\\d\\d|2[0-4]\\d|25[0-6]", "a number from 1 to 256"),
  /** Whether plans are logged. */
  DEBUG("rnn.debug", "0|1", "0 or 1"),
  /** What is checked: results, or what the compiler does; names with commas between. */
  CHECKS("rnn.checks", "(nan|plan)(,(nan|plan))*", "nan, plan, or both with a comma between"),
  /** Lanes of float32, for tests. */
  LANES("rnn.lanes", "2|4|8|16", "2, 4, 8 or 16"),
  /** The elements from which on work moves into loops, for tests. */
  SINKING("rnn.sinking.least", "\\d{1,9}", "a number from 0 to 999999999"),
  /** The work from which on threads share it, for tests. */
  WORK("rnn.threads.work", "[1-9]\\d{0,8}", "a number from 1 to 999999999");

  private static final String PREFIX = "rnn.";

  /** So many letters may differ in a name that somebody meant. */
  private static final int NEAR = 3;

  private final String property;
  private final String values;
  private final String words;

  Switch(String property, String values, String words) {
    this.property = property;
    this.values = values;
    this.words = words;
  }

  /**
   * Returns the value of the property, where it is set.
   *
   * @throws IllegalArgumentException as {@link #check}
   */
  public Optional<String> value() {
    check();
    return Optional.ofNullable(System.getProperty(property));
  }

  /**
   * Returns the value of a property that is a number, or another where it is not set.
   *
   * @throws IllegalArgumentException as {@link #check}
   */
  public int number(int otherwise) {
    return value().map(Integer::parseInt).orElse(otherwise);
  }

  /** Returns whether the property is set to a value; throws as {@link #check}. */
  public boolean is(String expected) {
    return value().filter(expected::equals).isPresent();
  }

  /** Returns whether the property lists a value; throws as {@link #check}. */
  public boolean lists(String expected) {
    return value().filter(list -> Arrays.asList(list.split(",")).contains(expected)).isPresent();
  }

  /**
   * Checks every property whose name begins with {@code rnn.}.
   *
   * @throws IllegalArgumentException for one that does not exist, or has a value that it cannot
   *     have
   */
  public static void check() {
    for (String name : System.getProperties().stringPropertyNames()) {
      if (name.startsWith(PREFIX)) {
        named(name).checkValue(System.getProperty(name));
      }
    }
  }

  private static Switch named(String name) {
    for (Switch known : values()) {
      if (known.property.equals(name)) {
        return known;
      }
    }
    String near = null;
    int least = NEAR + 1;
    for (Switch known : values()) {
      int distance = distance(name, known.property);
      if (distance < least) {
        near = known.property;
        least = distance;
      }
    }
    throw new IllegalArgumentException(
        "there is no property "
            + name
            + (near == null ? "; there are " + names() : "; did you mean " + near + "?"));
  }

  private static String names() {
    return Arrays.stream(values())
        .map(known -> known.property)
        .limit(LANES.ordinal() + 1L)
        .collect(Collectors.joining(", "));
  }

  /** Somebody else may have cleared it meanwhile. */
  private void checkValue(String value) {
    if (value != null && !value.matches(values)) {
      throw new IllegalArgumentException(property + " is '" + value + "'; it must be " + words);
    }
  }

  /** Returns how many letters must be put in, left out or exchanged (Levenshtein 1966). */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    Arrays.setAll(row, j -> j);
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int exchanged = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(exchanged, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}

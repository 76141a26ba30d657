package dev.rnn4j.report;

/** Libraries that a user of this module may have or not. */
final class Libraries {
  private Libraries() {}

  /** Says which artifact is missing, instead of which class. */
  static void require(String purpose, String className, String artifact) {
    try {
      Class.forName(className, false, Libraries.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(
          purpose + " needs the library " + artifact + ": add it to your dependencies", e);
    }
  }
}

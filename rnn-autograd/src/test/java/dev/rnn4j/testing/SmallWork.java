package dev.rnn4j.testing;

/** Makes threads share work that is otherwise too small for it. */
public final class SmallWork {
  private static final String PROPERTY = "rnn.threads.work";

  private SmallWork() {}

  /** Runs something that makes sessions, with every instruction in parts that can be. */
  public static void inParts(Runnable runnable) {
    String before = System.setProperty(PROPERTY, "1");
    try {
      runnable.run();
    } finally {
      if (before == null) {
        System.clearProperty(PROPERTY);
      } else {
        System.setProperty(PROPERTY, before);
      }
    }
  }
}

package dev.rnn4j.testing;

/** Makes threads share work, and loops take it in, that is otherwise too small for it. */
public final class SmallWork {
  private static final String[] PROPERTIES = {"rnn.threads.work", "rnn.sinking.least"};

  private SmallWork() {}

  /**
   * Runs something that makes sessions, with every instruction in parts and in loops that can be.
   */
  public static void inParts(Runnable runnable) {
    String[] before = new String[PROPERTIES.length];
    for (int i = 0; i < before.length; i++) {
      before[i] = System.setProperty(PROPERTIES[i], "1");
    }
    try {
      runnable.run();
    } finally {
      for (int i = 0; i < before.length; i++) {
        if (before[i] == null) {
          System.clearProperty(PROPERTIES[i]);
        } else {
          System.setProperty(PROPERTIES[i], before[i]);
        }
      }
    }
  }
}

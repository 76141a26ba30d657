package dev.rnn4j.testing;

import java.util.HashMap;
import java.util.Map;

/** Makes threads share work, and loops take it in, that is otherwise too small for it. */
public final class SmallWork {
  private static final Map<String, String> LEAST =
      Map.of("rnn.threads.work", "1", "rnn.sinking.least", "0");

  private SmallWork() {}

  /** Runs something that makes sessions, with all instructions in parts and loops that can be. */
  public static void inParts(Runnable runnable) {
    Map<String, String> before = new HashMap<>();
    LEAST.forEach((property, value) -> before.put(property, System.setProperty(property, value)));
    try {
      runnable.run();
    } finally {
      before.forEach(SmallWork::restore);
    }
  }

  /** Sets a property, or clears it for null. */
  public static void restore(String property, String value) {
    if (value == null) {
      System.clearProperty(property);
    } else {
      System.setProperty(property, value);
    }
  }
}

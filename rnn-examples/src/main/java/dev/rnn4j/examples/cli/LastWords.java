package dev.rnn4j.examples.cli;

/** What is said where somebody ends the JVM, by Ctrl-C for example, before this is closed. */
public final class LastWords implements AutoCloseable {
  private static final LastWords NONE = new LastWords(null);

  private final Thread hook;

  private LastWords(Thread hook) {
    this.hook = hook;
  }

  /** Returns none. */
  static LastWords none() {
    return NONE;
  }

  /** Returns those that something says, soon, and on another thread. */
  static LastWords of(Runnable say) {
    LastWords words = new LastWords(new Thread(say, "rnn-last-words"));
    Runtime.getRuntime().addShutdownHook(words.hook);
    return words;
  }

  @Override
  public void close() {
    if (hook != null) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        // The JVM is on its way out already, and they are said.
        return;
      }
    }
  }
}

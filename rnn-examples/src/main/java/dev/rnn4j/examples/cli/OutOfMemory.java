package dev.rnn4j.examples.cli;

import dev.rnn4j.report.Readable;
import java.lang.management.ManagementFactory;
import java.util.List;

/** Says what was asked for, what there is, and what helps, when memory runs out. */
final class OutOfMemory {
  private static final long MEGA = 1L << 20;
  private static final long GIGA = 1L << 30;

  /** So much more is worth a try. */
  private static final int MORE = 4;

  private OutOfMemory() {}

  /**
   * Returns the sentence.
   *
   * @param args the command
   * @param wanted what the error says that it wanted
   */
  static String sentence(List<String> args, String wanted) {
    long most = Runtime.getRuntime().maxMemory();
    long more = Math.max(GIGA, MORE * most);
    return "out of memory: '"
        + String.join(" ", args)
        + "' needs more than the "
        + size(most)
        + " that Java may use"
        + (wanted.startsWith("a plan") ? " (" + wanted.replaceFirst(",.*", "") + ")" : "")
        + "; start it with more, as in java -Xmx"
        + more / GIGA
        + "g"
        + computer()
        + ", or ask for less: fewer rows or columns, a smaller --window or --hidden";
  }

  private static String computer() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? " (this computer has " + size(system.getTotalMemorySize()) + ")"
        : "";
  }

  private static String size(long bytes) {
    return bytes < GIGA
        ? Readable.of((double) bytes / MEGA, 3) + " MB"
        : Readable.of((double) bytes / GIGA, 3) + " GB";
  }
}

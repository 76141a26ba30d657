package dev.rnn4j.report;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The X display that the environment variable DISPLAY names. Java draws with its help, even into a
 * picture that nobody is shown, and fails where it does not answer.
 */
final class Display {
  private static final String HEADLESS = "java.awt.headless";
  private static final int FIRST_PORT = 6000;
  private static final int PATIENCE_MILLIS = 1000;

  private Display() {}

  /**
   * Tells Java that there is no screen, where nobody has said whether there is and the display does
   * not answer: no window could be opened on it by anybody in this process.
   */
  static void forgetIfDead() {
    String display = System.getenv("DISPLAY");
    boolean isMac = System.getProperty("os.name", "").startsWith("Mac");
    if (System.getProperty(HEADLESS) == null && display != null && !isMac && isDead(display)) {
      System.setProperty(HEADLESS, "true");
    }
  }

  /** Returns whether nothing answers; of a name that is not {@code host:number} nobody knows. */
  static boolean isDead(String display) {
    int colon = display.lastIndexOf(':');
    String number = display.substring(colon + 1).replaceFirst("\\..*", "");
    if (colon < 0 || !number.matches("\\d{1,4}")) {
      return display.isBlank();
    }
    String host = display.substring(0, colon);
    return host.isEmpty() || host.equals("unix")
        ? !hasSocket(number)
        : !answers(host, FIRST_PORT + Integer.parseInt(number));
  }

  /** A server has a socket in a folder, or one without a file, as only Linux knows and lists. */
  private static boolean hasSocket(String number) {
    Path socket = Path.of("/", "tmp", ".X11-unix", "X" + number); // where all X servers have it
    Path listed = Path.of("/proc/net/unix");
    try {
      return Files.exists(socket)
          || Files.exists(listed)
              && Files.readString(listed, StandardCharsets.ISO_8859_1)
                  .contains("@" + socket + "\n");
    } catch (IOException e) {
      return true;
    }
  }

  private static boolean answers(String host, int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(host, port), PATIENCE_MILLIS);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}

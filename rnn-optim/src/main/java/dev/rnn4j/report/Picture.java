package dev.rnn4j.report;

import java.awt.AWTError;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Supplier;
import javax.imageio.ImageIO;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Pictures on computers without a screen, whatever they believe to have. */
public final class Picture {
  private Picture() {}

  /**
   * Returns a picture as PNG.
   *
   * @throws IllegalStateException where Java cannot draw here, in a sentence that says what helps
   */
  @SuppressWarnings("exports") // who draws requires java.desktop already
  public static byte[] png(Supplier<BufferedImage> drawing) {
    Display.forgetIfDead();
    try {
      return png(drawing.get());
    } catch (AWTError | NoClassDefFoundError e) {
      throw new IllegalStateException(
          "the plot cannot be drawn, for Java looks for a screen that is not there ("
              + cause(e)
              + "): start java with -Djava.awt.headless=true",
          e);
    } catch (InternalError | UnsatisfiedLinkError | RuntimeException e) {
      if (e instanceof RuntimeException mistake && !isAboutFonts(mistake)) {
        throw mistake;
      }
      throw new IllegalStateException(
          "the plot cannot be drawn, for Java finds no fonts here ("
              + cause(e)
              + "): install fontconfig and a font, as in apt install fontconfig fonts-dejavu-core",
          e);
    }
  }

  /** Cached in memory: a cache on disk needs a shutdown hook, and after Ctrl-C it is too late. */
  private static byte[] png(BufferedImage picture) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream png = new MemoryCacheImageOutputStream(bytes)) {
      ImageIO.write(picture, "png", png);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** The JDK says so by a plain RuntimeException, or by a NullPointerException, of its own. */
  private static boolean isAboutFonts(RuntimeException e) {
    for (StackTraceElement line : e.getStackTrace()) {
      if (line.getClassName().startsWith("sun.font.")
          || line.getClassName().startsWith("sun.awt.FontConf")
          || line.getClassName().startsWith("sun.awt.Fc")) {
        return true;
      }
    }
    return false;
  }

  private static String cause(Throwable e) {
    Throwable first = e;
    while (first.getCause() != null) {
      first = first.getCause();
    }
    return first.getMessage();
  }
}

package dev.rnn4j.report;

import static com.google.common.base.Preconditions.checkArgument;

import dev.rnn4j.io.AtomicFile;
import dev.rnn4j.train.History;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * A history as a picture: the losses above, the norm of the gradient below, over the epochs, or
 * over the updates where no epoch came to its end. No screen is needed, but the library {@code
 * org.knowm.xchart:xchart} is.
 */
public final class HistoryPlot {
  private HistoryPlot() {}

  /**
   * Writes the picture as PNG. The file is there as a whole, or as it was before.
   *
   * @throws IOException where the file cannot be written
   * @throws IllegalArgumentException for a history without updates
   * @throws IllegalStateException without the library for it
   */
  public static void write(History history, Path file) throws IOException {
    Libraries.require("the plot", "org.knowm.xchart.XYChart", "org.knowm.xchart:xchart");
    checkArgument(!history.updates().isEmpty(), "a history without updates has nothing to plot");
    BufferedImage picture = HistoryCharts.draw(history);
    AtomicFile.write(file, out -> writePng(picture, out));
  }

  /** Cached in memory: a cache on disk needs a shutdown hook, and after Ctrl-C it is too late. */
  private static void writePng(BufferedImage picture, OutputStream out) throws IOException {
    try (ImageOutputStream png = new MemoryCacheImageOutputStream(out)) {
      ImageIO.write(picture, "png", png);
    }
  }
}

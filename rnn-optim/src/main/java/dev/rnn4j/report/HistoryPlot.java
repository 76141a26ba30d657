package dev.rnn4j.report;

import static com.google.common.base.Preconditions.checkArgument;

import dev.rnn4j.io.AtomicFile;
import dev.rnn4j.train.History;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

/**
 * A history as a picture: the losses above, each metric, and the norm of the gradient below, over
 * the epochs, or over the updates where no epoch came to its end or looks came within one. No
 * screen is needed, but the library {@code org.knowm.xchart:xchart} is, and a font.
 */
public final class HistoryPlot {
  private HistoryPlot() {}

  /**
   * Writes the picture as PNG. The file is there as a whole, or as it was before.
   *
   * @throws IOException where the file cannot be written
   * @throws IllegalArgumentException for a history without updates
   * @throws IllegalStateException without the library for it, or where Java cannot draw
   */
  public static void write(History history, Path file) throws IOException {
    byte[] png = png(history);
    AtomicFile.write(file, out -> out.write(png));
  }

  /** Writes the picture as PNG to a stream, which stays open; see {@link #write(History, Path)}. */
  public static void write(History history, OutputStream out) throws IOException {
    out.write(png(history));
  }

  private static byte[] png(History history) {
    Libraries.require("the plot", "org.knowm.xchart.XYChart", "org.knowm.xchart:xchart");
    checkArgument(!history.updates().isEmpty(), "a history without updates has nothing to plot");
    return Picture.png(() -> HistoryCharts.draw(history));
  }
}

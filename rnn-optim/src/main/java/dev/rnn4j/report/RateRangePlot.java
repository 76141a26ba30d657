package dev.rnn4j.report;

import static com.google.common.base.Preconditions.checkArgument;

import dev.rnn4j.io.AtomicFile;
import dev.rnn4j.train.RateRange;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A learning-rate range test as a picture: the loss over the rate, on a logarithmic axis. No screen
 * is needed, but the library {@code org.knowm.xchart:xchart} is, and a font.
 */
public final class RateRangePlot {
  private RateRangePlot() {}

  /**
   * Writes the picture as PNG. The file is there as a whole, or as it was before.
   *
   * @throws IOException where the file cannot be written
   * @throws IllegalArgumentException for a test without points
   * @throws IllegalStateException without the library for it, or where Java cannot draw
   */
  public static void write(RateRange range, Path file) throws IOException {
    Libraries.require("the plot", "org.knowm.xchart.XYChart", "org.knowm.xchart:xchart");
    checkArgument(!range.points().isEmpty(), "a test without finite losses has nothing to plot");
    byte[] png = Picture.png(() -> RateRangeCharts.draw(range));
    AtomicFile.write(file, out -> out.write(png));
  }
}

package dev.rnn4j.report;

import static com.google.common.base.Preconditions.checkArgument;

import dev.rnn4j.io.AtomicFile;
import dev.rnn4j.train.Diagnostics.Look;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * What was seen within a model during training, as a picture: the gradient of each state over the
 * time steps, at the first and the last look; then over the updates how saturated gates are, how
 * many units are dead, where any are, and the norm of the gradients of parameters, the largest at
 * the end on top. No screen is needed, but the library {@code org.knowm.xchart:xchart} is, and a
 * font.
 */
public final class DiagnosticsPlot {
  private DiagnosticsPlot() {}

  /**
   * Writes the picture as PNG. The file is there as a whole, or as it was before.
   *
   * @throws IOException where the file cannot be written
   * @throws IllegalArgumentException where nobody looked
   * @throws IllegalStateException without the library for it, or where Java cannot draw
   */
  public static void write(List<Look> looks, Path file) throws IOException {
    Libraries.require("the plot", "org.knowm.xchart.XYChart", "org.knowm.xchart:xchart");
    checkArgument(!looks.isEmpty(), "diagnostics without a look have nothing to plot");
    byte[] png = Picture.png(() -> DiagnosticsCharts.draw(looks));
    AtomicFile.write(file, out -> out.write(png));
  }
}

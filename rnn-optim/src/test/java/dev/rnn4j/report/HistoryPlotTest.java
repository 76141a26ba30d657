package dev.rnn4j.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rnn4j.train.History;
import dev.rnn4j.train.UpdateResult;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryPlotTest {
  private static final Color TRAINING = new Color(0x1f77b4);
  private static final Color VALIDATION = new Color(0xff7f0e);
  private static final Color BEST = new Color(0x2ca02c);

  @TempDir private Path folder;

  private BufferedImage plot(History history) throws IOException {
    Path file = folder.resolve("history.png");
    HistoryPlot.write(history, file);
    return ImageIO.read(file.toFile());
  }

  /** Returns how many pixels of a picture have a color. */
  private static long count(BufferedImage picture, Color color) {
    long count = 0;
    for (int x = 0; x < picture.getWidth(); x++) {
      for (int y = 0; y < picture.getHeight(); y++) {
        if (picture.getRGB(x, y) == color.getRGB()) {
          count++;
        }
      }
    }
    return count;
  }

  @Test
  void showsBothLossesAndTheBestEpoch() throws IOException {
    BufferedImage picture = plot(Histories.overfitting(60));
    assertEquals(960, picture.getWidth());
    assertTrue(count(picture, TRAINING) > 200);
    assertTrue(count(picture, VALIDATION) > 200);
    assertTrue(count(picture, BEST) > 20);
  }

  @Test
  void ticksAreWrittenAsNumbersAre() {
    assertEquals("0.05", Charts.label(0.05));
    assertEquals("0.3", Charts.label(0.1 + 0.2));
    assertEquals("0", Charts.label(0));
    assertEquals("-0.25", Charts.label(-0.25));
    assertEquals("40", Charts.label(40));
    assertEquals("100000", Charts.label(1e5));
    assertEquals("1E+6", Charts.label(1e6));
    assertEquals("0.0001", Charts.label(1e-4));
    assertEquals("1E-7", Charts.label(1e-7));
  }

  @Test
  void aLogarithmicAxisHasTicksOfItsOwn() {
    double[] x = {0, 1};
    var deep = Charts.chart("deep", "x", "y", Charts.LOW);
    Charts.line(deep, "line", TRAINING, x, new double[] {1e-3, 1});
    Charts.scaled(deep);
    assertTrue(deep.getStyler().isYAxisLogarithmic());
    assertNull(deep.getStyler().getyAxisTickLabelsFormattingFunction());
    var flat = Charts.chart("flat", "x", "y", Charts.LOW);
    Charts.line(flat, "line", TRAINING, x, new double[] {0.5, 1});
    Charts.scaled(flat);
    assertEquals("0.05", flat.getStyler().getyAxisTickLabelsFormattingFunction().apply(0.05));
  }

  @Test
  void withoutValidationThereIsOneLoss() throws IOException {
    BufferedImage picture = plot(Histories.small(false));
    assertTrue(count(picture, TRAINING) > 100);
    assertEquals(0, count(picture, VALIDATION));
    assertEquals(0, count(picture, BEST));
  }

  @Test
  void withoutEpochsItShowsUpdates() throws IOException {
    History history = Histories.small(true);
    BufferedImage picture = plot(new History(history.updates(), List.of(), history.ending()));
    assertTrue(count(picture, TRAINING) > 100);
    assertEquals(0, count(picture, VALIDATION));
  }

  @Test
  void looksWithinEpochsAndMetricsAreShown() throws IOException {
    BufferedImage picture = plot(Histories.lookedWithin());
    assertEquals(420 + 240 + 240, picture.getHeight(), "a chart for the metric");
    assertTrue(count(picture.getSubimage(0, 420, 960, 240), VALIDATION) > 100);
    assertTrue(count(picture, BEST) > 20);
  }

  @Test
  void oneUpdateIsAPoint() throws IOException {
    List<UpdateResult> one = List.of(new UpdateResult(1, 0, 1, 1, 0.1));
    BufferedImage picture = plot(new History(one, List.of(), History.Ending.STOPPED));
    assertTrue(count(picture, TRAINING) > 10);
  }

  @Test
  void lossesOfZeroHaveAPlotToo() throws IOException {
    List<UpdateResult> zeros =
        List.of(new UpdateResult(1, 0, 100, 1, 0.1), new UpdateResult(1, 1, 0, 0, 0.1));
    BufferedImage picture = plot(new History(zeros, List.of(), History.Ending.STOPPED));
    assertTrue(count(picture, TRAINING) > 100);
  }

  @Test
  void refusesAHistoryWithoutUpdates() throws IOException {
    Path file = folder.resolve("history.png");
    Files.writeString(file, "as it was");
    History empty = new History(List.of(), List.of(), History.Ending.STOPPED);
    assertEquals(
        "a history without updates has nothing to plot",
        assertThrows(IllegalArgumentException.class, () -> HistoryPlot.write(empty, file))
            .getMessage());
    assertEquals("as it was", Files.readString(file));
  }
}

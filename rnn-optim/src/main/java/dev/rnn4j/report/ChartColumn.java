package dev.rnn4j.report;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.List;
import org.knowm.xchart.internal.chartpart.Chart;

/** Charts of XChart in one picture, one below the other. */
public final class ChartColumn {
  private ChartColumn() {}

  /** Paints charts of any heights, in a picture as wide as the widest of them. */
  @SuppressWarnings("exports") // who draws requires java.desktop and XChart already
  public static BufferedImage paint(List<? extends Chart<?, ?>> charts) {
    int width = charts.stream().mapToInt(Chart::getWidth).max().orElse(1);
    int height = charts.stream().mapToInt(Chart::getHeight).sum();
    BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = picture.createGraphics();
    for (Chart<?, ?> chart : charts) {
      chart.paint(graphics, width, chart.getHeight());
      graphics.translate(0, chart.getHeight());
    }
    graphics.dispose();
    return picture;
  }
}

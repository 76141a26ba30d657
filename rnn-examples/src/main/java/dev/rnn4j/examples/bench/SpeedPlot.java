package dev.rnn4j.examples.bench;

import dev.rnn4j.examples.cli.HelpOption;
import dev.rnn4j.examples.cli.Json;
import dev.rnn4j.io.AtomicFile;
import dev.rnn4j.report.ChartColumn;
import dev.rnn4j.report.Picture;
import java.awt.Color;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.style.CategoryStyler;
import org.knowm.xchart.style.Styler.ChartTheme;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Reports as a picture: for each cell and shape, how many times as fast it is as its reference. */
@Command(name = "plot", description = "draws reports as bars: times as fast as what is beside it")
final class SpeedPlot implements Callable<Integer> {
  private static final int WIDTH = 1280;
  private static final int HEIGHT = 430;

  /** How much of the width a bar takes at most. */
  private static final double WIDEST = 0.1;

  private static final List<String> SIZES = List.of("N", "T", "I", "H");

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "REPORT", arity = "1..*", description = "reports of cells and peers")
  private List<Path> reports;

  @Option(names = "--to", paramLabel = "FILE", required = true, description = "the PNG to write")
  private Path file;

  @Mixin private HelpOption help;

  @Override
  public Integer call() throws IOException {
    AtomicFile.requireWritable(file);
    List<CategoryChart> charts = new ArrayList<>();
    for (Path report : reports) {
      requireOther(report);
      charts.add(chart(ratios(report)));
    }
    byte[] png = Picture.png(() -> ChartColumn.paint(charts));
    AtomicFile.write(file, out -> out.write(png));
    PrintWriter out = spec.commandLine().getOut();
    out.println("wrote " + file);
    out.flush();
    return ExitCode.OK;
  }

  private void requireOther(Path report) throws IOException {
    if (Files.exists(file) && Files.exists(report) && Files.isSameFile(file, report)) {
      throw new IllegalArgumentException(
          "'" + report + "' is a report, which --to would write over; name another file");
    }
  }

  /** What a report compares: ratios by cell and shape. */
  private record Ratios(
      Set<String> references, Set<String> shapes, Map<String, Map<String, Double>> byCell) {
    double largest() {
      return byCell.values().stream()
          .flatMap(byShape -> byShape.values().stream())
          .max(Double::compare)
          .orElseThrow();
    }
  }

  private static Ratios ratios(Path report) throws IOException {
    Ratios ratios = new Ratios(new LinkedHashSet<>(), new LinkedHashSet<>(), new LinkedHashMap<>());
    if (Json.read(report) instanceof Map<?, ?> map && map.get("rows") instanceof List<?> rows) {
      for (Object row : rows) {
        if (row instanceof Map<?, ?> values
            && values.get("ratioToReference") instanceof Double ratio
            && ratio > 0
            && ratio < Double.POSITIVE_INFINITY
            && values.get("reference") instanceof String reference
            && values.get("cell") instanceof String cell
            && SIZES.stream().allMatch(size -> values.get(size) instanceof Double)) {
          String shape = shape(values);
          ratios.references().add(reference);
          ratios.shapes().add(shape);
          ratios.byCell().computeIfAbsent(cell, key -> new LinkedHashMap<>()).put(shape, ratio);
        }
      }
    }
    if (ratios.byCell().isEmpty()) {
      throw new IllegalArgumentException(
          "'" + report + "' compares no cells; write it by bench cells or bench peers --report");
    }
    return ratios;
  }

  private static String shape(Map<?, ?> row) {
    List<String> sizes = new ArrayList<>();
    for (String name : SIZES) {
      sizes.add(String.valueOf(((Double) row.get(name)).intValue()));
    }
    return String.join(",", sizes);
  }

  private static CategoryChart chart(Ratios ratios) {
    CategoryChart chart =
        new CategoryChartBuilder()
            .theme(ChartTheme.Matlab)
            .width(WIDTH)
            .height(HEIGHT)
            .title("Training step: how many times as fast as " + reference(ratios.references()))
            .xAxisTitle("N,T,I,H")
            .build();
    CategoryStyler styler = chart.getStyler();
    styler.setChartBackgroundColor(Color.WHITE);
    styler.setLegendPosition(LegendPosition.OutsideS);
    styler.setLegendLayout(LegendLayout.Horizontal);
    styler.setLegendBorderColor(Color.WHITE);
    styler.setPlotGridVerticalLinesVisible(false);
    List<String> shapes = List.copyOf(ratios.shapes());
    int bars = shapes.size() * ratios.byCell().size();
    styler.setAvailableSpaceFill(Math.min(0.8, WIDEST * bars));
    styler.setYAxisMin(0.0);
    styler.setYAxisMax(top(ratios.largest()));
    ratios
        .byCell()
        .forEach(
            (cell, byShape) ->
                chart.addSeries(
                    cell, shapes, shapes.stream().map(s -> byShape.getOrDefault(s, 0.0)).toList()));
    return chart;
  }

  /**
   * Returns where the axis ends: it is labelled by the values alone where all of them are equal.
   */
  static double top(double largest) {
    double digit = Math.pow(10, Math.floor(Math.log10(largest)));
    return digit * (Math.floor(2 * largest / digit) + 1) / 2;
  }

  /** Steps by hand are of several cells. */
  private static String reference(Set<String> references) {
    return references.stream().allMatch(name -> name.startsWith("hand-fused"))
        ? "fused by hand"
        : String.join(", ", references);
  }
}

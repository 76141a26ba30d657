package dev.rnn4j.examples.bench;

import dev.rnn4j.examples.bench.MeasuredCell.Fused;
import dev.rnn4j.examples.bench.fused.FusedStep;
import dev.rnn4j.plan.Plan;
import dev.rnn4j.tensor.Precision;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The training step of each cell, beside those that were fused by hand. */
@Command(name = "cells", description = "the training step of each cell, beside hand-fused ones")
final class Cells extends TimedBenchmark {
  static final List<Sizes> SHAPES =
      List.of(
          new Sizes(1, 7, 3, 4),
          new Sizes(1, 100, 32, 128),
          new Sizes(32, 50, 32, 64),
          new Sizes(32, 100, 64, 128),
          new Sizes(32, 100, 128, 256),
          new Sizes(64, 50, 256, 512),
          new Sizes(32, 1000, 64, 128));

  @Option(
      names = "--cell",
      paramLabel = "CELL",
      converter = MeasuredCell.Reader.class,
      description = "a cell: all unless given")
  private List<MeasuredCell> cells = List.of(MeasuredCell.values());

  @Option(
      names = "--shape",
      paramLabel = "N,T,I,H",
      converter = Sizes.Reader.class,
      description = "sizes of a batch and its layer")
  private List<Sizes> shapes = SHAPES;

  @Option(names = "--threads", paramLabel = "N", description = "threads of a plan")
  private int threads = 1;

  private double peak;

  @Override
  protected void measure() {
    peak = Product.peak(timing());
    print("Training steps in float32, threads: %d; medians in microseconds, in turns.", threads);
    print("The fastest product of this run reaches %.1f GFLOP/s: its peak.", peak);
    print("ratio: by hand to plan; work: the plan's work memory in values, by T·N·H.");
    print("");
    print(
        "N,T,I,H         cell                 plan  of peak     by hand  of peak  ratio"
            + "   bytes  compile ms  plan MB  work");
    for (Sizes sizes : shapes) {
      groups().forEach((fused, group) -> measure(sizes, fused, group));
    }
  }

  /** Returns the cells that are measured in turns, by the step they are compared with. */
  private Map<Fused, List<MeasuredCell>> groups() {
    Map<Fused, List<MeasuredCell>> groups = new LinkedHashMap<>();
    for (MeasuredCell cell : cells) {
      groups.computeIfAbsent(cell.fused(), fused -> new ArrayList<>()).add(cell);
    }
    return groups;
  }

  private void measure(Sizes sizes, Fused fused, List<MeasuredCell> group) {
    Optional<FusedStep> byHand = fused.step(sizes);
    List<CellStep> plans =
        group.stream().map(cell -> cell.step(sizes, Precision.FLOAT32, threads)).toList();
    List<DoubleSupplier> ways = new ArrayList<>(plans);
    byHand.ifPresent(ways::add);
    double[] micros = Turns.medianMicros(timing(), ways);
    Optional<Row> reference =
        byHand.map(
            step -> row(fused.toString(), gates(group), sizes, 1, micros[plans.size()], step));
    Map<MeasuredCell, Row> rows = new EnumMap<>(MeasuredCell.class);
    for (int i = 0; i < plans.size(); i++) {
      MeasuredCell cell = group.get(i);
      Row row = row(cell.toString(), cell.gates(), sizes, threads, micros[i], plans.get(i));
      reference.ifPresent(other -> row.against(fused.toString(), other.number("medianMicros")));
      describe(row, cell, sizes, plans.get(i));
      rows.put(cell, row);
      print(row, reference);
      report(row);
    }
    reference.ifPresent(this::report);
    compare(rows, MeasuredCell.USER_LSTM);
    compare(rows, MeasuredCell.LAYER_NORM_LSTM);
    compare(rows, MeasuredCell.MASKED_LSTM);
    compare(rows, MeasuredCell.DROPOUT_LSTM);
    compare(rows, MeasuredCell.DROPOUT_LAYER_NORM_LSTM);
  }

  private static int gates(List<MeasuredCell> group) {
    return group.get(0).gates();
  }

  private Row row(
      String name, int gates, Sizes sizes, int usedThreads, double micros, DoubleSupplier way) {
    return new Row("cells", name)
        .sizes(sizes)
        .on("float32", usedThreads)
        .micros(micros)
        .speed(sizes.flops(gates), peak)
        .with("bytesPerRun", Allocation.bytesPerRun(way));
  }

  private void describe(Row row, MeasuredCell cell, Sizes sizes, CellStep step) {
    long workBytes = workBytes(step.step().plan(step.batch()));
    double values = (double) sizes.t() * sizes.n() * sizes.h();
    row.with(
            "compileMillis",
            Compile.medianMillis(timing().shorter(), () -> cell.cell(sizes), sizes))
        .with("planBytes", step.step().plan(step.batch()).session().bytes())
        .with("workBytes", workBytes)
        .with("workPerOutput", workBytes / Float.BYTES / values);
  }

  /** The plan says so in the last line of its explanation. */
  private static long workBytes(Plan plan) {
    String[] lines = plan.explain().split("\n");
    return Long.parseLong(lines[lines.length - 1].split(" ")[2]);
  }

  private void print(Row row, Optional<Row> reference) {
    print(
        "%-16s%-16s%10.1f%9.2f%12s%9s%7s%8.0f%12.1f%9.1f%6.1f",
        row.text("N") + "," + row.text("T") + "," + row.text("I") + "," + row.text("H"),
        row.text("cell"),
        row.number("medianMicros"),
        row.number("fractionOfPeak"),
        reference.map(r -> text("%.1f", r.number("medianMicros"))).orElse("-"),
        reference.map(r -> text("%.2f", r.number("fractionOfPeak"))).orElse("-"),
        reference.map(r -> text("%.2f", row.number("ratioToReference"))).orElse("-"),
        row.number("bytesPerRun"),
        row.number("compileMillis"),
        row.number("planBytes") / 1e6,
        row.number("workPerOutput"));
  }

  /** Says how a cell does beside the library's LSTM, where both were measured. */
  private void compare(Map<MeasuredCell, Row> rows, MeasuredCell cell) {
    Row lstm = rows.get(MeasuredCell.LSTM);
    Row row = rows.get(cell);
    if (lstm != null && row != null) {
      double ratio = lstm.number("medianMicros") / row.number("medianMicros");
      row.with("ratioToLstm", ratio);
      print("%-16s%s: %.2f of lstm's speed, %.2f times its time", "", cell, ratio, 1 / ratio);
    }
  }
}

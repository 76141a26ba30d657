package dev.rnn4j.examples.bench;

import dev.rnn4j.examples.bench.MeasuredCell.Fused;
import dev.rnn4j.examples.bench.fused.FusedStep;
import dev.rnn4j.examples.cli.Numbers;
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
import picocli.CommandLine.Mixin;
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

  /** Where cells are measured that have nothing written by hand beside them. */
  private static final List<Sizes> OF_PAPERS =
      List.of(new Sizes(32, 100, 64, 128), new Sizes(32, 100, 128, 256));

  @Option(
      names = "--cell",
      paramLabel = "CELL",
      converter = MeasuredCell.Reader.class,
      description = "a cell: all unless given")
  private List<MeasuredCell> cells = List.of(MeasuredCell.values());

  @Mixin private ShapeOption shapes;

  @Option(
      names = "--threads",
      paramLabel = "N",
      converter = Numbers.ThreadCount.class,
      description = "threads of a plan")
  private int threads = 1;

  /** Sequences from which on the work is in the numbers, and not in calling for them. */
  private static final int LARGE = 32;

  private final List<Row> budgets = new ArrayList<>();
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
    for (Sizes sizes : shapes(shapes, SHAPES)) {
      groups(sizes).forEach(group -> measure(sizes, group.get(0).fused(), group));
    }
    if (!budgets.isEmpty()) {
      printBudgets();
    }
  }

  /**
   * Returns the cells that are measured in turns, by the step they are compared with; others by
   * themselves, for each has its arrays.
   */
  private List<List<MeasuredCell>> groups(Sizes sizes) {
    Map<Object, List<MeasuredCell>> groups = new LinkedHashMap<>();
    for (MeasuredCell cell : cells) {
      if (!cell.isFromPaper() || shapes.isGiven() || OF_PAPERS.contains(sizes)) {
        Object key = cell.fused() == Fused.NONE ? cell : cell.fused();
        groups.computeIfAbsent(key, fused -> new ArrayList<>()).add(cell);
      }
    }
    return List.copyOf(groups.values());
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
            step -> {
              double flops = sizes.flops(gates(group));
              return row(fused.toString(), flops, sizes, 1, micros[plans.size()], step);
            });
    Map<MeasuredCell, Row> rows = new EnumMap<>(MeasuredCell.class);
    for (int i = 0; i < plans.size(); i++) {
      MeasuredCell cell = group.get(i);
      Work work = Work.of(cell.cell(sizes), cell.sized(sizes));
      double flops = cell.isFromPaper() ? work.flops() : sizes.flops(cell.gates());
      Row row = row(cell.toString(), flops, cell.sized(sizes), threads, micros[i], plans.get(i));
      reference.ifPresent(other -> row.against(fused.toString(), other.number("medianMicros")));
      describe(row, cell, sizes, plans.get(i));
      if (sizes.n() >= LARGE) {
        budget(row, work);
      }
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
    compare(rows, MeasuredCell.MINIMAL_GRU, MeasuredCell.GRU);
  }

  private static int gates(List<MeasuredCell> group) {
    return group.stream().mapToInt(MeasuredCell::gates).max().orElseThrow();
  }

  /** Notes what the cell may take: its products at their peak, and its elementwise operations. */
  private void budget(Row row, Work work) {
    double micros = row.number("medianMicros");
    budgets.add(
        row.with("productFlops", work.flops())
            .with("elementwise", work.elementwise())
            .with("budgetMicros", work.micros(peak))
            .with("ofBudget", micros / work.micros(peak)));
  }

  private void printBudgets() {
    print("");
    print("Work of a training step, counted from its graph before any pass over it: products, and");
    print("elementwise operations of single elements. The budget is the products at the peak of");
    print(
        "this run, and %.1f ns for each elementwise operation; a cell is to stay within it.",
        Work.NANOS);
    print("");
    print(
        "N,T,I,H         cell                MFLOP  M elementwise  products  elementwise    budget"
            + "      time  of budget");
    int over = 0;
    for (Row row : budgets) {
      boolean within = row.number("ofBudget") <= 1;
      over += within ? 0 : 1;
      print(
          "%-16s%-18s%7.0f%15.1f%10.0f%13.0f%10.0f%10.0f%11.2f%s",
          sizes(row),
          row.text("cell"),
          row.number("productFlops") / 1e6,
          row.number("elementwise") / 1e6,
          row.number("productFlops") / peak / 1e3,
          row.number("elementwise") * Work.NANOS / 1e3,
          row.number("budgetMicros"),
          row.number("medianMicros"),
          row.number("ofBudget"),
          within ? "" : "  over");
    }
    print("");
    print("%d of %d rows are over their budget.", over, budgets.size());
  }

  private static String sizes(Row row) {
    return row.text("N") + "," + row.text("T") + "," + row.text("I") + "," + row.text("H");
  }

  private Row row(
      String name, double flops, Sizes sizes, int usedThreads, double micros, DoubleSupplier way) {
    return new Row("cells", name)
        .sizes(sizes)
        .on("float32", usedThreads)
        .micros(micros)
        .speed(flops, peak)
        .with("bytesPerRun", Allocation.bytesPerRun(way));
  }

  private void describe(Row row, MeasuredCell cell, Sizes sizes, CellStep step) {
    long workBytes = workBytes(step.step().plan(step.batch()));
    double values = (double) sizes.t() * sizes.n() * sizes.h();
    row.with(
            "compileMillis",
            Compile.medianMillis(timing().shorter(), () -> cell.cell(sizes), cell.sized(sizes)))
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
        sizes(row),
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
    compare(rows, cell, MeasuredCell.LSTM);
  }

  private void compare(Map<MeasuredCell, Row> rows, MeasuredCell cell, MeasuredCell beside) {
    Row other = rows.get(beside);
    Row row = rows.get(cell);
    if (other != null && row != null) {
      double ratio = other.number("medianMicros") / row.number("medianMicros");
      row.with(beside == MeasuredCell.LSTM ? "ratioToLstm" : "ratioToGru", ratio);
      print("%-16s%s: %.2f of %s's speed, %.2f times its time", "", cell, ratio, beside, 1 / ratio);
    }
  }
}

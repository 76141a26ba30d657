package dev.rnn4j.examples.bench;

import java.util.LinkedHashMap;
import java.util.Map;

/** One line of a benchmark's report: named values, of which each benchmark has those that apply. */
public final class Row {
  private final Map<String, Object> values = new LinkedHashMap<>();
  private double micros = Double.NaN;

  /**
   * Begins a row.
   *
   * @param bench the benchmark's name
   * @param cell what is measured: a cell, or a scenario
   */
  public Row(String bench, String cell) {
    values.put("bench", bench);
    values.put("cell", cell);
  }

  /** Notes any other value. */
  public Row with(String name, Object value) {
    values.put(name, value);
    return this;
  }

  /** Notes N, T, I and H. */
  public Row sizes(Sizes sizes) {
    return with("N", sizes.n()).with("T", sizes.t()).with("I", sizes.i()).with("H", sizes.h());
  }

  /** Notes the precision, float32 or float64, and the number of threads. */
  public Row on(String precision, int threads) {
    return with("precision", precision).with("threads", threads);
  }

  /** Notes the median time. */
  public Row micros(double median) {
    micros = median;
    return with("medianMicros", median);
  }

  /**
   * Notes the speed that the median time means, which is noted before.
   *
   * @param flops the operations of a run
   * @param peak the speed of this run's fastest product, in GFLOP/s
   */
  public Row speed(double flops, double peak) {
    double gflops = flops / micros / 1e3;
    return with("gflops", gflops).with("fractionOfPeak", gflops / peak);
  }

  /** Notes what was timed in turns with it, and how many times faster than that it is. */
  public Row against(String reference, double referenceMicros) {
    return with("reference", reference)
        .with("referenceMicros", referenceMicros)
        .with("ratioToReference", referenceMicros / micros);
  }

  /** Returns a value that was noted, as a number. */
  public double number(String name) {
    return ((Number) values.get(name)).doubleValue();
  }

  /** Returns a value that was noted, as text. */
  public String text(String name) {
    return values.get(name).toString();
  }

  Map<String, Object> values() {
    return values;
  }
}

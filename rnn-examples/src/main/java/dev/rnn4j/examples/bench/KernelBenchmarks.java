package dev.rnn4j.examples.bench;

import dev.rnn4j.kernel.Kernels;
import java.io.IOException;
import java.util.Collection;
import java.util.stream.Collectors;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.NoBenchmarksException;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** JMH's measurements of single kernels, each in JVMs of its own. */
@Command(name = "kernels", description = "single kernels, vector and scalar, by JMH")
final class KernelBenchmarks extends Benchmark {
  private static final String PACKAGE = "dev.rnn4j.examples.bench.jmh.";

  @Option(
      names = "--only",
      paramLabel = "REGEX",
      description = "the benchmarks: GemmBenchmark.gemm, GemmBenchmark.pack, PointwiseBenchmark")
  private String only;

  @Override
  protected void measure() throws IOException {
    String regex = only == null ? unlessAsked("", "GemmBenchmark.pack") : only;
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include(PACKAGE + ".*" + regex)
            .verbosity(VerboseMode.SILENT)
            .forks(timing().forks())
            .warmupIterations(timing().forks())
            .warmupTime(TimeValue.milliseconds(timing().jmhMillis()))
            .measurementIterations(2 + 3 * timing().forks())
            .measurementTime(TimeValue.milliseconds(timing().jmhMillis()));
    if (!Kernels.hasVectorModule()) {
      options.param("kernels", "scalar");
    }
    print("Kernels in float32 on one thread by JMH; medians of iterations in microseconds.");
    print("");
    print("kernel                                            micros");
    try {
      new Runner(options.build()).run().forEach(this::show);
    } catch (NoBenchmarksException e) {
      throw new IllegalArgumentException("no benchmark of kernels is named like --only " + only, e);
    } catch (RunnerException e) {
      throw new IllegalStateException("JMH cannot run: " + e.getMessage(), e);
    }
  }

  private void show(RunResult result) {
    BenchmarkParams params = result.getParams();
    String benchmark = params.getBenchmark();
    Collection<String> keys = params.getParamsKeys();
    String name =
        benchmark.substring(benchmark.lastIndexOf('.') + 1)
            + " "
            + keys.stream().map(params::getParam).collect(Collectors.joining(" "));
    double median = result.getPrimaryResult().getStatistics().getPercentile(50);
    print("%-44s%12.4f", name, median);
    Row row = new Row("kernels", name).on("float32", 1).micros(median);
    keys.forEach(key -> row.with(key, params.getParam(key)));
    report(row);
  }
}

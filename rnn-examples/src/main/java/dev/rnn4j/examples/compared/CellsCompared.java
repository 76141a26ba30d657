package dev.rnn4j.examples.compared;

import dev.rnn4j.examples.cli.Experiment;
import dev.rnn4j.examples.cli.Numbers;
import dev.rnn4j.examples.cli.Report;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Cells beside each other on tasks that tell them apart, in one table. */
@Command(name = "cells-compared", description = "cells on tasks that tell them apart, in one table")
public final class CellsCompared extends Experiment {
  @Option(
      names = "--task",
      paramLabel = "TASK",
      description = "a task, as often as you like: all unless given")
  private List<String> tasks = List.of();

  @Option(
      names = "--cell",
      paramLabel = "CELL",
      description = "a cell, as often as you like: all of a task unless given")
  private List<String> cells = List.of();

  @Option(
      names = "--threads",
      paramLabel = "N",
      converter = Numbers.Positive.class,
      description = "how many trainings run at a time, each on one thread: 2 unless given")
  private int threads = 2;

  /** A row: a cell on a task, from some seeds. */
  private record Row(ComparedTask task, ComparedCell cell, List<Future<Trial>> trials) {}

  @Override
  protected void run(Report report) {
    if (keep().areGiven()) {
      throw new IllegalArgumentException(
          "--checkpoint keeps one training, and cells-compared makes many");
    }
    check(tasks, "task", ComparedTask.values());
    check(cells, "cell", ComparedCell.values());
    ExecutorService team = Executors.newFixedThreadPool(threads);
    try {
      List<Row> rows = start(team);
      if (rows.isEmpty()) {
        throw new IllegalArgumentException("none of these cells is tried on any of these tasks");
      }
      print(
          line(
              "%-19s%-16s%9s%10s%10s%8s  %-4s%6s%9s%9s  %s",
              "task",
              "cell",
              "median",
              "best",
              "worst",
              "chance",
              "",
              "seeds",
              "updates",
              "seconds",
              "published"));
      for (Row row : rows) {
        print(row, report);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } finally {
      team.shutdownNow();
    }
    print(ComparedTask.SOURCES);
  }

  private static void check(List<String> names, String what, Object[] known) {
    List<String> all = Arrays.stream(known).map(Object::toString).toList();
    for (String name : names) {
      if (!all.contains(name)) {
        throw new IllegalArgumentException(
            "there is no " + what + " '" + name + "'; there are " + String.join(", ", all));
      }
    }
  }

  private List<Row> start(ExecutorService team) {
    List<Row> rows = new ArrayList<>();
    for (ComparedTask task : ComparedTask.values()) {
      for (ComparedCell cell : task.cells()) {
        if (asked(tasks, task) && asked(cells, cell)) {
          List<Future<Trial>> trials = new ArrayList<>();
          for (int i = 0; i < seeds(task.training().seeds()); i++) {
            trials.add(team.submit(trial(task, cell, seed(1) + i)));
          }
          rows.add(new Row(task, cell, trials));
        }
      }
    }
    return rows;
  }

  private static boolean asked(List<String> names, Object one) {
    return names.isEmpty() || names.contains(one.toString());
  }

  private Callable<Trial> trial(ComparedTask task, ComparedCell cell, long seed) {
    int most = updates(task.training().updates());
    return () -> Trial.of(task, cell, seed, most, precision());
  }

  private void print(Row row, Report report) throws InterruptedException {
    List<Trial> trials = new ArrayList<>();
    for (Future<Trial> trial : row.trials()) {
      try {
        trials.add(trial.get());
      } catch (ExecutionException e) {
        throw new IllegalStateException(row.task() + ", " + row.cell() + ": " + e.getCause(), e);
      }
    }
    double[] scores = trials.stream().mapToDouble(Trial::score).sorted().toArray();
    double[] updates = trials.stream().mapToDouble(Trial::updates).toArray();
    double seconds = trials.stream().mapToDouble(Trial::seconds).sum();
    boolean percent = row.task().unit().name().equals("%");
    double first = scores[0];
    double last = scores[scores.length - 1];
    String form = percent ? "%.2f" : "%.5f";
    print(
        line(
            "%-19s%-16s%9s%10s%10s%8s  %-4s%6d%9.0f%9.1f  %s",
            row.task(),
            row.cell(),
            line(form, median(scores)),
            line(form, percent ? last : first),
            line(form, percent ? first : last),
            line(percent ? "%.1f" : "%.3f", row.task().unit().chance()),
            row.task().unit().name(),
            scores.length,
            median(updates),
            seconds,
            row.task().published(row.cell())));
    report.value(
        row.task() + " " + row.cell(),
        Map.of(
            "scores", scores,
            "median", median(scores),
            "chance", row.task().unit().chance(),
            "updates", median(updates),
            "seconds", seconds,
            "published", row.task().published(row.cell())));
  }
}

package dev.rnn4j.examples.forecast;

import dev.rnn4j.examples.forecast.judge.Findings;
import dev.rnn4j.examples.forecast.page.Page;
import dev.rnn4j.examples.forecast.report.BacktestCsv;
import dev.rnn4j.examples.forecast.report.ForecastChart;
import dev.rnn4j.examples.forecast.report.NextCsv;
import dev.rnn4j.examples.forecast.report.PredictionsCsv;
import dev.rnn4j.forecast.internal.model.ForecastModel;
import dev.rnn4j.forecast.internal.task.Task;
import dev.rnn4j.io.AtomicFile;
import dev.rnn4j.io.AtomicFiles;
import dev.rnn4j.io.Folders;
import dev.rnn4j.report.HistoryCsv;
import dev.rnn4j.report.HistoryPlot;
import dev.rnn4j.train.History;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/** The folder for what a forecast leaves. */
final class OutputFolder {
  private static final String MODEL = "model.safetensors";
  private static final String KEPT = "model.new.safetensors";
  private static final String PREDICTIONS = "predictions.csv";
  private static final String NEXT = "next.csv";
  private static final String PLOT = "forecast.png";
  private static final String PAGE = "report.html";
  private static final String BACKTEST = "backtest.csv";
  private static final String HISTORY = "history.csv";
  private static final String HISTORY_PLOT = "history.png";
  private static final List<String> FILES =
      List.of(MODEL, PAGE, NEXT, PREDICTIONS, BACKTEST, PLOT, HISTORY, HISTORY_PLOT);

  private final Path folder;

  private OutputFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * Makes the folder where it is not there yet, and checks that all files can be written.
   *
   * @throws IOException where that is impossible, in a sentence that names the folder or file
   */
  static OutputFolder at(Path folder) throws IOException {
    try {
      Folders.make(folder);
    } catch (IOException e) {
      throw new IOException(e.getMessage() + "; name another one with --out", e);
    }
    for (String file : FILES) {
      AtomicFile.requireWritable(folder.resolve(file));
    }
    return new OutputFolder(folder);
  }

  /**
   * Writes the model beside that of the run before, so that nothing which fails later costs a
   * training.
   */
  void keep(ForecastModel model) throws IOException {
    model.save(kept());
  }

  /** Returns where the model is until everything else is written. */
  Path kept() {
    return folder.resolve(KEPT);
  }

  /**
   * Writes all files, which take their places with the set. Where Java cannot draw, there are no
   * plots; nothing is left of the run before.
   *
   * @param command what repeats the run
   * @param warnings is told what cannot be drawn, and why
   * @return the names of the files
   */
  List<String> write(
      AtomicFiles files, Findings findings, String command, Consumer<String> warnings)
      throws IOException {
    History history = findings.fitted().history();
    String source = findings.choices().table().source();
    String name = Path.of(source).getFileName().toString();
    List<String> written = new ArrayList<>(List.of(MODEL, PAGE, PREDICTIONS, HISTORY));
    files.move(kept(), folder.resolve(MODEL));
    files.write(folder.resolve(PAGE), out -> Page.write(findings, command, out));
    files.write(
        folder.resolve(PREDICTIONS), out -> PredictionsCsv.write(findings.judgement(), out));
    if (!findings.next().isEmpty()) {
      Task task = findings.choices().task();
      files.write(folder.resolve(NEXT), out -> NextCsv.write(task, findings.next(), out));
      written.add(NEXT);
    }
    files.write(folder.resolve(HISTORY), out -> HistoryCsv.writeEpochs(history, out));
    if (!findings.backtest().isEmpty()) {
      files.write(folder.resolve(BACKTEST), out -> BacktestCsv.write(findings.backtest(), out));
      written.add(BACKTEST);
    }
    try {
      files.write(
          folder.resolve(PLOT),
          out -> ForecastChart.write(findings.judgement().first().one(), name, out));
      written.add(PLOT);
      if (!history.epochs().isEmpty()) {
        files.write(folder.resolve(HISTORY_PLOT), out -> HistoryPlot.write(history, out));
        written.add(HISTORY_PLOT);
      }
    } catch (IllegalStateException e) {
      warnings.accept(e.getMessage() + "; there will be no plots");
    }
    // Nothing is left of the run before.
    FILES.stream()
        .filter(file -> !written.contains(file))
        .map(folder::resolve)
        .forEach(files::delete);
    written.sort(Comparator.comparingInt(FILES::indexOf));
    return written;
  }

  @Override
  public String toString() {
    return folder.toString();
  }
}

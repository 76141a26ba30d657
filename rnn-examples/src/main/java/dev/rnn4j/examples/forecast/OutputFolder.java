package dev.rnn4j.examples.forecast;

import dev.rnn4j.io.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The folder for what a forecast leaves. */
final class OutputFolder {
  static final String MODEL = "model.safetensors";
  static final String PREDICTIONS = "predictions.csv";
  static final String PLOT = "forecast.png";
  static final String HISTORY = "history.csv";
  static final String HISTORY_PLOT = "history.png";
  static final List<String> FILES = List.of(MODEL, PREDICTIONS, PLOT, HISTORY, HISTORY_PLOT);

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
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw new IOException("'" + folder + "' is a file; name a folder with --out");
    }
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new IOException(
          "the folder '"
              + folder
              + "' cannot be made ("
              + e.getClass().getSimpleName()
              + ": "
              + e.getMessage()
              + "); name another one with --out",
          e);
    }
    for (String file : FILES) {
      AtomicFile.requireWritable(folder.resolve(file));
    }
    return new OutputFolder(folder);
  }

  Path file(String name) {
    return folder.resolve(name);
  }

  @Override
  public String toString() {
    return folder.toString();
  }
}

package dev.rnn4j.report;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import dev.rnn4j.io.AtomicFile;
import dev.rnn4j.train.EpochResult;
import dev.rnn4j.train.History;
import dev.rnn4j.train.UpdateResult;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * A history as a CSV file with a header, a line for each epoch or update; what there is no number
 * for is empty. The file is there as a whole, or as it was before.
 */
public final class HistoryCsv {
  private HistoryCsv() {}

  /** Writes rows to a table. */
  private interface Rows {
    void writeTo(CsvWriter csv);
  }

  /**
   * Writes a line for each epoch: {@code epoch,updates,loss,gradient_norm,validation_loss,best}.
   *
   * @throws IOException where the file cannot be written
   */
  public static void writeEpochs(History history, Path file) throws IOException {
    AtomicFile.write(file, out -> writeEpochs(history, out));
  }

  /**
   * Writes a line for each epoch to a stream, which stays open; see {@link #writeEpochs(History,
   * Path)}.
   */
  public static void writeEpochs(History history, OutputStream out) throws IOException {
    write(
        out,
        csv -> {
          csv.writeRecord("epoch", "updates", "loss", "gradient_norm", "validation_loss", "best");
          for (EpochResult epoch : history.epochs()) {
            csv.writeRecord(
                Integer.toString(epoch.epoch()),
                Long.toString(epoch.updates()),
                number(epoch.loss()),
                number(epoch.gradientNorm()),
                number(epoch.validationLoss()),
                Boolean.toString(epoch.best()));
          }
        });
  }

  /**
   * Writes a line for each update: {@code update,epoch,loss,gradient_norm,rate}.
   *
   * @throws IOException where the file cannot be written
   */
  public static void writeUpdates(History history, Path file) throws IOException {
    AtomicFile.write(file, out -> writeUpdates(history, out));
  }

  /**
   * Writes a line for each update to a stream, which stays open; see {@link #writeUpdates(History,
   * Path)}.
   */
  public static void writeUpdates(History history, OutputStream out) throws IOException {
    write(
        out,
        csv -> {
          csv.writeRecord("update", "epoch", "loss", "gradient_norm", "rate");
          for (UpdateResult update : history.updates()) {
            csv.writeRecord(
                Long.toString(update.update()),
                Integer.toString(update.epoch()),
                number(update.loss()),
                number(update.gradientNorm()),
                number(update.rate()));
          }
        });
  }

  private static void write(OutputStream out, Rows rows) throws IOException {
    Writer text = new OutputStreamWriter(out, StandardCharsets.UTF_8);
    CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(text);
    rows.writeTo(csv);
    csv.flush();
  }

  private static String number(double value) {
    return Double.isNaN(value) ? "" : Double.toString(value);
  }
}

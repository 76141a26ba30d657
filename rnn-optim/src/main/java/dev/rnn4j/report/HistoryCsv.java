package dev.rnn4j.report;

import com.google.common.collect.ImmutableList;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import dev.rnn4j.io.AtomicFile;
import dev.rnn4j.train.EpochResult;
import dev.rnn4j.train.History;
import dev.rnn4j.train.UpdateResult;
import dev.rnn4j.train.ValidationResult;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A history as a CSV file with a header, a line for each epoch, update or look at the validation
 * data; what there is no number for is empty. The file is there as a whole, or as it was before.
 */
public final class HistoryCsv {
  private HistoryCsv() {}

  /** Writes rows to a table. */
  private interface Rows {
    void writeTo(CsvWriter csv);
  }

  /**
   * Writes a line for each epoch: {@code epoch,updates,loss,gradient_norm,validation_loss,best},
   * and a column for each metric, as the last look of the epoch found it.
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
    Set<String> metrics = metrics(history);
    Map<Integer, ValidationResult> last = new HashMap<>();
    history.validations().forEach(look -> last.put(look.epoch(), look));
    write(
        out,
        csv -> {
          csv.writeRecord(
              line(
                  metrics, "epoch", "updates", "loss", "gradient_norm", "validation_loss", "best"));
          for (EpochResult epoch : history.epochs()) {
            csv.writeRecord(
                line(
                    numbers(metrics, last.get(epoch.epoch())),
                    Integer.toString(epoch.epoch()),
                    Long.toString(epoch.updates()),
                    number(epoch.loss()),
                    number(epoch.gradientNorm()),
                    number(epoch.validationLoss()),
                    Boolean.toString(epoch.best())));
          }
        });
  }

  /**
   * Writes a line for each look at the validation data, also in the middle of an epoch: {@code
   * updates,epoch,validation_loss,best}, and a column for each metric.
   *
   * @throws IOException where the file cannot be written
   */
  public static void writeValidations(History history, Path file) throws IOException {
    AtomicFile.write(file, out -> writeValidations(history, out));
  }

  /**
   * Writes a line for each look to a stream, which stays open; see {@link
   * #writeValidations(History, Path)}.
   */
  public static void writeValidations(History history, OutputStream out) throws IOException {
    Set<String> metrics = metrics(history);
    write(
        out,
        csv -> {
          csv.writeRecord(line(metrics, "updates", "epoch", "validation_loss", "best"));
          for (ValidationResult look : history.validations()) {
            csv.writeRecord(
                line(
                    numbers(metrics, look),
                    Long.toString(look.updates()),
                    Integer.toString(look.epoch()),
                    number(look.loss()),
                    Boolean.toString(look.best())));
          }
        });
  }

  private static Set<String> metrics(History history) {
    Set<String> names = new LinkedHashSet<>();
    history.validations().forEach(look -> names.addAll(look.metrics().keySet()));
    return names;
  }

  private static List<String> numbers(Set<String> metrics, ValidationResult look) {
    return metrics.stream()
        .map(name -> look == null ? "" : number(look.metrics().getOrDefault(name, Double.NaN)))
        .toList();
  }

  private static List<String> line(Collection<String> rest, String... first) {
    return ImmutableList.<String>builder().add(first).addAll(rest).build();
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

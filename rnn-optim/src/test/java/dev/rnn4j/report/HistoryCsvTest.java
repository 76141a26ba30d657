package dev.rnn4j.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rnn4j.train.History;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryCsvTest {
  @TempDir private Path folder;

  @Test
  void epochsAreLines() throws IOException {
    Path file = folder.resolve("epochs.csv");
    HistoryCsv.writeEpochs(Histories.small(true), file);
    assertEquals(
        "epoch,updates,loss,gradient_norm,validation_loss,best\n"
            + "1,2,3.0,1.75,2.5,true\n"
            + "2,2,0.75,0.75,1.25,true\n",
        Files.readString(file));
  }

  @Test
  void whatWasNotValidatedIsEmpty() throws IOException {
    Path file = folder.resolve("epochs.csv");
    HistoryCsv.writeEpochs(Histories.small(false), file);
    assertTrue(Files.readString(file).endsWith("2,2,0.75,0.75,,true\n"));
  }

  @Test
  void updatesAreLines() throws IOException {
    Path file = folder.resolve("updates.csv");
    HistoryCsv.writeUpdates(Histories.small(true), file);
    assertEquals(
        "update,epoch,loss,gradient_norm,rate\n"
            + "0,1,4.0,2.0,0.1\n"
            + "1,1,2.0,1.5,0.1\n"
            + "2,2,1.0,1.0,0.05\n"
            + "3,2,0.5,0.5,0.05\n",
        Files.readString(file));
  }

  @Test
  void metricsAreColumns() throws IOException {
    Path file = folder.resolve("epochs.csv");
    HistoryCsv.writeEpochs(Histories.lookedWithin(), file);
    assertEquals(
        "epoch,updates,loss,gradient_norm,validation_loss,best,accuracy\n"
            + "1,2,3.0,1.75,2.5,true,0.5\n"
            + "2,2,0.75,0.75,1.25,true,1.0\n",
        Files.readString(file));
  }

  @Test
  void looksAreLines() throws IOException {
    Path file = folder.resolve("looks.csv");
    HistoryCsv.writeValidations(Histories.lookedWithin(), file);
    assertEquals(
        "updates,epoch,validation_loss,best,accuracy\n"
            + "1,1,3.0,true,0.25\n"
            + "2,1,2.5,true,0.5\n"
            + "4,2,1.25,true,1.0\n",
        Files.readString(file));
  }

  @Test
  void anEmptyHistoryIsAHeader() throws IOException {
    Path file = folder.resolve("epochs.csv");
    HistoryCsv.writeEpochs(new History(List.of(), List.of(), History.Ending.STOPPED), file);
    assertEquals("epoch,updates,loss,gradient_norm,validation_loss,best\n", Files.readString(file));
  }

  @Test
  void aFileThatCannotBeWrittenIsNamed() {
    Path file = folder.resolve("none/epochs.csv");
    String message =
        assertThrows(IOException.class, () -> HistoryCsv.writeEpochs(Histories.small(true), file))
            .getMessage();
    assertTrue(message.contains(file.toString()), message);
    assertEquals(0, folder.toFile().list().length);
  }
}

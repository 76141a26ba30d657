package dev.rnn4j.examples.compared;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rnn4j.examples.CommandLineFixture;
import dev.rnn4j.examples.CommandLineFixture.Result;
import dev.rnn4j.io.Batch;
import dev.rnn4j.random.Philox;
import dev.rnn4j.tensor.Tensor;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tasks ask what they say, and the table has a row for each that is asked for. */
class CellsComparedTest {
  @Test
  void printsARow() {
    String command = "cells-compared --task oscillators --cell cfc --updates 1 --seeds 1";
    Result result = CommandLineFixture.run(command.split(" "));
    assertEquals(0, result.code(), result.err());
    String[] lines = result.out().split("\n");
    assertTrue(lines[0].startsWith("task "), result.out());
    assertTrue(lines[1].startsWith("oscillators        cfc  "), result.out());
    assertTrue(lines[1].contains("  mse "), result.out());
    assertTrue(lines[3].startsWith("[1] Delétang"), result.out());
  }

  @ParameterizedTest
  @ValueSource(strings = {"--task parrots", "--cell lstn", "--task parity --cell lem"})
  void refusesWhatIsNotThere(String options) {
    Result result = CommandLineFixture.run(("cells-compared " + options).split(" "));
    assertEquals(2, result.code());
    assertTrue(result.err().contains("there is no") || result.err().contains("none of"));
  }

  /** Every cell of a task takes a step. */
  @ParameterizedTest
  @EnumSource(ComparedTask.class)
  void everyCellFitsItsTasks(ComparedTask row) {
    for (ComparedCell cell : row.cells()) {
      row.task().model(cell, new Philox(1));
    }
  }

  /** What was published is of cells that are tried, and has a source that is listed. */
  @Test
  void everyNumberHasASource() {
    Set<String> cited = new TreeSet<>();
    Pattern source = Pattern.compile("\\[\\d]");
    for (ComparedTask row : ComparedTask.values()) {
      for (ComparedCell cell : ComparedCell.values()) {
        String published = row.published(cell);
        assertTrue(published.equals("-") || row.cells().contains(cell), row + " " + cell);
        assertTrue(published.equals("-") || source.matcher(published).find(), published);
        source.matcher(published).results().forEach(found -> cited.add(found.group()));
      }
    }
    String listed =
        Pattern.compile("\\[\\d] ")
            .matcher(ComparedTask.SOURCES)
            .results()
            .map(found -> found.group().trim())
            .distinct()
            .collect(Collectors.joining());
    assertEquals(listed, String.join("", cited));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void countingAsksForTheSumSoFar(int modulus) {
    Batch batch = new Counting(modulus).training(new Philox(3));
    for (int n = 0; n < batch.sequences(); n++) {
      int sum = 0;
      for (int t = 0; t < batch.steps(); t++) {
        sum += (int) batch.x().get(t, n);
        assertEquals(sum % modulus, batch.y().get(t, n));
      }
    }
  }

  /**
   * Eight symbols in their order, after 64 steps, of which the first eight have them in copying.
   */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void recallAsksForTheSymbolsInTheirOrder(boolean selective) {
    int kept = selective ? 8 : 10;
    int asked = selective ? 64 : 40;
    Recall task = selective ? Recall.selective(8, 56) : Recall.copying(30);
    Batch batch = task.training(new Philox(3));
    Tensor weights = batch.find(Batch.Role.WEIGHTS, "").orElseThrow();
    for (int n = 0; n < batch.sequences(); n++) {
      int found = 0;
      for (int t = 0; t < asked; t++) {
        if (batch.x().get(t, n) < 8) {
          assertTrue(selective || t < kept);
          assertEquals(batch.x().get(t, n), batch.y().get(asked + found, n));
          found++;
        }
        assertEquals(0, weights.get(t, n));
      }
      assertEquals(kept, found);
      for (int t = asked; t < asked + kept; t++) {
        assertEquals(9, batch.x().get(t, n));
        assertEquals(1, weights.get(t, n));
      }
    }
  }

  @Test
  void addingAsksForTwoNumbers() {
    Batch batch = new AddingTask(40).training(new Philox(3));
    for (int n = 0; n < batch.sequences(); n++) {
      double sum = 0;
      int marked = 0;
      for (int t = 0; t < 40; t++) {
        sum += batch.x().get(t, n, 1) * batch.x().get(t, n, 0);
        marked += (int) batch.x().get(t, n, 1);
      }
      assertEquals(2, marked);
      assertEquals(sum, batch.y().get(n, 0), 1e-6);
    }
  }
}

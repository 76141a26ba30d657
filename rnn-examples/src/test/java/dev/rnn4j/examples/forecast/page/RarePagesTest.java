package dev.rnn4j.examples.forecast.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rnn4j.examples.forecast.FindingsFixture;
import dev.rnn4j.examples.forecast.judge.Comparison;
import dev.rnn4j.examples.forecast.judge.Findings;
import dev.rnn4j.examples.forecast.report.ScoreTable;
import dev.rnn4j.train.History;
import dev.rnn4j.train.UpdateResult;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the page says of short tables, many series, stopped runs, and baselines without error. */
class RarePagesTest {
  private static Findings found;

  @BeforeAll
  static void find() {
    found = FindingsFixture.of(8);
  }

  private static String page(Findings findings) throws IOException {
    ByteArrayOutputStream page = new ByteArrayOutputStream();
    Page.write(findings, "forecast", page);
    return page.toString(StandardCharsets.UTF_8);
  }

  @Test
  void seriesThatAreNotDrawnAreCounted() throws IOException {
    String page = page(found);
    assertEquals(3, page.split("Of 8 series, the first 6 are drawn one by one\\.").length);
    assertTrue(page.contains("Residuals of v of shop 5 over time"), page);
    assertFalse(page.contains("Residuals of v of shop 6 over time"), page);
    assertFalse(page(FindingsFixture.of(1)).contains("are drawn one by one"));
  }

  @Test
  void aTableTooShortToChooseByHasNoOrigins() throws IOException {
    assertTrue(found.choices().parts().isEmpty());
    assertFalse(page(found).contains("from 0 origins"));
    assertTrue(page(found).contains("The rows are too few to choose by."));
  }

  @Test
  void aStoppedRunSaysSo() throws IOException {
    List<UpdateResult> one = List.of(new UpdateResult(1, 0, 1, 1, 0.1));
    Findings stopped =
        FindingsFixture.with(new History(one, List.of(), History.Ending.STOPPED), found);
    String page = page(stopped);
    assertTrue(page.contains("This run was stopped. The command runs it to its end:"), page);
    assertTrue(page.contains("Training was stopped in its first epoch."), page);
    assertTrue(ScoreTable.of(stopped).stream().anyMatch(line -> line.contains("(mean of 2)")));
    String whole = page(found);
    assertTrue(whole.contains("with the same numbers to the last digit:"), whole);
    assertFalse(whole.contains("stopped"), whole);
  }

  @Test
  void everyBaselineHasItsIntervals() {
    Set<String> methods = new HashSet<>(found.judgement().scores("v").keySet());
    methods.remove(Comparison.NETWORK);
    assertTrue(found.choices().baselines().keySet().containsAll(methods), methods.toString());
  }
}

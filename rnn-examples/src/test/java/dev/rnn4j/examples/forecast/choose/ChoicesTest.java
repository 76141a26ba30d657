package dev.rnn4j.examples.forecast.choose;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.rnn4j.csv.Csv;
import dev.rnn4j.forecast.internal.prepare.SeriesRows;
import dev.rnn4j.forecast.internal.task.Transform;
import dev.rnn4j.table.Table;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChoicesTest {
  @Test
  void aSeriesThatNeverChangesDecidesNoTransform() {
    StringBuilder rows = new StringBuilder("shop,v\n");
    double[] season = {1, 1.2, 0.8, 1};
    for (int i = 0; i < 40; i++) {
      rows.append("grows,").append(100 * Math.pow(1.5, i / 4) * season[i % 4]).append('\n');
      rows.append("rests,5\n");
    }
    rows.append("young,3\n");
    Table table =
        Csv.stream(
                "t.csv", new ByteArrayInputStream(rows.toString().getBytes(StandardCharsets.UTF_8)))
            .read();
    SeriesRows series = SeriesRows.of(table, Optional.of("shop"));
    assertEquals(Transform.LOG, Choices.steady(table.column("v"), series, Optional.empty()));
    assertEquals(
        Transform.NONE, Choices.steady(new double[table.rows()], series, Optional.empty()));
  }
}

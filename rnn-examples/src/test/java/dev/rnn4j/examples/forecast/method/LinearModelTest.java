package dev.rnn4j.examples.forecast.method;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rnn4j.table.Rows;
import dev.rnn4j.table.Table;
import dev.rnn4j.window.Windowing;
import dev.rnn4j.window.Windows;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LinearModelTest {
  private static final List<Double> RIDGES = List.of(0.0, 0.1, 10.0);

  private static Table table(int rows) {
    SplittableRandom random = new SplittableRandom(2);
    double[][] values = new double[rows][2];
    for (double[] row : values) {
      row[0] = random.nextGaussian();
      row[1] = random.nextGaussian();
    }
    return Table.of(values, "x", "y");
  }

  /** The last window is left out by the rows that end before its target. */
  @Test
  void anExampleThatIsLeftOutIsForecastByTheOthers() {
    Windowing cut = Windowing.length(2).inputs("x", "y").target("y");
    Windows all = cut.over(table(12));
    Windows others = all.within(new Rows(0, 11));
    assertEquals(all.size() - 1, others.size());
    double[][][] errors = LinearModel.leftOut(all, RIDGES);
    for (int i = 0; i < RIDGES.size(); i++) {
      double[][] rest = LinearModel.fit(others, RIDGES.get(i)).residuals(all);
      assertEquals(rest[0][all.size() - 1], errors[i][0][all.size() - 1], 1e-6);
    }
  }

  @Test
  void whatOthersSayNothingOfIsMissedByAnything() {
    Windows few = Windowing.length(2).inputs("x", "y").target("y").over(table(5));
    double[][][] errors = LinearModel.leftOut(few, RIDGES);
    assertEquals(Double.POSITIVE_INFINITY, errors[0][0][0]);
    assertEquals(few.size(), errors[2][0].length);
    assertTrue(Double.isFinite(errors[2][0][0]));
  }
}

package dev.rnn4j.scale;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rnn4j.table.DataException;
import dev.rnn4j.table.Rows;
import dev.rnn4j.table.Table;
import dev.rnn4j.tensor.Tensor;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class ScalerTest {
  private static final double NAN = Double.NaN;
  private final Table table =
      Table.of(new double[][] {{2, 10, 7}, {4, NAN, 7}, {9, 30, 7}, {100, 100, 7}}, "a", "b", "c");
  private final Table train = table.slice(new Rows(0, 3));

  @Test
  void standardUsesThePopulationVarianceAndSkipsNaN() {
    StandardScaler scaler = StandardScaler.fit(train, "a", "b");
    assertArrayEquals(new double[] {5, 20}, scaler.mean());
    assertArrayEquals(new double[] {Math.sqrt(26.0 / 3), 10}, scaler.scale(), 1e-15);
    assertEquals(List.of("a", "b"), scaler.columns());
  }

  @Test
  void minMaxMapsOntoItsRange() {
    MinMaxScaler unit = MinMaxScaler.fit(train, "b");
    assertArrayEquals(new double[] {0, NAN, 1, 4.5}, unit.transform(table).column("b"));
    MinMaxScaler wide = MinMaxScaler.fit(-1, 3, train, "b");
    assertArrayEquals(new double[] {-1, NAN, 3, 17}, wide.transform(table).column("b"), 1e-12);
    assertThrows(IllegalArgumentException.class, () -> MinMaxScaler.fit(1, 1, train, "b"));
  }

  @Test
  void aColumnThatIsNamedTwiceIsRefused() {
    for (Executable fit :
        List.<Executable>of(
            () -> StandardScaler.fit(train, "a", "b", "a"),
            () -> MinMaxScaler.fit(train, "a", "a"))) {
      assertEquals(
          "a scaler was given the column 'a' twice",
          assertThrows(IllegalArgumentException.class, fit).getMessage());
    }
  }

  @Test
  void aConstantColumnIsNotDividedByZero() {
    assertArrayEquals(
        new double[] {0, 0, 0, 0}, StandardScaler.fit(train).transform("c", 7, 7, 7, 7));
    assertArrayEquals(new double[] {-1, 0}, MinMaxScaler.fit(-1, 1, train).transform("c", 7, 8));
    double tenth = 0.1;
    Table nearly = Table.of(new double[][] {{tenth}, {tenth}, {tenth}, {tenth + Math.ulp(tenth)}});
    assertArrayEquals(new double[] {1}, StandardScaler.fit(nearly).scale());
  }

  @Test
  void otherColumnsOfATableStay() {
    Table scaled = StandardScaler.fit(train, "a").transform(table);
    assertEquals(table.names(), scaled.names());
    assertArrayEquals(table.column("b"), scaled.column("b"));
    assertEquals(-3 / Math.sqrt(26.0 / 3), scaled.column("a")[0], 1e-15);
  }

  @Test
  void refusesAColumnWithoutValues() {
    Table empty = Table.of(new double[][] {{1, NAN}, {2, NAN}}, "a", "rain");
    String message =
        "the table: column 'rain' has no value in the 2 rows to fit a scaler on; leave the column"
            + " out, or take rows that have values";
    assertEquals(
        message, assertThrows(DataException.class, () -> StandardScaler.fit(empty)).getMessage());
    assertEquals(
        message, assertThrows(DataException.class, () -> MinMaxScaler.fit(empty)).getMessage());
  }

  @Test
  void refusesOtherColumns() {
    Scaler scaler = StandardScaler.fit(train, "a", "b");
    assertEquals(
        "row 1 has 1 values, and the scaler was fitted on 2 columns: a, b",
        assertThrows(DataException.class, () -> scaler.transform(new double[][] {{1, 2}, {3}}))
            .getMessage());
    assertEquals(
        "the scaler has no column 'c'; it has a, b",
        assertThrows(DataException.class, () -> scaler.inverse("c", 1)).getMessage());
  }

  @Test
  void returnsFromItsTensors() {
    StandardScaler standard = StandardScaler.fit(train, "a", "b");
    StandardScaler again = StandardScaler.fromTensors(List.of("a", "b"), standard.toTensors());
    assertArrayEquals(standard.mean(), again.mean());
    assertArrayEquals(standard.scale(), again.scale());
    MinMaxScaler minMax = MinMaxScaler.fit(-1, 1, train, "a", "b");
    MinMaxScaler restored = MinMaxScaler.fromTensors(List.of("a", "b"), minMax.toTensors());
    assertArrayEquals(minMax.offset(), restored.offset());
    assertArrayEquals(minMax.scale(), restored.scale());
  }

  @Test
  void refusesTensorsOfAnotherModel() {
    Map<String, Tensor> tensors = StandardScaler.fit(train, "a", "b").toTensors();
    assertEquals(
        "the scaler's tensor 'mean' [2] does not fit the 1 columns a; use the columns that the model"
            + " was trained with",
        assertThrows(DataException.class, () -> StandardScaler.fromTensors(List.of("a"), tensors))
            .getMessage());
    assertTrue(
        assertThrows(
                DataException.class, () -> MinMaxScaler.fromTensors(List.of("a", "b"), tensors))
            .getMessage()
            .startsWith("there is no tensor 'offset' for the scaler"));
  }

  @Property
  void inverseUndoesTransform(
      @ForAll @Size(min = 1, max = 20) List<@DoubleRange(min = -1e6, max = 1e6) Double> drawn) {
    double[] values = drawn.stream().mapToDouble(Double::doubleValue).toArray();
    double[][] rows = drawn.stream().map(value -> new double[] {value}).toArray(double[][]::new);
    Table column = Table.of(rows, "x");
    double largest = drawn.stream().mapToDouble(Math::abs).max().orElse(0);
    for (Scaler scaler :
        List.of(
            StandardScaler.fit(column),
            MinMaxScaler.fit(column),
            MinMaxScaler.fit(-2, 5, column))) {
      double tolerance = 1e-14 * Math.max(largest, scaler.scale()[0]) * 8;
      assertArrayEquals(values, scaler.inverse("x", scaler.transform("x", values)), tolerance);
      double[][] there = scaler.transform(rows);
      double[][] back = scaler.inverse(there);
      for (int row = 0; row < rows.length; row++) {
        assertEquals(values[row], back[row][0], tolerance);
        assertEquals(scaler.transform(column).column("x")[row], there[row][0]);
      }
    }
  }

  @Property
  void standardGivesMeanZeroAndVarianceOne(
      @ForAll @Size(min = 2, max = 20) List<@DoubleRange(min = -1e3, max = 1e3) Double> drawn) {
    Table column =
        Table.of(drawn.stream().map(value -> new double[] {value}).toArray(double[][]::new));
    StandardScaler scaler = StandardScaler.fit(column);
    double[] scaled = scaler.transform(column).column(0);
    double mean = java.util.stream.DoubleStream.of(scaled).average().orElseThrow();
    double variance =
        java.util.stream.DoubleStream.of(scaled).map(z -> z * z).average().orElseThrow();
    boolean constant = drawn.stream().distinct().count() == 1;
    double rounding = 1e-12 * 1e3 / scaler.scale()[0];
    assertEquals(0, mean, Math.max(1e-12, rounding));
    if (!constant && scaler.scale()[0] > 1e-6) {
      assertEquals(1, variance, 1e-9);
    }
  }

  @Test
  void aScalerSaysWhatItDoes() {
    Table table = Table.of(new double[][] {{1, 0}, {3, 4}}, "v", "w");
    assertEquals(
        "v: mean 2.0, scale 1.0; w: mean 2.0, scale 2.0", StandardScaler.fit(table).toString());
    assertEquals(
        "v: offset 1.0, scale 2.0; w: offset 0.0, scale 4.0", MinMaxScaler.fit(table).toString());
  }
}

package dev.rnn4j.window;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rnn4j.batch.Batches;
import dev.rnn4j.csv.Csv;
import dev.rnn4j.io.Batch;
import dev.rnn4j.table.DataException;
import dev.rnn4j.table.Rows;
import dev.rnn4j.table.Table;
import dev.rnn4j.tensor.Shape;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class WindowsTest {
  private static final Windowing PAIRS = Windowing.length(2).inputs("x").target("x");

  private static Table csv(String... lines) {
    byte[] text = String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
    return Csv.stream("w.csv", new ByteArrayInputStream(text)).read();
  }

  /** x counts from 0, y is 10 times as much. */
  private static Table counted(int rows) {
    return Table.of(IntStream.range(0, rows).mapToObj(i -> new double[] {i, 10 * i}), "x", "y");
  }

  private static String message(Executable code) {
    return assertThrows(DataException.class, code).getMessage();
  }

  @Test
  void targetsFollowTheLastRowByTheHorizon() {
    Windows windows = Windowing.length(3).horizon(2).inputs("x", "y").target("y").over(counted(7));
    assertEquals(3, windows.size());
    assertEquals(new LeftOut(4, 0, 0, 0), windows.leftOut());
    Batch all = windows.batch(0, 1, 2);
    assertEquals(Shape.of(3, 3, 2), all.x().shape());
    assertEquals(Shape.of(3, 1), all.y().shape());
    assertArrayEquals(
        new double[] {0, 0, 1, 10, 2, 20, 1, 10, 2, 20, 3, 30, 2, 20, 3, 30, 4, 40},
        all.x().toDoubles());
    assertArrayEquals(new double[] {40, 50, 60}, all.y().toDoubles());
    assertArrayEquals(new int[] {1, 2, 3}, windows.inputRows(1));
    assertArrayEquals(new int[] {5}, windows.targetRows(1));
  }

  @Test
  void targetsAtEveryStepAreShiftedByTheHorizon() {
    Windows same =
        Windowing.length(2)
            .horizon(0)
            .stride(2)
            .inputs("x")
            .targetAtEveryStep("y")
            .over(counted(4));
    assertEquals(Shape.of(2, 1), same.targetShape());
    assertArrayEquals(new double[] {0, 20, 10, 30}, same.targets().toDoubles());
    Windows next = Windowing.length(2).inputs("x").targetAtEveryStep("x", "y").over(counted(4));
    assertEquals(2, next.size());
    assertEquals(Shape.of(2, 2, 2), next.targets().shape());
    assertArrayEquals(new double[] {1, 10, 2, 20, 2, 20, 3, 30}, next.targets().toDoubles());
    assertArrayEquals(new int[] {2, 3}, next.targetRows(1));
  }

  @Test
  void withoutTargetsWindowsReachTheLastRow() {
    Windows windows = Windowing.length(3).inputs("x").over(counted(5));
    assertEquals(3, windows.size());
    assertEquals(Shape.of(3, 0), windows.targets().shape());
    assertArrayEquals(new int[] {2, 3, 4}, windows.inputRows(2));
    assertEquals(0, windows.targetRows(2).length);
    assertArrayEquals(new double[] {2, 3, 4}, windows.batch(2).x().toDoubles());
  }

  @Test
  void windowsOfDaysDoNotCrossAGap() {
    Table table =
        csv(
            "d,x",
            "2012-02-27,0",
            "2012-02-28,1",
            "2012-02-29,2",
            "2012-03-01,3",
            "2012-03-03,4",
            "2012-03-04,5",
            "2012-03-05,6");
    Windows windows = PAIRS.dates("d").over(table);
    assertArrayEquals(new double[] {0, 1, 4, 1, 2, 5}, windows.inputs().toDoubles());
    assertArrayEquals(new double[] {2, 3, 6}, windows.targets().toDoubles());
    assertEquals(new LeftOut(2, 2, 0, 0), windows.leftOut());
    assertEquals(5, PAIRS.dates("d").largestStep(2, ChronoUnit.DAYS).over(table).size());
  }

  @Test
  void windowsOfMonthsFollowTheCalendar() {
    Table table =
        csv("d,x", "1949-11,0", "1949-12,1", "1950-01,2", "1950-02,3", "1950-04,4", "1950-05,5");
    Windows windows = PAIRS.dates("d").over(table);
    assertArrayEquals(new double[] {2, 3}, windows.targets().toDoubles());
  }

  @Test
  void strideBeginsAnewAfterAGap() {
    Table table = csv("d,x", "2000,0", "2001,1", "2002,2", "2004,3", "2005,4", "2006,5", "2007,6");
    Windows windows = Windowing.length(1).stride(2).inputs("x").target("x").dates("d").over(table);
    assertArrayEquals(new double[] {0, 3, 5}, windows.inputs().toDoubles());
    assertEquals(new LeftOut(0, 1, 0, 0), windows.leftOut());
  }

  @Test
  void windowsStayInTheirSeriesThoughRowsAreMixed() {
    Table table =
        csv(
            "s,d,x",
            "a,2000,1",
            "b,2000,10",
            "a,2001,2",
            "b,2001,20",
            "a,2002,3",
            "c,2002,100",
            "b,2002,30",
            "a,2003,4");
    Windows windows = PAIRS.dates("d").series("s").over(table);
    assertArrayEquals(new double[] {1, 2, 10, 2, 3, 20}, windows.inputs().toDoubles());
    assertArrayEquals(new double[] {3, 4, 30}, windows.targets().toDoubles());
    assertEquals(new LeftOut(5, 0, 0, 0), windows.leftOut());
    assertArrayEquals(new int[] {1, 3}, windows.inputRows(2));
  }

  @Test
  void datesMustAscendInsideASeriesOnly() {
    String[] lines = {"s,d,x", "a,2000,1", "a,2001,2", "b,2000,3", "b,2001,4", "b,2001,5"};
    assertEquals(
        "w.csv, line 6, column 'd': the date 2001 is in line 5 too; keep one row for each date",
        message(() -> PAIRS.dates("d").series("s").over(csv(lines))));
    assertTrue(
        message(() -> PAIRS.dates("d").over(csv(lines)))
            .startsWith("w.csv, line 4, column 'd': the date 2000 is earlier than 2001 in line 3"));
  }

  @Test
  void aMissingValueMattersOnlyInWindowsThatAreUsed() {
    Table table = csv("x,y", "0,0", "1,1", "2,2", "3,3", "4,", "5,5", "6,6");
    Windows windows = Windowing.length(2).inputs("x").target("y").over(table);
    assertEquals(5, windows.size());
    String message =
        "w.csv, line 6, column 'y': the value is missing, and used by windows (1 of 5 use missing"
            + " values); fill the gaps, or skip windows with missing values";
    assertEquals(message, message(() -> Batches.of(windows, 2)));
    assertEquals(message, message(windows::inputs));
    assertEquals(2, Batches.of(windows.within(new Rows(0, 4)), 2).examples());
    // The input y of row 4 is not shown, and neither window predicts it.
    assertEquals(2, Batches.of(windows.within(new Rows(3, 7)), 2).examples());

    Windows complete = Windowing.length(2).inputs("x").target("y").skipMissing().over(table);
    assertEquals(new LeftOut(2, 0, 1, 0), complete.leftOut());
    assertArrayEquals(new double[] {2, 3, 5, 6}, complete.targets().toDoubles());
  }

  @Test
  void aMissingInputMattersInEveryStep() {
    Table table = csv("x,y", "0,0", "1,1", ",2", "3,3", "4,4", "5,5", "6,6");
    Windowing windowing = Windowing.length(2).inputs("y", "x").target("y");
    assertTrue(
        message(() -> Batches.of(windowing.over(table), 1))
            .startsWith("w.csv, line 4, column 'x': the value is missing"));
    Windows complete = windowing.skipMissing().over(table);
    assertArrayEquals(new double[] {2, 5, 6}, complete.targets().toDoubles());
    assertEquals(2, complete.leftOut().missing());
    assertTrue(
        message(() -> windowing.skipMissing().over(csv("x,y", "1,1", ",2", "3,3", "4,4")))
            .startsWith(
                "w.csv: a value is missing in each of the 2 windows, the first at w.csv, line 3"));
  }

  @Test
  void partsShareNoTarget() {
    Windows windows = Windowing.length(2).inputs("x").target("x").over(counted(10));
    Windows train = windows.within(new Rows(0, 6));
    assertArrayEquals(new double[] {2, 3, 4, 5}, train.targets().toDoubles());
    assertArrayEquals(new double[] {8, 9}, windows.within(new Rows(6, 10)).targets().toDoubles());
    Windows reaching = windows.withTargetsWithin(new Rows(6, 10));
    assertArrayEquals(new double[] {6, 7, 8, 9}, reaching.targets().toDoubles());
    assertArrayEquals(new int[] {4, 5}, reaching.inputRows(0));
    assertEquals(new LeftOut(2, 0, 0, 4), train.leftOut());
  }

  @Test
  void refusesWhatHoldsNoWindow() {
    assertEquals(
        "the table: a window of 7 rows with its target 1 row later needs 8 rows, and the longest run"
            + " of rows without a gap has 5; take shorter windows, a smaller horizon, or more rows",
        message(() -> Windowing.length(7).inputs("x").target("x").over(counted(5))));
    assertTrue(
        message(() -> Windowing.length(6).inputs("x").over(counted(5)))
            .startsWith("the table: a window of 6 rows needs 6 rows"));
    assertTrue(
        message(() -> PAIRS.dates("d").over(csv("d,x", "2001,1", "2002,2", "2004,3", "2005,4")))
            .endsWith(
                "or more rows, or allow steps of more than 1 year with --largest-step (in code"
                    + " Windowing.largestStep)"));
    Windows early =
        PAIRS.dates("d").over(csv("d,x", "2001,1", "2002,2", "2003,3", "2005,4", "2007,5"));
    assertTrue(
        message(() -> early.within(new Rows(2, 5)))
            .endsWith(
                "or take shorter windows, or allow steps of more than 1 year with --largest-step"
                    + " (in code Windowing.largestStep)"));
    Windows windows = PAIRS.over(counted(10));
    assertEquals(
        "the table: none of the 8 windows is in the 2 rows from row 3 to row 4 of this part; a"
            + " window of 2 rows with its target 1 row later needs 3 rows: give the part more rows,"
            + " or take shorter windows",
        message(() -> windows.within(new Rows(3, 5))));
    assertTrue(message(() -> windows.within(new Rows(3, 3))).contains("is in the 0 rows"));
    assertEquals(
        "the table has 10 rows, so there are no rows [5, 11); split it by its own number of rows",
        message(() -> windows.within(new Rows(5, 11))));
  }

  @Test
  void refusesAColumnThatIsNamedTwice() {
    Windowing two = Windowing.length(2);
    assertEquals(
        "windows were given the column 'a' twice as their inputs",
        assertThrows(IllegalArgumentException.class, () -> two.inputs("a", "b", "a")).getMessage());
    for (Executable targets :
        List.<Executable>of(() -> two.target("b", "b"), () -> two.targetAtEveryStep("b", "b"))) {
      assertEquals(
          "windows were given the column 'b' twice as their targets",
          assertThrows(IllegalArgumentException.class, targets).getMessage());
    }
    two.inputs("a", "b").target("a");
  }

  @Test
  void refusesSizesThatCannotBe() {
    assertThrows(IllegalArgumentException.class, () -> Windowing.length(0));
    assertThrows(IllegalArgumentException.class, () -> PAIRS.stride(0));
    assertThrows(IllegalArgumentException.class, () -> PAIRS.horizon(-1));
    assertThrows(IllegalArgumentException.class, () -> PAIRS.largestStep(0, ChronoUnit.DAYS));
    assertThrows(IllegalArgumentException.class, PAIRS::target);
    assertTrue(message(() -> Windowing.length(1).over(counted(1))).contains("inputs(...)"));
    assertTrue(message(() -> PAIRS.target("z").over(counted(4))).contains("no column 'z'"));
  }

  @Test
  void aHugeHorizonDoesNotOverflow() {
    assertTrue(
        message(() -> PAIRS.horizon(Integer.MAX_VALUE).over(counted(5)))
            .contains("needs 2147483647 rows"));
    Windows first = Windowing.length(1).stride(Integer.MAX_VALUE).inputs("x").over(counted(5));
    assertEquals(1, first.size());
  }

  @Test
  void describesTheFirstAndTheLastWindow() {
    Table table =
        csv(
            "d,x,y",
            "2012-01-01,0,0",
            "2012-01-02,1,1",
            "2012-01-03,2,2",
            "2012-01-05,3,3",
            "2012-01-06,4,4",
            "2012-01-07,5,5");
    assertEquals(
        """
        2 windows of 2 rows, stride 1, horizon 1: x, y -> x
        window   inputs from          inputs to            target
        first    line 2  2012-01-01   line 3  2012-01-02   line 4  2012-01-03
        last     line 5  2012-01-05   line 6  2012-01-06   line 7  2012-01-07
        left out: 2 past the end, 2 across a gap, 0 with a missing value; \
        a gap is a step of more than 1 day
        """,
        PAIRS.inputs("x", "y").dates("d").over(table).describe());
    assertEquals(
        """
        2 windows of 2 rows, stride 2, horizon 0: x -> y at every step
        window   inputs from   inputs to   targets from   targets to
        first    row 0         row 1       row 0          row 1
        last     row 2         row 3       row 2          row 3
        left out: 1 past the end, 0 across a gap, 0 with a missing value
        """,
        Windowing.length(2)
            .stride(2)
            .horizon(0)
            .inputs("x")
            .targetAtEveryStep("y")
            .over(counted(5))
            .describe());
    assertEquals(
        """
        5 windows of 1 row, stride 1: x
        window   inputs from   inputs to
        first    row 0         row 0
        last     row 4         row 4
        left out: 0 past the end, 0 across a gap, 0 with a missing value
        """,
        Windowing.length(1).inputs("x").over(counted(5)).describe());
  }

  @Test
  void describesWhatIsMissing() {
    Windowing pairs = Windowing.length(2).inputs("x").target("y");
    Table table = csv("x,y", "1,1", "2,2", "3,3", ",4", "5,5", "6,6", "7,7");
    String described = pairs.over(table).describe();
    assertTrue(described.startsWith("5 windows of 2 rows"), described);
    assertTrue(
        described.endsWith(
            """
            left out: 2 past the end, 0 across a gap, 0 with a missing value
            missing: 2 of these windows use missing values, the first at w.csv, line 5, column 'x'; \
            fill the gaps, or skip windows with missing values
            """),
        described);
    described = pairs.skipMissing().over(table).describe();
    assertTrue(
        described.endsWith("left out: 2 past the end, 0 across a gap, 2 with a missing value\n"),
        described);
  }
}

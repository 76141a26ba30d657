package dev.rnn4j.batch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.rnn4j.table.CellFormat;
import dev.rnn4j.table.DataException;
import dev.rnn4j.table.Table;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OneHotTest {
  @Test
  void encodesAndDecodes() {
    OneHot sky = OneHot.fit(List.of("sun", "rain", "sun", "fog"));
    assertEquals(List.of("fog", "rain", "sun"), sky.categories());
    assertArrayEquals(new double[] {0, 0, 1}, sky.encode("sun"));
    assertArrayEquals(new double[][] {{0, 1, 0}, {1, 0, 0}}, sky.encode(List.of("rain", "fog")));
    for (String category : sky.categories()) {
      assertEquals(category, sky.decode(sky.encode(category)));
    }
    assertEquals("fog", sky.decode(0.5, 0.5, 0.1));
    assertEquals(List.of("b", "a"), OneHot.of("b", "a", "b").categories());
  }

  @Test
  void encodesClasses() {
    OneHot classes = OneHot.classes(2);
    assertArrayEquals(new double[][] {{0, 1}, {1, 0}}, classes.encode(new int[] {1, 0}));
    assertArrayEquals(new double[] {1}, OneHot.classes(1).encode(0));
  }

  @Test
  void refusesWhatItDoesNotKnow() {
    OneHot sky = OneHot.of("rain", "sun");
    assertEquals(
        "'hail' is none of the categories rain, sun",
        assertThrows(DataException.class, () -> sky.encode("hail")).getMessage());
    assertEquals(
        "there is no class 2; the classes are 0 to 1",
        assertThrows(DataException.class, () -> sky.encode(2)).getMessage());
    assertEquals(
        "3 scores do not fit the 2 categories; give one for each",
        assertThrows(DataException.class, () -> sky.decode(1, 2, 3)).getMessage());
    assertEquals(
        "there are no categories; one-hot vectors need at least one",
        assertThrows(DataException.class, () -> OneHot.classes(0)).getMessage());
  }

  @Test
  void blankCellsAreNamedOrNoCategory() {
    Table table =
        Table.ofText(
            "w.csv", new int[] {2, 3}, Map.of("sky", List.of("sun", " ")), CellFormat.STANDARD);
    OneHot sky = OneHot.of("rain", "sun");
    assertEquals(
        "w.csv, line 3, column 'sky': ' ' is none of the categories rain, sun; fill it, or let"
            + " blanks be no category, with withBlanks()",
        assertThrows(DataException.class, () -> sky.addTo(table, "sky")).getMessage());
    assertEquals(
        "w.csv, line 2, column 'sky': 'sun' is none of the categories rain, fog; correct it, or add"
            + " the category",
        assertThrows(DataException.class, () -> OneHot.of("rain", "fog").addTo(table, "sky"))
            .getMessage());
    Table added = sky.withBlanks().addTo(table, "sky");
    assertArrayEquals(new double[] {1, 0}, added.column("sky=sun"));
    assertArrayEquals(new double[] {0, 0}, added.column("sky=rain"));
    assertEquals(
        List.of("sky", "sky=sun"),
        OneHot.fit(table.text("sky")).withBlanks().addTo(table, "sky").names());
    assertThrows(DataException.class, () -> sky.withBlanks().encode("hail"));
  }

  @Test
  void addsAColumnForEachCategory() {
    Table table =
        Table.ofText(
            "w.csv", new int[] {2, 3}, Map.of("sky", List.of("sun", "rain")), CellFormat.STANDARD);
    Table added = OneHot.of("rain", "sun").addTo(table, "sky");
    assertEquals(List.of("sky", "sky=rain", "sky=sun"), added.names());
    assertArrayEquals(new double[] {0, 1}, added.column("sky=rain"));
    assertArrayEquals(new double[] {1, 0}, added.column("sky=sun"));
  }
}

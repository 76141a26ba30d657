package dev.rnn4j.csv;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rnn4j.table.Content;
import dev.rnn4j.table.DataException;
import dev.rnn4j.table.Table;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTest {
  private static final double NAN = Double.NaN;

  @TempDir Path folder;

  private Csv csv(String text) throws IOException {
    return csv(text.getBytes(StandardCharsets.UTF_8));
  }

  private Csv csv(byte[] bytes) throws IOException {
    return Csv.file(Files.write(folder.resolve("weather.csv"), bytes));
  }

  private String message(Csv csv) {
    return shortened(assertThrows(DataException.class, csv::read));
  }

  private String shortened(DataException e) {
    return e.getMessage().replace(folder + "/", "");
  }

  @Test
  void readsColumnsByNameAndByPosition() throws IOException {
    Table table = csv("date,tmax,sky\n2012-01-01,12.8,rain\n2012-01-02,-1e1,sun\n").read();

    assertEquals(List.of("date", "tmax", "sky"), table.names());
    assertEquals(2, table.rows());
    assertArrayEquals(new double[] {12.8, -10}, table.column("tmax"));
    assertArrayEquals(new double[] {12.8, -10}, table.column(1));
    assertEquals(List.of("rain", "sun"), table.text("sky"));
    assertEquals("2012-01-02", table.dates(0).text(1));
    assertArrayEquals(new double[][] {{12.8, 12.8}, {-10, -10}}, table.matrix(1, 1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\r"})
  void readsEveryLineEndWithAndWithoutByteOrderMark(String end) throws IOException {
    String text = "tmax,tmin" + end + "1,2" + end + "3,4" + end;
    for (String mark : List.of("", "\uFEFF")) {
      Table table = csv(mark + text).read();
      assertEquals(List.of("tmax", "tmin"), table.names());
      assertArrayEquals(new double[][] {{1, 2}, {3, 4}}, table.matrix());
    }
  }

  @Test
  void readsUtf16ByItsMarkAndOtherEncodingsWhenTold() throws IOException {
    String text = "température\n1\n";
    assertEquals(
        "température", csv(("\uFEFF" + text).getBytes(StandardCharsets.UTF_16LE)).read().name(0));
    Charset latin = StandardCharsets.ISO_8859_1;
    assertEquals("température", csv(text.getBytes(latin)).charset(latin).read().name(0));
  }

  @Test
  void readsQuotedCellsAndCountsLinesAsAnEditorDoes() throws IOException {
    Table table = csv("note,\"t,max\"\n\"two\nlines, \"\"quoted\"\"\",1\n\nlast,two\n").read();

    assertEquals(List.of("note", "t,max"), table.names());
    assertEquals("two\nlines, \"quoted\"", table.text("note").get(0));
    assertEquals("line 2", table.rowName(0));
    assertEquals(
        "weather.csv, line 5, column 't,max': 'two' is not a number; correct the cell, or empty it"
            + " if the value is missing, or say that such cells are missing values with --missing (in"
            + " code Csv.missing)",
        shortened(assertThrows(DataException.class, () -> table.column("t,max"))));
  }

  @Test
  void namesColumnsByPositionWhereTheHeaderDoesNot() throws IOException {
    assertEquals(List.of("0", "tmax"), csv(",tmax\n1,2\n").read().names());
    Table table = csv("1,2\n3,4\n").withoutHeader().read();
    assertEquals(List.of("0", "1"), table.names());
    assertArrayEquals(new double[] {1, 3}, table.column("0"));
    assertEquals(List.of("a", "b"), csv("x,y\n3,4\n").names("a", "b").read().names());
    assertEquals(2, csv("1,2\n3,4\n").withoutHeader().names("a", "b").read().rows());
    assertEquals(
        "weather.csv has 2 columns, and there are 1 names for them: a",
        message(csv("x,y\n3,4\n").names("a")));
  }

  @Test
  void missingCellsAreNaN() throws IOException {
    Csv csv = csv("a,b\n, 1 \nNA,-\n?,3\n none ,N/A\nNull,-999\n-,x\nNaN,2\n");
    assertArrayEquals(new double[] {NAN, NAN, NAN, NAN, NAN, NAN, NAN}, csv.read().column("a"));
    assertTrue(
        assertThrows(DataException.class, () -> csv.read().column("b"))
            .getMessage()
            .contains("line 7, column 'b': 'x' is not a number"));
    assertArrayEquals(
        new double[] {1, NAN, 3, NAN, NAN, NAN, 2}, csv.missing("-999", "x").read().column("b"));
    assertEquals(new Content(7, 0, 0), csv.read().content("a"));
    assertEquals(new Content(2, 4, 1), csv.read().content("b"));
  }

  @Test
  void missingCellsAreRejectedOnRequestAndOnlyInColumnsThatAreUsed() throws IOException {
    Table table = csv("a,b\n1,\n2,\n").rejectMissing().read();
    assertArrayEquals(new double[] {1, 2}, table.column("a"));
    assertEquals(
        "weather.csv, line 2, column 'b': the cell is empty; fill it, or leave the row out",
        shortened(assertThrows(DataException.class, () -> table.column("b"))));
  }

  @Test
  void inASingleColumnABlankLineIsAMissingValue() throws IOException {
    Table table = csv("a\n1\n\n3\n\n\n").read();
    assertArrayEquals(new double[] {1, NAN, 3}, table.column("a"));
    assertEquals("line 4", table.rowName(2));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Infinity",
        "1e999",
        "1f",
        "2D",
        "0x",
        "0x1p3",
        "--1",
        "1 2",
        "12°",
        "1.2.3",
        "1e",
        "e5",
        ".",
        "1_000",
        "1 2345",
        ",",
        "+",
        "1.e",
        "٣"
      })
  void whatIsNoNumberIsNamedWithItsPlace(String cell) throws IOException {
    Table table = csv("a\n1\n\"" + cell + "\"\n").read();
    String message = assertThrows(DataException.class, () -> table.column("a")).getMessage();
    assertTrue(
        message.contains("weather.csv, line 3, column 'a': '" + cell + "' is not a "), message);
  }

  @Test
  void aLongCellIsShortenedInMessages() throws IOException {
    Table table = csv("a\n" + "x".repeat(500) + "\n").read();
    String message = assertThrows(DataException.class, () -> table.column("a")).getMessage();
    assertTrue(message.contains("'" + "x".repeat(40) + "...' is not a number"), message);
  }

  @Test
  void refusesWhatIsNoFile() {
    Path file = folder.resolve("nowhere.csv");
    assertEquals(
        "there is no file nowhere.csv (looked for nowhere.csv); check the path",
        message(Csv.file(file)));
    assertEquals(folder + " is a directory; name a CSV file in it", message(Csv.file(folder)));
  }

  @Test
  void refusesEmptyFilesAndHeadersAlone() throws IOException {
    String empty = "weather.csv is empty; it needs a header and rows below it";
    assertEquals(empty, message(csv("")));
    assertEquals(empty, message(csv("\n \n\r\n")));
    assertEquals(empty, message(csv("\uFEFF")));
    assertEquals(
        "weather.csv has a header and no rows below it; add rows", message(csv("a,b\n\n")));
  }

  @Test
  void refusesRaggedRows() throws IOException {
    assertEquals(
        "weather.csv, line 4: the row has 1 cell, and the table 2 columns; give a cell for column"
            + " 'b', empty if its value is missing, or leave the row out if it is no data",
        message(csv("a,b\n1,2\n\n3\n")));
    assertEquals(
        "weather.csv, line 2: the row has 3 cells, and the table 2 columns; put quotes around a cell"
            + " that contains a ',', or say what is between cells with --separator (in code"
            + " Csv.separator)",
        message(csv("a,b\n1,2,3\n")));
  }

  @Test
  void refusesWhatIsNoText() throws IOException {
    String message =
        "weather.csv, line 1: this is not UTF-8 text; say its encoding with --encoding (in code"
            + " Csv.charset), windows-1252 for example, if it is CSV at all";
    assertEquals(message, message(csv("température\n1\n".getBytes(StandardCharsets.ISO_8859_1))));
    assertEquals(
        message.replace("windows-1252", "UTF-16LE or UTF-16BE"),
        message(csv(new byte[] {1, 0, 2, 'a', '\n', '1'})));
  }

  @Test
  void listsNotAllOfManyColumns() throws IOException {
    String header = String.join(",", Collections.nCopies(30, ""));
    String row = String.join(",", Collections.nCopies(30, "1"));
    Table table = csv(header + "\n" + row + "\n").read();
    String message = assertThrows(DataException.class, () -> table.column("rain")).getMessage();
    assertTrue(message.endsWith("18, 19 and 10 more"), message);
  }

  @Test
  void refusesTwoColumnsOfOneName() throws IOException {
    assertEquals(
        "weather.csv, line 1: the columns at the positions 0 and 2 are both named 'a'; give each"
            + " its own name",
        message(csv("a,b, a\n1,2,3\n")));
  }

  @Test
  void suggestsTheColumnThatWasMeant() throws IOException {
    Table table = csv("date,temp_max,temp_min\n2012-01-01,1,2\n").read();
    assertEquals(
        "weather.csv has no column 'tempmax'; did you mean 'temp_max'? It has date, temp_max,"
            + " temp_min",
        shortened(assertThrows(DataException.class, () -> table.column("tempmax"))));
    assertEquals(
        "weather.csv has no column 'pressure'; it has date, temp_max, temp_min",
        shortened(assertThrows(DataException.class, () -> table.column("pressure"))));
    assertEquals(
        "weather.csv has no column at position 3; it has the positions 0 to 2: date, temp_max,"
            + " temp_min",
        shortened(assertThrows(DataException.class, () -> table.column(3))));
  }

  @Test
  void suggestsAnotherSeparator() throws IOException {
    Table table = csv("date:tmax\n2012-01-01:1\n").read();
    assertEquals(
        "weather.csv has no column 'tmax'; it has date:tmax; if that is more than one name, say what"
            + " is between them with --separator (in code Csv.separator)",
        shortened(assertThrows(DataException.class, () -> table.column("tmax"))));
    assertArrayEquals(
        new double[] {1}, csv("date:tmax\n2012-01-01:1\n").separator(':').read().column("tmax"));
  }

  /** A name without any mark is one name, wherever the table is from. */
  @Test
  void aTableOfOneColumnIsNotAskedForItsSeparator() throws IOException {
    Table table = Table.of(new double[][] {{1}, {2}}, "größe_2");
    assertEquals(
        "the table has no column 'groesse'; it has größe_2",
        assertThrows(DataException.class, () -> table.column("groesse")).getMessage());
  }

  @Test
  void keepsWhatIsSetAsTexts() throws IOException {
    Csv set =
        csv("")
            .separator('\t')
            .decimal(',')
            .charset(StandardCharsets.ISO_8859_1)
            .withoutHeader()
            .names("when", "a, b")
            .skipRows(2)
            .unitsRow()
            .comment('#')
            .missing("-999", "x")
            .rejectMissing()
            .datePattern("dd/MM/yyyy");
    Map<String, String> texts =
        Map.ofEntries(
            Map.entry("separator", "\t"),
            Map.entry("decimal", ","),
            Map.entry("encoding", "ISO-8859-1"),
            Map.entry("header", "no"),
            Map.entry("name.0", "when"),
            Map.entry("name.1", "a, b"),
            Map.entry("skip.rows", "2"),
            Map.entry("units.row", "yes"),
            Map.entry("comment", "#"),
            Map.entry("missing.0", "-999"),
            Map.entry("missing.1", "x"),
            Map.entry("reject.missing", "yes"),
            Map.entry("date.pattern", "dd/MM/yyyy"));
    assertEquals(texts, set.settings());
    assertEquals(texts, csv("").set(texts).settings());
    assertEquals(Map.of(), csv("").settings());
    assertEquals("yes", csv("").set(texts).withHeader().settings().get("header"));
  }

  @Test
  void readsAnotherTableAsItWasTold() throws IOException {
    Map<String, String> kept =
        csv("").separator(';').missing("-999").datePattern("dd/MM/yyyy").settings();
    Table table = csv("date;v,w\n02/03/2024;-999\n03/03/2024;5\n").set(kept).read();
    assertArrayEquals(new double[] {NAN, 5}, table.column("v,w"));
    assertEquals("2024-03-03T00:00", table.dates("date").get(1).toString());
    Table other = csv("date|v\n02/03/2024|-999\n").set(kept).separator('|').read();
    assertArrayEquals(new double[] {NAN}, other.column("v"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "separators| x| there is no setting 'separators'",
        "separator| xy| the separator 'xy' is not one character",
        "header| true| header is 'true', not yes or no",
        "skip.rows| -1| skip.rows is '-1', and no count",
        "encoding| klingon| this Java has no encoding 'klingon'"
      })
  void refusesSettingsThatThereAreNot(String name, String value, String message)
      throws IOException {
    Csv csv = csv("");
    assertEquals(
        message,
        assertThrows(IllegalArgumentException.class, () -> csv.set(Map.of(name, value)))
            .getMessage());
  }

  @Test
  void anUnclosedQuoteIsAnErrorInItsLine() throws IOException {
    assertEquals(
        "weather.csv, line 3: a quote is opened in cell 2 and never closed; close it, or double the"
            + " quotes inside a quoted cell",
        message(csv("a,b\n\"1\n\",2\n3,\"4\n5,6\n".replace("\"1\n\"", "1"))));
    assertEquals(
        "weather.csv, line 2: the quote that is opened in cell 2 is closed in line 4 before 'y';"
            + " close it at the end of its cell, or double the quotes inside",
        message(csv("a,b\n1,\"x\n3,4\n5,\"y\n")));
    assertEquals(
        "weather.csv, line 2: the quote that is opened in cell 1 is closed before 'i'; close it at"
            + " the end of its cell, or double the quotes inside",
        message(csv("a,b\n\"5\"inch,2\n")));
  }
}

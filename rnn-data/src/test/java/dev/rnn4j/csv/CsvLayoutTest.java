package dev.rnn4j.csv;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rnn4j.table.DataException;
import dev.rnn4j.table.Table;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tables as people have them: what is recognised, and what is refused because it reads both ways.
 */
class CsvLayoutTest {
  private static final double NAN = Double.NaN;

  @TempDir Path folder;

  private static Csv csv(String text) {
    return Csv.stream("t.csv", new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static Csv lines(String... lines) {
    return csv(String.join("\n", lines) + "\n");
  }

  private static String message(Csv csv, String column) {
    return assertThrows(DataException.class, () -> csv.read().column(column)).getMessage();
  }

  @ParameterizedTest
  @ValueSource(strings = {",", ";", "\t", "|"})
  void recognisesTheSeparator(String separator) {
    Table table =
        csv("date,v w,x\n2012-01-01,1.5,a\n2012-01-02,2.5,b\n".replace(",", separator)).read();
    assertEquals(List.of("date", "v w", "x"), table.names());
    assertArrayEquals(new double[] {1.5, 2.5}, table.column("v w"));
  }

  @Test
  void recognisesTheSeparatorOfRowsWithoutHeader() {
    Table table = lines("01.01.2020;19,946", "02.01.2020;23,686", "03.01.2020;25,18").read();
    assertEquals(List.of("0", "1"), table.names());
    assertArrayEquals(new double[] {19.946, 23.686, 25.18}, table.column(1));
  }

  @Test
  void aCommaInsideDatesIsNoSeparator() {
    Table table = lines("d;v", "Jan 1, 2020;19", "Jan 2, 2020;23").read();
    assertEquals("2020-01-02", table.dates("d").text(1));
    Table quoted = lines("d,v", "\"Jan 1, 2020\",19", "\"Jan 2, 2020\",23").read();
    assertEquals("2020-01-02", quoted.dates("d").text(1));
  }

  @Test
  void readsTheSeparatorThatASpreadsheetSays() {
    Table table = lines("sep=;", "a;b", "1;2").read();
    assertArrayEquals(new double[] {2}, table.column("b"));
    assertEquals("line 3", table.rowName(0));
    assertEquals(List.of("sep=;b"), csv("sep=;b\n1\n").separator(',').read().names());
  }

  @Test
  void refusesTwoSeparatorsThatAreAsGood() {
    Csv csv = lines("a,b;c", "x,y;z", "u,v;w");
    assertEquals(
        "t.csv: the cells may be parted by ',' or by ';'; say which with --separator (in code"
            + " Csv.separator)",
        assertThrows(DataException.class, csv::read).getMessage());
    assertEquals(List.of("a,b", "c"), lines("a,b;c", "x,y;z").separator(';').read().names());
  }

  @Test
  void refusesSeparatorsThatCannotBe() {
    assertThrows(IllegalArgumentException.class, () -> csv("").separator('"'));
    assertThrows(IllegalArgumentException.class, () -> csv("").separator('1'));
    assertEquals(
        "',' cannot part both cells and decimals; change one of the two",
        message(csv("a\n1\n").separator(',').decimal(','), "a"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1,5 2,25|1.5 2.25",
        "1.100 1,5|1100 1.5",
        "1.234,5 1.100|1234.5 1100",
        "1.234.567 1.100|1234567 1100",
        "1,234,567 1,100|1234567 1100",
        "1,234.5 1,100|1234.5 1100",
        "0,123 1,100|0.123 1.1",
        "0.123 1.100|0.123 1.1",
        "1234,5 1.100|1234.5 1100",
        "1'234.50 1'100|1234.5 1100",
        "1_234,5 1_100|1234.5 1100",
        "-1.234,5 +2,5e3|-1234.5 2500",
        "−1,5 ,5|-1.5 0.5",
        "12 1234567|12 1234567",
        "5. .5|5 0.5",
      })
  void recognisesDecimalAndThousandsMarks(String cells, String numbers) {
    String[] rows = cells.replace('_', '\u00a0').split(" ");
    double[] expected =
        Arrays.stream(numbers.split(" ")).mapToDouble(Double::parseDouble).toArray();
    String text = "d;v\n2020;" + rows[0].replace('_', ' ') + "\n2021;" + rows[1] + "\n";
    assertArrayEquals(expected, csv(text).read().column("v"));
    assertArrayEquals(expected, csv(text.replace('\u00a0', ' ')).read().column("v"));
    String quoted = "d,v\n2020,\"" + rows[0] + "\"\n2021,\"" + rows[1] + "\"\n";
    assertArrayEquals(expected, csv(quoted).read().column("v"));
  }

  @Test
  void anotherColumnDecides() {
    Table german = lines("d;w;n", "01.01.2020;19,946;1.100", "02.01.2020;14,9;1.101").read();
    assertArrayEquals(new double[] {1100, 1101}, german.column("n"));
    Table english = lines("d;w;n", "2020-01-01;0.5;1,100", "2020-01-02;1.5;1,101").read();
    assertArrayEquals(new double[] {1100, 1101}, english.column("n"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "d;v_2020;1.100_2021;1.101|reads both as 1.1 and as 1100|point|1.1|1100",
        "d;v_2020;1,100_2021;1,101|reads both as 1100 and as 1.1|comma|1100|1.1",
        "d,v_2020,\"1,100\"_2021,2|reads both as 1100 and as 1.1|comma|1100|1.1",
        "d;v;w_2020;1.100;1,5_2021;1.101;2_2022;2;^^|-|point|1100|1100",
      })
  void whatReadsBothWaysIsRefusedWithTheOptionThatDecides(
      String text, String both, String mark, double point, double comma) {
    Csv csv = csv(text.replace('_', '\n'));
    if (both.equals("-")) {
      assertEquals(point, csv.read().column("v")[0]);
      return;
    }
    assertEquals(
        "t.csv, line 2, column 'v': '"
            + (mark.equals("point") ? "1.100" : "1,100")
            + "' "
            + both
            + ", and no cell of the table decides; say whether the "
            + mark
            + " is the decimal mark or parts thousands, with --decimal . or --decimal , (in code"
            + " Csv.decimal)",
        message(csv, "v"));
    assertEquals(point, csv(text.replace('_', '\n')).decimal('.').read().column("v")[0]);
    assertEquals(comma, csv(text.replace('_', '\n')).decimal(',').read().column("v")[0]);
  }

  @Test
  void betweenCommasAPointIsTheDecimalMark() {
    assertArrayEquals(
        new double[] {19.946, 23.686},
        lines("d,v", "2020,19.946", "2021,23.686").read().column("v"));
  }

  @Test
  void aCellAgainstTheOthersIsNamed() {
    assertEquals(
        "t.csv, line 3, column 'v': '1,234.5' is not a number where the decimal mark is a comma;"
            + " correct the cell, or empty it if the value is missing",
        message(lines("d;v", "2020;1,5", "2021;1,234.5", "2022;2,5"), "v"));
  }

  @Test
  void recognisesThatThereIsNoHeader() {
    assertEquals(List.of("0", "1"), lines("2020-01-01,19.9", "2020-01-02,20.1").read().names());
    assertEquals(
        List.of("0", "1", "2"), lines("2020-01-01,NA,sun", "2020-01-02,20.1,rain").read().names());
    assertEquals(2, lines("1700000000,1.5", "1700000060,2").names("t", "v").read().rows());
    assertEquals(1, lines("2020-01-01,19.9").read().rows());
    assertEquals(2, lines("Jan 2020,19.9", "Feb 2020,20.1").read().rows());
    // Dates as names of columns, and whole numbers, which may be years.
    assertEquals(List.of("city", "2020-01-01"), lines("city,2020-01-01", "Rome,5").read().names());
    assertEquals(List.of("2019", "2020"), lines("2019,2020", "5,6").read().names());
    for (String rome : List.of("Rome,5,6", "Rome,,", "Rome,NA,", "Rome,sun,rain")) {
      assertEquals(
          List.of("city", "Jan 2020", "Feb 2020"),
          lines("city,Jan 2020,Feb 2020", rome, "Oslo,,7").read().names());
      assertEquals(
          List.of("city", "Jan 2020", "Feb 2020"),
          lines("city,Jan 2020,Feb 2020", rome).read().names());
    }
    // A row of data may be above one whose cells are missing.
    assertEquals(3, lines("2020-01-01,1.5", "2020-01-02,", "2020-01-03,2").read().rows());
    assertEquals(3, lines("2020-01-01,", "2020-01-02,", "2020-01-03,2").read().rows());
    assertEquals(
        List.of("2020-01-01", "0.5"),
        lines("2020-01-01,0.5", "2020-01-02,1").withHeader().read().names());
    assertEquals(2, lines("2019,2020", "5,6").withoutHeader().read().rows());
  }

  @Test
  void skipsWhatItIsToldToSkip() {
    Table table =
        lines(
                "Station 5",
                "\"from: the roof",
                "# made today",
                "d,v",
                "[day],[°C]",
                "2020-01-01,1",
                "  # moved",
                "2020-01-02,2")
            .skipRows(2)
            .comment('#')
            .unitsRow()
            .read();
    assertEquals(List.of("d", "v"), table.names());
    assertArrayEquals(new double[] {1, 2}, table.column("v"));
    assertEquals("line 6", table.rowName(0));
    assertEquals("line 8", table.rowName(1));
    assertTrue(
        message(lines("d,v", "[day],[°C]", "2020-01-01,1"), "v")
            .endsWith(
                "or, if the row has the units, skip it with --units-row (in code Csv.unitsRow)"));
    assertEquals(
        1, lines("2020-01-01,0.5", "2020-01-02,1.5").unitsRow().withoutHeader().read().rows());
    assertThrows(IllegalArgumentException.class, () -> csv("").skipRows(-1));
    assertThrows(DataException.class, () -> lines("a,b", "1,2").skipRows(5).read());
  }

  @Test
  void separatorsAtTheEndOfRowsAreNoColumns() {
    for (String header : List.of("d,v", "d,v,", "d,v,,")) {
      for (String row : List.of("2020-01-01,1", "2020-01-01,1,", "2020-01-01,1,, ")) {
        Table table = lines(header, row, "2020-01-02,2", ",,", ",").read();
        assertEquals(List.of("d", "v"), table.names());
        assertArrayEquals(new double[] {1, 2}, table.column("v"));
      }
    }
    assertEquals(List.of("0", "1"), lines("2020-01-01;1,5;", "2020-01-02;2,5;").read().names());
    assertEquals(
        List.of("a", "b"),
        lines("2020-01-01;1,5;", "2020-01-02;2,5;").names("a", "b").read().names());
    // A column without a name that holds something stays.
    assertEquals(List.of("d", "1"), lines("d,", "2020-01-01,", "2020-01-02,5").read().names());
    Table gap = lines("a,b", "1,2", ",", "3,4").read();
    assertArrayEquals(new double[] {1, NAN, 3}, gap.column("a"));
  }

  @ParameterizedTest
  @CsvSource({
    "UTF-16LE, true",
    "UTF-16BE, true",
    "UTF-32LE, true",
    "UTF-32BE, true",
    "UTF-8, true",
    "UTF-8, false",
    "windows-1252, false",
    "ISO-8859-1, false",
    "UTF-16LE, false",
  })
  void readsEncodings(String encoding, boolean mark) {
    Charset charset = Charset.forName(encoding);
    byte[] bytes = ((mark ? "\uFEFF" : "") + "Temp (°C)\n1\n").getBytes(charset);
    Csv csv = Csv.stream("t.csv", new ByteArrayInputStream(bytes));
    assertEquals(List.of("Temp (°C)"), (mark ? csv : csv.charset(charset)).read().names());
  }

  @Test
  void refusesOtherEncodingsInTheirLine() {
    byte[] latin = "a,b\n1,x\n2,°\n".getBytes(StandardCharsets.ISO_8859_1);
    assertTrue(
        message(Csv.stream("t.csv", new ByteArrayInputStream(latin)), "a")
            .startsWith("t.csv, line 3: this is not UTF-8 text; say its encoding with --encoding"));
    byte[] wide = "a\n1\n".getBytes(StandardCharsets.UTF_16LE);
    assertTrue(
        message(Csv.stream("t.csv", new ByteArrayInputStream(wide)), "a")
            .startsWith("t.csv, line 1: this is not UTF-8 text"));
  }

  @Test
  void namesColumnsInEveryAlphabet() {
    Table table = lines("\"rain, mm\",温度,Größe e\u0301", "1,2,3").read();
    assertArrayEquals(new double[] {1}, table.column("rain, mm"));
    assertArrayEquals(new double[] {2}, table.column("温度"));
    assertArrayEquals(new double[] {3}, table.column(table.nameLike("Größe é")));
    assertArrayEquals(new double[] {3}, table.column(table.nameLike("Gro\u0308ße e\u0301")));
    assertThrows(DataException.class, () -> table.nameLike("x"));
  }

  @Test
  void unpacksGzipByTheFilesName() throws IOException {
    Path packed = folder.resolve("t.csv.GZ");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      out.write("a\n1\n".getBytes(StandardCharsets.UTF_8));
    }
    assertArrayEquals(new double[] {1}, Csv.file(packed).read().column("a"));
    Path misnamed = Files.copy(packed, folder.resolve("t.csv"));
    assertTrue(
        message(Csv.file(misnamed), "a")
            .endsWith("is packed with gzip; give it a name that ends in .gz"));
    Path plain = Files.writeString(folder.resolve("p.gz"), "a\n1\n");
    assertTrue(message(Csv.file(plain), "a").contains("p.gz cannot be read (ZipException"));
    byte[] half = Arrays.copyOf(Files.readAllBytes(packed), 15);
    Path cut = Files.write(folder.resolve("cut.gz"), half);
    assertTrue(message(Csv.file(cut), "a").contains("cut.gz cannot be read (EOFException"));
    Path book = Files.write(folder.resolve("b.csv"), new byte[] {'P', 'K', 3, 4, 0});
    assertTrue(message(Csv.file(book), "a").contains("is a workbook or a zip archive"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "date,v,t | 2020-01-01,1,ok ; 2020-01-02,2,_oops ; 2020-01-03,3,end_ ; 2020-01-04,4,ok | 3",
        "date,v,t | 2020-01-01,1,ok ; 2020-01-02,2,_oops ; 2020-01-03,3,a ; x,y ; 2020-01-04,4,_ | 5",
        "date,t,v | 2020-01-01,ok,1 ; 2020-01-02,_oops,2 ; 2020-01-03,end_,3 ; 2020-01-04,ok,4 | 3",
        "t,date,v | ok,2020-01-01,1 ; _oops,2020-01-02,NA ; end_,2020-01-03,3 ; ok,2020-01-04,4 | 3",
      })
  void aQuoteThatSwallowsRowsIsRefused(String header, String rows, int closed) {
    String text = header + "\n" + rows.replace(" ; ", "\n").replace('_', '"') + "\n";
    String message = message(csv(text), "v");
    assertTrue(message.startsWith("t.csv, line 3: the quote that is opened in cell "), message);
    assertTrue(
        message.contains(" is closed in line " + (closed + 1) + " only, and what is between looks"),
        message);
  }

  @Test
  void textsOfSeveralLinesAreCells() {
    Table table =
        csv("date,v,t\n2020-01-01,1,\"Dear, all\nit is 3, not 4\nbest, J\"\n2020-01-02,2,b\n")
            .read();
    assertEquals(2, table.rows());
    assertArrayEquals(new double[] {1, 2}, table.column("v"));
  }

  @Test
  void whatIsWrongWithTheFirstLinesIsSaid() {
    assertTrue(
        message(lines("# by x", "# y, z", "a,b", "1,2"), "b")
            .contains("skip the lines above the header with --skip-rows or --comment"));
    assertTrue(
        message(lines("3,3", "4,5", "6,7"), "b")
            .contains("or, if the line is data, take it as such with --no-header"));
    assertTrue(
        message(lines("date,v", ",m", "2020-01-01,2"), "v").contains("skip it with --units-row"));
    assertTrue(
        assertThrows(
                DataException.class,
                () -> lines("date,v", ",m", "2020-01-01,2").read().dates("date"))
            .getMessage()
            .endsWith("skip it with --units-row (in code Csv.unitsRow)"));
    Csv wide =
        Csv.stream(
            "t.csv", new ByteArrayInputStream("a,b\n1,2\n".getBytes(StandardCharsets.UTF_16LE)));
    assertTrue(message(wide, "a").contains("UTF-16LE or UTF-16BE for example"));
  }

  @Test
  void markersOfMissingValuesAreNumbers() {
    Table table = lines("a;b", "-999.0;1", "-999;2", "3;-999,00", "4;-9990").missing("-999").read();
    assertArrayEquals(new double[] {NAN, NAN, 3, 4}, table.column("a"));
    assertArrayEquals(new double[] {1, 2, NAN, -9990}, table.column("b"));
    assertTrue(
        message(lines("a,b", "1,2", "#N/A,3"), "a")
            .endsWith(
                "or say that such cells are missing values with --missing (in code Csv.missing)"));
  }
}

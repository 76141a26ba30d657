package dev.rnn4j.forecast;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rnn4j.csv.Csv;
import dev.rnn4j.forecast.internal.model.ForecastModel;
import dev.rnn4j.io.NamedTensors;
import dev.rnn4j.io.Safetensors;
import dev.rnn4j.table.DataException;
import dev.rnn4j.table.Rows;
import dev.rnn4j.table.Table;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Tensor;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** A model of two shops that the command wrote before it could be told how its table is read. */
class ForecasterTest {
  /** What the command printed. */
  static final String NEXT =
      "[2024-03-01, north: sold 14.6 (80 %: 11.1 to 18.2), "
          + "2024-03-02, north: sold 15.3 (80 %: 11.0 to 20.8), "
          + "2024-03-01, south: sold 438 (80 %: 333 to 547), "
          + "2024-03-02, south: sold 459 (80 %: 331 to 624)]";

  private static final Path MODEL = resource("model.safetensors");
  private static Forecaster forecaster;

  @BeforeAll
  static void load() throws IOException {
    forecaster = Forecaster.load(MODEL);
  }

  static Path resource(String name) {
    try {
      return Path.of(ForecasterTest.class.getResource(name).toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  private static Table shops() {
    return Csv.file(resource("shops.csv")).read();
  }

  @Test
  void whatIsNullIsNamed() {
    assertNull("a forecaster was given null as its file", () -> Forecaster.load(null));
    assertNull("a forecaster was given null as its precision", () -> Forecaster.load(MODEL, null));
    assertNull("a forecaster was given null as its CSV", () -> forecaster.next((Path) null));
    assertNull("a forecaster was given null as its table", () -> forecaster.next((Table) null));
    assertNull("a forecaster was given null as its CSV", () -> forecaster.reading(null));
  }

  private static void assertNull(String message, Executable given) {
    assertEquals(message, assertThrows(NullPointerException.class, given).getMessage());
  }

  @Test
  void aSavedModelForecastsWhatItsCommandDid() {
    List<Outlook> next = forecaster.next(shops());
    assertEquals(NEXT, next.toString());
    Outlook last = next.get(3);
    assertEquals(Optional.of("south"), last.series());
    assertEquals(458.9900985988454, last.value());
    assertEquals(330.7913968119073, last.low());
    assertEquals(624.4598847871371, last.high());
  }

  @Test
  void aModelSaysWhatItForecastsFromWhat() {
    assertEquals(List.of("sold"), forecaster.targets());
    assertEquals(List.of("date", "shop", "sky", "holiday", "sold"), forecaster.columns());
    assertEquals(2, forecaster.horizon());
    assertTrue(forecaster.toString().startsWith("sold, 1 to 2 rows ahead, from windows of 3 rows"));
  }

  @Test
  void anotherPrecisionIsNearby() throws IOException {
    List<Outlook> next = forecaster.next(shops());
    List<Outlook> rounded = Forecaster.load(MODEL, Precision.FLOAT32).next(shops());
    for (int i = 0; i < next.size(); i++) {
      assertEquals(next.get(i).value(), rounded.get(i).value(), 1e-4 * next.get(i).value());
    }
  }

  @Test
  void manyThreadsAskAtOnce() {
    Table shops = shops();
    List<List<Outlook>> all =
        Collections.nCopies(8, shops).parallelStream().map(forecaster::next).toList();
    assertEquals(Collections.nCopies(8, forecaster.next(shops)), all);
  }

  @Test
  void whatIsSavedAgainIsTheSameFile(@TempDir Path folder) throws IOException {
    Path again = folder.resolve("again.safetensors");
    ForecastModel.load(MODEL, Optional.empty()).save(again);
    assertArrayEquals(Files.readAllBytes(MODEL), Files.readAllBytes(again));
  }

  @Test
  void aTableWithoutWhatIsReadIsRefused() {
    Table other = Table.of(new double[][] {{1, 2}}, "sold", "shop");
    String missing = assertThrows(DataException.class, () -> forecaster.next(other)).getMessage();
    assertTrue(missing.contains("has no column 'date', and the model needs date, shop"), missing);
    Table shops = shops();
    Table early = shops.slice(new Rows(0, 10));
    String unknown = assertThrows(DataException.class, () -> forecaster.next(early)).getMessage();
    assertTrue(unknown.contains("'holiday' is known in advance, and the model reads it"), unknown);
  }

  @Test
  void aTextThatTheModelDoesNotKnowIsRemarkedUpon(@TempDir Path folder) throws IOException {
    assertEquals(List.of(), remarks(shops()));
    String days = Files.readString(resource("shops.csv"));
    Path snow = Files.writeString(folder.resolve("snow.csv"), days.replaceFirst("fog", "snow"));
    assertEquals(
        List.of(
            snow
                + ", line 2, column 'sky': the model does not know 'snow', and reads it as none of"
                + " those that it knows: fog, rain, sun"),
        remarks(Csv.file(snow).read()));
    Path two = Files.writeString(snow, days.replace("fog", "snow").replace("sun", ""));
    List<String> remarks = remarks(Csv.file(two).read());
    assertEquals(1, remarks.size());
    assertTrue(remarks.get(0).contains("know 'snow', and reads"), remarks.get(0));
  }

  private static List<String> remarks(Table table) {
    return forecaster.remarks(table, forecaster.next(table));
  }

  @Test
  void remarksAreOnTheForecastsThatTheyAreGiven() {
    List<Outlook> next = forecaster.next(shops());
    assertEquals(
        List.of(
            "of 2 rows to forecast, only 1 is after the last one of 'south', as the forecast goes on"
                + " from the rows before a gap or a missing value"),
        forecaster.remarks(shops(), next.subList(0, 3)));
  }

  @Test
  void whatIsKnownInAdvanceIsReadOnTheDaysToForecast(@TempDir Path folder) throws IOException {
    String days = Files.readString(resource("shops.csv"));
    Path gap =
        Files.writeString(
            folder.resolve("gap.csv"),
            days.replace("south,2024-03-02", "south,2024-03-03")
                .replace("south,2024-03-01", "south,2024-03-02"));
    String message = assertThrows(DataException.class, () -> forecaster.next(gap)).getMessage();
    assertTrue(
        message.contains(
            "column 'date': from 2024-02-29 to 2024-03-02 it is more than 1 day, and column"
                + " 'holiday' is known in advance"),
        message);
  }

  @Test
  void whatIsNoModelIsRefused(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("m.safetensors"), "hello");
    String message = assertThrows(IOException.class, () -> Forecaster.load(file)).getMessage();
    assertTrue(message.contains("ends after 5 bytes"), message);
  }

  @Test
  void aModelWhoseNumbersAreNoneIsRefused(@TempDir Path folder) throws IOException {
    NamedTensors content = Safetensors.load(MODEL);
    Map<String, Tensor> tensors = new LinkedHashMap<>(content.tensors());
    tensors.computeIfPresent("linear", (name, one) -> Tensor.full(one.shape(), Double.NaN));
    Path file = folder.resolve("m.safetensors");
    Safetensors.save(file, tensors, content.metadata());
    assertEquals(
        "'" + file + "' does not fit together: its linear holds NaN; train the model anew",
        assertThrows(IllegalArgumentException.class, () -> Forecaster.load(file)).getMessage());
  }
}

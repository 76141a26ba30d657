package dev.rnn4j.examples.weather;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rnn4j.examples.CommandLineFixture;
import dev.rnn4j.examples.CommandLineFixture.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the document prints, and tables that it cannot read. */
class WeatherTest {
  @TempDir Path folder;

  @Test
  void printsWhatTheDocumentPrints() {
    Result result = CommandLineFixture.run("weather --epochs 11");
    assertEquals(0, result.code(), result.err());
    List<String> lines = result.out().lines().toList();
    assertEquals("Unnamed: 0,date,tmax,tmin,rain,tmax_tomorrow", lines.get(0));
    assertEquals("0,2012-01-01,12.8,5.0,0.0,10.6", lines.get(1));
    assertEquals("...,...,...,...,...,...", lines.get(6));
    assertEquals("1460,2015-12-31,5.6,-2.1,0.0,NaN", lines.get(11));
    assertEquals("X: (1461, 3)", lines.get(12));
    assertEquals("X_train: (73, 3), y_train: (73,)", lines.get(14));
    assertTrue(lines.get(16).startsWith("Epoch loss 0: 13.321037172"), lines.get(16));
    assertEquals(11, lines.stream().filter(line -> line.startsWith("dInput weights: ")).count());
    assertEquals(2, lines.stream().filter(line -> line.startsWith("Epoch loss ")).count());
    assertTrue(lines.get(lines.size() - 1).startsWith("Loss: "));
  }

  @Test
  void aMissingValueMattersWhereItIsUsed() throws IOException {
    Path far = table(400, 200);
    assertEquals(0, weather(far).code());
    Path near = table(400, 10);
    Result used = weather(near);
    assertEquals(2, used.code());
    assertEquals(
        "reading the table\n"
            + near
            + ", line 12, column 'rain': the value is missing, and used by windows (7 of 13 use"
            + " missing values); fill the gaps, or skip windows with missing values\n",
        used.err());
    assertEquals("", used.out());
    assertEquals(0, weather(near, "--windows", "4").code());
    assertEquals(2, weather(near, "--windows", "5").code());
  }

  @Test
  void saysHowManyWindowsThereAre() throws IOException {
    Path file = table(400, 399);
    for (String windows : List.of("0", "14")) {
      assertEquals(
          "reading the table\n"
              + file
              + ": --windows takes 1 to 13, the windows of 7 rows among the 20 that train\n",
          weather(file, "--windows", windows).err());
    }
    assertEquals(0, weather(file, "--windows", "13").code());
  }

  @Test
  void saysWhatTheTableLacks() throws IOException {
    Path shorter = table(159, 158);
    assertEquals(
        "reading the table\n"
            + shorter
            + " has 159 rows, and needs 160: the first twentieth trains\n",
        weather(shorter).err());
    Path narrow = Files.writeString(folder.resolve("narrow.csv"), "date,a\n2020-01-01,1\n");
    assertEquals(
        "reading the table\n"
            + narrow
            + " has 2 columns; weather reads five by their positions: date, maximum, minimum, rain,"
            + " tomorrow's maximum (forecast takes other tables)\n",
        weather(narrow).err());
  }

  private static Result weather(Path csv, String... options) {
    return CommandLineFixture.run(
        Stream.concat(
                Stream.of("weather", "--epochs", "1", "--csv", csv.toString()), Stream.of(options))
            .toArray(String[]::new));
  }

  /** Writes a table of the document's form, in which one cell is empty. */
  private Path table(int rows, int empty) throws IOException {
    String lines =
        IntStream.range(0, rows)
            .mapToObj(i -> i + "," + (60 + i % 7) + ",50," + (i == empty ? "" : i % 2) + ",61\n")
            .collect(Collectors.joining());
    return Files.writeString(folder.resolve(rows + "-" + empty + ".csv"), "a,b,c,d,e\n" + lines);
  }
}

package dev.rnn4j.examples.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rnn4j.examples.CommandLineFixture;
import dev.rnn4j.examples.CommandLineFixture.Result;
import dev.rnn4j.tensor.Precision;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The benchmarks' commands run and report what they promise; times are not tested. */
class BenchTest {
  private static final List<String> ALWAYS =
      List.of("bench", "cell", "precision", "threads", "medianMicros", "warm");

  @Test
  void optimizers() throws IOException {
    JsonNode rows = rows("bench optimizers --quick --shape 1,2,3,4");
    assertEquals(5, rows.size());
    assertEquals("sgd", rows.get(0).get("cell").asText());
    assertEquals(1, rows.get(0).get("timesSgd").asDouble());
    assertEquals("adam", rows.get(2).get("cell").asText());
    assertTrue(rows.get(2).get("timesSgd").asDouble() > 0);
  }

  @Test
  void updates() throws IOException {
    JsonNode rows = rows("bench updates --quick");
    assertEquals(
        List.of(
            "smallest", "cat-fish", "counting-linear", "stacked-sequence", "classifier", "weather"),
        rows.findValuesAsText("cell"));
    for (JsonNode row : rows) {
      has(row, "N", "T", "I", "H", "reference", "ratioToReference", "bytesPerRun", "planBytes");
      assertEquals(
          row.get("referenceMicros").asDouble() / row.get("medianMicros").asDouble(),
          row.get("ratioToReference").asDouble());
    }
  }

  @Test
  void budgets() throws IOException {
    JsonNode rows = rows("bench budget --quick --shape 4,300,3,8 --percent 40");
    assertEquals(2, rows.size());
    assertEquals(1, rows.get(0).get("segments").asInt());
    assertTrue(rows.get(1).get("segments").asInt() > 1, rows::toString);
    assertTrue(
        rows.get(1).get("workBytes").asLong() <= 0.4 * rows.get(0).get("workBytes").asLong());
  }

  @Test
  void peersSayHowToGetThem() {
    assumeTrue(ServiceLoader.load(Peer.class).findFirst().isEmpty());
    CommandLineFixture.Result result = CommandLineFixture.run("bench peers");
    assertEquals(2, result.code());
    assertEquals(
        "bench peers needs a Python that has PyTorch, bench peers --python python3, or libtorch,"
            + " which only the profile peers brings:"
            + " mvn -q -Ppeers compile exec:java -Dexec.args=\"bench peers\"\n",
        result.err());
  }

  @Test
  void peers() throws IOException {
    assumeTrue(ServiceLoader.load(Peer.class).findFirst().isPresent());
    JsonNode rows = rows("bench peers --quick --shape 1,7,3,4");
    assertEquals(
        List.of("elman", "lstm", "gru-reset-after", "gru", "mgu", "layer-norm-lstm"),
        rows.findValuesAsText("cell"));
    for (JsonNode row : rows) {
      has(row, "N", "T", "I", "H", "reference", "ratioToReference", "bytesPerRun", "planBytes");
      assertTrue(row.get("reference").asText().startsWith("libtorch "), row::toString);
    }
  }

  @Test
  void threadsAreCheckedBeforeAPeerStarts() {
    assertEquals(
        "Invalid value for option '--threads': a run has from 1 to 256 threads, and not 0\n",
        run("bench peers --python no-such-python --threads 0", 2).err());
  }

  @Test
  void whatIsNoPythonIsSaid() {
    String cure = "; name a Python that has PyTorch, such as python3\n";
    assertEquals("'false' ended" + cure, run("bench peers --python false", 2).err());
    assertEquals(
        "'no-such-python' does not start" + cure,
        run("bench start --quick --python no-such-python", 2).err());
  }

  @ParameterizedTest
  @EnumSource(LayerTask.class)
  void besidePyTorchWherePythonHasIt(LayerTask task) throws IOException {
    assumeTrue(hasPyTorch());
    JsonNode rows = rows("bench peers --python python3 --quick --shape 3,5,4,6 --task " + task);
    assertEquals(6, rows.size());
    assertTrue(rows.get(0).get("reference").asText().startsWith("PyTorch "), rows::toString);
    assertEquals(task == LayerTask.STEP ? "[1,1,4,6]" : "[3,5,4,6]", sizes(rows.get(0)));
  }

  private static boolean hasPyTorch() {
    try {
      return new ProcessBuilder("python3", "-c", "import torch")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException | InterruptedException e) {
      return false;
    }
  }

  @Test
  void cellsBesideHandFusedOnes() throws IOException {
    JsonNode rows =
        rows(
            "bench cells --quick --shape 2,3,4,5 --cell elman --cell gru --cell gru-reset-after"
                + " --cell minimal-gru --cell mgu --cell lstm --cell user-lstm"
                + " --cell layer-norm-lstm --cell masked-lstm --cell dropout-lstm"
                + " --cell dropout-norm-lstm --cell mlstm");
    assertEquals(
        List.of(
            "elman",
            "hand-fused elman",
            "gru",
            "gru-reset-after",
            "minimal-gru",
            "hand-fused gru",
            "mgu",
            "lstm",
            "user-lstm",
            "layer-norm-lstm",
            "masked-lstm",
            "dropout-lstm",
            "dropout-norm-lstm",
            "hand-fused lstm",
            "mlstm"),
        rows.findValuesAsText("cell"));
    for (JsonNode row : rows) {
      has(row, "gflops", "fractionOfPeak", "bytesPerRun");
      assertEquals("[2,3,4,5]", sizes(row));
      String cell = row.get("cell").asText();
      if (!cell.startsWith("hand-fused")) {
        has(row, "compileMillis", "planBytes", "workBytes", "workPerOutput");
        assertEquals(!List.of("mgu", "mlstm").contains(cell), row.has("ratioToReference"), cell);
      }
    }
    assertTrue(rows.get(8).has("ratioToLstm") && rows.get(9).has("ratioToLstm"));
    assertTrue(rows.get(4).has("ratioToGru"));
  }

  @Test
  void eachCellBesideItsBudget() {
    String command = "bench cells --quick --cell rg-lru --cell cfc --shape 32,2,3,4";
    Result result = CommandLineFixture.run(command.split(" "));
    assertEquals(0, result.code(), result.err());
    String[] lines = result.out().substring(result.out().indexOf("of budget")).split("\n");
    assertTrue(lines[1].startsWith("32,2,4,4        rg-lru "), result.out()); // H inputs
    assertTrue(lines[2].startsWith("32,2,3,4        cfc "), result.out());
    assertTrue(lines[4].endsWith(" of 2 rows are over their budget."), result.out());
  }

  /** Outputs need not be of the size H. */
  @ParameterizedTest
  @EnumSource(MeasuredCell.class)
  void eachCellCanBeMeasured(MeasuredCell cell) {
    Sizes sizes = cell.sized(new Sizes(2, 2, 3, 4));
    assertEquals(Float.BYTES, Compile.compile(cell.cell(sizes), sizes));
    assertTrue(Double.isFinite(cell.step(sizes, Precision.FLOAT32, 1).getAsDouble()));
  }

  @Test
  void cellsAndShapesThatAreAskedFor() throws IOException {
    JsonNode rows = rows("bench cells --quick --cell user-lstm --shape 1,2,3,4 --shape 2,1,1,1");
    assertEquals(
        List.of("user-lstm", "hand-fused lstm", "user-lstm", "hand-fused lstm"),
        rows.findValuesAsText("cell"));
    assertEquals("[1,2,3,4]", sizes(rows.get(0)));
    assertEquals("[2,1,1,1]", sizes(rows.get(2)));
    Result mistake = CommandLineFixture.run("bench cells --shape 1,2,3");
    assertEquals(2, mistake.code());
    assertTrue(mistake.err().contains("'1,2,3' is no shape"), mistake.err());
    assertEquals(1, mistake.err().lines().count(), mistake.err());
    Result unknown = CommandLineFixture.run("bench cells --cell lstn");
    assertEquals(2, unknown.code());
    assertTrue(unknown.err().contains("'lstn'; there are elman, gru, "), unknown.err());
  }

  @Test
  void byTheThreadsOwnTime() throws IOException {
    JsonNode rows = rows("bench compile --quick --clock thread --shape 1,2,3,4");
    assertEquals("thread", rows.get(0).get("clock").asText());
  }

  @Test
  void products() throws IOException {
    JsonNode rows = rows("bench gemm --quick --product 3x5x7 --product 64x70x81T");
    double largest = 0;
    for (JsonNode row : rows) {
      has(row, "m", "k", "n", "gflops", "fractionOfPeak");
      largest = Math.max(largest, row.get("fractionOfPeak").asDouble());
    }
    assertEquals(1, largest);
    assertEquals(List.of("3x5x7", "64x70x81T"), rows.findValuesAsText("cell"));
    assertEquals(70, rows.get(1).get("k").asInt());
  }

  @Test
  void aStepBesideItsOwnProducts() throws IOException {
    JsonNode row = rows("bench products --quick --shape 4,70,3,5").get(0);
    has(row, "N", "T", "I", "H", "medianMicros", "productMicros");
    double ofStep = row.get("productMicros").asDouble() / row.get("medianMicros").asDouble();
    assertEquals(ofStep, row.get("productsOfStep").asDouble(), 1e-9);
  }

  @Test
  void kernelsByJmh() throws IOException {
    JsonNode rows = rows("bench kernels --quick --only GemmBenchmark.pack");
    assertEquals(8, rows.size());
    for (JsonNode row : rows) {
      has(row, "kernels", "shape");
    }
  }

  @Test
  void threads() throws IOException {
    JsonNode rows = rows("bench threads --quick --shape 4,3,2,5 --cell mgu");
    assertEquals(1, rows.size());
    has(rows.get(0), "N", "T", "I", "H", "ratioToReference", "ratioToOneThread", "bytesPerRun");
    assertEquals(2, rows.get(0).get("threads").asInt());
    Result uneven = CommandLineFixture.run("bench threads --quick --shape 3,3,2,5");
    assertEquals("N = 3 sequences cannot be shared by 2 threads evenly\n", uneven.err());
  }

  @Test
  void aSourceIsComparedWithMemory() throws IOException {
    JsonNode rows = rows("bench source --gigabytes 0.01");
    assertEquals(1, rows.size());
    assertTrue(rows.get(0).get("medianMicros").asDouble() > 0);
  }

  @Test
  void streaming() throws IOException {
    JsonNode rows = rows("bench stream --quick --hidden 8 --hidden 16");
    assertEquals(2, rows.size());
    for (JsonNode row : rows) {
      has(row, "H", "p99Micros", "referenceP99Micros", "ratioToReference", "bytesPerRun");
      assertFalse(row.get("warm").asBoolean(), "after a moment");
    }
  }

  @Test
  void starting() throws IOException {
    JsonNode rows = rows("bench start --quick --shape 1,2,3,4 --updates 1 --updates 2");
    assertEquals(2, rows.size());
    assertEquals(1, rows.get(0).get("allMillis").size());
    assertEquals(2, rows.get(1).get("updates").asInt());
    assertFalse(rows.get(1).get("warm").asBoolean());
    assertEquals(
        "Invalid value for option '--updates' (N): '0' is not a whole number from 1 to 2147483647\n",
        run("bench start --quick --updates 0", 2).err());
    String large = run("bench start --quick --shape 9999999,9999999,1,1", 2).err();
    assertTrue(large.startsWith("the JVM that was to be timed ended early: Exception in "), large);
    assertEquals(1, large.lines().count(), large);
  }

  @Test
  void optionsAreCheckedBeforeAnythingIsMeasured() {
    for (String[] wrong :
        new String[][] {
          {
            "budget --quick --percent 0",
            "Invalid value for option '--percent' (P): '0' is not a whole number from 1 to 2147483647\n"
          },
          {
            "stream --quick --hidden 0",
            "Invalid value for option '--hidden' (H): '0' is not a whole number from 1 to 2147483647\n"
          },
          {
            "cells --quick --threads 0",
            "Invalid value for option '--threads': a run has from 1 to 256 threads, and not 0\n"
          },
          {
            "threads --quick --threads 257",
            "Invalid value for option '--threads': a run has from 1 to 256 threads, and not 257\n"
          },
          {
            "budget --quick --threads two",
            "Invalid value for option '--threads': 'two' is no number of threads\n"
          },
          {"kernels --quick --only none", "no benchmark of kernels is named like --only none\n"}
        }) {
      Result result = run("bench " + wrong[0], 2);
      assertTrue(result.err().contains(wrong[1]), result.err());
      assertEquals(1, result.err().lines().count(), result.err());
    }
  }

  @Test
  void compiling() throws IOException {
    JsonNode rows = rows("bench compile --quick --shape 1,2,3,4");
    assertEquals(2, rows.size());
    has(rows.get(0), "compileMillis");
    has(rows.get(1), "compileMillis");
    assertEquals("[1,2,3,4]", sizes(rows.get(0)));
  }

  @ParameterizedTest
  @CsvSource({"0.9667, 1", "1, 1.5", "1.04, 1.5", "4.9, 5", "31.9, 35", "0.051, 0.055"})
  void thePicturesAxisEndsAtARoundNumber(double largest, double top) {
    assertEquals(top, SpeedPlot.top(largest), 1e-12);
  }

  @Test
  void reportsAsAPicture(@TempDir Path folder) throws IOException {
    Path report = folder.resolve("cells.json");
    Path picture = folder.resolve("cells.png");
    run("bench cells --quick --cell elman --shape 1,2,3,4 --report " + report, 0);
    run("bench plot " + report + " " + report + " --to " + picture, 0);
    BufferedImage image = ImageIO.read(picture.toFile());
    assertEquals(2 * 430, image.getHeight(), "a chart for each report");
    Files.writeString(
        report, "{\"rows\": [{\"cell\": \"lstm\", \"ratioToReference\": 1.5, \"N\": 1.0}]}");
    assertEquals(
        "'" + report + "' compares no cells; write it by bench cells or bench peers --report\n",
        run("bench plot " + report + " --to " + picture, 2).err());
    assertEquals(
        "'" + report + "' is a report, which --to would write over; name another file\n",
        run("bench plot " + report + " --to " + report, 2).err());
    String row = "{\"cell\": \"a\", \"reference\": \"b\", \"N\": 1, \"T\": 1, \"I\": 1, \"H\": 1, ";
    Files.writeString(report, "{\"rows\": [" + row + "\"ratioToReference\": 1e999}]}");
    assertTrue(run("bench plot " + report + " --to " + picture, 2).err().contains("no cells"));
    Files.writeString(report, row);
    assertEquals(
        "'" + report + "' is no JSON: it ends too early\n",
        run("bench plot " + report + " --to " + picture, 2).err());
  }

  private static Result run(String command, int code) {
    Result result = CommandLineFixture.run(command);
    assertEquals(code, result.code(), result.err());
    return result;
  }

  private static JsonNode rows(String command) throws IOException {
    JsonNode rows = CommandLineFixture.report(command).get("rows");
    for (JsonNode row : rows) {
      ALWAYS.forEach(name -> has(row, name));
      assertTrue(row.get("medianMicros").asDouble() > 0, row::toString);
    }
    return rows;
  }

  private static String sizes(JsonNode row) {
    return List.of(row.get("N"), row.get("T"), row.get("I"), row.get("H"))
        .toString()
        .replace(" ", "");
  }

  private static void has(JsonNode row, String... names) {
    for (String name : names) {
      assertTrue(row.has(name), () -> name + " is missing in " + row);
    }
  }
}

package dev.rnn4j.examples.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rnn4j.examples.CommandLineFixture;
import java.io.IOException;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

/** The benchmarks' commands run and report what they promise; times are not tested. */
class BenchTest {
  private static final List<String> ALWAYS =
      List.of("bench", "cell", "precision", "threads", "medianMicros");

  @Test
  void updates() throws IOException {
    JsonNode rows = rows("bench updates --quick");
    assertEquals(
        List.of("cat-fish", "counting-linear", "stacked-sequence", "classifier", "weather"),
        rows.findValuesAsText("cell"));
    for (JsonNode row : rows) {
      has(row, "N", "T", "I", "H", "reference", "ratioToReference", "bytesPerRun", "planBytes");
      assertEquals(
          row.get("referenceMicros").asDouble() / row.get("medianMicros").asDouble(),
          row.get("ratioToReference").asDouble());
    }
  }

  @Test
  void peersSayHowToGetThem() {
    assumeTrue(ServiceLoader.load(Peer.class).findFirst().isEmpty());
    CommandLineFixture.Result result = CommandLineFixture.run("bench peers");
    assertEquals(2, result.code());
    assertEquals(
        "bench peers needs libtorch, which only the profile peers brings:"
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

  private static JsonNode rows(String command) throws IOException {
    JsonNode rows = CommandLineFixture.report(command).get("rows");
    for (JsonNode row : rows) {
      ALWAYS.forEach(name -> has(row, name));
      assertTrue(row.get("medianMicros").asDouble() > 0, row::toString);
    }
    return rows;
  }

  private static void has(JsonNode row, String... names) {
    for (String name : names) {
      assertTrue(row.has(name), () -> name + " is missing in " + row);
    }
  }
}

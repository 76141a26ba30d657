package dev.rnn4j.examples.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rnn4j.examples.CommandLineFixture;
import dev.rnn4j.examples.CommandLineFixture.Result;
import dev.rnn4j.examples.snippets.FromOnnx;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The library against numbers of PyTorch 2.13 (float64), from the files beside this test; and every
 * way of spoiling such a file, which must show.
 */
class ReferenceFilesTest {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();

  @TempDir private Path folder;

  private static ObjectNode load(String name) throws IOException {
    try (InputStream file = ReferenceFilesTest.class.getResourceAsStream(name)) {
      return (ObjectNode) JSON.readTree(file);
    }
  }

  /** Runs the cases of a file as it would be after a change; the weights lie beside it. */
  private Result run(JsonNode file, String... options) throws IOException {
    for (JsonNode each : file.get("cases")) {
      if (each.hasNonNull("weights")) {
        String name = each.get("weights").asText();
        try (InputStream weights = ReferenceFilesTest.class.getResourceAsStream(name)) {
          Files.copy(weights, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        }
      }
    }
    Path written = folder.resolve("cases.json");
    Files.writeString(written, JSON.writeValueAsString(file));
    List<String> args = new ArrayList<>(List.of("reference", written.toString()));
    args.addAll(List.of(options));
    return CommandLineFixture.run(args.toArray(String[]::new));
  }

  /** Returns a file with one case only. */
  private static ObjectNode alone(ObjectNode file, int number) {
    return with(file, JSON.createArrayNode().add(file.get("cases").get(number).deepCopy()));
  }

  /** Returns a file with other cases. */
  private static ObjectNode with(ObjectNode file, ArrayNode cases) {
    ObjectNode other = JSON.createObjectNode();
    other.setAll(file);
    other.set("cases", cases);
    return other;
  }

  /** Cases of a file, each spoiled in one place, and what is to be said of each: all in one run. */
  private final class Spoiled {
    private final ObjectNode file;
    private final ArrayNode cases = JSON.createArrayNode();
    private final List<String> parts = new ArrayList<>();

    Spoiled(ObjectNode file) {
      this.file = file;
    }

    void add(ObjectNode changed, String part) {
      cases.add(changed);
      parts.add(part);
    }

    void check() throws IOException {
      Result result = run(with(file, cases));
      assertEquals(1, result.code(), result.out());
      List<String> lines = result.out().lines().toList();
      assertEquals(parts.size() + 2, lines.size(), "a line for each, one before and one behind");
      for (int i = 0; i < parts.size(); i++) {
        assertTrue(lines.get(i + 1).contains(parts.get(i)), lines.get(i + 1));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "schedules.json, 11",
    "clipping.json, 5",
    "losses.json, 21",
    "modules.json, 18",
    "optimizers.json, 19"
  })
  void agree(String name, int cases) throws IOException {
    Result result = run(load(name), "--tolerance", "1e-12");
    assertEquals(0, result.code(), result.out());
    assertTrue(result.out().endsWith("  " + cases + " cases, 0 failed\n"), result.out());
    assertEquals(cases + 2, result.out().lines().count());
  }

  /** Each expected number moved by 10⁻⁶ of its tensor's size; expected is all that is not input. */
  @ParameterizedTest
  @CsvSource({
    "schedules.json, rates",
    "clipping.json, norm",
    "clipping.json, byGlobalNorm",
    "clipping.json, byValue",
    "losses.json, value",
    "losses.json, gradients",
    "optimizers.json, after",
    "modules.json, y",
    "modules.json, hn",
    "modules.json, loss",
    "modules.json, gradients",
  })
  void aMovedNumberShows(String name, String expected) throws IOException {
    ObjectNode file = load(name);
    Spoiled spoiled = new Spoiled(file);
    for (JsonNode whole : file.get("cases")) {
      ObjectNode changed = whole.deepCopy();
      changed.set(expected, moved(changed.get(expected)));
      spoiled.add(changed, "FAILED: above 1.0E-9");
    }
    spoiled.check();
  }

  /** Returns numbers with the largest one, of the first tensor in them, moved. */
  private static JsonNode moved(JsonNode node) {
    if (node.isNumber()) {
      return DoubleNode.valueOf(node.asDouble() == 0 ? 1e-6 : node.asDouble() * (1 + 1e-6));
    }
    if (node.isObject()) {
      ObjectNode copy = node.deepCopy();
      String first = node.fieldNames().next();
      copy.set(first, moved(node.get(first)));
      return copy;
    }
    ArrayNode copy = node.deepCopy();
    int largest = 0;
    for (int i = 0; i < copy.size() && copy.get(i).isNumber(); i++) {
      largest =
          Math.abs(copy.get(i).asDouble()) > Math.abs(copy.get(largest).asDouble()) ? i : largest;
    }
    copy.set(largest, moved(copy.get(largest)));
    return copy;
  }

  /** No field of a case, and no setting, may be missing. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "schedules.json",
        "clipping.json",
        "losses.json",
        "modules.json",
        "optimizers.json"
      })
  void aMissingFieldShows(String name) throws IOException {
    ObjectNode file = load(name);
    Spoiled spoiled = new Spoiled(file);
    for (JsonNode whole : file.get("cases")) {
      for (String field : fields(whole)) {
        ObjectNode without = whole.deepCopy();
        without.remove(field);
        spoiled.add(without, "FAILED: ");
      }
      for (String setting : fields(whole.path("settings"))) {
        ObjectNode without = whole.deepCopy();
        ((ObjectNode) without.get("settings")).remove(setting);
        spoiled.add(without, "FAILED: ");
      }
      for (String input : fields(whole.path("inputs"))) {
        ObjectNode without = whole.deepCopy();
        ((ObjectNode) without.get("inputs")).remove(input);
        spoiled.add(without, "FAILED: the case.inputs lacks " + input);
      }
    }
    spoiled.check();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "schedules.json",
        "clipping.json",
        "losses.json",
        "modules.json",
        "optimizers.json"
      })
  void anUnknownFieldOrSettingShows(String name) throws IOException {
    ObjectNode file = load(name);
    Spoiled spoiled = new Spoiled(file);
    for (JsonNode whole : file.get("cases")) {
      ObjectNode more = whole.deepCopy();
      more.put("more", 1);
      spoiled.add(more, "FAILED: the case has [more], which is not understood");
      if (whole.has("settings")) {
        ObjectNode unknown = whole.deepCopy();
        ((ObjectNode) unknown.get("settings")).put("verbose", true);
        spoiled.add(unknown, "FAILED: the case.settings has [verbose], which is not understood");
      }
    }
    spoiled.check();
  }

  private static List<String> fields(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"cases\": []}                        | the file has no cases",
        "{\"cases\": {}}                        | the file.cases is not a list",
        "{\"about\": \"\"}                      | the file lacks cases",
        "{\"cases\": [], \"more\": 1}           | the file has [more], which is not understood",
        "3                                      | the file is no JSON object",
        "[]                                     | the file has no cases",
        "[3]                                    | the case is no JSON object",
        "{\"cases\": [3]}                       | the case is no JSON object",
        "{\"cases\": [{}]}                      | a case has one of [",
        "{\"cases\": [{\"schedule\": 3}]}       | the case.schedule is not a text",
        "{\"cases\": [{\"schedule\": \"No\"}]}  | the case lacks settings",
        "{\"cases\": [{\"schedule\": \"No\", \"settings\": {}, \"initialRate\": 1}]}"
            + " | there is no schedule No",
        "{\"cases\": [{\"schedule\": \"No\", \"maxNorm\": 1}]} | the case lacks settings",
        "{\"cases\": [{\"schedule\": \"StepLR\", \"settings\": {\"step_size\": 2.5, \"gamma\": 1},"
            + " \"initialRate\": 1, \"rates\": [1]}]} | step_size is no whole number: 2.5",
        "{\"cases\": [{\"schedule\": \"StepLR\", \"settings\": {\"step_size\": 2, \"gamma\": 1},"
            + " \"initialRate\": 1, \"rates\": []}]} | the case expects no number",
        "{\"cases\": [{\"schedule\": \"StepLR\", \"settings\": {\"step_size\": 0, \"gamma\": 1},"
            + " \"initialRate\": 1, \"rates\": [1]}]} | needs at least 1 update, not 0",
        "{\"cases\": [{\"schedule\": \"StepLR\", \"settings\": {\"step_size\": 2, \"gamma\": 1},"
            + " \"initialRate\": 1, \"rates\": [1, [1]]}]} | the case.rates has [1.0] where a number",
        "{\"cases\": [{\"schedule\": \"StepLR\", \"settings\": {\"step_size\": 2, \"gamma\": 1},"
            + " \"initialRate\": 1, \"rates\": [1, NaN]}]} | Infinity  rates  FAILED",
        "{\"cases\": [{\"schedule\": \"StepLR\", \"settings\": {\"step_size\": 2, \"gamma\": 1},"
            + " \"initialRate\": 1, \"rates\": [1, \"1\"]}]} | has 1 where a number is expected",
        "{\"cases\": [{\"maxNorm\": 1, \"epsilon\": 0.1}]} | epsilon can only be 1.0E-6 here",
        "{\"cases\": [], \"cases\": []}         | is no JSON at line 1, column",
        "{\"cases\": []} 1                      | goes on after the end of its JSON",
        "{\"cases\": [                          | is no JSON: it ends too early",
      })
  void whatIsNotUnderstoodIsSaid(String file, String part) throws IOException {
    Path written = folder.resolve("cases.json");
    Files.writeString(written, file);
    Result result = CommandLineFixture.run("reference", written.toString());
    assertEquals(1, result.code());
    assertTrue(result.out().contains(part), result.out());
    assertEquals("", result.err());
  }

  @Test
  void theGradientOfAPredictionMustBeThereAndNoneOfAnythingElse() throws IOException {
    ObjectNode without = alone(load("losses.json"), 4);
    ((ObjectNode) without.get("cases").get(0).get("gradients")).remove("v");
    assertFails(without, "FAILED: the gradient of v is missing");
    for (int number : new int[] {0, 1, 2, 3, 4, 5, 6, 7, 15, 16, 17}) {
      ObjectNode target = alone(load("losses.json"), number);
      ((ObjectNode) target.get("cases").get(0).get("gradients")).remove("y");
      assertFails(target, "FAILED: the gradient of y is missing");
    }
    ObjectNode more = alone(load("losses.json"), 8);
    ((ObjectNode) more.get("cases").get(0).get("gradients")).put("q", 1);
    assertFails(more, "FAILED: a gradient is expected of q, which is no input");
  }

  @Test
  void theWeightsOfAModuleAreReadAsAWhole() throws IOException {
    ObjectNode oneLayer = alone(load("modules.json"), 1);
    ((ObjectNode) oneLayer.get("cases").get(0).get("settings")).put("num_layers", 1);
    assertFails(
        oneLayer,
        "FAILED: the weights have bias_hh_l1, bias_hh_l1_reverse, bias_ih_l1,"
            + " bias_ih_l1_reverse, weight_hh_l1, weight_hh_l1_reverse, weight_ih_l1,"
            + " weight_ih_l1_reverse, which no module takes");
    ObjectNode three = alone(load("modules.json"), 1);
    ((ObjectNode) three.get("cases").get(0).get("settings")).put("num_layers", 3);
    assertFails(three, "FAILED: the weights do not fit the module: weight_ih_l2 [3, 6] is missing");
    ObjectNode wide = alone(load("modules.json"), 0);
    ((ObjectNode) wide.get("cases").get(0)).put("hiddenSize", 5);
    assertFails(
        wide,
        "FAILED: the weights do not fit the module: weight_ih_l0 is [4, 3] where the module takes"
            + " [5, 3]; ");
    ObjectNode without = alone(load("modules.json"), 0);
    ((ObjectNode) without.get("cases").get(0).get("gradients")).remove("bias_hh_l0");
    assertFails(without, "FAILED: the case.gradients lacks bias_hh_l0");
  }

  @Test
  void oneFailureOfSeveralFilesIsEnough() throws IOException {
    Path good = folder.resolve("good.json");
    Path bad = folder.resolve("bad.json");
    Files.writeString(good, JSON.writeValueAsString(load("clipping.json")));
    Files.writeString(bad, "{\"cases\": []}");
    Result result = CommandLineFixture.run("reference", bad.toString(), good.toString());
    assertEquals(1, result.code());
    assertTrue(result.out().endsWith("  5 cases, 0 failed\n"), result.out());
  }

  @Test
  void theToleranceIsTheUsers() throws IOException {
    ObjectNode alone = alone(load("schedules.json"), 0);
    ObjectNode changed = (ObjectNode) alone.get("cases").get(0);
    changed.set("rates", moved(changed.get("rates")));
    assertEquals(0, run(alone, "--tolerance", "1e-5").code());
    assertEquals(1, run(alone, "--tolerance", "1e-7").code());
  }

  private void assertFails(ObjectNode file, String part) throws IOException {
    Result result = run(file);
    assertEquals(1, result.code(), result.out());
    assertTrue(result.out().contains(part), result.out());
  }

  /** A model in an ONNX file, with outputs of ONNX Runtime. */
  @Test
  void comparesModelsInOnnxFiles() throws IOException {
    try (InputStream model = FromOnnx.class.getResourceAsStream("forecaster.onnx")) {
      Files.copy(model, folder.resolve("forecaster.onnx"));
    }
    String run =
        """
        [{"file": "forecaster.onnx", "ops": ["GRU"], "runs": [{
          "inputs": {"x": {"shape": [1, 1, 2], "type": "float32", "values": [0.5, -1]}},
          "outputs": {"%s": {"shape": [1, 1, 3], "values": [%s, 0.20877911, -0.36716294]}}}]}]
        """;
    Path cases = folder.resolve("index.json");
    String[] command = {"reference", cases.toString(), "--tolerance", "1e-5"};
    Files.writeString(cases, run.formatted("y", "0.10546972"));
    Result right = CommandLineFixture.run(command);
    assertEquals(0, right.code(), right.out());
    Files.writeString(cases, run.formatted("y", "0.1055"));
    assertEquals(1, CommandLineFixture.run(command).code());
    Files.writeString(cases, run.formatted("z", "0.10546972"));
    assertTrue(CommandLineFixture.run(command).out().contains("there is no output z, only [y]"));
  }
}

package dev.rnn4j.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the options change, and what a report says of them. */
class SettingsTest {
  @Test
  void withoutEpochsOnlyTheStartIsReported() throws IOException {
    assertEquals("[]", values("cat-fish --epochs 0").get("losses").toString());
    JsonNode counting = values("counting-linear --epochs 0 --wx 0.25 --wrec -2");
    assertEquals("[]", counting.get("checkpointEpochs").toString());
    assertEquals("[0.25,-2.0]", counting.get("finalWeights").toString());
    assertEquals("[1.0,0.5,0.75]", counting.get("finalPredictions").toString());
    assertEquals("[]", values("stacked-sequence --epochs 0").get("losses").toString());
    JsonNode classifier = values("classifier --epochs 0");
    assertEquals("{}", classifier.get("checkpointCrossEntropies").toString());
    assertEquals(classifier.get("crossEntropy"), classifier.get("finalCrossEntropy"));
    assertEquals(classifier.get("outputProbabilities"), classifier.get("finalProbabilities"));
  }

  @Test
  void checkpointsEndWithTheLastEpochWhereTheDocumentsDo() throws IOException {
    assertEquals("[0]", epochs("counting-linear --epochs 1"));
    assertEquals("[0,1,2,10]", epochs("counting-linear --epochs 11"));
    assertEquals("[0,1,2,10,12]", epochs("counting-linear --epochs 13"));
    assertEquals("[0,1000]", epochs("counting-sigmoid --epochs 1500"));
    assertEquals("[0,100]", epochs("stacked-sequence --epochs 101"));
    assertEquals("[0,100,119]", epochs("stacked-sequence --epochs 120"));
    JsonNode classifier = values("classifier --epochs 10").get("checkpointCrossEntropies");
    List<String> keys = new ArrayList<>();
    classifier.fieldNames().forEachRemaining(keys::add);
    assertEquals(List.of("2", "10"), keys);
  }

  @Test
  void fewerEpochsAreTheBeginningOfMore() throws IOException {
    JsonNode few = values("cat-fish --epochs 3").get("losses");
    JsonNode many = values("cat-fish --epochs 30").get("losses");
    assertEquals(3, few.size());
    for (int epoch = 0; epoch < 3; epoch++) {
      assertEquals(many.get(epoch), few.get(epoch));
    }
  }

  @Test
  void momentumBringsTheDocumentsSettingsForIt() throws IOException {
    JsonNode plain = CommandLineFixture.report("stacked-sequence --momentum 0 --epochs 1");
    assertEquals(0.005, plain.get("learningRate").asDouble());
    JsonNode momentum = CommandLineFixture.report("stacked-sequence --momentum 0.9");
    assertEquals(0.0005, momentum.get("learningRate").asDouble());
    assertEquals(201, momentum.get("epochs").asInt());
    JsonNode own =
        CommandLineFixture.report("stacked-sequence --momentum .9 --rate .01 --epochs 2");
    assertEquals(0.01, own.get("learningRate").asDouble());
    assertEquals(2, own.get("epochs").asInt());
  }

  @Test
  void theReportNamesScenarioAndSeedOrStart() throws IOException {
    JsonNode seeded = CommandLineFixture.report("classifier --seed 4294967295 --epochs 0");
    assertEquals("classifier", seeded.get("scenario").asText());
    assertEquals(4294967295L, seeded.get("seed").asLong());
    JsonNode started = CommandLineFixture.report("counting-linear --epochs 0");
    assertEquals("[0.2,1.5]", started.get("start").toString());
    assertFalse(started.has("seed"));
  }

  @Test
  void seedsDiffer() throws IOException {
    assertNotEquals(values("cat-fish --epochs 1 --seed 5"), values("cat-fish --epochs 1 --seed 6"));
  }

  @Test
  void numbersThatAreNoneStandBare() throws IOException {
    JsonNode losses = values("cat-fish --seed 842 --rate 0.05").get("losses");
    assertTrue(Double.isNaN(losses.get(99).asDouble()));
  }

  @Test
  void theBackwardPassIsReported() throws IOException {
    JsonNode gradients = values("simple-rnn").get("gradients");
    assertEquals(2, gradients.get("dw_x").size());
    assertEquals(4, gradients.get("dw_h").size());
    assertEquals(3, gradients.get("dx").size());
    // d Σh₃ / db from the document's numbers, by hand through three steps of tanh.
    assertEquals(0.38706624, gradients.get("db").get(0).asDouble(), 1e-8);
  }

  private static JsonNode values(String command) throws IOException {
    return CommandLineFixture.report(command).get("values");
  }

  private static String epochs(String command) throws IOException {
    return values(command).get("checkpointEpochs").toString();
  }
}

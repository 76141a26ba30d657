package dev.rnn4j.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every scenario against the numbers of its document, computed in NumPy. */
class ReferenceTest {
  private static final double TINY = 1e-12;

  @ParameterizedTest
  @CsvSource({
    "cat-fish,                                         cat-fish-seed1234,                1e-9",
    "cat-fish --seed 0,                                cat-fish-seed0,                   1e-9",
    "counting-linear,                                  counting-linear,                  1e-12",
    "counting-sigmoid,                                 counting-sigmoid-seed1234,        1e-12",
    "stacked-sequence,                                 stacked-sequence-seed0,           1e-12",
    "stacked-sequence --momentum 0.9,                  stacked-sequence-momentum-seed0,  1e-12",
    "stacked-sequence --momentum .9 --rate 5e-4,       stacked-sequence-momentum-seed0,  1e-12",
    "simple-rnn,                                       simple-rnn,                       1e-12",
    "classifier,                                       classifier-seed0,                 1e-9",
    "weather,                                          weather-seattle-seed0,            1e-9",
    "weather --seed 3 --rate 1e-4 --momentum 0.9 --epochs 8 --windows 40,"
        + "weather-seattle-seed3-momentum, 1e-9",
  })
  void agrees(String command, String reference, double tolerance) throws IOException {
    JsonNode report = CommandLineFixture.report(command);
    assertClose("", values(reference), report.get("values"), tolerance);
  }

  @Test
  void theSecondCountingRunBeginsWhereTheFirstEnded() throws IOException {
    JsonNode weights = values("counting-linear").get("finalWeights");
    JsonNode report =
        CommandLineFixture.report(
            "counting-linear --wx " + weights.get(0) + " --wrec " + weights.get(1));
    assertClose("", values("counting-linear-second-run"), report.get("values"), 1e-12);
    assertEquals(weights, report.get("start"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0", "0.9"})
  void agreesOnTheDocumentsWeather(String momentum) throws IOException {
    JsonNode report =
        CommandLineFixture.report(
            "weather --rate 1e-4 --epochs 5 --windows 200 --momentum "
                + momentum
                + " --csv "
                + documentsWeather());
    JsonNode want = values("weather-smooth-seed0-momentum" + momentum);
    assertClose("", want, report.get("values"), 1e-9);
  }

  /** The document's own run is chaotic: only its beginning can be compared. */
  @Test
  void beginsLikeTheDocumentsWeather() throws IOException {
    JsonNode got =
        CommandLineFixture.report("weather --epochs 2 --csv " + documentsWeather()).get("values");
    JsonNode want = values("weather-seed0");
    for (String scaler : List.of("scalerMean", "scalerScale")) {
      assertClose(scaler, want.get(scaler), got.get(scaler), 1e-11);
    }
    for (String printed : List.of("epochLosses", "gradientNorms")) {
      assertClose(printed, want.get(printed).get(0), got.get(printed).get(0), 1e-11);
      assertClose(printed, want.get(printed).get(1), got.get(printed).get(1), 1e-6);
    }
  }

  private static Path documentsWeather() {
    String folder = System.getProperty("weather.data");
    assumeTrue(
        folder != null,
        "the document's weather is not here: -Dweather.data=FOLDER says where it is");
    return Path.of(folder, "clean_weather.csv");
  }

  @ParameterizedTest
  @CsvSource({
    "cat-fish,          cat-fish-seed1234,         /losses/0",
    "counting-linear,   counting-linear,           /finalPredictions/2",
    "counting-sigmoid,  counting-sigmoid-seed1234, /finalPredictions/2",
    "stacked-sequence,  stacked-sequence-seed0,    /predictions1/4",
    "simple-rnn,        simple-rnn,                /hiddenStatesCarried/2/3",
    "classifier,        classifier-seed0,          /finalProbabilities/3/0",
    "weather,           weather-seattle-seed0,     /predictionsFirst10/3",
  })
  void float32AgreesInKind(String command, String reference, String value) throws IOException {
    JsonNode report = CommandLineFixture.report(command + " --precision FLOAT32");
    assertEquals("float32", report.get("precision").asText());
    double want = values(reference).at(value).asDouble();
    double got = report.get("values").at(value).asDouble();
    assertEquals(want, got, 1e-3 * Math.abs(want));
    assertEquals(got, (float) got);
  }

  private static JsonNode values(String reference) throws IOException {
    return CommandLineFixture.reference(reference).get("values");
  }

  private static void assertClose(String path, JsonNode want, JsonNode got, double tolerance) {
    if (got == null) {
      fail(path + " is missing");
    }
    if (want.isObject()) {
      for (Map.Entry<String, JsonNode> field : want.properties()) {
        String name = path + "." + field.getKey();
        assertClose(name, field.getValue(), got.get(field.getKey()), tolerance);
      }
    } else if (want.isArray()) {
      assertEquals(want.size(), got.size(), path);
      for (int i = 0; i < want.size(); i++) {
        assertClose(path + "[" + i + "]", want.get(i), got.get(i), tolerance);
      }
    } else {
      double number = want.asDouble();
      assertEquals(number, got.asDouble(), TINY + tolerance * Math.abs(number), path);
    }
  }
}

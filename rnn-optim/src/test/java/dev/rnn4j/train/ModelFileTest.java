package dev.rnn4j.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rnn4j.graph.Parameter;
import dev.rnn4j.io.Safetensors;
import dev.rnn4j.io.SafetensorsException;
import dev.rnn4j.plan.Weights;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Tensor;
import dev.rnn4j.train.Fixtures.Forecast;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ModelFileTest {
  private record Tied(Parameter encoder, Parameter decoder) {}

  private final Forecast model = Forecast.of(3, 4, 1, 1);
  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void nameTheFile() {
    file = folder.resolve("model.safetensors");
  }

  private String misfit(Object other) {
    return assertThrows(
            IllegalArgumentException.class, () -> ModelFile.load(other, file, Precision.FLOAT64))
        .getMessage();
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void keepsEveryBit(Precision precision) throws IOException {
    Weights weights = Weights.of(precision);
    ModelFile.save(model, weights, file, Map.of("features", "a,b,c"));
    Weights loaded = ModelFile.load(model, file, precision);
    weights
        .values(model)
        .forEach((path, value) -> assertTrue(value.sameAs(loaded.values(model).get(path)), path));
    assertEquals(Map.of("features", "a,b,c"), Safetensors.load(file).metadata());
  }

  @Test
  void roundsToTheWantedPrecision() throws IOException {
    ModelFile.save(model, Weights.of(Precision.FLOAT64), file, Map.of());
    Weights loaded = ModelFile.load(model, file, Precision.FLOAT32);
    assertEquals(Precision.FLOAT32, loaded.precision());
    Parameter weight = model.output().weight();
    assertTrue(weight.initial().to(Precision.FLOAT32).sameAs(loaded.get(weight)));
  }

  @Test
  void namesTheParameterWhoseShapeDiffers() throws IOException {
    ModelFile.save(model, Weights.of(Precision.FLOAT64), file, Map.of());
    assertEquals(
        "'"
            + file
            + "' is not of this model: rnn.cell.gate.weightIh is [3, 4] in the file and [5, 4] in"
            + " the model; build the model as it was when saved, or train this one anew",
        misfit(Forecast.of(5, 4, 1, 1)));
  }

  @Test
  void namesTheParameterThatTheFileOrTheModelLacks() throws IOException {
    ModelFile.save(model.output(), Weights.of(Precision.FLOAT64), file, Map.of());
    assertEquals(
        "'"
            + file
            + "' is not of this model: it has no parameter rnn.cell.gate.weightIh, only [weight,"
            + " bias]; build the model as it was when saved, or train this one anew",
        misfit(model));
    Map<String, Tensor> more =
        new LinkedHashMap<>(Weights.of(Precision.FLOAT64).values(model.output()));
    more.put("gain", Tensor.scalar(1));
    Safetensors.save(file, more, Map.of());
    assertEquals(
        "'"
            + file
            + "' is not of this model: it has gain, and the model only [weight, bias]; build the"
            + " model as it was when saved, or train this one anew",
        misfit(model.output()));
  }

  @Test
  void aSharedParameterHasOneValue() throws IOException {
    Parameter shared = Parameter.of(Tensor.of(1, 2));
    Tied tied = new Tied(shared, shared);
    ModelFile.save(tied, Weights.of(Precision.FLOAT64), file, Map.of());
    assertEquals(
        List.of("encoder", "decoder"), List.copyOf(Safetensors.load(file).tensors().keySet()));
    assertEquals(2, ModelFile.load(tied, file, Precision.FLOAT64).get(shared).at(1));
    Safetensors.save(
        file, Map.of("encoder", Tensor.of(1, 2), "decoder", Tensor.of(1, 3)), Map.of());
    assertEquals(
        "'"
            + file
            + "' is not of this model: encoder and decoder are one parameter in the model and differ"
            + " in the file; build the model as it was when saved, or train this one anew",
        misfit(tied));
  }

  @Test
  void saysWhatIsWrongWithTheFileItself() throws IOException {
    String missing =
        assertThrows(
                SafetensorsException.class, () -> ModelFile.load(model, file, Precision.FLOAT32))
            .getMessage();
    assertTrue(missing.contains(file.toString()), missing);
    ModelFile.save(model, Weights.of(Precision.FLOAT64), file, Map.of());
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length - 5));
    assertThrows(SafetensorsException.class, () -> ModelFile.load(model, file, Precision.FLOAT32));
  }

  @Test
  void aFolderThatDoesNotExistLeavesNothing() {
    Path nowhere = folder.resolve("none/model.safetensors");
    assertThrows(
        SafetensorsException.class,
        () -> ModelFile.save(model, Weights.of(Precision.FLOAT64), nowhere, Map.of()));
    assertEquals(0, folder.toFile().list().length);
  }
}

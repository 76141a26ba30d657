package dev.rnn4j.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.rnn4j.cell.Activation;
import dev.rnn4j.cell.GruResetAfterCell;
import dev.rnn4j.cell.LstmCell;
import dev.rnn4j.graph.Node;
import dev.rnn4j.io.Safetensors;
import dev.rnn4j.io.SafetensorsException;
import dev.rnn4j.layer.DeepRecurrent;
import dev.rnn4j.layer.Dense;
import dev.rnn4j.part.LayerNorm;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import dev.rnn4j.testing.Agreement;
import dev.rnn4j.testing.Draw;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/**
 * Weights under PyTorch's names. Its numbers are checked by the scenario {@code reference}, against
 * files that it has written.
 */
class TorchTest {
  private final Draw draw = new Draw(new Random(3));
  @TempDir private Path folder;

  private Map<String, Tensor> tensors(Object... namesAndSizes) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (int i = 0; i < namesAndSizes.length; i += 2) {
      Shape shape = Shape.of((int[]) namesAndSizes[i + 1]);
      tensors.put((String) namesAndSizes[i], draw.uniform(shape, -1, 1));
    }
    return tensors;
  }

  private static int[] sizes(int... sizes) {
    return sizes;
  }

  private Map<String, Tensor> gru(String prefix) {
    return tensors(
        prefix + "weight_ih_l0", sizes(9, 2),
        prefix + "weight_hh_l0", sizes(9, 3),
        prefix + "bias_ih_l0", sizes(9),
        prefix + "bias_hh_l0", sizes(9));
  }

  private static void refused(String message, Executable mistake) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, mistake).getMessage());
  }

  @Test
  void gatesAreTakenApart() throws SafetensorsException {
    Path file = folder.resolve("gru.safetensors");
    Map<String, Tensor> tensors = gru("");
    Map<String, Tensor> floats = new LinkedHashMap<>();
    tensors.forEach((name, tensor) -> floats.put(name, tensor.to(Precision.FLOAT32)));
    for (Map<String, Tensor> saved : List.of(tensors, floats)) {
      Safetensors.save(file, saved, Map.of("format", "pt"));
      DeepRecurrent<GruResetAfterCell.State> module = TorchRecurrent.gru(2, 3).load(file);
      GruResetAfterCell cell = (GruResetAfterCell) module.cells().get(0);
      for (int h = 0; h < 3; h++) {
        for (int i = 0; i < 2; i++) {
          assertEquals(
              tensors.get("weight_ih_l0").get(3 + h, i),
              cell.update().weightIh().initial().get(i, h));
        }
        assertEquals(
            tensors.get("bias_ih_l0").at(h) + tensors.get("bias_hh_l0").at(h),
            cell.reset().bias().initial().at(h));
        assertEquals(tensors.get("bias_ih_l0").at(6 + h), cell.candidate().bias().initial().at(h));
        assertEquals(
            tensors.get("bias_hh_l0").at(6 + h), cell.candidate().biasHh().initial().at(h));
      }
    }
  }

  /** A tensor is what its parts are put together to. */
  @Test
  void gradientsHaveTheNamesAndShapesOfTensors() {
    Map<String, Tensor> lstm =
        tensors(
            "weight_ih_l0", sizes(20, 2),
            "weight_hh_l0", sizes(20, 3),
            "weight_hr_l0", sizes(3, 5),
            "weight_ih_l1", sizes(20, 3),
            "weight_hh_l1", sizes(20, 3),
            "weight_hr_l1", sizes(3, 5));
    TorchRecurrent<LstmCell.State> form =
        TorchRecurrent.lstm(2, 5).layers(2).projected(3).withoutBias();
    DeepRecurrent<LstmCell.State> module = form.from(StateDict.of(lstm), "");
    Map<String, Node> same = form.gradients(module, p -> Node.constant(p.initial()));
    assertEquals(lstm.keySet(), same.keySet());
    lstm.forEach((name, tensor) -> Agreement.assertSameBits(tensor, same.get(name).eval(), name));
  }

  @Test
  void whatIsMissingAndWhatIsLeftOverIsNamed() {
    Map<String, Tensor> tensors = gru("");
    StateDict dict = StateDict.of(tensors);
    refused(
        "the weights do not fit the module: weight_ih_l0_reverse [9, 2] is missing;"
            + " weight_hh_l0_reverse [9, 3] is missing; bias_ih_l0_reverse [9] is missing;"
            + " bias_hh_l0_reverse [9] is missing; there are weight_ih_l0 [9, 2], weight_hh_l0"
            + " [9, 3], bias_ih_l0 [9], bias_hh_l0 [9]",
        () -> TorchRecurrent.gru(2, 3).bidirectional().from(dict, ""));
    refused(
        "the weights do not fit the module rnn: rnn.weight_ih_l0 [4, 2] is missing;"
            + " rnn.weight_hh_l0 [4, 4] is missing; there are weight_ih_l0 [9, 2], weight_hh_l0"
            + " [9, 3], bias_ih_l0 [9], bias_hh_l0 [9]",
        () -> TorchRecurrent.rnn(2, 4).withoutBias().from(dict, "rnn"));
    refused(
        "the weights do not fit the module: weight_ih_l0 is [9, 2] where the module takes [12, 2];"
            + " weight_hh_l0 is [9, 3] where the module takes [12, 3]; bias_ih_l0 is [9] where the"
            + " module takes [12]; bias_hh_l0 is [9] where the module takes [12]; there are"
            + " weight_ih_l0 [9, 2], weight_hh_l0 [9, 3], bias_ih_l0 [9], bias_hh_l0 [9]",
        () -> TorchRecurrent.lstm(2, 3).from(dict, ""));
    TorchRecurrent.gru(2, 3).withoutBias().from(dict, "");
    refused(
        "the weights have bias_hh_l0, bias_ih_l0, which no module takes: look at the number of"
            + " layers, at both directions, bias and projection",
        dict::requireAllRead);
    TorchRecurrent.gru(2, 3).from(dict, "");
    dict.requireAllRead();
  }

  @Test
  void aWholeModelIsTakenApart() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.putAll(tensors("words.weight", sizes(7, 2)));
    tensors.putAll(gru("encoder.rnn."));
    tensors.putAll(tensors("norm.weight", sizes(3), "norm.bias", sizes(3)));
    tensors.putAll(tensors("head.weight", sizes(4, 3), "head.bias", sizes(4)));
    StateDict dict = StateDict.of(tensors);
    assertEquals(7, dict.embedding("words", 7, 2).count());
    TorchRecurrent.gru(2, 3).from(dict, "encoder.rnn");
    LayerNorm norm = dict.layerNorm("norm", 3);
    refused(
        "the weights have head.bias, head.weight, which no module takes: look at the number of"
            + " layers, at both directions, bias and projection",
        dict::requireAllRead);
    Dense head = dict.linear("head", 3, 4);
    dict.requireAllRead();
    Node h = Node.constant(Tensor.of(new double[][] {{1, -2, 0.5}}));
    Node weight = Node.constant(tensors.get("head.weight"));
    Node expected = h.matmul(weight.transpose()).plus(Node.constant(tensors.get("head.bias")));
    Agreement.assertSameBits(expected.eval(), head.apply(h).eval(), "head");
    assertEquals(tensors.get("norm.weight").at(1), norm.scale().initial().at(1));
  }

  @Test
  void settingsThatNoModuleHasAreRefused() {
    refused("a module has at least one layer, not 0", () -> TorchRecurrent.gru(2, 3).layers(0));
    refused("only an LSTM can be projected", () -> TorchRecurrent.gru(2, 3).projected(1));
    refused("a projection is from 1 to below H = 3", () -> TorchRecurrent.lstm(2, 3).projected(3));
    refused("sizes are at least 1, not 0, 3", () -> TorchRecurrent.rnn(0, 3, Activation.RELU));
  }
}

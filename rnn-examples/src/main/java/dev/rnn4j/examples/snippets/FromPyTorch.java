package dev.rnn4j.examples.snippets;

import dev.rnn4j.cell.LstmCell;
import dev.rnn4j.graph.Node;
import dev.rnn4j.io.Safetensors;
import dev.rnn4j.io.SafetensorsException;
import dev.rnn4j.layer.DeepRecurrent;
import dev.rnn4j.layer.Dense;
import dev.rnn4j.layer.Embedding;
import dev.rnn4j.layer.Stacked;
import dev.rnn4j.pass.Layer;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import dev.rnn4j.torch.StateDict;
import dev.rnn4j.torch.StateDictException;
import dev.rnn4j.torch.TorchRecurrent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Builds a model with the weights of one of PyTorch. */
public final class FromPyTorch {
  private FromPyTorch() {}

  /** Builds it, and one that does not fit. */
  public static void main(String[] args) throws IOException {
    Path file = Files.createTempFile("tagger", ".safetensors");
    try {
      write(file);
      read(file);
    } finally {
      Files.delete(file);
    }
  }

  private static void read(Path file) throws SafetensorsException {
    // [block
    StateDict dict = StateDict.load(file);
    Embedding words = dict.embedding("words", 50, 8); // nn.Embedding(50, 8)
    DeepRecurrent<LstmCell.State> rnn = // nn.LSTM(8, 6, num_layers=2, bidirectional=True)
        TorchRecurrent.lstm(8, 6).layers(2).bidirectional().from(dict, "rnn");
    Dense head = dict.linear("head", 12, 3); // nn.Linear(12, 3)
    dict.requireAllRead();
    Layer tagger = Stacked.of(words, rnn, head);
    System.out.println(tagger.apply(Node.zeros(4, 2)).shape());

    try {
      TorchRecurrent.lstm(8, 6).layers(3).bidirectional().withoutBias().from(dict, "rnn");
    } catch (StateDictException e) {
      System.out.println(e.getMessage().substring(0, 115) + " ...");
    }
    // block]
  }

  /** Writes what PyTorch would. */
  private static void write(Path file) throws SafetensorsException {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("words.weight", Tensor.zeros(Shape.of(50, 8)));
    for (String layer : new String[] {"l0", "l0_reverse", "l1", "l1_reverse"}) {
      int inputSize = layer.startsWith("l0") ? 8 : 12;
      tensors.put("rnn.weight_ih_" + layer, Tensor.zeros(Shape.of(24, inputSize)));
      tensors.put("rnn.weight_hh_" + layer, Tensor.zeros(Shape.of(24, 6)));
      tensors.put("rnn.bias_ih_" + layer, Tensor.zeros(Shape.of(24)));
      tensors.put("rnn.bias_hh_" + layer, Tensor.zeros(Shape.of(24)));
    }
    tensors.put("head.weight", Tensor.zeros(Shape.of(3, 12)));
    tensors.put("head.bias", Tensor.zeros(Shape.of(3)));
    Safetensors.save(file, tensors, Map.of());
  }
}

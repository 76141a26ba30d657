package dev.rnn4j.torch;

import static com.google.common.base.Preconditions.checkNotNull;

import com.google.common.collect.ImmutableMap;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.io.Safetensors;
import dev.rnn4j.io.SafetensorsException;
import dev.rnn4j.layer.Dense;
import dev.rnn4j.layer.Embedding;
import dev.rnn4j.part.LayerNorm;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The tensors of a PyTorch model by name, as {@code safetensors.torch.save_file(model.state_dict(),
 * ...)} writes them. Modules are made of it one by one; {@link #requireAllRead} then refuses what
 * no module has taken.
 *
 * <pre>{@code
 * StateDict dict = StateDict.load(Path.of("tagger.safetensors"));
 * Embedding embedding = dict.embedding("embedding", 5000, 64);
 * DeepRecurrent<LstmCell.State> rnn =
 *     TorchRecurrent.lstm(64, 128).layers(2).bidirectional().from(dict, "rnn");
 * Dense head = dict.linear("head", 256, 17);
 * dict.requireAllRead();
 * }</pre>
 */
public final class StateDict {
  private final Map<String, Tensor> tensors;
  private final Set<String> unread;

  private StateDict(Map<String, Tensor> tensors) {
    checkNotNull(tensors, "a state dict was given null as its tensors");
    this.tensors = ImmutableMap.copyOf(tensors);
    this.unread = new TreeSet<>(tensors.keySet());
  }

  /** Returns tensors by name. */
  public static StateDict of(Map<String, Tensor> tensors) {
    return new StateDict(tensors);
  }

  /**
   * Reads a safetensors file.
   *
   * @throws SafetensorsException where there is no such file, or it is damaged
   */
  public static StateDict load(Path file) throws SafetensorsException {
    return new StateDict(Safetensors.load(file).tensors());
  }

  /** Returns the names of all tensors. */
  public Set<String> names() {
    return tensors.keySet();
  }

  /**
   * Returns {@code nn.Linear}.
   *
   * @param name what the module is called in its model; empty where it is the model
   * @throws StateDictException where its tensors are missing, or of other shapes
   */
  public Dense linear(String name, int inputSize, int outputSize) {
    Shape weight = Shape.of(outputSize, inputSize);
    Shape bias = Shape.of(outputSize);
    Map<String, Tensor> taken = take(name, ImmutableMap.of("weight", weight, "bias", bias));
    return new Dense(
        Parameter.of("weight", Layout.transposed(taken.get("weight"))),
        Parameter.of("bias", taken.get("bias")));
  }

  /**
   * Returns {@code nn.Embedding}.
   *
   * @throws StateDictException where its tensor is missing, or of another shape
   * @see #linear
   */
  public Embedding embedding(String name, int count, int size) {
    Map<String, Tensor> taken = take(name, ImmutableMap.of("weight", Shape.of(count, size)));
    return new Embedding(Parameter.of("table", taken.get("weight")));
  }

  /**
   * Returns {@code nn.LayerNorm} over the last axis, with its ε of 1e-5.
   *
   * @throws StateDictException where its tensors are missing, or of other shapes
   * @see #linear
   */
  public LayerNorm layerNorm(String name, int size) {
    Shape shape = Shape.of(size);
    Map<String, Tensor> taken = take(name, ImmutableMap.of("weight", shape, "bias", shape));
    return new LayerNorm(
        Parameter.of("scale", taken.get("weight")), Parameter.of("shift", taken.get("bias")));
  }

  /**
   * Returns the tensors of a module by its own names for them.
   *
   * @param name what the module is called in its model; empty where it is the model
   * @param shapes what it takes
   * @throws StateDictException where some are missing, or of other shapes: all of them are named
   */
  public Map<String, Tensor> take(String name, Map<String, Shape> shapes) {
    String prefix = name.isEmpty() || name.endsWith(".") ? name : name + ".";
    List<String> wrong =
        shapes.entrySet().stream()
            .filter(entry -> !fits(prefix + entry.getKey(), entry.getValue()))
            .map(entry -> describe(prefix + entry.getKey(), entry.getValue()))
            .toList();
    if (!wrong.isEmpty()) {
      throw new StateDictException(
          "the weights do not fit the module"
              + (name.isEmpty() ? "" : " " + name)
              + ": "
              + String.join("; ", wrong)
              + "; there are "
              + describeAll());
    }
    ImmutableMap.Builder<String, Tensor> taken = ImmutableMap.builder();
    shapes
        .keySet()
        .forEach(
            key -> {
              taken.put(key, tensors.get(prefix + key));
              unread.remove(prefix + key);
            });
    return taken.buildOrThrow();
  }

  private boolean fits(String name, Shape shape) {
    return tensors.containsKey(name) && tensors.get(name).shape().equals(shape);
  }

  private String describe(String name, Shape shape) {
    Tensor tensor = tensors.get(name);
    return tensor == null
        ? name + " " + shape + " is missing"
        : name + " is " + tensor.shape() + " where the module takes " + shape;
  }

  private String describeAll() {
    return tensors.isEmpty()
        ? "none"
        : String.join(
            ", ",
            tensors.entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue().shape())
                .toList());
  }

  /**
   * Refuses tensors that no module has taken.
   *
   * @throws StateDictException where there are some: all of them are named
   */
  public void requireAllRead() {
    if (!unread.isEmpty()) {
      throw new StateDictException(
          "the weights have "
              + String.join(", ", unread)
              + ", which no module takes: look at the number of layers, at both directions, bias"
              + " and projection");
    }
  }
}

package dev.rnn4j.torch;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import com.google.common.collect.ImmutableMap;
import dev.rnn4j.cell.Activation;
import dev.rnn4j.cell.Cell;
import dev.rnn4j.cell.ElmanCell;
import dev.rnn4j.cell.GruResetAfterCell;
import dev.rnn4j.cell.LstmCell;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.io.SafetensorsException;
import dev.rnn4j.layer.DeepRecurrent;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * {@code nn.RNN}, {@code nn.LSTM} or {@code nn.GRU} with the settings that it was made with in
 * PyTorch, to be built with its weights.
 *
 * <pre>{@code
 * DeepRecurrent<LstmCell.State> rnn =
 *     TorchRecurrent.lstm(8, 32).layers(2).bidirectional().load(Path.of("lstm.safetensors"));
 * }</pre>
 *
 * <p>Time comes first ({@code batch_first=False}), states are in PyTorch's order. {@code dropout}
 * between the layers is no part of the weights; it is not there in inference.
 *
 * @param <S> the state of a cell
 */
public final class TorchRecurrent<S> {
  private final Kind<S> kind;
  private final int inputSize;
  private final int hiddenSize;
  private final int projectedSize;
  private final int layers;
  private final int directions;
  private final boolean bias;

  private TorchRecurrent(
      Kind<S> kind,
      int inputSize,
      int hiddenSize,
      int projectedSize,
      int layers,
      int directions,
      boolean bias) {
    checkArgument(
        inputSize > 0 && hiddenSize > 0, "sizes are at least 1, not %s, %s", inputSize, hiddenSize);
    this.kind = kind;
    this.inputSize = inputSize;
    this.hiddenSize = hiddenSize;
    this.projectedSize = projectedSize;
    this.layers = layers;
    this.directions = directions;
    this.bias = bias;
  }

  private static <S> TorchRecurrent<S> of(Kind<S> kind, int inputSize, int hiddenSize) {
    return new TorchRecurrent<>(kind, inputSize, hiddenSize, 0, 1, 1, true);
  }

  /** Returns {@code nn.RNN(inputSize, hiddenSize)}, with tanh. */
  public static TorchRecurrent<ElmanCell.State> rnn(int inputSize, int hiddenSize) {
    return rnn(inputSize, hiddenSize, Activation.TANH);
  }

  /** Returns {@code nn.RNN(inputSize, hiddenSize, nonlinearity=...)}. */
  public static TorchRecurrent<ElmanCell.State> rnn(
      int inputSize, int hiddenSize, Activation activation) {
    checkNotNull(activation, "an RNN was given null as its activation");
    return of(new Kind.Rnn(activation), inputSize, hiddenSize);
  }

  /** Returns {@code nn.LSTM(inputSize, hiddenSize)}. */
  public static TorchRecurrent<LstmCell.State> lstm(int inputSize, int hiddenSize) {
    return of(new Kind.Lstm(), inputSize, hiddenSize);
  }

  /** Returns {@code nn.GRU(inputSize, hiddenSize)}. */
  public static TorchRecurrent<GruResetAfterCell.State> gru(int inputSize, int hiddenSize) {
    return of(new Kind.Gru(), inputSize, hiddenSize);
  }

  /** Returns this module with {@code num_layers=count}. */
  public TorchRecurrent<S> layers(int count) {
    checkArgument(count >= 1, "a module has at least one layer, not %s", count);
    return new TorchRecurrent<>(
        kind, inputSize, hiddenSize, projectedSize, count, directions, bias);
  }

  /** Returns this module with {@code bidirectional=True}. */
  public TorchRecurrent<S> bidirectional() {
    return new TorchRecurrent<>(kind, inputSize, hiddenSize, projectedSize, layers, 2, bias);
  }

  /**
   * Returns this module with {@code bias=False}. Its biases are zeros; training leaves them so with
   * {@code freeze("**.bias", "**.biasHh")}.
   */
  public TorchRecurrent<S> withoutBias() {
    return new TorchRecurrent<>(
        kind, inputSize, hiddenSize, projectedSize, layers, directions, false);
  }

  /**
   * Returns this module with {@code proj_size=size}.
   *
   * @throws IllegalArgumentException for another module than an LSTM, and where the size is not
   *     from 1 to below H
   */
  public TorchRecurrent<S> projected(int size) {
    checkArgument(kind instanceof Kind.Lstm, "only an LSTM can be projected");
    checkArgument(
        size > 0 && size < hiddenSize, "a projection is from 1 to below H = %s", hiddenSize);
    return new TorchRecurrent<>(kind, inputSize, hiddenSize, size, layers, directions, bias);
  }

  /**
   * Returns the module with the weights of a file that holds nothing else.
   *
   * @throws SafetensorsException where there is no such file, or it is damaged
   * @throws StateDictException where tensors are missing, left over, or of other shapes
   */
  public DeepRecurrent<S> load(Path file) throws SafetensorsException {
    StateDict dict = StateDict.load(file);
    DeepRecurrent<S> module = from(dict, "");
    dict.requireAllRead();
    return module;
  }

  /**
   * Returns the module with its weights in a model.
   *
   * @param name what the module is called in its model; empty where it is the model
   * @throws StateDictException where tensors are missing, or of other shapes: all of them are named
   */
  public DeepRecurrent<S> from(StateDict dict, String name) {
    ImmutableMap.Builder<String, Shape> shapes = ImmutableMap.builder();
    forEachDirection(
        (layer, suffix) ->
            shapesOf(layer).forEach((own, shape) -> shapes.put(own + suffix, shape)));
    Map<String, Tensor> taken = dict.take(name, shapes.buildOrThrow());
    List<List<Cell<S>>> cells = new ArrayList<>();
    forEachDirection(
        (layer, suffix) -> {
          ImmutableMap.Builder<String, Tensor> own = ImmutableMap.builder();
          shapesOf(layer).keySet().forEach(key -> own.put(key, taken.get(key + suffix)));
          if (cells.size() == layer) {
            cells.add(new ArrayList<>());
          }
          cells.get(layer).add(kind.cell(new Layout(own.buildOrThrow(), hiddenSize, bias)));
        });
    return new DeepRecurrent<>(cells);
  }

  private interface Direction {
    void at(int layer, String suffix);
  }

  private void forEachDirection(Direction body) {
    for (int layer = 0; layer < layers; layer++) {
      for (int direction = 0; direction < directions; direction++) {
        body.at(layer, "_l" + layer + (direction == 0 ? "" : "_reverse"));
      }
    }
  }

  private ImmutableMap<String, Shape> shapesOf(int layer) {
    int output = projectedSize > 0 ? projectedSize : hiddenSize;
    int input = layer == 0 ? inputSize : output * directions;
    return Layout.shapes(kind.gates(), input, hiddenSize, projectedSize, bias);
  }

  /**
   * Returns gradients under PyTorch's names, put together as its tensors are. Of two biases that
   * are added, both have the gradient of the sum.
   *
   * @param module what {@link #from} or {@link #load} has built
   * @param gradient the gradient of each of its parameters
   */
  public Map<String, Node> gradients(DeepRecurrent<S> module, Function<Parameter, Node> gradient) {
    Map<String, Node> named = new LinkedHashMap<>();
    forEachDirection(
        (layer, suffix) -> {
          boolean reversed = suffix.endsWith("_reverse");
          Cell<S> cell = module.layers().get(layer).get(reversed ? 1 : 0);
          List<Kind.Parts> parts = kind.parts(cell);
          named.put("weight_ih" + suffix, joined(parts, p -> gradient.apply(p.weightIh())));
          named.put("weight_hh" + suffix, joined(parts, p -> gradient.apply(p.weightHh())));
          if (bias) {
            named.put("bias_ih" + suffix, joined(parts, p -> gradient.apply(p.biasIh())));
            named.put("bias_hh" + suffix, joined(parts, p -> gradient.apply(p.biasHh())));
          }
          kind.projection(cell)
              .ifPresent(
                  linear ->
                      named.put("weight_hr" + suffix, gradient.apply(linear.weight()).transpose()));
        });
    return named;
  }

  private static Node joined(List<Kind.Parts> parts, Function<Kind.Parts, Node> gradient) {
    UnaryOperator<Node> turned = g -> g.shape().rank() == 2 ? g.transpose() : g;
    return Node.concat(0, parts.stream().map(gradient).map(turned).toList());
  }
}

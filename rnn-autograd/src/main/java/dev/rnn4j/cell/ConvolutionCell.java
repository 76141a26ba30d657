package dev.rnn4j.cell;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import com.google.common.collect.ImmutableList;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.init.Initializer;
import dev.rnn4j.init.Initializers;
import dev.rnn4j.part.Sized;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.ShapeException;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A causal convolution over time (van den Oord et al., "WaveNet: A Generative Model for Raw Audio",
 * 2016): an output depends on the last inputs and on none that come later.
 *
 * <pre>
 * y_t = b + Σ_k x_{t−k·d}·W_k,  k = 0 … K−1
 * </pre>
 *
 * <p>Its state are the last (K−1)·d inputs, zeros at first. It computes nothing from step to step,
 * so that a plan takes all steps at once; and as a cell it can be asked step by step, goes on from
 * part to part, and passes over steps that do not count, like any other.
 *
 * @param weights W₀ … W_{K−1}, each {@code [I, O]}
 * @param bias b, {@code [O]}
 * @param dilation d, at least 1
 */
public record ConvolutionCell(List<Parameter> weights, Parameter bias, int dilation)
    implements Cell<List<Node>> {
  /**
   * Creates the cell.
   *
   * @throws ShapeException where the parameters' shapes do not fit each other
   */
  public ConvolutionCell {
    checkNotNull(weights, "a ConvolutionCell was given null as its weights");
    checkNotNull(bias, "a ConvolutionCell was given null as its bias");
    for (int i = 0; i < weights.size(); i++) {
      checkNotNull(weights.get(i), "a ConvolutionCell was given null as its weight %s", i);
    }
    weights = ImmutableList.copyOf(weights);
    checkArgument(!weights.isEmpty(), "a convolution takes at least one weight [I, O]");
    checkArgument(dilation >= 1, "a dilation is at least 1, not %s", dilation);
    Shape first = weights.get(0).shape();
    boolean same = weights.stream().allMatch(weight -> weight.shape().equals(first));
    if (!same || first.rank() != 2 || !bias.shape().equals(Shape.of(first.size(1)))) {
      throw new ShapeException(
          "a convolution takes weights [I, O] and bias [O], and was given "
              + weights.stream().map(Node::shape).toList()
              + " and "
              + bias.shape());
    }
  }

  /**
   * Returns a convolution without dilation, with weights drawn uniformly from ±1/√(I·K) and a bias
   * of zeros.
   *
   * @param width K, how many inputs an output depends on
   */
  public static ConvolutionCell of(
      int inputSize, int outputSize, int width, RandomGenerator random) {
    Sized.requireSize("inputSize", inputSize);
    Sized.requireSize("outputSize", outputSize);
    Sized.requireSize("width", width);
    Initializer initial = Initializers.reciprocalRootUniform(inputSize * width);
    Shape shape = Shape.of(inputSize, outputSize);
    List<Parameter> weights =
        IntStream.range(0, width)
            .mapToObj(k -> Parameter.of("weights." + k, initial.create(shape, random)))
            .toList();
    Initializer zeros = Initializers.zeros();
    return new ConvolutionCell(
        weights, Parameter.of("bias", zeros.create(Shape.of(outputSize), random)), 1);
  }

  /** Returns this convolution with inputs that lie d steps apart. */
  public ConvolutionCell dilated(int steps) {
    return new ConvolutionCell(weights, bias, steps);
  }

  /** Returns I. */
  public int inputSize() {
    return weights.get(0).size(0);
  }

  @Override
  public List<Node> initialState(int batchSize) {
    Node zeros = Node.zeros(batchSize, inputSize());
    return Stream.generate(() -> zeros).limit((long) (weights.size() - 1) * dilation).toList();
  }

  /** The state's first element is the latest input. */
  @Override
  public Step<List<Node>> step(Node x, List<Node> past) {
    List<Node> inputs = new ArrayList<>(past);
    inputs.add(0, x);
    Node y = bias;
    for (int k = 0; k < weights.size(); k++) {
      y = inputs.get(k * dilation).matmul(weights.get(k)).plus(y);
    }
    return new Step<>(y, inputs.subList(0, past.size()));
  }
}

package dev.rnn4j.onnx;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import com.google.common.primitives.Doubles;
import dev.rnn4j.graph.Node;
import dev.rnn4j.io.Batch;
import dev.rnn4j.onnx.internal.file.Kind;
import dev.rnn4j.onnx.internal.file.Variable;
import dev.rnn4j.onnx.internal.operator.NeededInputException;
import dev.rnn4j.plan.Weights;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import dev.rnn4j.train.Feed;
import dev.rnn4j.train.PlanBudget;
import dev.rnn4j.train.Predictor;
import java.util.List;
import java.util.Map;

/**
 * An ONNX model that is asked for its outputs. Inputs may have any sizes that the model allows; a
 * plan is compiled for each that comes, and kept while there is room.
 *
 * <p>Where values of an input of whole numbers decide sizes within the model, a plan serves these
 * values alone; it takes some milliseconds to compile for values that have not come before.
 *
 * <p>Whole numbers are computed with as numbers of the precision: in {@code FLOAT32} they are exact
 * up to 16777216. Seconds since 1970, or products that hash, need {@code FLOAT64}.
 *
 * <p>Thread-safe.
 */
public final class OnnxPredictor {
  /** How many values of inputs that decide the form have plans at the same time. */
  private static final int MOST = 64;

  /** Up to there, a float is as good as a whole number. */
  private static final int MOST_COUNTED = 1 << 24;

  /** The value of an input that decides the form. */
  private record Fixed(Shape shape, List<Double> values) {
    static Fixed of(Tensor tensor) {
      return new Fixed(tensor.shape(), Doubles.asList(tensor.toDoubles()));
    }

    Tensor tensor() {
      return Tensor.of(shape, Doubles.toArray(values));
    }
  }

  private final OnnxModel model;
  private final Weights weights;
  private final PlanBudget budget = PlanBudget.byDefault();
  private final Cache<ImmutableMap<String, Fixed>, Predictor> predictors =
      CacheBuilder.newBuilder().maximumSize(MOST).build();

  /** The inputs whose values decide the form, as far as that has been seen. */
  private volatile ImmutableSet<String> deciding = ImmutableSet.of();

  OnnxPredictor(OnnxModel model, Precision precision) {
    this.model = model;
    this.weights = Weights.of(precision);
  }

  /** Returns the values of the parameters, which begin with those of the file. */
  public Weights weights() {
    return weights;
  }

  /**
   * Returns the outputs by name.
   *
   * @param inputs a tensor for each input of the model; whole numbers and 0 and 1 as numbers
   * @throws IllegalArgumentException where an input is missing, or is not what the model takes
   */
  public Map<String, Tensor> predict(Map<String, Tensor> inputs) {
    model.requireInputs(inputs);
    model.graph().graph().inputs().forEach(input -> check(input, inputs.get(input.name())));
    while (true) {
      try {
        return predict(inputs, deciding);
      } catch (NeededInputException e) {
        learn(e);
      }
    }
  }

  private synchronized void learn(NeededInputException e) {
    for (Variable input : model.graph().graph().inputs()) {
      if (e.inputs().contains(input.name()) && input.kind() == Kind.FLOAT) {
        throw new IllegalArgumentException(
            e.reason()
                + ", and a plan for each of them would never be used again: export a model that"
                + " chooses by masks, as torch.where does",
            e);
      }
    }
    deciding = Sets.union(deciding, e.inputs()).immutableCopy();
  }

  private void check(Variable input, Tensor tensor) {
    for (int i = 0; input.kind() != Kind.FLOAT && i < tensor.shape().elements(); i++) {
      double value = tensor.at(i);
      boolean fits =
          value == Math.rint(value) && (input.kind() == Kind.INTEGER || value * value == value);
      checkArgument(
          fits,
          "the input '%s' takes %s numbers, and %s is none",
          input.name(),
          input.kind(),
          value);
      checkArgument(
          weights.precision() == Precision.FLOAT64 || Math.abs(value) <= MOST_COUNTED,
          "the input '%s' holds %s, and FLOAT32 tells whole numbers apart up to %s only: predict in"
              + " FLOAT64",
          input.name(),
          (long) value,
          MOST_COUNTED);
    }
  }

  private Map<String, Tensor> predict(Map<String, Tensor> inputs, ImmutableSet<String> fixed) {
    ImmutableMap.Builder<String, Fixed> key = ImmutableMap.builder();
    Batch batch = Batch.empty();
    for (Map.Entry<String, Tensor> input : inputs.entrySet()) {
      if (fixed.contains(input.getKey())) {
        key.put(input.getKey(), Fixed.of(input.getValue()));
      } else {
        batch = batch.input(input.getKey(), input.getValue());
      }
    }
    ImmutableMap<String, Fixed> values = key.buildOrThrow();
    return predictors.asMap().computeIfAbsent(values, this::predictor).predictAll(batch);
  }

  private Predictor predictor(ImmutableMap<String, Fixed> values) {
    return Predictor.ofOutputs(model, feed -> model.nodes(nodes(feed, values)), weights)
        .budget(budget);
  }

  private Map<String, Node> nodes(Feed feed, ImmutableMap<String, Fixed> values) {
    ImmutableMap.Builder<String, Node> nodes = ImmutableMap.builder();
    for (Variable input : model.graph().graph().inputs()) {
      Fixed fixed = values.get(input.name());
      Node node = fixed == null ? feed.node(input.name()) : Node.constant(fixed.tensor());
      nodes.put(input.name(), node);
    }
    return nodes.buildOrThrow();
  }

  /** Returns the model and the precision. */
  @Override
  public String toString() {
    return "predictor in " + weights.precision() + " of an " + model;
  }
}

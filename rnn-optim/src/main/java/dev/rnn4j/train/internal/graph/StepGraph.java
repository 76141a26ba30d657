package dev.rnn4j.train.internal.graph;

import com.google.common.collect.ImmutableList;
import dev.rnn4j.grad.Gradients;
import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.graph.Scope;
import dev.rnn4j.io.Batch;
import dev.rnn4j.pass.ForwardPass;
import dev.rnn4j.pass.RandomKey;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Tensor;
import dev.rnn4j.train.internal.graph.Assignment.Trained;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The graph of a step's losses on one batch, with sequences that begin anew, and its values node by
 * node in float64: to be looked at, not to be run often.
 */
public final class StepGraph {
  private final Settings settings;
  private final Batch batch;
  private final BatchInputs inputs;
  private final Terms terms;
  private final Map<Input, Tensor> given = new LinkedHashMap<>();

  private StepGraph(Settings settings, Batch batch, ForwardPass pass) {
    this.settings = settings;
    this.batch = batch;
    inputs = new BatchInputs(batch.signature(), pass);
    for (int i = 0; i < batch.parts().size(); i++) {
      given.put(inputs.inputs().get(i), batch.parts().get(i).tensor());
    }
    Losses losses;
    try (Scope scope = Scope.enter(settings.model())) {
      losses = settings.objective().of(inputs);
    }
    inputs.fullMasks().forEach(mask -> mask.check(batch));
    terms = new Terms(losses, inputs);
  }

  /** Returns the graph in inference. */
  public static StepGraph of(Settings settings, Batch batch) {
    return new StepGraph(settings, batch, ForwardPass.inference());
  }

  /**
   * Returns the graph that trains.
   *
   * @param key what its random numbers follow from
   */
  static StepGraph training(Settings settings, Batch batch, Tensor key) {
    Input input = RandomKey.input();
    StepGraph graph = new StepGraph(settings, batch, ForwardPass.training(input));
    graph.given.put(input, key);
    return graph;
  }

  /** Returns the batch. */
  Batch batch() {
    return batch;
  }

  /** Returns the inputs, those of the batch in its order, and their values. */
  Map<Input, Tensor> inputs() {
    return given;
  }

  /** Returns the sums of the losses. */
  public List<Node> sums() {
    return terms.sums();
  }

  /** Returns the trained parameters. */
  public List<Parameter> parameters() {
    return settings.trained().stream().map(Trained::parameter).toList();
  }

  /** Returns the weights that the losses have on the batch. */
  double[] weights() {
    double[] weights = new double[terms.form().size()];
    terms.weigh(batch, weights);
    return weights;
  }

  /** Returns the gradients of what training makes small with respect to nodes. */
  public List<Node> gradients(List<? extends Node> nodes) {
    double[] weights = weights();
    List<Node> adjoints = new ArrayList<>();
    for (int i = 0; i < weights.length; i++) {
      double seed = terms.form().seed(i, weights[i]);
      adjoints.add(Node.constant(seed).broadcastTo(sums().get(i).shape()));
    }
    return Gradients.of(sums(), adjoints, nodes);
  }

  /** Returns the sums and the gradients of all that is trained. */
  public List<Node> sumsAndGradients() {
    return ImmutableList.<Node>builder().addAll(sums()).addAll(gradients(parameters())).build();
  }

  /** Returns the values of the moment, each computed when it is asked for the first time. */
  public Values values() {
    return values(Precision.FLOAT64);
  }

  /**
   * Returns such values, each rounded to a precision: what is too large or too small for it is
   * infinite or 0, and so is what follows.
   */
  Values values(Precision precision) {
    return new Values(precision);
  }

  /** The values of nodes: operands are asked for before what depends on them. */
  public final class Values {
    private final Precision precision;
    private final Map<Node, double[]> known = new HashMap<>();

    private Values(Precision precision) {
      this.precision = precision;
      given.forEach((input, tensor) -> known.put(input, rounded(tensor.toDoubles())));
    }

    public double[] of(Node node) {
      double[] value = known.get(node);
      if (value == null) {
        value = compute(node);
        known.put(node, value);
      }
      return value;
    }

    private double[] compute(Node node) {
      if (node instanceof Parameter parameter) {
        return rounded(settings.weights().get(parameter).toDoubles());
      }
      return compute(node, operands(node));
    }

    /** Returns the values of the operands of a node. */
    double[][] operands(Node node) {
      return node.operands().stream().map(known::get).toArray(double[][]::new);
    }

    /** Returns the value that a node would have with such operands. */
    double[] compute(Node node, double[][] x) {
      double[] y = new double[node.shape().elements()];
      node.op().forward(node, x, y);
      return rounded(y);
    }

    private double[] rounded(double[] values) {
      for (int i = 0; precision == Precision.FLOAT32 && i < values.length; i++) {
        values[i] = (float) values[i];
      }
      return values;
    }

    /** Returns a value as a tensor. */
    Tensor tensor(Node node) {
      return Tensor.of(node.shape(), of(node));
    }
  }
}

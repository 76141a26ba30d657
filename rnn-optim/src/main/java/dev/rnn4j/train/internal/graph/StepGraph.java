package dev.rnn4j.train.internal.graph;

import com.google.common.collect.ImmutableList;
import dev.rnn4j.grad.Gradients;
import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.graph.Scope;
import dev.rnn4j.io.Batch;
import dev.rnn4j.pass.ForwardPass;
import dev.rnn4j.tensor.Tensor;
import dev.rnn4j.train.internal.graph.Assignment.Trained;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The graph of a step's losses on one batch, in inference and with sequences that begin anew, and
 * its values node by node in float64: to be looked at, not to be run often.
 */
public final class StepGraph {
  private final Settings settings;
  private final Batch batch;
  private final BatchInputs inputs;
  private final Terms terms;

  private StepGraph(Settings settings, Batch batch) {
    this.settings = settings;
    this.batch = batch;
    inputs = new BatchInputs(batch.signature(), ForwardPass.inference());
    Losses losses;
    try (Scope scope = Scope.enter(settings.model())) {
      losses = settings.objective().of(inputs);
    }
    terms = new Terms(losses, inputs);
  }

  public static StepGraph of(Settings settings, Batch batch) {
    return new StepGraph(settings, batch);
  }

  /** Returns the sums of the losses. */
  public List<Node> sums() {
    return terms.sums();
  }

  /** Returns the trained parameters. */
  public List<Parameter> parameters() {
    return settings.trained().stream().map(Trained::parameter).toList();
  }

  /** Returns the gradients of what training makes small with respect to nodes. */
  public List<Node> gradients(List<? extends Node> nodes) {
    double[] weights = new double[terms.form().size()];
    terms.weigh(batch, weights);
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
    return new Values();
  }

  /** The values of nodes: operands are asked for before what depends on them. */
  public final class Values {
    private final Map<Node, double[]> known = new HashMap<>();

    private Values() {
      List<Input> all = inputs.inputs();
      for (int i = 0; i < all.size(); i++) {
        known.put(all.get(i), batch.parts().get(i).tensor().toDoubles());
      }
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
        return settings.weights().get(parameter).toDoubles();
      }
      double[][] x = node.operands().stream().map(known::get).toArray(double[][]::new);
      double[] y = new double[node.shape().elements()];
      node.op().forward(node, x, y);
      return y;
    }

    /** Returns a value as a tensor. */
    Tensor tensor(Node node) {
      return Tensor.of(node.shape(), of(node));
    }
  }
}

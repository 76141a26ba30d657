package dev.rnn4j.train.internal.graph;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Order;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.io.Batch;
import dev.rnn4j.plan.Plan;
import dev.rnn4j.plan.Session;
import dev.rnn4j.plan.Weights;
import dev.rnn4j.tensor.Precision;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The losses of batches of one form: their sums as nodes, and their weights, which are known before
 * a run: constants, or what a small plan in float64 makes of masks, weights and targets.
 */
public final class Terms {
  private final ImmutableList<String> names;
  private final List<Losses.Term> terms;
  private final double[] constants;

  /** The places of weights that depend on the batch. */
  private final int[] varying;

  private final List<Node> nodes = new ArrayList<>();
  private final Binding binding;
  private final Session session;
  private final long bytes;

  Terms(Losses all, BatchInputs inputs) {
    ImmutableMap<String, Losses.Term> losses = all.losses();
    names = losses.keySet().asList();
    terms = losses.values().asList();
    constants = new double[names.size()];
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < constants.length; i++) {
      Node weight = terms.get(i).sum().weight();
      if (isConstant(names.get(i), weight)) {
        constants[i] = checked(names.get(i), weight.eval().item());
      } else {
        places.add(i);
        nodes.add(weight);
      }
    }
    varying = places.stream().mapToInt(Integer::intValue).toArray();
    binding = new Binding(inputs, new Order(nodes));
    session = nodes.isEmpty() ? null : session(nodes);
    bytes = session == null ? 0 : session.bytes() + session.plan().bytes();
  }

  private static Session session(List<Node> nodes) {
    Weights none = Weights.of(Precision.FLOAT64);
    return Plan.of(nodes).weights(none).threads(1).compile(Precision.FLOAT64).session();
  }

  private static boolean isConstant(String name, Node weight) {
    boolean constant = true;
    for (Node node : new Order(List.of(weight)).nodes()) {
      checkArgument(
          !(node instanceof Parameter),
          "the weight of the loss %s depends on the parameter %s; it says how much of a batch"
              + " counts, and depends on masks, weights and targets only",
          name,
          node);
      constant &= !(node instanceof Input);
    }
    return constant;
  }

  private static double checked(String name, double weight) {
    if (!(weight >= 0 && weight < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "the weight of the loss "
              + name
              + " is "
              + weight
              + ", and must be a finite number from 0 up: look at the weights and the mask of the"
              + " batch");
    }
    return weight;
  }

  /** Returns the bytes that the plan of the weights takes. */
  public long bytes() {
    return bytes;
  }

  /** Returns what of the losses does not depend on the batch. */
  public LossForm form() {
    return new LossForm(
        names,
        terms.stream().map(Losses.Term::factor).collect(ImmutableList.toImmutableList()),
        terms.stream().map(term -> term.sum().isTotal()).collect(ImmutableList.toImmutableList()));
  }

  /** Returns the sums, in the order of the names. */
  public List<Node> sums() {
    return terms.stream().map(term -> term.sum().sum()).toList();
  }

  /** Returns whether the weight of a loss depends on the batch. */
  public boolean varies(int loss) {
    return Arrays.binarySearch(varying, loss) >= 0;
  }

  /** Returns the weight of each loss, in the order of the names. */
  public List<Node> weights() {
    return terms.stream().map(term -> term.sum().weight()).toList();
  }

  /** Returns the weight of a loss that does not depend on the batch. */
  public double constant(int loss) {
    return constants[loss];
  }

  /** Writes the weights that losses have on a batch; allocates nothing. */
  public void weigh(Batch batch, double[] weights) {
    if (varying.length > 0) {
      binding.set(session, batch);
    }
    compute(weights);
  }

  /** Writes the weights that losses have on the segment of a batch from a step on. */
  public void weigh(Batch batch, int step, double[] weights) {
    if (varying.length > 0) {
      binding.set(session, batch, step);
    }
    compute(weights);
  }

  private void compute(double[] weights) {
    System.arraycopy(constants, 0, weights, 0, weights.length);
    if (varying.length > 0) {
      session.compute();
      for (int i = 0; i < varying.length; i++) {
        weights[varying[i]] = checked(names.get(varying[i]), session.value(nodes.get(i)));
      }
    }
  }
}

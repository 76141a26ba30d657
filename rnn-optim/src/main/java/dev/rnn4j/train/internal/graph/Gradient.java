package dev.rnn4j.train.internal.graph;

import com.google.common.collect.ImmutableList;
import dev.rnn4j.grad.Gradients;
import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.op.Constant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The gradient of some losses of a graph: each of them times an input, 1 over its weight in all of
 * the update.
 *
 * @param seeds the input of each loss; null for a loss that does not take part
 * @param ofParameters the gradients of the trained parameters, in their order
 * @param others those of other nodes
 */
public record Gradient(List<Input> seeds, List<Node> ofParameters, List<Node> others) {
  /** Returns the gradient of all losses. */
  public static Gradient of(BatchGraph graph) {
    int count = graph.terms.form().size();
    boolean[] all = new boolean[count];
    Arrays.fill(all, true);
    return of(graph, all, List.of(), List.of(), List.of());
  }

  /**
   * Returns a gradient.
   *
   * @param takesPart which losses count
   * @param ends other nodes that something goes on from
   * @param adjoints the gradients with respect to these
   * @param wanted other nodes whose gradients are asked for
   */
  public static Gradient of(
      BatchGraph graph,
      boolean[] takesPart,
      List<? extends Node> ends,
      List<? extends Node> adjoints,
      List<? extends Node> wanted) {
    List<Input> seeds = new ArrayList<>();
    List<Node> outputs = new ArrayList<>();
    List<Node> given = new ArrayList<>();
    for (int i = 0; i < takesPart.length; i++) {
      Input seed =
          takesPart[i] ? Input.of("1 / weight of " + graph.terms.form().names().get(i)) : null;
      seeds.add(seed);
      if (seed != null) {
        Node sum = graph.terms.sums().get(i);
        outputs.add(sum);
        given.add(seed.broadcastTo(sum.shape()));
      }
    }
    outputs.addAll(ends);
    given.addAll(adjoints);
    List<Node> nodes = new ArrayList<>(graph.parameters());
    nodes.addAll(wanted);
    List<Node> gradients =
        outputs.isEmpty()
            ? nodes.stream().map(node -> Node.apply(Constant.absent(node.shape()))).toList()
            : Gradients.of(outputs, given, nodes);
    int parameters = nodes.size() - wanted.size();
    return new Gradient(
        seeds,
        ImmutableList.copyOf(gradients.subList(0, parameters)),
        ImmutableList.copyOf(gradients.subList(parameters, nodes.size())));
  }
}

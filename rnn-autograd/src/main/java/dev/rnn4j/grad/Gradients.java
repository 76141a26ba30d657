package dev.rnn4j.grad;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Order;
import dev.rnn4j.graph.Trace;
import dev.rnn4j.graph.op.Constant;
import dev.rnn4j.graph.op.Stack;
import dev.rnn4j.graph.op.StepOf;
import dev.rnn4j.tensor.Shape;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Reverse-mode differentiation of a graph into more graph. A sweep from the loss backwards applies
 * each op's gradient rule once; over an unrolled loop, that is backpropagation through time.
 *
 * <p>Gradient nodes belong to the time step of the node that they are the gradient of, and form
 * families as it does. So that a family's members stay alike, what one member's gradient adds up,
 * every member's does, with zeros where a neighbour in time is missing.
 */
public final class Gradients {
  private final Order order;
  private final Families families;
  private final Contributions[] contributions;
  private final boolean[] wanted;
  private final Map<Shape, Node> zeros = new HashMap<>();

  private Gradients(Order order, Set<Node> nodes) {
    this.order = order;
    this.wanted = new boolean[order.size()];
    for (Node node : nodes) {
      if (order.of(node) >= 0) {
        wanted[order.of(node)] = true;
      }
    }
    this.families = new Families(order, wanted);
    this.contributions = new Contributions[order.size()];
  }

  /**
   * Returns the gradients of a loss with respect to nodes, in their order; zeros for one that the
   * loss does not depend on.
   *
   * @param loss a node with one element
   * @throws IllegalArgumentException for a loss with more elements
   */
  public static List<Node> of(Node loss, Collection<? extends Node> nodes) {
    checkNotNull(loss, "gradients of null were asked for: give a node");
    checkArgument(
        loss.shape().elements() == 1,
        "a gradient is taken of one number, and %s has %s: sum() or mean() it first",
        loss,
        loss.shape().elements());
    return of(loss, Node.constant(1).broadcastTo(loss.shape()), nodes);
  }

  /**
   * Returns the gradients of Σ y ⊙ dy with respect to nodes: the product of dy with the Jacobian.
   *
   * @param dy the weights of y's elements, in y's shape
   */
  public static List<Node> of(Node y, Node dy, Collection<? extends Node> nodes) {
    checkNotNull(y, "gradients of null were asked for: give a node");
    checkNotNull(dy, "gradients were asked for with null as dy");
    return of(List.of(y), List.of(dy), nodes);
  }

  /**
   * Returns the gradients of the sum of Σ y ⊙ dy over several outputs with respect to nodes: with
   * outputs and final states of a part of a sequence, and the gradients that the rest of it has
   * with respect to these, what the part adds to the gradients of the whole. Those with respect to
   * its initial state are the dy of the part before it.
   *
   * @param outputs y, of any shapes; one that stands there twice counts twice
   * @param adjoints dy, the weights of the elements of each, in the order of the outputs
   * @throws IllegalArgumentException where there are no outputs, or adjoints do not fit them
   */
  public static List<Node> of(
      List<? extends Node> outputs,
      List<? extends Node> adjoints,
      Collection<? extends Node> nodes) {
    checkNotNull(outputs, "gradients of null were asked for: give a list of nodes");
    checkNotNull(adjoints, "gradients were asked for with null as the adjoints");
    checkNotNull(nodes, "gradients were asked for with respect to null: give a list of nodes");
    checkArgument(
        !outputs.isEmpty(), "there is no output to take gradients of: name the loss, for example");
    checkArgument(
        outputs.size() == adjoints.size(),
        "%s outputs have as many adjoints, not %s",
        outputs.size(),
        adjoints.size());
    for (int i = 0; i < outputs.size(); i++) {
      Node y = outputs.get(i);
      Node dy = adjoints.get(i);
      checkArgument(dy.shape().equals(y.shape()), "%s is no gradient of %s", dy, y);
    }
    checkArgument(nodes.stream().noneMatch(Objects::isNull), "no gradient is taken of null");
    Set<Node> wanted = new HashSet<>(nodes);
    Gradients sweep = new Gradients(new Order(outputs), wanted);
    for (int i = 0; i < outputs.size(); i++) {
      sweep.seed(outputs.get(i), adjoints.get(i));
    }
    Map<Node, Node> results = Trace.here(sweep::run);
    return nodes.stream()
        .map(
            node ->
                results.computeIfAbsent(node, absent -> Node.apply(Constant.absent(node.shape()))))
        .toList();
  }

  private void seed(Node y, Node dy) {
    if (families.reached(order.of(y))) {
      contributionsTo(order.of(y)).add(Families.SEED, dy);
    }
  }

  private Map<Node, Node> run() {
    Map<Node, Node> results = new HashMap<>();
    for (int i = order.size() - 1; i >= 0; i--) {
      Node gradient = families.reached(i) ? total(i) : null;
      if (gradient == null) {
        continue;
      }
      if (wanted[i]) {
        results.put(order.node(i), gradient);
      }
      spread(i, gradient);
      contributions[i] = null;
    }
    return results;
  }

  /** Returns the gradient of a node from what its consumers contributed, or null for none. */
  private Node total(int number) {
    Node node = order.node(number);
    Contributions own = contributions[number];
    List<Families.Use> uses = families.uses(number);
    List<Node> terms = new ArrayList<>(uses.size());
    for (int i = 0; i < uses.size(); i++) {
      Families.Use use = uses.get(i);
      boolean given = own != null && own.collect(use, node.shape(), this::zeros, terms);
      if (!given && use.padded()) {
        terms.add(zeros(node.shape()));
      }
    }
    if (terms.isEmpty()) {
      return null;
    }
    boolean alone = terms.size() == 1 && node.step() == Trace.NO_STEP;
    return alone ? terms.get(0) : families.of(number).sum().at(node.step(), () -> Node.sum(terms));
  }

  private Node zeros(Shape shape) {
    return zeros.computeIfAbsent(shape, absent -> Node.apply(Constant.absent(shape)));
  }

  /** Applies the gradient rule of a node and hands the results to its operands. */
  private void spread(int number, Node gradient) {
    int operands = order.operands(number);
    boolean any = false;
    for (int i = 0; i < operands && !any; i++) {
      any = families.reached(order.operand(number, i));
    }
    if (!any) {
      return;
    }
    Node node = order.node(number);
    if (node.op() instanceof StepOf step) {
      contributionsTo(order.operand(number, 0))
          .addStep(families.useOf(number, 0), step.t(), node.operand(0).size(0), gradient);
      return;
    }
    if (node.op() instanceof Stack) {
      unstack(number, gradient);
      return;
    }
    List<Node> given =
        families.of(number).rule().at(node.step(), () -> node.op().gradient(node, gradient));
    checkArgument(
        given.size() == operands,
        "the gradient rule of %s returned %s gradients for %s operands",
        node.op().name(),
        given.size(),
        operands);
    for (int i = 0; i < operands; i++) {
      int operand = order.operand(number, i);
      if (families.reached(operand) && node.op().differentiable(i)) {
        contributionsTo(operand).add(families.useOf(number, i), fitted(number, i, given.get(i)));
      }
    }
  }

  /** Returns what a gradient rule gave for an operand in that operand's shape. */
  private Node fitted(int number, int position, Node raw) {
    Node node = order.node(number);
    Node operand = node.operand(position);
    checkArgument(
        raw != null,
        "the gradient rule of %s returned null for operand %s, which is differentiable",
        node.op().name(),
        position);
    if (raw.shape().equals(operand.shape())) {
      return raw;
    }
    checkArgument(
        raw.shape().broadcastsTo(operand.shape()) || operand.shape().broadcastsTo(raw.shape()),
        "the gradient rule of %s returned %s for operand %s, %s: the shapes must fit",
        node.op().name(),
        raw,
        position,
        operand);
    return families.of(number).trace(position).at(node.step(), () -> sumTo(raw, operand.shape()));
  }

  /** Gives each operand of a stack its step of the gradient, at the operand's own time step. */
  private void unstack(int stack, Node gradient) {
    for (int i = 0; i < order.operands(stack); i++) {
      int operand = order.operand(stack, i);
      if (families.reached(operand)) {
        int position = i;
        Node step =
            families
                .of(operand)
                .trace(order.node(stack))
                .at(order.node(operand).step(), () -> gradient.step(position));
        contributionsTo(operand).add(families.useOf(stack, i), step);
      }
    }
  }

  private Contributions contributionsTo(int number) {
    if (contributions[number] == null) {
      contributions[number] = new Contributions(families.uses(number).size());
    }
    return contributions[number];
  }

  /** Returns the sum of a gradient over the axes along which its operand was repeated. */
  private static Node sumTo(Node gradient, Shape shape) {
    Shape wide = gradient.shape();
    if (wide.broadcastsTo(shape)) {
      return gradient.broadcastTo(shape);
    }
    int added = wide.rank() - shape.rank();
    List<Integer> axes = new ArrayList<>();
    for (int axis = 0; axis < wide.rank(); axis++) {
      if (axis < added || (shape.size(axis - added) == 1 && wide.size(axis) != 1)) {
        axes.add(axis);
      }
    }
    int[] repeated = axes.stream().mapToInt(Integer::intValue).toArray();
    return gradient.sumKeeping(repeated).reshape(shape);
  }
}

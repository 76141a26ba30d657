package dev.rnn4j.plan.internal;

import com.google.common.collect.Lists;
import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.graph.op.Add;
import dev.rnn4j.graph.op.AxesOp;
import dev.rnn4j.graph.op.Concat;
import dev.rnn4j.graph.op.Constant;
import dev.rnn4j.graph.op.Gather;
import dev.rnn4j.graph.op.Matmul;
import dev.rnn4j.graph.op.MaxOver;
import dev.rnn4j.graph.op.PointwiseOp;
import dev.rnn4j.graph.op.Power;
import dev.rnn4j.graph.op.ScatterAdd;
import dev.rnn4j.graph.op.Stack;
import dev.rnn4j.graph.op.SumOf;
import dev.rnn4j.graph.op.ViewOp;
import dev.rnn4j.kernel.Pointwise;
import dev.rnn4j.plan.internal.Instruction.Call;
import dev.rnn4j.plan.internal.Instruction.Copy;
import dev.rnn4j.plan.internal.Instruction.Elementwise;
import dev.rnn4j.plan.internal.Instruction.Fold;
import dev.rnn4j.plan.internal.Instruction.Lookup;
import dev.rnn4j.plan.internal.Instruction.Product;
import dev.rnn4j.plan.internal.Instruction.Scatter;
import dev.rnn4j.tensor.Layout;
import dev.rnn4j.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Turns live nodes into instructions. Views become layouts; results that a stack will hold are
 * computed in their place in it; products that are added up accumulate where the sum will be.
 */
final class Lowering {
  private final Simplified graph;
  private final Set<Node> kept;
  private final Map<Node, Place> places = new HashMap<>();
  private final Map<Node, Place> targets = new HashMap<>();
  private final Map<Node, Node> forwarded = new HashMap<>();
  private final Set<Node> deferred = new HashSet<>();
  private final Map<Double, Buffer> numbers = new HashMap<>();
  private final List<Instruction> code = new ArrayList<>();

  /**
   * Creates the lowering of a graph.
   *
   * @param kept nodes whose value must outlive the program: each gets a buffer of its own
   */
  Lowering(Simplified graph, Set<Node> kept) {
    this.graph = graph;
    this.kept = kept;
    Lists.reverse(graph.order()).forEach(this::placeParts); // outer joins before inner ones
    graph.order().forEach(this::planSum);
  }

  /** Returns the instructions so far. */
  List<Instruction> code() {
    return code;
  }

  /** Returns where the value of a node lies. */
  Place placeOf(Node node) {
    Node computed = graph.standsFor(node);
    if (graph.isAbsent(computed)) {
      return number(0).at(Layout.dense(Shape.scalar()).broadcastTo(node.shape()));
    }
    return places.get(computed);
  }

  /** Lowers one live node, after its operands. */
  void lower(Node node) {
    if (node instanceof Input) {
      places.put(node, whole(Buffer.Kind.INPUT, node));
    } else if (node instanceof Parameter) {
      places.put(node, whole(Buffer.Kind.WEIGHT, node));
    } else if (graph.isAbsent(node) || deferred.contains(node)) {
      return;
    } else if (node.op() instanceof Constant constant) {
      places.put(node, constant(node, constant));
    } else if (node.op() instanceof ViewOp view) {
      places.put(node, view(node, view));
    } else if (node.op() instanceof SumOf || (isAdd(node) && addsProducts(node))) {
      lowerSum(node);
    } else if (node.op() instanceof PointwiseOp op) {
      lowerPointwise(node, op);
    } else if (node.op() instanceof Matmul) {
      lowerProduct(node, target(node), false);
    } else if (node.op() instanceof AxesOp op) {
      lowerFold(node, op);
    } else if (node.op() instanceof Stack || node.op() instanceof Concat) {
      lowerJoin(node);
    } else if (node.op() instanceof Gather) {
      List<Place> x = denseOperands(node);
      code.add(new Lookup(node, target(node), x.get(0), x.get(1)));
    } else if (node.op() instanceof ScatterAdd) {
      List<Place> x = denseOperands(node);
      code.add(new Scatter(node, target(node), x.get(0), x.get(1)));
    } else {
      code.add(new Call(node, target(node), denseOperands(node)));
    }
  }

  // ---------------------------------------------------------------- where results go

  /** Reserves the parts of a stack, or of a join along the outermost axis, for what they hold. */
  private void placeParts(Node node) {
    if (!joinsOutermost(node) || graph.isAbsent(node)) {
      return;
    }
    Layout layout = target(node).layout();
    int offset = layout.offset();
    for (Node part : graph.operands(node)) {
      if (isComputed(part) && !targets.containsKey(part)) {
        targets.put(part, target(node).at(Layout.dense(part.shape()).shifted(offset)));
      }
      offset += part.shape().elements();
    }
  }

  private static boolean joinsOutermost(Node node) {
    if (node.op() instanceof Concat concat) {
      int outer = 1;
      for (int axis = 0; axis < concat.axis(); axis++) {
        outer *= node.size(axis);
      }
      return outer == 1;
    }
    return node.op() instanceof Stack;
  }

  /** Returns whether an instruction of its own writes the node's value. */
  private boolean isComputed(Node node) {
    return !graph.isAbsent(node)
        && !(node instanceof Input)
        && !(node instanceof Parameter)
        && !(node.op() instanceof Constant)
        && !(node.op() instanceof ViewOp);
  }

  /** Decides which products a sum adds up in place, and which other term begins there. */
  private void planSum(Node node) {
    boolean sum = node.op() instanceof SumOf || isAdd(node);
    if (!sum || graph.isAbsent(node)) {
      return;
    }
    List<Node> terms = graph.operands(node);
    List<Node> products = terms.stream().filter(term -> isOnlyAddedTo(term, node)).toList();
    if (isAdd(node) && (products.isEmpty() || !sameShapes(terms, node))) {
      return;
    }
    for (int i = 0; i < terms.size(); i++) {
      if (products.contains(terms.get(i))) {
        deferred.add(terms.get(i));
      } else if (i == 0) {
        forward(terms.get(i), node);
      }
    }
  }

  private boolean isOnlyAddedTo(Node term, Node sum) {
    return term.op() instanceof Matmul
        && graph.onlyUser(term) == sum
        && !kept.contains(term)
        && !targets.containsKey(term)
        && !graph.isAbsent(term);
  }

  private static boolean sameShapes(List<Node> terms, Node node) {
    return terms.stream().allMatch(term -> term.shape().equals(node.shape()));
  }

  /** Lets a term that only this sum uses be computed where the sum will be. */
  private void forward(Node term, Node sum) {
    boolean own = isComputed(term) && graph.onlyUser(term) == sum && !kept.contains(term);
    if (own && !targets.containsKey(term)) {
      forwarded.put(term, sum);
    }
  }

  private boolean addsProducts(Node node) {
    return graph.operands(node).stream().anyMatch(deferred::contains);
  }

  private static boolean isAdd(Node node) {
    return node.op() instanceof Add;
  }

  private Place target(Node node) {
    Place target = targets.get(node);
    if (target == null) {
      Node sum = forwarded.get(node);
      target = sum == null ? newTarget(node) : target(sum);
      targets.put(node, target);
    }
    places.put(node, target);
    return target;
  }

  private static Place newTarget(Node node) {
    return whole(Buffer.Kind.WORK, node);
  }

  private static Place whole(Buffer.Kind kind, Node node) {
    Layout layout = Layout.dense(node.shape());
    return new Place(new Buffer(kind, node.shape().elements(), node), layout);
  }

  private Place number(double value) {
    Buffer buffer =
        numbers.computeIfAbsent(
            value, v -> new Buffer(Buffer.Kind.CONSTANT, 1, Node.constant(value)));
    return new Place(buffer, Layout.dense(Shape.scalar()));
  }

  // ---------------------------------------------------------------- what computes them

  private Place constant(Node node, Constant constant) {
    if (constant.isFilled()) {
      Place one = number(constant.fill());
      return one.at(one.layout().broadcastTo(node.shape()));
    }
    return whole(Buffer.Kind.CONSTANT, node);
  }

  private Place view(Node node, ViewOp op) {
    Place operand = placeOf(graph.operands(node).get(0));
    Optional<Layout> layout = op.view(node, operand.layout());
    if (layout.isEmpty()) {
      operand = dense(operand, node);
      layout = op.view(node, operand.layout());
    }
    return operand.at(layout.orElseThrow());
  }

  private void lowerPointwise(Node node, PointwiseOp op) {
    List<Place> operands = new ArrayList<>();
    for (Node operand : graph.operands(node)) {
      Place place = placeOf(operand);
      operands.add(place.at(place.layout().broadcastTo(node.shape())));
    }
    Pointwise kernel = op.kernel();
    if (op instanceof Power && graph.operands(node).get(1).op() instanceof Constant exponent) {
      Pointwise easy = exponent.isFilled() ? easyPower(exponent.fill()) : kernel;
      operands = easy == kernel ? operands : operands.subList(0, 1);
      kernel = easy;
    }
    code.add(new Elementwise(node, kernel, target(node), List.copyOf(operands)));
  }

  private static Pointwise easyPower(double exponent) {
    return exponent == 2
        ? Pointwise.SQUARE
        : exponent == 1 ? Pointwise.COPY : exponent == -1 ? Pointwise.RECIPROCAL : Pointwise.POWER;
  }

  private void lowerSum(Node node) {
    Place target = target(node);
    Place first = null;
    boolean begun = false;
    for (Node term : graph.operands(node)) {
      if (deferred.contains(term)) {
        if (first != null) {
          copy(node, target, first);
          first = null;
        }
        lowerProduct(term, target, begun);
      } else if (!begun) {
        first = placeOf(term).equals(target) ? null : placeOf(term);
      } else {
        Place left = first == null ? target : first;
        code.add(new Elementwise(node, Pointwise.ADD, target, List.of(left, placeOf(term))));
        first = null;
      }
      begun = true;
    }
  }

  private void lowerProduct(Node node, Place target, boolean accumulate) {
    Place a = placeOf(graph.operands(node).get(0));
    Place b = placeOf(graph.operands(node).get(1));
    Shape right = b.shape();
    int k = right.size(-2);
    int n = right.size(-1);
    int batch = right.rank() == 2 ? 1 : leading(right, right.rank() - 2);
    int m = right.rank() == 2 ? leading(a.shape(), a.shape().rank() - 1) : a.shape().size(-2);
    code.add(
        new Product(
            node,
            target.at(target.layout().reshaped(Shape.of(batch, m, n)).orElseThrow()),
            matrices(a, Shape.of(batch, m, k), node),
            matrices(b, Shape.of(batch, k, n), node),
            accumulate));
  }

  /** Returns the product of the first sizes, also where a later one is 0. */
  private static int leading(Shape shape, int count) {
    return Arrays.stream(shape.toArray(), 0, count).reduce(1, (x, y) -> x * y);
  }

  private Place matrices(Place place, Shape shape, Node node) {
    Optional<Layout> layout = place.layout().reshaped(shape);
    if (layout.isPresent()) {
      return place.at(layout.get());
    }
    Place copy = dense(place, node);
    return copy.at(copy.layout().reshaped(shape).orElseThrow());
  }

  private void lowerFold(Node node, AxesOp op) {
    Node x = node.operand(0);
    boolean max = op instanceof MaxOver;
    Place from = dense(placeOf(graph.operands(node).get(0)), node);
    Shape shape = x.shape();
    int last = shape.rank() - 1;
    boolean folded = false;
    // From the innermost group of neighbouring axes outwards; the last one writes the result.
    while (last >= 0) {
      while (last >= 0 && !op.folds(last)) {
        last--;
      }
      int first = last;
      while (first > 0 && op.folds(first - 1)) {
        first--;
      }
      if (last < 0) {
        break;
      }
      int above = 0;
      while (above < first && !op.folds(above)) {
        above++;
      }
      Shape rest = shape;
      for (int axis = first; axis <= last; axis++) {
        rest = rest.with(axis, 1);
      }
      Place to = above == first ? target(node) : work(node, rest);
      code.add(
          new Fold(node, max, grouped(to, rest, first, last), grouped(from, shape, first, last)));
      from = to.at(Layout.dense(rest));
      shape = rest;
      last = first - 1;
      folded = true;
    }
    if (!folded) {
      copy(node, target(node), from.at(from.layout().reshaped(node.shape()).orElseThrow()));
    }
  }

  /** Returns a dense place seen as [outer, axis, inner] around the axes from first to last. */
  private static Place grouped(Place place, Shape shape, int first, int last) {
    int outer = 1;
    int axis = 1;
    int inner = 1;
    for (int i = 0; i < shape.rank(); i++) {
      if (i < first) {
        outer *= shape.size(i);
      } else if (i <= last) {
        axis *= shape.size(i);
      } else {
        inner *= shape.size(i);
      }
    }
    return place.at(place.layout().reshaped(Shape.of(outer, axis, inner)).orElseThrow());
  }

  private void lowerJoin(Node node) {
    Place target = target(node);
    int axis = node.op() instanceof Concat concat ? concat.axis() : 0;
    int from = 0;
    for (Node part : graph.operands(node)) {
      boolean stack = node.op() instanceof Stack;
      int size = stack ? 1 : part.size(axis);
      Layout slot = stack ? target.layout().step(from) : target.layout().sliced(axis, from, size);
      if (!placeOf(part).equals(target.at(slot)) && !isReserved(part, target, slot)) {
        copy(node, target.at(slot), placeOf(part));
      }
      from += size;
    }
  }

  /** Returns whether a part was computed in its slot. */
  private boolean isReserved(Node part, Place target, Layout slot) {
    Place place = placeOf(part);
    return place.buffer() == target.buffer()
        && place.layout().isDense()
        && slot.isDense()
        && place.layout().offset() == slot.offset();
  }

  private List<Place> denseOperands(Node node) {
    return graph.operands(node).stream().map(operand -> dense(placeOf(operand), node)).toList();
  }

  private Place dense(Place place, Node node) {
    if (place.layout().isDense()) {
      return place;
    }
    Place copy = work(node, place.shape());
    copy(node, copy, place);
    return copy;
  }

  private void copy(Node node, Place target, Place operand) {
    code.add(new Copy(node, target, operand));
  }

  private static Place work(Node node, Shape shape) {
    return new Place(new Buffer(Buffer.Kind.WORK, shape.elements(), node), Layout.dense(shape));
  }
}

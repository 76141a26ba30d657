package dev.rnn4j.train.internal.graph;

import dev.rnn4j.graph.Graphs;
import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.graph.op.Reads;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Where NaN and infinite values come from: back from them, element by element, to inputs,
 * parameters, and what was computed of finite numbers. What they are not made of is not met on the
 * way: what a mask left out, what nobody read, or what was infinite and has become 0.
 */
final class Origins {
  /** An element of a node. */
  record Place(Node node, int position) {}

  private final StepGraph.Values values;

  /** The elements that others come from: at the end, those of inputs and parameters. */
  private final Map<Node, BitSet> met = new LinkedHashMap<>();

  private Place firstNaN;
  private boolean ofInfinite;
  private Place firstInfinite;

  /** Goes back from some nodes. */
  Origins(StepGraph.Values values, List<Node> nodes) {
    this.values = values;
    List<Node> order = Graphs.topological(nodes);
    order.forEach(values::of);
    for (Node node : nodes) {
      double[] value = values.of(node);
      BitSet elements = new BitSet();
      IntStream.range(0, value.length)
          .filter(i -> !Double.isFinite(value[i]))
          .forEach(elements::set);
      meet(node, elements);
    }
    for (int i = order.size() - 1; i >= 0; i--) {
      Node node = order.get(i);
      if (met.containsKey(node) && !isLeaf(node)) {
        goBack(node, met.remove(node));
      }
    }
  }

  private static boolean isLeaf(Node node) {
    return node instanceof Input || node instanceof Parameter;
  }

  /** Returns the first element of an input or a parameter that something comes from. */
  Optional<Integer> in(Node leaf) {
    return Optional.ofNullable(met.get(leaf)).map(elements -> elements.nextSetBit(0));
  }

  /** Returns the parameters that something comes from. */
  List<Node> parameters() {
    return met.keySet().stream().filter(Parameter.class::isInstance).toList();
  }

  /** Returns the first NaN that was computed of other numbers. */
  Optional<Place> firstNaN() {
    return Optional.ofNullable(firstNaN);
  }

  /** Returns whether these numbers were infinite. */
  boolean isOfInfinite() {
    return ofInfinite;
  }

  /** Returns the first infinite value that was computed of finite ones. */
  Optional<Place> firstInfinite() {
    return Optional.ofNullable(firstInfinite);
  }

  /** What is NaN comes of NaN; only where there is none, of infinite values: ∞ − ∞, 0 · ∞. */
  private void goBack(Node node, BitSet elements) {
    double[] y = values.of(node);
    double[][] x = values.operands(node);
    BitSet ofAlike = new BitSet();
    BitSet ofOthers = new BitSet();
    BitSet[] read = Stream.generate(BitSet::new).limit(x.length).toArray(BitSet[]::new);
    boolean known =
        Reads.visit(
            node,
            x,
            elements::get,
            (element, operand, position) -> {
              if (isAlike(y[element], x[operand][position])) {
                ofAlike.set(element);
                read[operand].set(position);
              }
            });
    if (known) {
      Reads.visit(
          node,
          x,
          element -> elements.get(element) && !ofAlike.get(element),
          (element, operand, position) -> {
            if (!Double.isFinite(x[operand][position])) {
              ofOthers.set(element);
              read[operand].set(position);
            }
          });
    } else {
      tryOut(node, x, elements)
          .ifPresent(
              one -> {
                double value = x[one.operand][one.position];
                elements.stream().forEach(i -> (isAlike(y[i], value) ? ofAlike : ofOthers).set(i));
                read[one.operand].set(one.position);
              });
    }
    for (int operand = 0; operand < x.length; operand++) {
      meet(node.operand(operand), read[operand]);
    }
    elements.andNot(ofAlike);
    begin(node, y, elements, ofOthers);
  }

  private void meet(Node node, BitSet elements) {
    if (!elements.isEmpty()) {
      met.computeIfAbsent(node, absent -> new BitSet()).or(elements);
    }
  }

  /**
   * Notes the elements with which something begins: before those that were noted, which are later
   * ones.
   *
   * @param ofOthers those that are NaN of infinite values
   */
  private void begin(Node node, double[] y, BitSet elements, BitSet ofOthers) {
    for (int i = elements.length() - 1; i >= 0; i = elements.previousSetBit(i - 1)) {
      if (Double.isNaN(y[i])) {
        firstNaN = new Place(node, i);
        ofInfinite = ofOthers.get(i);
      } else if (!ofOthers.get(i)) {
        firstInfinite = new Place(node, i);
      }
    }
  }

  private static boolean isAlike(double result, double read) {
    return Double.isNaN(result) ? Double.isNaN(read) : Double.isInfinite(read);
  }

  // ---------------------------------------------------------------- ops of a user's own

  /** An element of an operand. */
  private record Read(int operand, int position) {}

  /**
   * Finds one that elements of a node come from, where nobody knows what its op reads: it decides
   * whether they are finite, where those before it are as they are, and those behind it finite.
   * There is none where they are not finite in any case.
   */
  private Optional<Read> tryOut(Node node, double[][] x, BitSet elements) {
    List<Read> reads = new ArrayList<>();
    for (int operand = 0; operand < x.length; operand++) {
      for (int i = 0; i < x[operand].length; i++) {
        if (!Double.isFinite(x[operand][i])) {
          reads.add(new Read(operand, i));
        }
      }
    }
    // NaN first: where it is enough, infinite values are not to blame.
    reads.sort(Comparator.comparing(read -> !Double.isNaN(x[read.operand][read.position])));
    if (!isFinite(node, with(x, reads, 0), elements)) {
      return Optional.empty();
    }
    int tooFew = 0;
    int enough = reads.size();
    while (enough - tooFew > 1) {
      int middle = (enough + tooFew) >>> 1;
      if (isFinite(node, with(x, reads, middle), elements)) {
        tooFew = middle;
      } else {
        enough = middle;
      }
    }
    return Optional.of(reads.get(tooFew));
  }

  private boolean isFinite(Node node, double[][] x, BitSet elements) {
    double[] y = values.compute(node, x);
    return elements.stream().allMatch(i -> Double.isFinite(y[i]));
  }

  /** Returns operands with the first of some elements, and finite ones in the places of others. */
  private static double[][] with(double[][] x, List<Read> reads, int count) {
    double[][] other = Arrays.stream(x).map(double[]::clone).toArray(double[][]::new);
    double[] finite = Arrays.stream(x).mapToDouble(Origins::finite).toArray();
    for (Read read : reads.subList(count, reads.size())) {
      other[read.operand][read.position] = finite[read.operand];
    }
    return other;
  }

  /** Returns a number that an operand may have. */
  private static double finite(double[] values) {
    return Arrays.stream(values).filter(Double::isFinite).findFirst().orElse(1);
  }
}

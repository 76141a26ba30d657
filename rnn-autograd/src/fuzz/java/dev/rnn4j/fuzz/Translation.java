package dev.rnn4j.fuzz;

import dev.rnn4j.graph.Family;
import dev.rnn4j.graph.Graphs;
import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.graph.Trace;
import dev.rnn4j.graph.op.AxesOp;
import dev.rnn4j.graph.op.Constant;
import dev.rnn4j.graph.op.Matmul;
import dev.rnn4j.graph.op.PointwiseOp;
import dev.rnn4j.graph.op.SumOf;
import dev.rnn4j.graph.op.ViewOp;
import dev.rnn4j.plan.internal.check.Replay;
import dev.rnn4j.plan.internal.check.Residues;
import dev.rnn4j.plan.internal.program.Instruction;
import dev.rnn4j.plan.internal.program.Program;
import dev.rnn4j.tensor.Layout;
import dev.rnn4j.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Whether a program computes what its graph means. Both are worth residues, which agree exactly or
 * not at all: the graph node by node, the program instruction by instruction at each time step.
 * What an instruction computes must be what the member of its node's family is worth, and each
 * place must hold in the end what the graph names.
 */
public final class Translation {
  private static final Set<String> MOVES = Set.of("stack", "concat");

  private final Map<Node, int[]> values = new HashMap<>();
  private final Map<Node, Double> numbers = new HashMap<>();
  private final Map<Family, Set<List<Integer>>> members = new HashMap<>();

  private Translation(List<Node> roots, boolean folds) {
    for (Node node : Graphs.topological(roots)) {
      number(node, folds);
      int[] value = numbers.containsKey(node) ? filled(node) : value(node);
      values.put(node, value);
      members.computeIfAbsent(node.family(), family -> new HashSet<>()).add(list(value));
    }
  }

  /**
   * Checks the program of a graph.
   *
   * @param assignments the new values that leaves get
   * @param folds whether constants may have been computed beforehand
   * @throws IllegalStateException naming the first instruction or place that is wrong
   */
  public static void check(
      List<Node> outputs, Map<Node, Node> assignments, Program program, boolean folds) {
    List<Node> roots = new ArrayList<>(outputs);
    roots.addAll(assignments.values());
    Translation graph = new Translation(roots, folds);
    Replay replay = Replay.of(program, Residues::addProduct, graph::computed);
    replay.compute();
    outputs.forEach(node -> graph.compare(node, node, replay.read(program.places().get(node))));
    replay.update();
    program
        .places()
        .forEach(
            (node, place) -> {
              if (node instanceof Input || node instanceof Parameter) {
                Node value = assignments.getOrDefault(node, node);
                graph.compare(node, value, replay.read(place));
              }
            });
  }

  private void compare(Node name, Node value, int[] found) {
    int[] wanted = values.containsKey(value) ? values.get(value) : value(value);
    if (!Arrays.equals(wanted, found)) {
      throw new IllegalStateException("the place of " + name + " holds another value than its own");
    }
  }

  /** Sees a result; sums and joins take several instructions, and are seen where they are read. */
  private void computed(Instruction instruction, int t, int[] y) {
    Node node = instruction.node();
    boolean whole =
        node.op() instanceof PointwiseOp && instruction instanceof Instruction.Elementwise
            || instruction instanceof Instruction.Rowwise
            || instruction instanceof Instruction.Product product && !product.accumulates();
    int size = node.shape().elements();
    if (!whole
        || size == 0
        || y.length % size != 0
        || !members.containsKey(node.family())
        || node.op() instanceof SumOf
        || node.op().name().equals("add")) {
      return;
    }
    for (int from = 0; from < y.length; from += size) {
      if (!members.get(node.family()).contains(list(Arrays.copyOfRange(y, from, from + size)))) {
        throw new IllegalStateException(
            instruction.name() + " computes no value of " + node + " at time step " + t);
      }
    }
  }

  private static List<Integer> list(int[] value) {
    return IntStream.of(value).boxed().toList();
  }

  // ---------------------------------------------------------------- the graph

  /** Notes what is one number everywhere, and computed beforehand. */
  private void number(Node node, boolean folds) {
    boolean simple = node.op() instanceof PointwiseOp || node.op() instanceof ViewOp;
    boolean outside = node.step() == Trace.NO_STEP && !node.operands().isEmpty();
    boolean filled = node.op() instanceof Constant constant && constant.isFilled();
    if (filled || folds && simple && outside && numbers.keySet().containsAll(node.operands())) {
      double[] value = node.eval().toDoubles();
      numbers.put(node, value.length == 0 ? 0 : value[0]);
    }
  }

  private int[] filled(Node node) {
    int[] value = new int[node.shape().elements()];
    Arrays.fill(value, Residues.of(numbers.get(node)));
    return value;
  }

  private int[] value(Node node) {
    int size = node.shape().elements();
    if (node.operands().isEmpty()) {
      return Replay.leaf(node, size);
    }
    int[][] x = node.operands().stream().map(values::get).toArray(int[][]::new);
    if (node.op() instanceof PointwiseOp op) {
      int[][] p = new int[3][size];
      for (int i = 0; i < x.length; i++) {
        Shape own = node.operand(i).shape();
        p[i] = picked(x[i], positions(Layout.dense(own).broadcastTo(node.shape())));
      }
      int[] y = new int[size];
      Arrays.setAll(y, i -> Residues.apply(op.kernel(), p[0][i], p[1][i], p[2][i]));
      return y;
    }
    return composed(node, x, new int[size]);
  }

  private static int[] composed(Node node, int[][] x, int[] y) {
    if (node.op() instanceof Matmul) {
      int k = node.operand(1).size(-2);
      int matrices = node.operand(1).shape().elements() / Math.max(1, k * node.size(-1));
      Residues.multiply(matrices, k, x[0], x[1], y, Residues::addProduct);
    } else if (node.op() instanceof AxesOp op) {
      Layout kept = Layout.dense(op.kept(node.operand(0)));
      int[] to = positions(kept.broadcastTo(node.operand(0).shape()));
      boolean max = op.name().startsWith("max");
      for (int i = 0; i < to.length; i++) {
        y[to[i]] = max ? Math.max(y[to[i]], x[0][i]) : Residues.add(y[to[i]], x[0][i]);
      }
    } else if (node.op() instanceof SumOf) {
      for (int[] term : x) {
        Arrays.setAll(y, i -> Residues.add(y[i], term[i]));
      }
    } else if (node.op() instanceof ViewOp || MOVES.contains(node.op().name())) {
      // Each element is copied from where op.forward takes it: run on the elements' numbers.
      double[][] from = new double[x.length][];
      List<Integer> all = new ArrayList<>();
      for (int i = 0; i < x.length; i++) {
        from[i] = IntStream.range(all.size(), all.size() + x[i].length).asDoubleStream().toArray();
        all.addAll(list(x[i]));
      }
      double[] to = new double[y.length];
      node.op().forward(node, from, to);
      Arrays.setAll(y, i -> all.get((int) to[i]));
    } else {
      int width = node.shape().rank() == 0 ? 1 : node.size(-1);
      return Residues.apply(node.op(), 1, x, width, y.length);
    }
    return y;
  }

  private static int[] picked(int[] x, int[] positions) {
    return Arrays.stream(positions).map(p -> x[p]).toArray();
  }

  private static int[] positions(Layout layout) {
    return Replay.positions(layout);
  }
}

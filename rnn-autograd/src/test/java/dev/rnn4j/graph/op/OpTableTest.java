package dev.rnn4j.graph.op;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.rnn4j.grad.GradientCheck;
import dev.rnn4j.grad.Gradients;
import dev.rnn4j.graph.Graphs;
import dev.rnn4j.graph.Interpreter;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Op;
import dev.rnn4j.tensor.Tensor;
import dev.rnn4j.testing.Agreement;
import dev.rnn4j.testing.Draw;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every op on every row of its table, with operands that lie in every way. */
class OpTableTest {
  private static final Map<Class<? extends Op>, List<OpCase>> ROWS = OpTable.rows();

  @Test
  void everyOpHasARow() {
    TreeSet<String> ops =
        new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("dev.rnn4j.graph.op")
                .stream()
                .filter(type -> type.isAssignableTo(Op.class))
                .filter(type -> !type.getModifiers().contains(JavaModifier.ABSTRACT))
                .map(JavaClass::getName)
                .collect(Collectors.toCollection(TreeSet::new));
    assertTrue(ops.size() > 30, ops::toString);
    TreeSet<String> tried =
        ROWS.keySet().stream().map(Class::getName).collect(Collectors.toCollection(TreeSet::new));
    assertEquals(ops, tried);
  }

  @TestFactory
  Stream<DynamicContainer> rows() {
    return ROWS.entrySet().stream()
        .map(
            entry ->
                DynamicContainer.dynamicContainer(
                    entry.getKey().getSimpleName(),
                    entry.getValue().stream()
                        .map(row -> DynamicTest.dynamicTest(row.toString(), () -> check(row)))));
  }

  /** A row tries dense operands, and as they lie in two more ways, which differ between rows. */
  private static void check(OpCase row) {
    Look[] looks = Look.values();
    int other = Math.floorMod(row.toString().hashCode(), looks.length);
    for (int i : new TreeSet<>(List.of(0, other, (other + 3) % looks.length))) {
      new Trial(row, looks[i], i == 0 || i == other).check();
    }
  }

  /** One row, with operands that lie in one way. */
  private static final class Trial {
    private final OpCase row;
    private final String what;
    private final boolean secondOrder;
    private final boolean dense;
    private final Node node;
    private final List<Node> operands = new ArrayList<>();
    private final List<Node> leaves = new ArrayList<>();
    private final Map<Node, Tensor> values = new HashMap<>();

    Trial(OpCase row, Look look, boolean secondOrder) {
      this.row = row;
      this.what = row + ", " + look;
      this.secondOrder = secondOrder;
      this.dense = look == Look.values()[0];
      Draw draw = new Draw(new Random(row.toString().hashCode()));
      for (OpCase.Operand operand : row.operands()) {
        int position = operands.size();
        operands.add(
            look.of(
                operand.shape(),
                shape -> {
                  Tensor value = operand.domain().draw(draw, shape);
                  if (operand.fixed()) {
                    return Node.constant(value);
                  }
                  Node leaf = OpTable.leaf(position, shape, value);
                  leaves.add(leaf);
                  values.put(leaf, value);
                  return leaf;
                }));
      }
      node = row.build().apply(operands);
    }

    void check() {
      assertEquals(row.shape(), node.shape(), what);
      checkValue();
      if (row.smooth()) {
        gradientCheck().check();
        if (secondOrder) {
          gradientCheck().secondOrder();
        }
      }
      checkPlans();
      if (dense) {
        checkReads();
      }
    }

    private void checkValue() {
      List<Tensor> x = Interpreter.eval(operands, values);
      double[] expected =
          Indices.of(row.shape()).stream().mapToDouble(i -> row.formula().at(i, x)).toArray();
      Tensor value = node.eval(values);
      Agreement.assertClose(Tensor.of(row.shape(), expected), value, 1e-13, what);
    }

    private void checkReads() {
      Map<Node, double[]> known = new HashMap<>();
      for (Node each : Graphs.topological(List.of(node))) {
        double[][] x = each.operands().stream().map(known::get).toArray(double[][]::new);
        known.put(each, each.eval(values).toDoubles());
        if (each.op() instanceof BuiltIn) {
          checkReads(each, x);
        } else {
          assertFalse(Reads.visit(each, x, i -> true, (element, operand, position) -> {}), what);
        }
      }
    }

    /** Where a NaN of an operand arrives, it was read; and it arrives where it was, or may. */
    private void checkReads(Node each, double[][] x) {
      boolean indexed = each.op() instanceof Gather || each.op() instanceof ScatterAdd;
      for (int operand = 0; operand < (indexed ? 1 : x.length); operand++) {
        for (int at = 0; at < x[operand].length; at += 1 + x[operand].length / 10) {
          double[][] other = x.clone();
          other[operand] = x[operand].clone();
          other[operand][at] = Double.NaN;
          double[] y = new double[each.shape().elements()];
          if (Kind.of(each.op()) != Kind.DRAW) {
            each.op().forward(each, other, y);
          }
          Set<Integer> read = read(each, other, operand, at, i -> true);
          Set<Integer> arrived =
              IntStream.range(0, y.length)
                  .filter(i -> Double.isNaN(y[i]))
                  .boxed()
                  .collect(Collectors.toSet());
          assertTrue(read.containsAll(arrived), () -> what + ": " + each + read + arrived);
          assertTrue(each.op() instanceof PointwiseOp || read.equals(arrived), what);
          read.removeIf(i -> i % 2 == 0);
          assertEquals(read, read(each, other, operand, at, i -> i % 2 == 1), what);
        }
      }
    }

    private static Set<Integer> read(
        Node each, double[][] x, int operand, int position, IntPredicate of) {
      Set<Integer> read = new HashSet<>();
      Reads.visit(
          each,
          x,
          of,
          (element, k, p) -> {
            if (k == operand && p == position) {
              read.add(element);
            }
          });
      return read;
    }

    private GradientCheck gradientCheck() {
      GradientCheck check = GradientCheck.of(node).seed(row.toString().hashCode());
      values.forEach(check::at);
      return check;
    }

    /** Compares the op, its gradients, and where asked their gradients. */
    private void checkPlans() {
      Agreement.check(List.of(node), values);
      if (leaves.isEmpty()) {
        return;
      }
      Draw draw = new Draw(new Random(7));
      Node weights = Node.constant(draw.uniform(node.shape(), -1, 1));
      List<Node> first = Gradients.of(node, weights, leaves);
      List<Node> all = new ArrayList<>(first);
      if (secondOrder) {
        Node mixed =
            Node.sum(
                first.stream()
                    .map(g -> g.times(Node.constant(draw.uniform(g.shape(), -1, 1))).sum())
                    .toList());
        all.addAll(Gradients.of(mixed, leaves));
      }
      Agreement.check(all, values, 1);
    }

    @Override
    public String toString() {
      return what + Arrays.toString(Graphs.topological(List.of(node)).toArray());
    }
  }
}

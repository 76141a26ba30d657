package dev.rnn4j.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.kernel.FloatKernels;
import dev.rnn4j.kernel.Kernels;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import dev.rnn4j.testing.Agreement;
import dev.rnn4j.testing.Draw;
import dev.rnn4j.testing.SmallWork;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Products and sums over more rows than a block has, side by side, as gradients of weights and
 * biases: several products have a side in common, and others need scratch of the same size between
 * them.
 */
class LongSumsTest {
  private final Random random = new Random(19);
  private final Draw draw = new Draw(random);
  private final Map<Input, Tensor> values = new HashMap<>();

  /** The products, and what each is of. */
  private final Map<Node, List<Input>> products = new LinkedHashMap<>();

  private Input input(String name, int rows, int columns) {
    Input input = Input.of(name, rows, columns);
    values.put(input, draw.uniform(Shape.of(rows, columns), -1, 1));
    return input;
  }

  private void multiply(Input a, Input b) {
    products.put(a.transpose().matmul(b), List.of(a, b));
  }

  private List<Node> drawn(int rows, int columns) {
    Input a = input("a", rows, 9);
    Input narrow = input("narrow", rows, 2);
    Input b = input("b", rows, columns);
    Input d = input("d", rows, columns);
    Input short1 = input("short1", 256, 11);
    Input other = input("other", 256, 11);
    Input short2 = input("short2", 256, columns);
    Input longer = input("longer", 2 * rows, 9);
    Input longer2 = input("longer2", 2 * rows, columns);
    multiply(short1, short2);
    multiply(a, b);
    multiply(narrow, b);
    multiply(longer, longer2);
    multiply(a, d);
    multiply(other, short2);
    multiply(a, a);
    multiply(b, a);
    return new ArrayList<>(products.keySet());
  }

  @ParameterizedTest
  @CsvSource({"257, 1", "512, 17", "600, 20", "600, 70", "1000, 16", "300, 64", "769, 130"})
  void haveTheBitsOfProducts(int rows, int columns) {
    List<Node> nodes = drawn(rows, columns);
    List<Tensor> actual = Agreement.run(Precision.FLOAT32, nodes, values);
    for (int i = 0; i < nodes.size(); i++) {
      List<Input> sides = products.get(nodes.get(i));
      Tensor expected = product(sides.get(0), sides.get(1));
      Agreement.assertSameBits(expected, actual.get(i), "product " + i);
    }
    Agreement.check(nodes, values);
  }

  @Test
  void overwriteWhatIsPackedForOthers() {
    List<Node> nodes = drawn(600, 20);
    Input left = input("left", 256, 9);
    Input right = products.get(nodes.get(0)).get(1);
    Node shift = Node.sum(nodes.stream().map(Node::sum).toList());
    nodes.add(left.plus(shift).transpose().matmul(right)); // after all others
    Agreement.check(nodes, values);
  }

  @Test
  void packWhatTheProductBeforeReadsAsItLies() {
    Input narrow = input("narrow", 600, 2);
    Input a = input("a", 600, 9);
    Input b = input("b", 600, 20);
    multiply(narrow, b);
    multiply(a, b);
    multiply(narrow, a);
    multiply(b, a);
    Agreement.check(new ArrayList<>(products.keySet()), values);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void areRightInAnyOrder(int seed) {
    Random order = new Random(seed);
    int[] columns = {1, 2, 3, 5, 9, 16, 17, 20, 64, 70};
    List<Input> inputs = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      inputs.add(input("input " + i, 300, columns[order.nextInt(columns.length)]));
    }
    for (int i = 0; i < 12; i++) {
      multiply(inputs.get(order.nextInt(5)), inputs.get(order.nextInt(5)));
    }
    Agreement.check(new ArrayList<>(products.keySet()), values);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 255, 3",
    "1, 256, 3",
    "1, 257, 2",
    "1, 512, 17",
    "1, 513, 64",
    "3, 600, 5",
    "2, 1025, 1",
    "1, 769, 130"
  })
  void ofColumnsAreThoseOfBlocks(int outer, int rows, int columns) {
    Shape shape = Shape.of(outer, rows, columns);
    Input a = Input.of("a", shape);
    Input b = Input.of("b", shape);
    values.put(a, draw.uniform(shape, -1, 1));
    values.put(b, draw.uniform(shape, -1, 1));
    List<Node> sums = List.of(a.sum(1), a.times(b).sum(1), b.sum(1));
    List<Tensor> actual = Agreement.run(Precision.FLOAT32, sums, values);
    if (columns > 1) {
      float[] x = values.get(a).toFloats();
      Tensor expected = Tensor.of(Shape.of(outer, columns), ofBlocks(outer, rows, columns, x));
      Agreement.assertSameBits(expected, actual.get(0), "sum");
    }
    Agreement.check(sums, values);
    SmallWork.inParts(() -> Agreement.checkThreads(sums, values));
  }

  /** Returns sums that begin anew every 256 rows, the last of which are the first. */
  private static float[] ofBlocks(int outer, int rows, int columns, float[] x) {
    float[] sums = new float[outer * columns];
    for (int i = 0; i < sums.length; i++) {
      float sum = 0;
      for (int first = (rows - 1) / 256 * 256; first >= 0; first -= 256) {
        float block = 0;
        for (int row = first; row < Math.min(rows, first + 256); row++) {
          block += x[(i / columns * rows + row) * columns + i % columns];
        }
        sum += block;
      }
      sums[i] = sum;
    }
    return sums;
  }

  @Test
  void standBesideProductsOfTheSameRows() {
    List<Node> nodes = drawn(600, 20);
    Input b = products.get(nodes.get(1)).get(1);
    Input a = products.get(nodes.get(1)).get(0);
    nodes.add(0, b.sum(0));
    nodes.add(3, a.times(a).sum(0));
    nodes.add(b.times(b).sum(0));
    Agreement.check(nodes, values);
    SmallWork.inParts(() -> Agreement.checkThreads(nodes, values));
    Agreement.checkBits(nodes, values, EnumSet.of(Pass.FUSE));
  }

  @Test
  void ofManyEqualTermsAreRight() {
    int rows = 262_144;
    Input a = Input.of("a", rows, 2);
    float[] terms = new float[2 * rows];
    Arrays.fill(terms, 0.1f);
    values.put(a, Tensor.of(a.shape(), terms));
    List<Tensor> sums =
        Agreement.run(Precision.FLOAT32, List.of(a.sum(0), a.times(a).sum(0)), values);
    assertEquals(26_214.4, sums.get(0).get(0), 26_214.4 * 2e-5);
    assertEquals(2_621.44, sums.get(1).get(1), 2_621.44 * 2e-5);
  }

  @Test
  void haveTheSameBitsOnSeveralThreads() {
    List<Node> nodes = drawn(700, 40);
    SmallWork.inParts(() -> Agreement.checkThreads(nodes, values));
  }

  /** Returns the product by the kernel. */
  private Tensor product(Input left, Input right) {
    int k = left.shape().size(0);
    int m = left.shape().size(1);
    int n = right.shape().size(1);
    float[] c = new float[m * n];
    FloatKernels kernels = Kernels.float32();
    float[] a = values.get(left).toFloats();
    float[] b = values.get(right).toFloats();
    kernels.gemm(m, n, k, a, 0, 1, m, b, 0, n, 1, c, 0, n, false);
    return Tensor.of(Shape.of(m, n), c);
  }
}

package dev.rnn4j.pass;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Interpreter;
import dev.rnn4j.graph.Node;
import dev.rnn4j.plan.Plan;
import dev.rnn4j.plan.Session;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import dev.rnn4j.testing.Agreement;
import dev.rnn4j.testing.SmallWork;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random nodes: the same numbers everywhere, and others wherever they should be others. */
class RandomTest {
  private static final long SEED = 0x123456789abcdef0L;
  private final Input key = RandomKey.input();
  private final ForwardPass pass = ForwardPass.training(key);

  private Map<Node, Tensor> at(long update, int step, int sequence) {
    return Map.of(key, RandomKey.of(SEED, update, step, sequence));
  }

  private static void assertSame(Tensor expected, Tensor actual, String what) {
    assertEquals(expected.shape(), actual.shape());
    for (int i = 0; i < expected.shape().elements(); i++) {
      assertEquals(expected.at(i), actual.at(i), what);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 15, 16, 17, 63, 64, 65, 130})
  void everyExecutorDrawsTheSameNumbers(int size) {
    List<Node> nodes =
        List.of(
            pass.uniformOverTime(5, 3, size),
            pass.uniform(4, size),
            pass.uniformShared(size, 2),
            pass.uniform(2, 3, size));
    Map<Node, Tensor> values = at(1L << 40, 7, 70_000);
    List<Tensor> expected = Interpreter.eval(nodes, values);
    for (Precision precision : Precision.values()) {
      List<Tensor> actual = Agreement.run(precision, nodes, values);
      for (int i = 0; i < nodes.size(); i++) {
        assertSame(expected.get(i), actual.get(i), precision + " " + nodes.get(i));
      }
    }
    Agreement.checkThreads(nodes, values);
    SmallWork.inParts(() -> Agreement.checkThreads(nodes, values));
  }

  @Test
  void aPartOfABatchDrawsWhatItDrawsInTheWhole() {
    Tensor whole = pass.uniformOverTime(6, 5, 70).eval(at(3, 10, 20));
    ForwardPass again = ForwardPass.training(key);
    Tensor part = again.uniformOverTime(4, 2, 70).eval(at(3, 12, 23));
    Tensor expected = Node.constant(whole).slice(0, 2, 6).slice(1, 3, 5).eval();
    assertSame(expected, part, "the steps from 2 on of the sequences from 3 on");
  }

  @Test
  void whatDiffersDrawsOtherNumbers() {
    Node first = pass.uniform(2, 40);
    Node second = pass.uniform(2, 40);
    Tensor value = first.eval(at(0, 0, 0));
    assertTrue(differ(value, second.eval(at(0, 0, 0))), "another draw");
    assertTrue(differ(value, first.eval(at(1, 0, 0))), "another update");
    assertTrue(differ(value, first.eval(at(0, 0, 2))), "other sequences");
    assertTrue(differ(value, first.eval(Map.of(key, RandomKey.of(SEED + 1, 0, 0, 0)))), "a seed");
    Tensor twoRows = value;
    assertNotEquals(twoRows.get(0, 0), twoRows.get(1, 0), "another sequence");
    Tensor steps = pass.uniformOverTime(2, 1, 1).eval(at(0, 0, 0));
    assertNotEquals(steps.at(0), steps.at(1), "another time step");
    Tensor shared = pass.uniformShared(2, 40).eval(at(0, 5, 7));
    ForwardPass again = ForwardPass.training(key);
    again.uniform(1);
    again.uniform(1);
    again.uniform(1);
    assertSame(shared, again.uniformShared(2, 40).eval(at(0, 9, 9)), "weights know no sequence");
  }

  private static boolean differ(Tensor a, Tensor b) {
    return !Arrays.equals(a.toDoubles(), b.toDoubles());
  }

  @Test
  void theyAreUniform() {
    double[] numbers = pass.uniform(500, 200).eval(at(0, 0, 0)).toDoubles();
    int[] tenths = new int[10];
    for (double number : numbers) {
      tenths[(int) (number * 10)]++;
    }
    for (int count : tenths) {
      assertEquals(10_000, count, 400); // four standard deviations
    }
    assertEquals(0.5, Arrays.stream(numbers).average().orElseThrow(), 0.004);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.1, 0.3, 0.5, 0.9, 1e-3, 0.7000001})
  void dropoutIsTheSameInBothPrecisions(double rate) {
    Node ones = pass.dropout(rate, 300, 70).apply(Node.ones(300, 70));
    Map<Node, Tensor> values = at(9, 0, 0);
    Tensor expected = ones.eval(values);
    int dropped = 0;
    for (Precision precision : Precision.values()) {
      Tensor actual = Agreement.run(precision, List.of(ones), values).get(0);
      dropped = 0;
      for (int i = 0; i < 21_000; i++) {
        assertEquals(expected.at(i) == 0, actual.at(i) == 0);
        assertEquals(expected.at(i), actual.at(i), 1e-6 / (1 - rate));
        dropped += actual.at(i) == 0 ? 1 : 0;
      }
    }
    assertEquals(rate, dropped / 21_000.0, 4 * Math.sqrt(rate * (1 - rate) / 21_000) + 1e-9);
  }

  @Test
  void nothingIsDrawnInInference() {
    ForwardPass inference = ForwardPass.inference();
    Node x = Node.ones(2, 3);
    assertTrue(inference.dropout(0.5, 2, 3).apply(x) == x);
    assertTrue(pass.dropout(0, 2, 3).apply(x) == x);
    assertEquals(
        "nothing is drawn in inference: ask isTraining() of the forward pass first",
        assertThrows(IllegalStateException.class, () -> inference.uniform(2)).getMessage());
    assertEquals(
        "a dropout rate is from 0 up to, not including, 1, not 1.0",
        assertThrows(IllegalArgumentException.class, () -> inference.dropout(1, 2)).getMessage());
  }

  @Test
  void aRunThatDrawsAllocatesNothing() {
    Node loss = pass.dropoutOverTime(0.5, 20, 8, 33).apply(Node.ones(20, 8, 33)).sum();
    for (Precision precision : Precision.values()) {
      Session session = Plan.of(loss).threads(1).compile(precision).session();
      session.set(key, RandomKey.of(SEED, 0, 0, 0));
      var threads =
          (com.sun.management.ThreadMXBean)
              java.lang.management.ManagementFactory.getThreadMXBean();
      long least = Long.MAX_VALUE;
      long deadline = System.nanoTime() + 30_000_000_000L;
      // The first round loads classes; time may pass in it while the process is stopped.
      for (int round = 0; least > 0 && (round < 1000 || System.nanoTime() < deadline); round++) {
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 50; i++) {
          session.run();
        }
        least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
      }
      assertEquals(0, least, precision.toString());
    }
  }

  @Test
  void aKeyKeepsAllItsBits() {
    float[] pieces = new float[RandomKey.SIZE];
    RandomKey.write(-1, Long.MIN_VALUE, -2, Integer.MAX_VALUE, pieces);
    Tensor tensor = RandomKey.of(-1, Long.MIN_VALUE, -2, Integer.MAX_VALUE);
    double[] expected = {65535, 65535, 65535, 65535, 0, 0, 0, 32768, 65534, 65535, 65535, 32767};
    assertEquals(Shape.of(12), tensor.shape());
    for (int i = 0; i < 12; i++) {
      assertEquals(expected[i], pieces[i]);
      assertEquals(expected[i], tensor.at(i));
    }
  }
}

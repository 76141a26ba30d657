package dev.rnn4j.plan;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rnn4j.grad.Gradients;
import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Interpreter;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Tensor;
import dev.rnn4j.testing.Draw;
import dev.rnn4j.testing.RandomGraph;
import dev.rnn4j.testing.Tame;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.ShrinkingMode;

/**
 * Random graphs whose leaves get new values at the end of each run, drawn from anywhere in the
 * graph: run after run, outputs and leaves must be what the interpreter makes of the old values.
 */
class RandomUpdateTest {
  private static final int STEPS = 10;
  private static final int RUNS = 3;

  @Provide
  Arbitrary<Long> seeds() {
    return Arbitraries.longs().withDistribution(RandomDistribution.uniform()).withoutEdgeCases();
  }

  @Property(shrinking = ShrinkingMode.OFF)
  void everyRunBeginsWithWhatTheLastOneLeft(@ForAll("seeds") long seed) {
    try {
      new Trial(seed).check();
    } catch (RuntimeException | AssertionError e) {
      throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
    }
  }

  /** A graph, its outputs, and the new values of its leaves. */
  private static final class Trial {
    private final Random random;
    private final List<Node> leaves;
    private final List<Node> outputs = new ArrayList<>();
    private final Map<Node, Node> updates = new LinkedHashMap<>();
    private final Map<Node, Tensor> values = new HashMap<>();
    private final Session session;

    Trial(long seed) {
      RandomGraph graph = new RandomGraph(seed, STEPS, true);
      random = new Random(seed + 1);
      Draw draw = new Draw(random);
      leaves = graph.leaves();
      List<Node> candidates = new ArrayList<>(graph.nodes());
      List<Node> gradients = Gradients.of(graph.loss(), leaves);
      for (int i = 0; i < leaves.size(); i++) {
        candidates.add(leaves.get(i).minus(gradients.get(i).times(0.1)));
      }
      graph.nodes().stream().filter(node -> random.nextInt(4) == 0).forEach(outputs::add);
      for (Node leaf : leaves) {
        List<Node> fitting =
            candidates.stream().filter(node -> node.shape().equals(leaf.shape())).toList();
        if (random.nextInt(3) > 0) {
          updates.put(leaf, fitting.get(random.nextInt(fitting.size())));
        }
      }
      Weights weights = Weights.of(Precision.FLOAT64);
      Plan.Builder builder = Plan.of(outputs).weights(weights);
      updates.forEach((leaf, value) -> assign(builder, leaf, value));
      session = builder.compile(Precision.FLOAT64).session();
      for (Node leaf : leaves) {
        Tensor value = draw.uniform(leaf.shape(), -1, 1);
        values.put(leaf, value);
        if (leaf instanceof Parameter parameter) {
          weights.set(parameter, value);
        } else if (isPresent(leaf)) {
          session.set((Input) leaf, value);
        }
      }
    }

    private static void assign(Plan.Builder builder, Node leaf, Node value) {
      if (leaf instanceof Parameter parameter) {
        builder.update(parameter, value);
      } else {
        builder.carry(value, (Input) leaf);
      }
    }

    private boolean isPresent(Node leaf) {
      List<Node> roots = new ArrayList<>(outputs);
      roots.addAll(updates.values());
      roots.addAll(updates.keySet());
      return dev.rnn4j.graph.Graphs.topological(roots).contains(leaf);
    }

    void check() {
      for (int run = 0; run < RUNS; run++) {
        List<Node> all = new ArrayList<>(outputs);
        all.addAll(updates.values());
        if (!Tame.isTame(all, values)) {
          return;
        }
        List<Tensor> expected = Interpreter.eval(all, values);
        runOnce();
        for (int i = 0; i < outputs.size(); i++) {
          if (!(updates.containsKey(outputs.get(i)))) {
            assertClose(expected.get(i), session.get(outputs.get(i)), outputs.get(i), run);
          }
        }
        int position = outputs.size();
        for (Node leaf : updates.keySet()) {
          Tensor value = expected.get(position++);
          values.put(leaf, value);
          assertClose(value, session.get(leaf), leaf, run);
        }
      }
    }

    private void runOnce() {
      if (random.nextBoolean()) {
        session.run();
        return;
      }
      session.compute();
      if (random.nextBoolean()) {
        session.compute();
      }
      session.update();
    }

    private static void assertClose(Tensor expected, Tensor actual, Node node, int run) {
      double[] e = expected.toDoubles();
      for (int i = 0; i < e.length; i++) {
        double scale = Math.max(1, Math.abs(e[i]));
        int element = i;
        assertTrue(
            Math.abs(e[i] - actual.at(i)) <= 1e-9 * scale,
            () ->
                node
                    + " in run "
                    + run
                    + ": element "
                    + element
                    + " is "
                    + actual.at(element)
                    + ", and should be "
                    + e[element]);
      }
    }
  }
}

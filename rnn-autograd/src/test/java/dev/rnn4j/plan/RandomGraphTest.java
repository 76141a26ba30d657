package dev.rnn4j.plan;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rnn4j.grad.GradientCheck;
import dev.rnn4j.grad.Gradients;
import dev.rnn4j.graph.Graphs;
import dev.rnn4j.graph.Node;
import dev.rnn4j.tensor.Tensor;
import dev.rnn4j.testing.Agreement;
import dev.rnn4j.testing.Draw;
import dev.rnn4j.testing.RandomGraph;
import dev.rnn4j.testing.SmallWork;
import dev.rnn4j.testing.Tame;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.ShrinkingMode;

/**
 * Random graphs of all ops and unrolled random cells: gradients against differences, and values,
 * gradients and gradients of gradients between interpreter and plans. {@code
 * -Dtest.args=-Djqwik.tries.default=20000} tries more of them.
 */
class RandomGraphTest {
  private static final int STEPS = 12;

  @Provide
  Arbitrary<Long> seeds() {
    return Arbitraries.longs().withDistribution(RandomDistribution.uniform()).withoutEdgeCases();
  }

  @Property(shrinking = ShrinkingMode.OFF)
  void executorsAgree(@ForAll("seeds") long seed) {
    eitherWay(seed, Trial::compareExecutors);
  }

  @Property(shrinking = ShrinkingMode.OFF)
  void everyNodeCanBeAnOutput(@ForAll("seeds") long seed) {
    eitherWay(seed, Trial::compareAllNodes);
  }

  @Property(shrinking = ShrinkingMode.OFF)
  void gradientsMatchDifferences(@ForAll("seeds") long seed) {
    inTheSmallestGraph(seed, false, Trial::checkGradients);
  }

  @Property(shrinking = ShrinkingMode.OFF)
  void anyPassCanBeLeftOut(@ForAll("seeds") long seed) {
    eitherWay(seed, Trial::compareWithoutPasses);
  }

  @Property(shrinking = ShrinkingMode.OFF)
  void passesOverInstructionsChangeNoBit(@ForAll("seeds") long seed) {
    eitherWay(seed, Trial::compareBits);
  }

  @Property(shrinking = ShrinkingMode.OFF)
  void threadsChangeNoBit(@ForAll("seeds") long seed) {
    SmallWork.inParts(() -> inTheSmallestGraph(seed, true, Trial::compareThreads));
  }

  /** Runs a check as a user's plans are made, or so that small graphs reach every pass. */
  private static void eitherWay(long seed, Check check) {
    if (seed % 2 == 0) {
      inTheSmallestGraph(seed, true, check);
    } else {
      SmallWork.inParts(() -> inTheSmallestGraph(seed, true, check));
    }
  }

  private interface Check {
    void on(Trial trial);
  }

  /** Runs a check; where it fails, the shortest beginning of the graph that fails is shown. */
  private static void inTheSmallestGraph(long seed, boolean stops, Check check) {
    if (failure(seed, STEPS, stops, check) == null) {
      return;
    }
    for (int steps = 1; steps <= STEPS; steps++) {
      Throwable failure = failure(seed, steps, stops, check);
      if (failure != null) {
        String graph = new RandomGraph(seed, steps, stops).loss().toText();
        throw new AssertionError(
            "seed " + seed + ", " + steps + " steps: " + failure.getMessage() + "\n" + graph,
            failure);
      }
    }
  }

  private static Throwable failure(long seed, int steps, boolean stops, Check check) {
    try {
      Trial trial = new Trial(seed, steps, stops);
      if (trial.isTame()) {
        check.on(trial);
      }
      return null;
    } catch (RuntimeException | AssertionError e) {
      return e;
    }
  }

  /** One graph with values. */
  private static final class Trial {
    private final Node loss;
    private final List<Node> leaves;
    private final List<Node> outputs = new ArrayList<>();
    private final List<Node> gradients;
    private final List<Node> second;
    private final Map<Node, Tensor> values = new HashMap<>();
    private final boolean tame;
    private final Random random;

    Trial(long seed, int steps, boolean stops) {
      RandomGraph graph = new RandomGraph(seed, steps, stops);
      random = new Random(seed + 1);
      Draw draw = new Draw(random);
      loss = graph.loss();
      leaves = graph.leaves();
      List<Node> wanted = new ArrayList<>(leaves);
      graph.nodes().stream().filter(node -> random.nextInt(4) == 0).forEach(wanted::add);
      gradients = Gradients.of(loss, wanted);
      Node mixed =
          Node.sum(
              gradients.stream()
                  .map(g -> g.times(Node.constant(draw.uniform(g.shape(), -1, 1))).sum())
                  .toList());
      second = Gradients.of(mixed, leaves);
      graph.nodes().stream().filter(node -> random.nextBoolean()).forEach(outputs::add);
      outputs.add(loss);
      outputs.addAll(gradients);
      outputs.addAll(second);
      tame = drawTame(draw);
    }

    private boolean drawTame(Draw draw) {
      for (int tries = 0; tries < 5; tries++) {
        leaves.forEach(leaf -> values.put(leaf, draw.uniform(leaf.shape(), -1, 1)));
        if (Tame.isTame(outputs, values)) {
          return true;
        }
      }
      return false;
    }

    boolean isTame() {
      return tame;
    }

    void compareExecutors() {
      Agreement.check(outputs, values, 1);
    }

    void compareAllNodes() {
      Agreement.check(Graphs.topological(List.of(loss)), values, 1);
    }

    void compareThreads() {
      Agreement.checkThreads(outputs, values, somePasses());
    }

    void compareWithoutPasses() {
      Agreement.check(outputs, values, 1, somePasses());
    }

    /** Some of the passes that leave the order of additions as it is. */
    void compareBits() {
      Set<Pass> without = EnumSet.noneOf(Pass.class);
      EnumSet.range(Pass.GROUP, Pass.SHARE).stream()
          .filter(pass -> random.nextBoolean())
          .forEach(without::add);
      Agreement.checkBits(outputs, values, without);
    }

    /** Each pass left out, each alone, none, and a random half of them: one of these by turns. */
    private Set<Pass> somePasses() {
      Pass[] all = Pass.values();
      int turn = random.nextInt(2 * all.length + 2);
      Set<Pass> without = EnumSet.noneOf(Pass.class);
      for (Pass pass : all) {
        boolean left =
            turn < all.length
                ? pass.ordinal() == turn
                : turn < 2 * all.length
                    ? pass.ordinal() != turn - all.length
                    : turn == 2 * all.length || random.nextBoolean();
        if (left) {
          without.add(pass);
        }
      }
      return without;
    }

    void checkGradients() {
      GradientCheck check = GradientCheck.of(loss).directions(1).tolerance(1e-5);
      values.forEach(check::at);
      check.check();
      check.secondOrder();
    }
  }

  @Property(tries = 1)
  void manyGraphsAreTame() {
    long tame = 0;
    for (long seed = 0; seed < 50; seed++) {
      tame += new Trial(seed, STEPS, true).isTame() ? 1 : 0;
    }
    assertTrue(tame > 20, tame + " of 50 graphs are tame");
  }
}

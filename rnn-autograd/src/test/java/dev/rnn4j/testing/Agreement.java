package dev.rnn4j.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.rnn4j.graph.Graphs;
import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Interpreter;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.plan.Pass;
import dev.rnn4j.plan.Plan;
import dev.rnn4j.plan.Session;
import dev.rnn4j.plan.Threads;
import dev.rnn4j.plan.Weights;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Tensor;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Two executors, one meaning: what the interpreter says of a graph, plans of both precisions must
 * say, to 1e-11 and 1e-4 of a tensor's largest value.
 */
public final class Agreement {
  private Agreement() {}

  /** Asserts that plans and interpreter agree. */
  public static void check(List<? extends Node> nodes, Map<? extends Node, Tensor> values) {
    check(nodes, values, 0);
  }

  /**
   * Asserts that plans and interpreter agree.
   *
   * @param floor what counts as the largest value where all are smaller: sums that cancel
   */
  public static void check(
      List<? extends Node> nodes, Map<? extends Node, Tensor> values, double floor) {
    check(nodes, values, floor, EnumSet.noneOf(Pass.class));
  }

  /**
   * Asserts that interpreter and plans without some passes agree.
   *
   * @param without the passes that are left out
   */
  public static void check(
      List<? extends Node> nodes,
      Map<? extends Node, Tensor> values,
      double floor,
      Set<Pass> without) {
    List<Tensor> expected = Interpreter.eval(nodes, values);
    for (Precision precision : Precision.values()) {
      List<Tensor> actual =
          run(session(precision, nodes, values, Threads.byDefault(), without), nodes);
      for (int i = 0; i < nodes.size(); i++) {
        String left = without.isEmpty() ? "" : " without " + without;
        String what = precision + " plan" + left + ", output " + i + ", " + nodes.get(i);
        assertClose(expected.get(i), actual.get(i), tolerance(precision), floor, what);
      }
    }
  }

  /** Asserts that plans compute the same bits on 1, 2 and 7 threads. */
  public static void checkThreads(List<? extends Node> nodes, Map<? extends Node, Tensor> values) {
    checkThreads(nodes, values, EnumSet.noneOf(Pass.class));
  }

  /**
   * Asserts that plans without some passes compute the same bits on 1, 2 and 7 threads.
   *
   * @param without the passes that are left out
   */
  public static void checkThreads(
      List<? extends Node> nodes, Map<? extends Node, Tensor> values, Set<Pass> without) {
    for (Precision precision : Precision.values()) {
      List<Tensor> alone = run(session(precision, nodes, values, 1, without), nodes);
      for (int threads : new int[] {2, 7}) {
        List<Tensor> together = run(session(precision, nodes, values, threads, without), nodes);
        for (int i = 0; i < nodes.size(); i++) {
          String what = precision + " on " + threads + " threads, output " + i + ", ";
          assertSameBits(alone.get(i), together.get(i), what + nodes.get(i));
        }
      }
    }
  }

  /** Asserts that plans compute the same bits with and without some passes. */
  public static void checkBits(
      List<? extends Node> nodes, Map<? extends Node, Tensor> values, Set<Pass> without) {
    for (Precision precision : Precision.values()) {
      List<Tensor> with = run(session(precision, nodes, values), nodes);
      List<Tensor> plain =
          run(session(precision, nodes, values, Threads.byDefault(), without), nodes);
      for (int i = 0; i < nodes.size(); i++) {
        String what = precision + " without " + without + ", output " + i + ", " + nodes.get(i);
        assertSameBits(with.get(i), plain.get(i), what);
      }
    }
  }

  /** Returns what a plan computes; a second run must give the same bits. */
  public static List<Tensor> run(
      Precision precision, List<? extends Node> nodes, Map<? extends Node, Tensor> values) {
    return run(session(precision, nodes, values), nodes);
  }

  private static List<Tensor> run(Session session, List<? extends Node> nodes) {
    session.run();
    List<Tensor> once = nodes.stream().map(session::get).toList();
    session.run();
    for (int i = 0; i < once.size(); i++) {
      assertSameBits(once.get(i), session.get(nodes.get(i)), "second run of " + nodes.get(i));
    }
    return once;
  }

  /** Returns a session whose inputs and parameters have their values. */
  public static Session session(
      Precision precision, List<? extends Node> nodes, Map<? extends Node, Tensor> values) {
    return session(precision, nodes, values, Threads.byDefault(), EnumSet.noneOf(Pass.class));
  }

  private static Session session(
      Precision precision,
      List<? extends Node> nodes,
      Map<? extends Node, Tensor> values,
      int threads,
      Set<Pass> without) {
    Weights weights = Weights.of(precision);
    Plan.Builder builder = Plan.of(nodes).weights(weights).without(without.toArray(Pass[]::new));
    Session session = builder.threads(threads).compile(precision).session();
    Set<Node> present = new HashSet<>(Graphs.topological(nodes));
    values.forEach(
        (leaf, value) -> {
          if (leaf instanceof Parameter parameter) {
            weights.set(parameter, value);
          } else if (present.contains(leaf)) {
            session.set((Input) leaf, value);
          }
        });
    return session;
  }

  /** Returns how far a plan may be from the interpreter, relative to the largest value. */
  public static double tolerance(Precision precision) {
    return precision == Precision.FLOAT64 ? 1e-11 : 1e-4;
  }

  /** Asserts that two tensors agree, relative to the largest value expected. */
  public static void assertClose(Tensor expected, Tensor actual, double tolerance, String what) {
    assertClose(expected, actual, tolerance, 0, what);
  }

  private static void assertClose(
      Tensor expected, Tensor actual, double tolerance, double floor, String what) {
    assertEquals(expected.shape(), actual.shape(), what);
    double largest = floor;
    for (double value : expected.toDoubles()) {
      largest = Double.isFinite(value) ? Math.max(largest, Math.abs(value)) : largest;
    }
    for (int i = 0; i < expected.shape().elements(); i++) {
      double e = expected.at(i);
      double a = actual.at(i);
      boolean same = Double.compare(e, a) == 0 || Math.abs(e - a) <= tolerance * largest;
      if (!same) {
        fail(what + ": element " + i + " is " + a + ", and should be " + e);
      }
    }
  }

  /** Asserts that two tensors are the same to the last bit. */
  public static void assertSameBits(Tensor expected, Tensor actual, String what) {
    assertTrue(
        expected.sameAs(actual),
        () -> what + ":\n" + expected + "\nis not, bit for bit,\n" + actual);
  }
}

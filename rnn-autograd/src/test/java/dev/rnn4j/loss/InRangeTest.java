package dev.rnn4j.loss;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.rnn4j.grad.Gradients;
import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Trace;
import dev.rnn4j.pass.Signal;
import dev.rnn4j.plan.Plan;
import dev.rnn4j.plan.Session;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import dev.rnn4j.testing.Extremes.Executor;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Losses whose targets have a range, and targets that are out of it. */
class InRangeTest {
  private static final String LABEL =
      ", and a label of binary cross-entropy is 0, 1 or a probability between: number two classes 0"
          + " and 1, and take softmaxCrossEntropyOfIndices() for more";
  private static final String COUNT =
      ", and poisson() takes finite counts from 0 up: give them as they are, neither scaled nor"
          + " their logarithms";

  /** A loss, what it takes, what it does not, and how its sentence ends. */
  private enum Case {
    LABELS(Losses.binaryCrossEntropy(), LABEL, new double[] {2, -1, -0.1}),
    WEIGHTED(Losses.binaryCrossEntropy(3), LABEL, new double[] {2, -1}),
    COUNTS(Losses.poisson(), COUNT, new double[] {-1, -0.5, Double.POSITIVE_INFINITY});

    private final Loss loss;
    private final String rule;
    private final double[] wrong;

    Case(Loss loss, String rule, double[] wrong) {
      this.loss = loss;
      this.rule = rule;
      this.wrong = wrong;
    }
  }

  private static Map<Input, Tensor> values(Input p, Input y, Tensor target) {
    return Map.of(p, Tensor.full(p.shape(), 0.5), y, target);
  }

  private static Tensor with(Shape shape, int position, double bad) {
    double[] y = new double[shape.elements()];
    Arrays.setAll(y, i -> i % 5 / 4.0);
    y[position] = bad;
    return Tensor.of(shape, y);
  }

  private static void assertRefused(
      String message, Executor executor, List<Node> nodes, Map<Input, Tensor> values) {
    assertEquals(
        message,
        assertThrows(IllegalArgumentException.class, () -> executor.run(nodes, values))
            .getMessage(),
        executor.toString());
  }

  private static void assertRefused(Executor executor, Shape shape, int position, String place) {
    for (Case each : Case.values()) {
      Input p = Input.of("p", shape);
      Input y = Input.of("y", shape);
      Node loss = each.loss.of(p, y).mean();
      Node slope = Gradients.of(loss, List.of(p)).get(0);
      for (double bad : each.wrong) {
        String message =
            "the target y at " + place + " has the value " + executor.round(bad) + each.rule;
        assertRefused(
            message, executor, List.of(loss, slope), values(p, y, with(shape, position, bad)));
      }
      assertRefused(
          "the target y at " + place + " has the value NaN" + each.rule,
          executor,
          List.of(loss),
          values(p, y, with(shape, position, Double.NaN)));
    }
  }

  @ParameterizedTest
  @EnumSource(Executor.class)
  void theSentenceNamesPlaceAndValue(Executor executor) {
    assertRefused(executor, Shape.of(7), 3, "sequence 3");
    assertRefused(executor, Shape.of(4, 1), 3, "row 3");
    assertRefused(executor, Shape.of(3, 37), 73, "row 1");
    assertRefused(executor, Shape.of(5, 3, 1), 7, "time step 2, sequence 1");
    assertRefused(executor, Shape.of(2, 3, 37), 4 * 37 + 36, "time step 1, sequence 1");
    assertRefused(executor, Shape.of(2, 3, 2, 2), 16, "time step 1, sequence 1");
  }

  @ParameterizedTest
  @EnumSource(Executor.class)
  void whatIsInRangeIsTaken(Executor executor) {
    for (Case each : Case.values()) {
      for (Shape shape : List.of(Shape.of(11), Shape.of(3, 2, 5), Shape.of(0), Shape.of(2, 3, 0))) {
        Input p = Input.of("p", shape);
        Input y = Input.of("y", shape);
        double[] target = new double[shape.elements()];
        Arrays.setAll(target, i -> i % 5 / 4.0);
        Node sum = each.loss.of(p, y).sum();
        Tensor value = executor.run(List.of(sum), values(p, y, Tensor.of(shape, target))).get(0);
        assertTrue(Double.isFinite(value.item()), each + " " + shape);
      }
    }
  }

  /** Means of probabilities in float32, for example. */
  @ParameterizedTest
  @EnumSource(Executor.class)
  void roundingIsNoError(Executor executor) {
    Input p = Input.of("p", 2);
    Input y = Input.of("y", 2);
    Node loss = Losses.binaryCrossEntropy().of(p, y).mean();
    executor.run(List.of(loss), values(p, y, Tensor.of(1 + 1e-6, -1e-6)));
  }

  @ParameterizedTest
  @EnumSource(Executor.class)
  void whatDoesNotCountMayBeAnything(Executor executor) {
    for (Case each : Case.values()) {
      for (Shape shape : List.of(Shape.of(3, 2), Shape.of(3, 2, 5))) {
        whatDoesNotCountMayBeAnything(executor, each, shape);
      }
    }
  }

  private static void whatDoesNotCountMayBeAnything(Executor executor, Case each, Shape shape) {
    Input p = Input.of("p", shape);
    Input y = Input.of("y", shape);
    Input counts = Input.of("counts", 3, 2);
    List<Node> losses =
        List.of(
            each.loss.of(Signal.of(p).masked(counts), Target.of(y)).mean(),
            each.loss.of(Signal.of(p), Target.of(y).weighted(counts)).mean());
    int last = shape.elements() - 1;
    for (double any : new double[] {Double.NaN, 7, -3, Double.POSITIVE_INFINITY}) {
      Tensor target = with(shape, last, any);
      Tensor prediction = Tensor.full(shape, 0.5);
      Tensor without = Tensor.of(Shape.of(3, 2), 1, 1, 1, 0, 1, 0);
      for (Tensor loss : executor.run(losses, Map.of(p, prediction, y, target, counts, without))) {
        assertTrue(Double.isFinite(loss.item()), each + " " + any);
      }
      if (each != Case.COUNTS || any != 7) {
        double shown = executor.round(any);
        for (Node loss : losses) {
          assertRefused(
              "the target y at time step 2, sequence 1 has the value " + shown + each.rule,
              executor,
              List.of(loss),
              Map.of(p, prediction, y, target, counts, Tensor.full(Shape.of(3, 2), 1)));
        }
      }
    }
  }

  @Test
  void aRunThatLooksAllocatesNothing() {
    Input p = Input.of("p", 5, 3, 4);
    Input y = Input.of("y", 5, 3, 4);
    Node loss = Losses.binaryCrossEntropy().of(p, y).mean();
    Node slope = Gradients.of(loss, List.of(p)).get(0);
    Session session = Plan.of(loss, slope).compile(Precision.FLOAT32).session();
    session.set(p, Tensor.full(p.shape(), 0.5)).set(y, with(y.shape(), 0, 1));
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().getId();
    long least = Long.MAX_VALUE;
    for (int round = 0; round < 1000 && least > 0; round++) {
      long before = threads.getThreadAllocatedBytes(thread);
      for (int i = 0; i < 100; i++) {
        session.run();
      }
      least = Math.min(least, threads.getThreadAllocatedBytes(thread) - before);
    }
    assertEquals(0, least);
  }

  @ParameterizedTest
  @EnumSource(Executor.class)
  void aLossOfEachTimeStepNamesIt(Executor executor) {
    Input p = Input.of("p", 4, 3, 2);
    Input y = Input.of("y", 4, 3, 2);
    List<Node> losses = new ArrayList<>();
    Trace trace = Trace.ofLoop();
    for (int t = 0; t < 4; t++) {
      int step = t;
      losses.add(
          trace.at(t, () -> Losses.binaryCrossEntropy().of(p.step(step), y.step(step)).mean()));
    }
    assertRefused(
        "the target y at time step 2, sequence 1 has the value 2.0" + LABEL,
        executor,
        List.of(Node.sum(losses)),
        values(p, y, with(y.shape(), 15, 2)));
  }
}

package dev.rnn4j.cell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rnn4j.grad.Gradients;
import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.graph.Parameters;
import dev.rnn4j.graph.Records;
import dev.rnn4j.layer.Unroll;
import dev.rnn4j.layer.Unrolled;
import dev.rnn4j.pass.Signal;
import dev.rnn4j.plan.Plan;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Tensor;
import dev.rnn4j.testing.Agreement;
import dev.rnn4j.testing.Draw;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Equations of cells from papers, and their plans; {@link PaperCase} has a row for each. What else
 * holds for every cell is the contract, which {@link dev.rnn4j.contract.CellContract} checks.
 */
class PaperTest {
  private static final int INPUTS = 4;
  private final Draw draw = new Draw(new Random(8));

  /** A cell over a sequence, from its own initial state, with values for all of it. */
  private final class Run<S> {
    final Cell<S> cell;
    final Input x;
    final Unrolled<S> unrolled;
    final Map<Node, Tensor> values = new LinkedHashMap<>();

    Run(Cell<S> cell, int steps, int batchSize) {
      this(cell, steps, batchSize, null);
    }

    Run(Cell<S> cell, int steps, int batchSize, Node mask) {
      this.cell = cell;
      x = Input.of("x", steps, batchSize, INPUTS);
      unrolled = Unroll.forward(cell, mask == null ? Signal.of(x) : Signal.of(x).masked(mask));
      values.put(x, draw.uniform(x.shape(), -1, 1));
      for (Parameter parameter : Parameters.of(cell).values()) {
        values.put(parameter, draw.uniform(parameter.shape(), -0.9, 0.9));
      }
    }

    /** Returns output and final state, each as its sum times random factors. */
    Node everything() {
      List<Node> all = new ArrayList<>(Records.nodes(unrolled.state()));
      all.add(unrolled.outputs().values());
      Draw factors = new Draw(new Random(2));
      return Node.sum(
          all.stream()
              .map(n -> n.times(Node.constant(factors.uniform(n.shape(), -1, 1))).sum())
              .toList());
    }

    List<Node> results() {
      List<Node> results = new ArrayList<>(Records.nodes(unrolled.state()));
      results.add(unrolled.outputs().values());
      results.addAll(Gradients.of(everything(), List.copyOf(values.keySet())));
      return results;
    }
  }

  private Run<?> run(PaperCase row, int steps, int batchSize) {
    return new Run<>(row.of(new Random(1)), steps, batchSize);
  }

  @ParameterizedTest
  @EnumSource(PaperCase.class)
  void stepsAreTheEquationsInPlainNumbers(PaperCase row) {
    checkEquations(row, run(row, 9, 2));
  }

  private static <S> void checkEquations(PaperCase row, Run<S> run) {
    Map<String, Tensor> parameters = new HashMap<>();
    Parameters.of(run.cell).forEach((path, p) -> parameters.put(path, run.values.get(p)));
    Plainly plainly = new Plainly(parameters);
    Tensor outputs = run.unrolled.outputs().values().eval(run.values);
    Tensor x = run.values.get(run.x);
    List<Node> zeros = Records.nodes(run.cell.initialState(1));
    for (int n = 0; n < 2; n++) {
      double[][] state = zeros.stream().map(s -> s.eval().toDoubles()).toArray(double[][]::new);
      for (int t = 0; t < 9; t++) {
        double[] xt = new double[INPUTS];
        for (int i = 0; i < INPUTS; i++) {
          xt[i] = x.get(t, n, i);
        }
        double[][] after = row.step(plainly, xt, state);
        for (int j = 0; j < after[0].length; j++) {
          assertEquals(after[0][j], outputs.get(t, n, j), 1e-12, row + ", step " + t);
        }
        System.arraycopy(after, 1, state, 0, state.length);
      }
      List<Node> last = Records.nodes(run.unrolled.state());
      for (int i = 0; i < state.length; i++) {
        Tensor actual = last.get(i).eval(run.values);
        int size = actual.shape().elements() / 2;
        for (int j = 0; j < size; j++) {
          assertEquals(state[i][j], actual.at(n * size + j), 1e-12, row + ", state " + i);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(PaperCase.class)
  void plansAgreeWithTheInterpreter(PaperCase row) {
    // What grows by exponentials has few digits in float32 after a while.
    int many = row.name().endsWith("EXPONENTIAL") ? 20 : 70;
    for (int steps : new int[] {1, 2, 8, many}) {
      Run<?> run = run(row, steps, 3);
      Agreement.check(run.results(), run.values, 1);
    }
    Run<?> run = run(row, 6, 21);
    Agreement.checkThreads(run.results(), run.values);
  }

  @ParameterizedTest
  @EnumSource(PaperCase.class)
  void plansHaveLoopsAndNoSingleSteps(PaperCase row) {
    assertEquals(instructions(run(row, 20, 3)), instructions(run(row, 60, 3)));
  }

  private static long instructions(Run<?> run) {
    return Plan.of(run.results()).compile(Precision.FLOAT32).explain().lines().count();
  }

  /** Huge gates overflow nowhere: the stabiliser takes them. */
  @ParameterizedTest
  @EnumSource(names = {"SLSTM", "SLSTM_EXPONENTIAL", "MLSTM", "MLSTM_EXPONENTIAL"})
  void exponentialsAreStabilised(PaperCase row) {
    Run<?> run = run(row, 50, 3);
    for (double size : new double[] {-300, 300}) {
      Parameters.of(run.cell)
          .forEach(
              (path, p) -> {
                if (path.equals("input.bias") || path.equals("forget.bias")) {
                  run.values.put(p, Tensor.full(p.shape(), size));
                }
              });
      for (Tensor result : Agreement.run(Precision.FLOAT32, run.results(), run.values)) {
        for (double value : result.toDoubles()) {
          assertTrue(Double.isFinite(value), row + " with gates of e^" + size);
        }
      }
    }
  }
}

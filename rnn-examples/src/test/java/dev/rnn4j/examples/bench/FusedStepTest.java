package dev.rnn4j.examples.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.rnn4j.cell.Cell;
import dev.rnn4j.cell.ElmanCell;
import dev.rnn4j.cell.GruCell;
import dev.rnn4j.examples.bench.fused.FusedElman;
import dev.rnn4j.examples.bench.fused.FusedGru;
import dev.rnn4j.examples.bench.fused.FusedLstm;
import dev.rnn4j.examples.bench.fused.FusedStep;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.part.Gate;
import dev.rnn4j.plan.Weights;
import dev.rnn4j.random.Philox;
import dev.rnn4j.tensor.Precision;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was fused by hand computes what the plans of the same cells do. */
class FusedStepTest {
  private static final double TOLERANCE = 1e-4;
  private static final int UPDATES = 5;

  /** Large, so that what updates change is far from what float32 rounds. */
  private static final double RATE = 3;

  @ParameterizedTest
  @ValueSource(strings = {"1,1,1,1", "1,7,3,4", "3,1,5,17", "2,13,7,29", "32,5,32,64", "5,3,16,80"})
  void trainAsThePlansDo(String shape) {
    Sizes s = new Sizes.Reader().convert(shape);
    ElmanCell elman = ElmanCell.of(s.i(), s.h(), new Philox(1));
    compare(elman, List.of(elman.gate()), new FusedElman(s.n(), s.t(), s.i(), s.h(), RATE), s);
    GruCell gru = GruCell.of(s.i(), s.h(), new Philox(2));
    compare(
        gru,
        List.of(gru.reset(), gru.update(), gru.candidate()),
        new FusedGru(s.n(), s.t(), s.i(), s.h(), RATE),
        s);
    UserLstm lstm = UserLstm.of(s.i(), s.h(), new Philox(3));
    compare(
        lstm,
        List.of(lstm.input(), lstm.forget(), lstm.candidate(), lstm.output()),
        new FusedLstm(s.n(), s.t(), s.i(), s.h(), RATE),
        s);
  }

  private static void compare(Cell<?> cell, List<Gate> gates, FusedStep fused, Sizes sizes) {
    CellStep plan = CellStep.of(cell, sizes, Precision.FLOAT64, 1, RATE);
    Weights weights = plan.step().weights();
    fused.set(CellStep.sequences(sizes));
    for (int gate = 0; gate < gates.size(); gate++) {
      Gate of = gates.get(gate);
      fused.setGate(
          gate,
          values(weights, of.weightIh()),
          values(weights, of.weightHh()),
          values(weights, of.bias()));
    }
    for (int update = 0; update < UPDATES; update++) {
      double loss = plan.getAsDouble();
      assertEquals(loss, fused.getAsDouble(), TOLERANCE * loss);
    }
    for (int gate = 0; gate < gates.size(); gate++) {
      Gate of = gates.get(gate);
      close(values(weights, of.weightIh()), fused.weightIh(gate), initial(of.weightIh()));
      close(values(weights, of.weightHh()), fused.weightHh(gate), initial(of.weightHh()));
      close(values(weights, of.bias()), fused.bias(gate), initial(of.bias()));
    }
  }

  /** What updates changed is close, by the largest change. */
  private static void close(float[] expected, float[] actual, float[] initial) {
    double largest = 0;
    for (int i = 0; i < expected.length; i++) {
      largest = Math.max(largest, Math.abs(expected[i] - initial[i]));
    }
    assertEquals(expected.length, actual.length);
    for (int i = 0; i < expected.length; i++) {
      double ulps = 16 * Math.ulp(initial[i]);
      assertEquals(expected[i], actual[i], TOLERANCE * largest + ulps);
    }
  }

  private static float[] initial(Parameter parameter) {
    return values(Weights.of(Precision.FLOAT64), parameter);
  }

  private static float[] values(Weights weights, Parameter parameter) {
    return weights.get(parameter).toFloats();
  }
}

package dev.rnn4j.cell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Interpreter;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.graph.Parameters;
import dev.rnn4j.graph.Records;
import dev.rnn4j.layer.Unroll;
import dev.rnn4j.layer.Unrolled;
import dev.rnn4j.pass.Signal;
import dev.rnn4j.plan.Plan;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Cells against numbers of NumPy, which papers.py has written to papers.txt beside it. */
class NumpyTest {
  private static final int T = 6;
  private static final int N = 2;

  private enum Case {
    SRU("sru", 4, SruCell.of(4, new Random(1))),
    FAST_GRNN("fast-grnn", 3, FastGrnnCell.of(3, 4, new Random(1))),
    LMU("lmu", 3, LmuCell.of(3, 4, 5, 7.5, new Random(1)));

    final String text;
    final int inputs;
    final Cell<?> cell;

    Case(String text, int inputs, Cell<?> cell) {
      this.text = text;
      this.inputs = inputs;
      this.cell = cell;
    }
  }

  /** sin(1), sin(2), … / 2, one after the other. */
  private static Tensor next(int[] count, Shape shape) {
    double[] values = new double[shape.elements()];
    for (int i = 0; i < values.length; i++) {
      values[i] = StrictMath.sin(++count[0]) / 2;
    }
    return Tensor.of(shape, values);
  }

  @ParameterizedTest
  @EnumSource(Case.class)
  void stepsAreThoseOfNumpy(Case row) throws IOException {
    check(row, row.cell);
  }

  private static <S> void check(Case row, Cell<S> cell) throws IOException {
    int[] count = new int[1];
    Map<Node, Tensor> values = new LinkedHashMap<>();
    for (Parameter parameter : Parameters.of(cell).values()) {
      values.put(parameter, next(count, parameter.shape()));
    }
    Input x = Input.of("x", T, N, row.inputs);
    values.put(x, next(count, x.shape()));
    Unrolled<S> unrolled = Unroll.forward(cell, Signal.of(x));
    List<Node> results = new ArrayList<>(List.of(unrolled.outputs().values()));
    results.addAll(Records.nodes(unrolled.state()));
    double[] expected = expected(row.text);
    int at = 0;
    for (Tensor result : Interpreter.eval(results, values)) {
      for (double value : result.toDoubles()) {
        assertEquals(expected[at], value, 1e-13, row + ", number " + at);
        at++;
      }
    }
    assertEquals(expected.length, at);
  }

  private static double[] expected(String name) throws IOException {
    try (InputStream file = NumpyTest.class.getResourceAsStream("papers.txt")) {
      assertNotNull(file);
      BufferedReader lines =
          new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8));
      String line = lines.lines().filter(l -> l.startsWith(name + " ")).findFirst().orElseThrow();
      String[] words = line.split(" ");
      double[] numbers = new double[words.length - 1];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = Double.parseDouble(words[i + 1]);
      }
      return numbers;
    }
  }

  @ParameterizedTest
  @EnumSource(Case.class)
  void plansHaveLoopsAndNoSingleSteps(Case row) {
    assertEquals(instructions(row, 20), instructions(row, 60));
  }

  private static long instructions(Case row, int steps) {
    Input x = Input.of("x", steps, 3, row.inputs);
    Node outputs = Unroll.forward(row.cell, Signal.of(x)).outputs().values();
    return Plan.of(outputs).compile(Precision.FLOAT32).explain().lines().count();
  }

  @Test
  void aMemoryHoldsItsWindow() {
    // A signal of 1 for longer than the window is the first Legendre polynomial alone.
    LmuCell cell = LmuCell.of(1, 1, 4, 10, new Random(1));
    Map<Node, Tensor> values = new LinkedHashMap<>();
    values.put(cell.inputEncoder().weight(), Tensor.full(Shape.of(1, 1), 1));
    values.put(cell.hiddenEncoder().weight(), Tensor.zeros(Shape.of(1, 1)));
    Input x = Input.of("x", 200, 1, 1);
    values.put(x, Tensor.full(x.shape(), 1));
    Node memory = Unroll.forward(cell, Signal.of(x)).state().m();
    values.keySet().retainAll(dev.rnn4j.graph.Graphs.topological(List.of(memory)));
    double[] held = memory.eval(values).toDoubles();
    assertEquals(1, held[0], 1e-6);
    for (int i = 1; i < 4; i++) {
      assertTrue(Math.abs(held[i]) < 1e-6, "polynomial " + i + " has " + held[i]);
    }
  }
}

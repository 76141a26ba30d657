package dev.rnn4j.cell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.rnn4j.grad.GradientCheck;
import dev.rnn4j.grad.Gradients;
import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Interpreter;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.graph.Parameters;
import dev.rnn4j.graph.Records;
import dev.rnn4j.layer.LastStep;
import dev.rnn4j.layer.Recurrent;
import dev.rnn4j.layer.Stacked;
import dev.rnn4j.layer.Unroll;
import dev.rnn4j.layer.Unrolled;
import dev.rnn4j.part.Gate;
import dev.rnn4j.part.LayerNorm;
import dev.rnn4j.part.LayerNormGate;
import dev.rnn4j.pass.Layer;
import dev.rnn4j.pass.Signal;
import dev.rnn4j.plan.Plan;
import dev.rnn4j.plan.Session;
import dev.rnn4j.plan.Weights;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.ShapeException;
import dev.rnn4j.tensor.Tensor;
import dev.rnn4j.testing.Agreement;
import dev.rnn4j.testing.Draw;
import dev.rnn4j.testing.Verify;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every cell of the library; {@link CellCase} has a row for each. */
class CellTest {
  private static final int[][] SIZES = {{1, 1, 1}, {1, 3, 4}, {2, 1, 5}, {3, 7, 2}, {5, 11, 13}};
  private final Random random = new Random(71);
  private final Draw draw = new Draw(random);

  /** Cells around others, whose rows {@code LayerTest} has, and those of {@code NumpyTest}. */
  private static final Set<Class<?>> OTHERS =
      Set.of(
          ConvolutionCell.class,
          FastGrnnCell.class,
          LearnedStateCell.class,
          LmuCell.class,
          RecurrentDropoutCell.class,
          SruCell.class,
          WeightDropCell.class,
          ZoneoutCell.class);

  @Test
  void everyCellHasARow() {
    Set<String> cells =
        new ClassFileImporter()
            .importPackagesOf(Cell.class).stream()
                .filter(type -> type.isAssignableTo(Cell.class) && type.isRecord())
                .filter(
                    type ->
                        type.getSource().orElseThrow().getUri().toString().contains("/classes/"))
                .map(JavaClass::getName)
                .collect(Collectors.toSet());
    Stream<Class<?>> rows = Stream.of(CellCase.values()).map(CellCase::type);
    Stream<Class<?>> ofPapers =
        Stream.of(PaperCase.values()).map(row -> row.of(new Random(1)).getClass());
    Stream<Class<?>> all = Stream.of(rows, ofPapers, OTHERS.stream()).flatMap(part -> part);
    assertEquals(all.map(Class::getName).collect(Collectors.toSet()), cells);
  }

  /** A cell over a sequence, with a state that is given, and random values for all of it. */
  private final class Run<S> {
    final Cell<S> cell;
    final Input x;
    final S initial;
    final List<Node> state;
    final Unrolled<S> unrolled;
    final Map<Node, Tensor> values = new LinkedHashMap<>();

    Run(Cell<S> cell, int steps, int batch, int inputSize, double range) {
      this.cell = cell;
      x = Input.of("x", steps, batch, inputSize);
      S zeros = cell.initialState(batch);
      state = new ArrayList<>();
      List<String> names = Records.nodeNames(zeros);
      List<Node> nodes = Records.nodes(zeros);
      for (int i = 0; i < nodes.size(); i++) {
        state.add(Input.of(names.get(i), nodes.get(i).shape()));
      }
      initial = Records.withNodes(zeros, state);
      unrolled = new Recurrent<>(cell).unroll(Signal.of(x), initial);
      values.put(x, draw.uniform(x.shape(), -1, 1));
      state.forEach(h -> values.put(h, draw.uniform(h.shape(), -1, 1)));
      for (Parameter parameter : Parameters.of(cell).values()) {
        values.put(parameter, draw.uniform(parameter.shape(), -range, range));
      }
    }

    List<Node> finalState() {
      return Records.nodes(unrolled.state());
    }

    /** Returns outputs and final state as one node, to check all of it at once. */
    Node everything() {
      List<Node> last = finalState();
      return Node.concat(0, unrolled.outputs().values(), Node.stack(last));
    }

    Verify verify(Node node) {
      Verify verify = Verify.of(node);
      values.forEach(verify::at);
      return verify;
    }
  }

  private Run<?> run(CellCase row, int steps, int batch, int inputSize, int hiddenSize)
      throws ReflectiveOperationException {
    return new Run<>(row.of(inputSize, hiddenSize, random), steps, batch, inputSize, 1);
  }

  static Stream<Arguments> rowsAndSizes() {
    return Stream.of(CellCase.values())
        .flatMap(row -> Arrays.stream(SIZES).map(sizes -> Arguments.of(row, sizes)));
  }

  // ---------------------------------------------------------------- the equations

  @ParameterizedTest
  @MethodSource("rowsAndSizes")
  void stepsAreTheEquationsInPlainNumbers(CellCase row, int[] sizes)
      throws ReflectiveOperationException {
    for (int steps : new int[] {1, 7}) {
      checkEquations(row, run(row, steps, sizes[0], sizes[1], sizes[2]));
    }
  }

  private <S> void checkEquations(CellCase row, Run<S> run) {
    Map<String, Tensor> parameters = new HashMap<>();
    Parameters.of(run.cell).forEach((path, p) -> parameters.put(path, run.values.get(p)));
    Plainly plainly = new Plainly(parameters);
    Tensor x = run.values.get(run.x);
    int batch = x.shape().size(1);
    List<double[][]> state = run.state.stream().map(h -> run.values.get(h).toMatrix()).toList();
    double[][][] outputs = new double[x.shape().size(0)][batch][];
    for (int t = 0; t < outputs.length; t++) {
      for (int n = 0; n < batch; n++) {
        int sequence = n;
        double[][] before = state.stream().map(h -> h[sequence]).toArray(double[][]::new);
        double[] xt = Node.constant(x).step(t).eval().toMatrix()[n];
        double[][] after = row.step(plainly, xt, before);
        for (int i = 0; i < after.length; i++) {
          state.get(i)[n] = after[i];
        }
        outputs[t][n] = after[0];
      }
    }
    Tensor expected = Tensor.of(outputs);
    Agreement.assertClose(
        expected, run.unrolled.outputs().values().eval(run.values), 1e-12, "outputs of " + row);
    for (int i = 0; i < state.size(); i++) {
      Tensor last = run.finalState().get(i).eval(run.values);
      Agreement.assertClose(Tensor.of(state.get(i)), last, 1e-12, "final state of " + row);
    }
  }

  // ---------------------------------------------------------------- gradients and plans

  @ParameterizedTest
  @MethodSource("rowsAndSizes")
  void gradientsAreThoseOfDifferences(CellCase row, int[] sizes)
      throws ReflectiveOperationException {
    for (int steps : new int[] {1, 7}) {
      Run<?> run = run(row, steps, sizes[0], sizes[1], sizes[2]);
      // A norm of two or three numbers curves much: differences need a short step.
      GradientCheck check = GradientCheck.of(run.everything()).epsilon(2e-6).seed(5);
      run.values.forEach(check::at);
      check.check();
      check.secondOrder();
    }
  }

  @ParameterizedTest
  @MethodSource("rowsAndSizes")
  void plansAgreeWithTheInterpreter(CellCase row, int[] sizes) throws ReflectiveOperationException {
    for (int steps : new int[] {1, 2, 3}) {
      Run<?> run = run(row, steps, sizes[0], sizes[1], sizes[2]);
      run.verify(run.everything()).plans();
    }
  }

  @ParameterizedTest
  @EnumSource(CellCase.class)
  void plansAgreeOverALongSequence(CellCase row) throws ReflectiveOperationException {
    Run<?> run = new Run<>(row.of(3, 5, random), 200, 2, 3, 0.5);
    List<Node> all = new ArrayList<>(List.of(run.everything()));
    all.addAll(Gradients.of(run.everything().square().sum(), List.copyOf(run.values.keySet())));
    Agreement.check(all, run.values, 1);
  }

  // ---------------------------------------------------------------- streaming

  @ParameterizedTest
  @MethodSource("rowsAndSizes")
  void stepByStepIsTheWholeSequence(CellCase row, int[] sizes) throws ReflectiveOperationException {
    Run<?> run = run(row, 7, sizes[0], sizes[1], sizes[2]);
    for (Precision precision : Precision.values()) {
      checkStreaming(run, precision);
    }
  }

  private static <S> void checkStreaming(Run<S> run, Precision precision) {
    List<Node> whole = new ArrayList<>(List.of(run.unrolled.outputs().values()));
    whole.addAll(run.finalState());
    List<Tensor> expected = Agreement.run(precision, whole, run.values);

    Tensor x = run.values.get(run.x);
    Input now = Input.of("x", 1, x.shape().size(1), x.shape().size(2));
    Unrolled<S> step = new Recurrent<>(run.cell).unroll(Signal.of(now), run.initial);
    List<Node> next = Records.nodes(step.state());
    Weights weights = Weights.of(precision);
    Parameters.of(run.cell).values().forEach(p -> weights.set(p, run.values.get(p)));
    List<Node> results = new ArrayList<>(List.of(step.last().values()));
    results.addAll(next);
    Plan.Builder builder = Plan.of(results).weights(weights);
    for (int i = 0; i < next.size(); i++) {
      builder.carry(next.get(i), (Input) run.state.get(i));
    }
    Session session = builder.compile(precision).session();
    run.state.forEach(h -> session.set((Input) h, run.values.get(h)));
    Node outputs = Node.constant(expected.get(0));
    for (int t = 0; t < x.shape().size(0); t++) {
      session.set(now, Node.constant(x).slice(0, t, t + 1).eval()).run();
      Tensor output = outputs.step(t).eval().to(precision);
      Agreement.assertSameBits(output, session.get(step.last().values()), precision + ", t = " + t);
    }
    for (int i = 0; i < next.size(); i++) {
      String what = precision + ", final state " + i;
      Agreement.assertSameBits(expected.get(i + 1), session.get(next.get(i)), what);
    }
  }

  // ---------------------------------------------------------------- in layers

  @ParameterizedTest
  @EnumSource(CellCase.class)
  void reversedItReadsTheReversedSequence(CellCase row) throws ReflectiveOperationException {
    checkReversed(run(row, 5, 2, 3, 4));
  }

  private static <S> void checkReversed(Run<S> run) {
    List<Node> steps = new ArrayList<>();
    for (int t = 4; t >= 0; t--) {
      steps.add(run.x.step(t));
    }
    Unrolled<S> mirrored =
        new Recurrent<>(run.cell).unroll(Signal.of(Node.stack(steps)), run.initial);
    Unrolled<S> backward = Unroll.backward(run.cell, Signal.of(run.x), run.initial);
    List<Node> expected = steps(mirrored);
    Collections.reverse(expected);
    expected.addAll(Records.nodes(mirrored.state()));
    List<Node> actual = steps(backward);
    actual.addAll(Records.nodes(backward.state()));
    assertSameBits(Interpreter.eval(expected, run.values), Interpreter.eval(actual, run.values));
    for (Precision precision : Precision.values()) {
      assertSameBits(
          Agreement.run(precision, expected, run.values),
          Agreement.run(precision, actual, run.values));
    }
    run.verify(backward.outputs().values()).all();
  }

  private static List<Node> steps(Unrolled<?> unrolled) {
    Node outputs = unrolled.outputs().values();
    return IntStream.range(0, outputs.size(0))
        .mapToObj(outputs::step)
        .collect(Collectors.toCollection(ArrayList::new));
  }

  private static void assertSameBits(List<Tensor> expected, List<Tensor> actual) {
    for (int i = 0; i < expected.size(); i++) {
      Agreement.assertSameBits(expected.get(i), actual.get(i), "result " + i);
    }
  }

  @ParameterizedTest
  @EnumSource(CellCase.class)
  void asALayerItBeginsWithItsInitialState(CellCase row) throws ReflectiveOperationException {
    checkLayers(run(row, 3, 2, 3, 4));
  }

  private static <S> void checkLayers(Run<S> run) {
    Recurrent<S> layer = new Recurrent<>(run.cell);
    Map<Node, Tensor> values = new HashMap<>(run.values);
    run.state.forEach(h -> values.put(h, Tensor.zeros(h.shape())));
    Tensor outputs = run.unrolled.outputs().values().eval(values);
    Agreement.assertSameBits(outputs, layer.apply(run.x).eval(values), "outputs");
    Agreement.assertSameBits(
        run.unrolled.last().values().eval(values),
        layer.last().apply(run.x).eval(values),
        "last output");
    run.verify(layer.apply(run.x)).all();
    run.verify(layer.last().apply(run.x)).all();
  }

  @ParameterizedTest
  @EnumSource(CellCase.class)
  void itStandsOnTopOfItself(CellCase row) throws ReflectiveOperationException {
    Layer lower = new Recurrent<>(row.of(3, 4, random));
    Layer upper = new LastStep<>(row.of(4, 2, random));
    Layer model = Stacked.of(lower, upper);
    Node y = model.apply(Input.of("x", 3, 2, 3));
    assertEquals(Shape.of(2, 2), y.shape());
    Verify.of(y).all();
    List<String> paths = new ArrayList<>();
    row.paths().forEach(path -> paths.add("layers.0.cell." + path));
    row.paths().forEach(path -> paths.add("layers.1.cell." + path));
    assertEquals(paths, List.copyOf(Parameters.of(model).keySet()));
  }

  // ---------------------------------------------------------------- parameters

  @ParameterizedTest
  @EnumSource(CellCase.class)
  void parametersAreNamedByTheirParts(CellCase row) throws ReflectiveOperationException {
    assertEquals(row.paths(), List.copyOf(Parameters.of(row.of(3, 4, random)).keySet()));
  }

  @ParameterizedTest
  @MethodSource("rowsAndSizes")
  void aCellKnowsItsSizes(CellCase row, int[] sizes) throws ReflectiveOperationException {
    Cell<?> cell = row.of(sizes[1], sizes[2], random);
    assertEquals(sizes[1], row.type().getMethod("inputSize").invoke(cell));
    assertEquals(sizes[2], row.type().getMethod("hiddenSize").invoke(cell));
  }

  @ParameterizedTest
  @EnumSource(CellCase.class)
  void weightsAreDrawnAndOnlyForgetGatesAreOpen(CellCase row) throws ReflectiveOperationException {
    double bound = 1 / Math.sqrt(13);
    boolean lstm = row == CellCase.LSTM || row == CellCase.LAYER_NORM_LSTM;
    Parameters.of(row.of(7, 13, new Random(1)))
        .forEach(
            (path, parameter) -> {
              double[] initial = parameter.initial().toDoubles();
              if (path.contains(".weight")) {
                assertTrue(Arrays.stream(initial).allMatch(w -> Math.abs(w) <= bound), path);
                assertTrue(Arrays.stream(initial).distinct().count() > initial.length / 2, path);
              } else {
                boolean one = path.endsWith(".scale") || lstm && path.startsWith("forget.");
                assertTrue(Arrays.stream(initial).allMatch(b -> b == (one ? 1 : 0)), path);
              }
            });
  }

  @ParameterizedTest
  @EnumSource(CellCase.class)
  void oneSeedGivesOneCell(CellCase row) throws ReflectiveOperationException {
    List<Parameter> one = List.copyOf(Parameters.of(row.of(3, 4, new Random(9))).values());
    List<Parameter> two = List.copyOf(Parameters.of(row.of(3, 4, new Random(9))).values());
    for (int i = 0; i < one.size(); i++) {
      Agreement.assertSameBits(one.get(i).initial(), two.get(i).initial(), row.paths().get(i));
    }
    assertEquals(one.size(), Set.copyOf(one).size());
  }

  // ---------------------------------------------------------------- mistakes

  @ParameterizedTest
  @EnumSource(CellCase.class)
  void anInputOfAnotherSizeIsNamed(CellCase row) throws ReflectiveOperationException {
    Layer layer = new Recurrent<>(row.of(3, 4, random));
    Input x = Input.of("x", 5, 2, 7);
    ShapeException e = assertThrows(ShapeException.class, () -> layer.apply(x));
    assertTrue(
        e.getMessage().startsWith("matmul: step [2, 7] does not fit cell.")
            && e.getMessage().contains(".weightIh [3, 4]\n"),
        e.getMessage());
  }

  private static Gate gate(int inputSize, int hiddenSize) {
    return Gate.of(inputSize, hiddenSize, new Random(1));
  }

  private static LayerNormGate norm(int inputSize, int hiddenSize) {
    return LayerNormGate.of(inputSize, hiddenSize, new Random(1));
  }

  private static Parameter parameter(int... sizes) {
    return Parameter.of(Tensor.zeros(Shape.of(sizes)));
  }

  private static GruResetAfterCell.Candidate candidate(int inputSize, int hiddenSize) {
    return GruResetAfterCell.Candidate.of(inputSize, hiddenSize, new Random(1));
  }

  private static DynamicTest mistake(String message, Executable mistake) {
    return dynamicTest(
        message,
        () -> assertEquals(message, assertThrows(ShapeException.class, mistake).getMessage()));
  }

  @TestFactory
  Stream<DynamicTest> partsThatDoNotFit() {
    String sizes = " takes gates of one input size I and one hidden size H, and was given ";
    return Stream.of(
        mistake(
            "an LstmCell"
                + sizes
                + "input (I = 3, H = 4), forget (I = 3, H = 4), candidate (I = 2, H = 4)"
                + " and output (I = 3, H = 4)",
            () -> new LstmCell(gate(3, 4), gate(3, 4), gate(2, 4), gate(3, 4))),
        mistake(
            "a GruCell"
                + sizes
                + "reset (I = 3, H = 4), update (I = 3, H = 1) and candidate (I = 3, H = 4)",
            () -> new GruCell(gate(3, 4), gate(3, 1), gate(3, 4))),
        mistake(
            "a GruResetAfterCell"
                + sizes
                + "reset (I = 3, H = 4), update (I = 3, H = 4) and candidate (I = 3, H = 5)",
            () -> new GruResetAfterCell(gate(3, 4), gate(3, 4), candidate(3, 5))),
        mistake(
            "the candidate of a GruResetAfterCell takes weightIh [I, H], weightHh [H, H], bias [H]"
                + " and biasHh [H], and was given [3, 4], [4, 4], [4] and [1]",
            () ->
                new GruResetAfterCell.Candidate(
                    parameter(3, 4), parameter(4, 4), parameter(4), parameter(1))),
        mistake(
            "an MguCell" + sizes + "forget (I = 3, H = 4) and candidate (I = 4, H = 3)",
            () -> new MguCell(gate(3, 4), gate(4, 3))),
        mistake(
            "a LayerNormLstmCell"
                + sizes
                + "input (I = 3, H = 4), forget (I = 3, H = 4), candidate (I = 3, H = 4)"
                + " and output (I = 3, H = 1)",
            () ->
                new LayerNormLstmCell(
                    norm(3, 4), norm(3, 4), norm(3, 4), norm(3, 1), LayerNorm.of(4))),
        mistake(
            "a LayerNormLstmCell with H = 4 takes a cellNorm of [4], and was given [1]",
            () ->
                new LayerNormLstmCell(
                    norm(3, 4), norm(3, 4), norm(3, 4), norm(3, 4), LayerNorm.of(1))),
        mistake(
            "a normalised gate takes weightIh [I, H], weightHh [H, H] and a norm of [H],"
                + " and was given [3, 4], [4, 4] and [1]",
            () -> new LayerNormGate(parameter(3, 4), parameter(4, 4), LayerNorm.of(1))),
        mistake(
            "a layer norm takes scale [H] and shift [H], and was given [4] and [1]",
            () -> new LayerNorm(parameter(4), parameter(1))),
        mistake(
            "a layer norm takes scale [H] and shift [H], and was given [4, 1] and [4, 1]",
            () -> new LayerNorm(parameter(4, 1), parameter(4, 1))));
  }
}

package dev.rnn4j.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rnn4j.cell.ConvolutionCell;
import dev.rnn4j.cell.GruCell;
import dev.rnn4j.cell.LayerNormLstmCell;
import dev.rnn4j.cell.RecurrentDropoutCell;
import dev.rnn4j.cell.ZoneoutCell;
import dev.rnn4j.grad.GradientCheck;
import dev.rnn4j.grad.Gradients;
import dev.rnn4j.graph.Graphs;
import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.graph.Parameters;
import dev.rnn4j.graph.Scope;
import dev.rnn4j.graph.op.RandomUniform;
import dev.rnn4j.io.Safetensors;
import dev.rnn4j.io.SafetensorsException;
import dev.rnn4j.pass.ForwardPass;
import dev.rnn4j.pass.Layer;
import dev.rnn4j.pass.RandomKey;
import dev.rnn4j.pass.Signal;
import dev.rnn4j.pass.StateName;
import dev.rnn4j.pass.StateSource;
import dev.rnn4j.plan.Plan;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import dev.rnn4j.testing.Agreement;
import dev.rnn4j.testing.Draw;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every layer; {@link LayerCase} has a row for each. */
class LayerTest {
  /** What counts of five steps of three sequences. */
  enum Masked {
    NONE((t, n) -> true),
    RIGHT((t, n) -> t < 5 - 2 * n),
    LEFT((t, n) -> t >= 2 * n),
    HOLES((t, n) -> (t + n) % 3 != 0),
    ONE_WHOLLY((t, n) -> n != 1),
    WHOLLY((t, n) -> false);

    private interface Counts {
      boolean at(int t, int n);
    }

    private final Counts counts;

    Masked(Counts counts) {
      this.counts = counts;
    }

    Tensor of(int steps, int batchSize) {
      double[] mask = new double[steps * batchSize];
      for (int i = 0; i < mask.length; i++) {
        mask[i] = counts.at(i / batchSize, i % batchSize) ? 1 : 0;
      }
      return Tensor.of(Shape.of(steps, batchSize), mask);
    }
  }

  static Stream<Arguments> casesAndMasks() {
    return Stream.of(LayerCase.values())
        .flatMap(row -> Stream.of(Masked.values()).map(masked -> Arguments.of(row, masked)));
  }

  /** A layer in training over a sequence, and a sum of squares of what it makes. */
  private static final class Net {
    final Layer layer;
    final Input x;
    final Input mask;
    final Input key = RandomKey.input();
    final Node made;
    final List<Node> results = new ArrayList<>();
    final Map<Node, Tensor> values = new LinkedHashMap<>();

    Net(LayerCase row, Masked masked, int steps, int batchSize, boolean training) {
      layer = row.of(3);
      x = row.ofIndices() ? Input.of("x", steps, batchSize) : Input.of("x", steps, batchSize, 4);
      mask = Input.of("mask", steps, batchSize);
      ForwardPass pass = training ? ForwardPass.training(key) : ForwardPass.inference();
      Signal signal = Signal.of(x, pass);
      try (Scope scope = Scope.enter(layer)) {
        made = layer.apply(masked == Masked.NONE ? signal : signal.masked(mask)).values();
      }
      Draw draw = new Draw(new Random(steps + batchSize));
      values.put(x, row.ofIndices() ? draw.whole(x.shape(), 0, 6) : draw.uniform(x.shape(), -1, 1));
      values.put(mask, masked.of(steps, batchSize));
      values.put(key, RandomKey.of(7, 1, 0, 0));
      for (Parameter parameter : Parameters.of(layer).values()) {
        values.put(parameter, draw.uniform(parameter.shape(), -0.8, 0.8));
      }
      Node loss = made.times(made.plus(1)).sum();
      results.add(loss);
      results.add(made);
      results.addAll(Gradients.of(loss, leaves(row)));
    }

    List<Node> leaves(LayerCase row) {
      List<Node> leaves = new ArrayList<>(Parameters.of(layer).values());
      if (!row.ofIndices()) {
        leaves.add(x);
      }
      return leaves;
    }
  }

  @ParameterizedTest
  @MethodSource("casesAndMasks")
  void plansAgreeWithTheInterpreter(LayerCase row, Masked masked) {
    Net net = new Net(row, masked, 5, 3, true);
    Agreement.check(net.results, net.values, 1);
    if (masked == Masked.HOLES) {
      net = new Net(row, masked, 5, 3, false);
      Agreement.check(net.results, net.values, 1);
    }
  }

  @ParameterizedTest
  @EnumSource(LayerCase.class)
  void gradientsAreThoseOfDifferences(LayerCase row) {
    checkGradients(row, Masked.NONE, ForwardPass.inference());
    Node key = Node.constant(RandomKey.of(7, 1, 0, 0));
    checkGradients(row, Masked.ONE_WHOLLY, ForwardPass.training(key));
    checkGradients(row, Masked.HOLES, ForwardPass.training(key));
  }

  private static void checkGradients(LayerCase row, Masked masked, ForwardPass pass) {
    Net net = new Net(row, masked, 4, 3, false);
    // Indices and masks have no gradient: they are constants here.
    Node x = row.ofIndices() ? Node.constant(net.values.get(net.x)) : net.x;
    Signal signal = Signal.of(x, pass);
    Node counts = Node.constant(net.values.get(net.mask));
    Node made = net.layer.apply(masked == Masked.NONE ? signal : signal.masked(counts)).values();
    // A norm of few numbers curves much: differences need a short step.
    GradientCheck check = GradientCheck.of(made).epsilon(2e-6).seed(5);
    net.values.keySet().retainAll(Graphs.topological(List.of(made)));
    net.values.forEach(check::at);
    check.check();
    check.secondOrder();
  }

  @ParameterizedTest
  @MethodSource("casesAndMasks")
  void whatDoesNotCountChangesNoBit(LayerCase row, Masked masked) {
    Net net = new Net(row, masked, 5, 3, true);
    Tensor x = net.values.get(net.x);
    Tensor wild = where(net.values.get(net.mask), x, Double.NaN);
    for (Precision precision : Precision.values()) {
      net.values.put(net.x, x);
      List<Tensor> expected = Agreement.run(precision, net.results, net.values);
      net.values.put(net.x, masked == Masked.NONE ? x : wild);
      List<Tensor> actual = Agreement.run(precision, net.results, net.values);
      for (int i = 0; i < actual.size(); i++) {
        Agreement.assertSameBits(expected.get(i), actual.get(i), "result " + i);
        for (double value : actual.get(i).toDoubles()) {
          assertFalse(Double.isNaN(value), "result " + i + " is NaN");
        }
      }
    }
  }

  private static Tensor where(Tensor mask, Tensor values, double other) {
    double[] all = values.toDoubles();
    int each = all.length / mask.shape().elements();
    for (int i = 0; i < all.length; i++) {
      all[i] = mask.at(i / each) == 0 ? other : all[i];
    }
    return Tensor.of(values.shape(), all);
  }

  /** In inference, a sequence under a mask is the steps that count, and nothing else. */
  @ParameterizedTest
  @MethodSource("casesAndMasks")
  void aMaskedSequenceIsTheStepsThatCount(LayerCase row, Masked masked) {
    Net net = new Net(row, masked, 5, 3, false);
    Tensor made = net.made.eval(net.values);
    Tensor mask = net.values.get(net.mask);
    boolean sequence = made.shape().rank() == 3;
    for (int n = 0; n < 3; n++) {
      List<Node> steps = new ArrayList<>();
      List<Integer> positions = new ArrayList<>();
      for (int t = 0; t < 5; t++) {
        if (mask.get(t, n) != 0 || masked == Masked.NONE) {
          Node whole = Node.constant(net.values.get(net.x));
          steps.add(whole.slice(1, n, n + 1).step(t));
          positions.add(t);
        }
      }
      Tensor alone = null;
      if (!steps.isEmpty()) {
        Map<Node, Tensor> parameters = new LinkedHashMap<>(net.values);
        Node result = net.layer.apply(Node.stack(steps));
        parameters.keySet().retainAll(Graphs.topological(List.of(result)));
        alone = result.eval(parameters);
      }
      int size = made.shape().size(-1);
      for (int h = 0; h < size; h++) {
        for (int t = 0; sequence && t < 5; t++) {
          int at = positions.indexOf(t);
          assertEquals(at < 0 ? 0 : alone.get(at, 0, h), made.get(t, n, h), 1e-14, "step " + t);
        }
        if (!sequence) {
          assertEquals(alone == null ? 0 : alone.get(0, h), made.get(n, h), 1e-14);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(LayerCase.class)
  void anyLengthAndBatch(LayerCase row) {
    for (int[] sizes : new int[][] {{1, 1}, {1, 3}, {2, 5}, {4, 4}, {67, 2}}) {
      for (Masked masked : new Masked[] {Masked.NONE, Masked.HOLES}) {
        Net net = new Net(row, masked, sizes[0], sizes[1], true);
        Agreement.check(net.results, net.values, 1);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(LayerCase.class)
  void threadsChangeNoBit(LayerCase row) {
    for (Masked masked : new Masked[] {Masked.NONE, Masked.HOLES}) {
      Net net = new Net(row, masked, 9, 21, true);
      Agreement.checkThreads(net.results, net.values);
    }
  }

  /** A program has the same instructions for any length: loops, and no step by itself. */
  @ParameterizedTest
  @EnumSource(LayerCase.class)
  void plansHaveLoopsAndNoSingleSteps(LayerCase row) {
    for (Masked masked : new Masked[] {Masked.NONE, Masked.HOLES}) {
      int expected = instructions(new Net(row, masked, 20, 3, true));
      assertEquals(expected, instructions(new Net(row, masked, 90, 3, true)), row + " " + masked);
    }
  }

  /** Truncated: masked, stacked, normalised, dropped, with states that go on, on two threads. */
  @Test
  void truncatedSequencesHaveLoopsToo() {
    int expected = truncated(20);
    assertEquals(expected, truncated(90));
    assertTrue(expected < 400, expected + " instructions");
  }

  private static int truncated(int steps) {
    Random random = new Random(1);
    Layer model =
        Stacked.of(
            new VariationalDropout(0.2),
            new Recurrent<>(new RecurrentDropoutCell<>(LayerNormLstmCell.of(4, 6, random), 0.3)),
            Residual.block(ZoneoutCell.of(GruCell.of(6, 6, random), 0.1), 6, random),
            new Recurrent<>(ConvolutionCell.of(6, 5, 3, random)),
            Dense.of(5, 2, random));
    Map<StateName, Node> states = new LinkedHashMap<>();
    StateSource source =
        (name, own) -> {
          states.put(name, Input.of(name.toString(), own.shape()));
          return states.get(name);
        };
    ForwardPass pass = ForwardPass.training(RandomKey.input()).carrying(source);
    Signal x = Signal.of(Input.of("x", steps, 3, 4), pass);
    Node loss;
    try (Scope scope = Scope.enter(model)) {
      Signal made = model.apply(x.masked(Input.of("mask", steps, 3)));
      loss = made.values().square().sum();
    }
    List<Node> results = new ArrayList<>(List.of(loss));
    results.addAll(Gradients.of(loss, List.copyOf(Parameters.of(model).values())));
    results.addAll(pass.finalStates().values());
    assertEquals(states.keySet(), pass.finalStates().keySet());
    Plan plan = Plan.of(results).threads(2).compile(Precision.FLOAT32);
    return (int) plan.explain().lines().count();
  }

  private static int instructions(Net net) {
    String text = Plan.of(net.results).compile(Precision.FLOAT32).explain();
    return (int) text.lines().count();
  }

  @ParameterizedTest
  @EnumSource(LayerCase.class)
  void inInferenceNothingIsDrawn(LayerCase row) {
    Net net = new Net(row, Masked.HOLES, 4, 3, false);
    assertTrue(
        Graphs.topological(net.results).stream()
            .noneMatch(node -> node.op() instanceof RandomUniform));
  }

  /** What is saved by path is the same layer in another instance. */
  @ParameterizedTest
  @EnumSource(LayerCase.class)
  void parametersAreSavedByPath(LayerCase row, @TempDir Path folder) throws SafetensorsException {
    Net net = new Net(row, Masked.RIGHT, 5, 3, true);
    Map<String, Tensor> saved = new LinkedHashMap<>();
    Parameters.of(net.layer).forEach((path, own) -> saved.put(path, net.values.get(own)));
    Path file = folder.resolve("layer.safetensors");
    Safetensors.save(file, saved, Map.of());
    Map<String, Tensor> loaded = Safetensors.load(file).tensors();

    Net other = new Net(row, Masked.RIGHT, 5, 3, true);
    assertEquals(List.copyOf(loaded.keySet()), List.copyOf(Parameters.of(other.layer).keySet()));
    Parameters.of(other.layer).forEach((path, own) -> other.values.put(own, loaded.get(path)));
    for (int i = 0; i < net.results.size(); i++) {
      Agreement.assertSameBits(
          net.results.get(i).eval(net.values), other.results.get(i).eval(other.values), "" + i);
    }
  }
}

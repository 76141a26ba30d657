package dev.rnn4j.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.rnn4j.cell.GruCell;
import dev.rnn4j.cell.LstmCell;
import dev.rnn4j.grad.Gradients;
import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.graph.Parameters;
import dev.rnn4j.graph.Scope;
import dev.rnn4j.pass.ForwardPass;
import dev.rnn4j.pass.Layer;
import dev.rnn4j.pass.RandomKey;
import dev.rnn4j.pass.Signal;
import dev.rnn4j.pass.StateName;
import dev.rnn4j.pass.StepBody;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.ShapeException;
import dev.rnn4j.tensor.Tensor;
import dev.rnn4j.testing.Agreement;
import dev.rnn4j.testing.Draw;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** States through the forward pass: two segments are one sequence. */
class StateTest {
  private static final int T = 7;
  private static final int N = 3;
  private static final int I = 2;
  private static final int H = 5;
  private final Draw draw = new Draw(new Random(8));

  record Model(
      Recurrent<LstmCell.State> lower, Dropout dropout, Recurrent<GruCell.State> upper, Dense head)
      implements Layer {
    static Model of(double rate) {
      return new Model(
          new Recurrent<>(LstmCell.of(I, H, new Random(1))),
          new Dropout(rate),
          new Recurrent<>(GruCell.of(H, H, new Random(2))),
          Dense.of(H, 1, new Random(3)));
    }

    @Override
    public Signal apply(Signal x) {
      return head.apply(upper.apply(dropout.apply(lower.apply(x))));
    }
  }

  /** A segment: its states are inputs, and what flows back from the next one is too. */
  private static final class Segment {
    final Input x;
    final Input key = RandomKey.input();
    final Map<StateName, Input> begins = new LinkedHashMap<>();
    final Map<StateName, Node> ends;
    final Map<StateName, Input> adjoints = new LinkedHashMap<>();
    final Node outputs;
    final Node loss;
    final List<Node> gradients;

    Segment(Model model, int steps, boolean carried) {
      x = Input.of("x", steps, N, I);
      ForwardPass pass = ForwardPass.training(key);
      pass =
          carried
              ? pass.carrying(
                  (name, own) ->
                      begins.computeIfAbsent(
                          name, absent -> Input.of(name.toString(), own.shape())))
              : pass;
      try (Scope scope = Scope.enter(model)) {
        outputs = model.apply(Signal.of(x, pass)).values();
      }
      ends = pass.finalStates();
      loss = outputs.square().sum();
      List<Node> from = new ArrayList<>(List.of(loss));
      List<Node> weights = new ArrayList<>(List.of(Node.constant(1)));
      ends.forEach(
          (name, node) -> {
            adjoints.put(name, Input.of("adjoint " + name, node.shape()));
            from.add(node);
            weights.add(adjoints.get(name));
          });
      List<Node> leaves = new ArrayList<>(Parameters.of(model).values());
      leaves.addAll(begins.values());
      gradients = Gradients.of(from, weights, leaves);
    }

    List<Node> results() {
      List<Node> results = new ArrayList<>(List.of(outputs));
      results.addAll(ends.values());
      results.addAll(gradients);
      return results;
    }
  }

  @Test
  void twoSegmentsAreOneSequence() {
    Model model = Model.of(0.3);
    Tensor x = draw.uniform(Shape.of(T, N, I), -1, 1);
    Segment whole = new Segment(model, T, false);
    Segment first = new Segment(model, 3, true);
    Segment second = new Segment(model, T - 3, true);
    List<String> names = whole.ends.keySet().stream().map(StateName::toString).toList();
    assertEquals(List.of("lower#0/h", "lower#0/c", "upper#0/h"), names);
    for (Precision precision : Precision.values()) {
      Map<Node, Tensor> all = new HashMap<>();
      all.put(whole.x, x);
      all.put(whole.key, RandomKey.of(4, 5, 10, 6));
      whole.adjoints.values().forEach(dy -> all.put(dy, Tensor.zeros(dy.shape())));
      List<Tensor> expected = Agreement.run(precision, whole.results(), all);

      Map<Node, Tensor> one = new HashMap<>();
      one.put(first.x, Node.constant(x).slice(0, 0, 3).eval());
      one.put(first.key, RandomKey.of(4, 5, 10, 6));
      first.begins.values().forEach(h -> one.put(h, Tensor.zeros(h.shape())));
      first.adjoints.values().forEach(dy -> one.put(dy, Tensor.zeros(dy.shape())));
      List<Tensor> half = Agreement.run(precision, first.results(), one);

      Map<Node, Tensor> two = new HashMap<>();
      two.put(second.x, Node.constant(x).slice(0, 3, T).eval());
      two.put(second.key, RandomKey.of(4, 5, 13, 6));
      List<StateName> states = List.copyOf(first.ends.keySet());
      for (int i = 0; i < states.size(); i++) {
        two.put(second.begins.get(states.get(i)), half.get(1 + i).to(Precision.FLOAT64));
      }
      second.adjoints.values().forEach(dy -> two.put(dy, Tensor.zeros(dy.shape())));
      List<Tensor> rest = Agreement.run(precision, second.results(), two);

      int parameters = Parameters.of(model).size();
      for (int i = 0; i < states.size(); i++) {
        Input begin = second.begins.get(states.get(i));
        int position = parameters + List.copyOf(second.begins.values()).indexOf(begin);
        Tensor adjoint = rest.get(1 + states.size() + position).to(Precision.FLOAT64);
        one.put(first.adjoints.get(states.get(i)), adjoint);
      }
      half = Agreement.run(precision, first.results(), one);

      for (int t = 0; t < T; t++) {
        Tensor from = t < 3 ? half.get(0) : rest.get(0);
        for (int n = 0; n < N; n++) {
          assertEquals(expected.get(0).get(t, n, 0), from.get(t < 3 ? t : t - 3, n, 0));
        }
      }
      for (int i = 0; i < states.size(); i++) {
        Agreement.assertSameBits(expected.get(1 + i), rest.get(1 + i), states.get(i).toString());
      }
      double tolerance = precision == Precision.FLOAT64 ? 1e-12 : 1e-5;
      for (int i = 0; i < parameters; i++) {
        int at = 1 + states.size() + i;
        Tensor sum = Node.constant(half.get(at)).plus(Node.constant(rest.get(at))).eval();
        Agreement.assertClose(
            expected.get(at).to(Precision.FLOAT64), sum, tolerance, "gradient " + i);
      }
    }
  }

  /** The nodes that a training step would begin with: the layer's own where a sequence is new. */
  @Test
  void aLearnedStateIsChosenWhereASequenceBegins() {
    Parameter learned = Parameter.of("h", draw.uniform(Shape.of(1, H), -1, 1));
    Input begins = Input.of("begins", N);
    Input stored = Input.of("stored", N, H);
    ForwardPass pass =
        ForwardPass.inference().carrying((name, own) -> begins.reshape(N, 1).select(own, stored));
    Node own = learned.broadcastTo(Shape.of(N, H));
    Node begun = pass.state(own).initial();
    Tensor old = draw.uniform(Shape.of(N, H), -1, 1);
    Tensor value = begun.eval(Map.of(begins, Tensor.of(0, 1, 0), stored, old));
    for (int j = 0; j < H; j++) {
      assertEquals(old.get(0, j), value.get(0, j));
      assertEquals(learned.initial().get(0, j), value.get(1, j));
    }
  }

  record Shared(Recurrent<GruCell.State> encoder, Recurrent<GruCell.State> tied) implements Layer {
    @Override
    public Signal apply(Signal x) {
      Signal left = encoder.apply(x);
      Signal right = encoder.apply(x.map(Node::negate));
      Signal other = tied.apply(x);
      return left.with(left.values().plus(right.values()).plus(other.values()));
    }
  }

  @Test
  void eachCallHasAStateOfItsOwn() {
    GruCell cell = GruCell.of(I, H, new Random(1));
    Shared model = new Shared(new Recurrent<>(cell), new Recurrent<>(cell));
    ForwardPass pass = ForwardPass.inference();
    try (Scope scope = Scope.enter(model)) {
      model.apply(Signal.of(Input.of("x", T, N, I), pass));
    }
    List<String> names = pass.finalStates().keySet().stream().map(StateName::toString).toList();
    assertEquals(List.of("encoder#0/h", "encoder#1/h", "tied#0/h"), names);
    assertEquals(
        List.of("encoder.cell", "encoder.cell", "encoder.cell"),
        pass.stepBodies().stream().map(StepBody::path).toList());
  }

  @Test
  void aStepIsLeftForThoseWhoReadStepByStep() {
    Recurrent<LstmCell.State> layer = new Recurrent<>(LstmCell.of(I, H, new Random(1)));
    ForwardPass pass = ForwardPass.inference();
    Signal x = Signal.of(Input.of("x", T, N, I), pass);
    layer.apply(x);
    StepBody body = pass.stepBodies().get(0);
    assertEquals(List.of("h", "c"), body.names());
    assertEquals("cell", body.path());
    assertEquals(0, body.t());
    assertSame(x.values(), body.sequence());
    assertSame(x.values(), body.x().operand(0));
    assertSame(body.output(), body.after().get(0));
    assertEquals(Shape.of(N, H), body.before().get(1).shape());
  }

  @Test
  void aBackwardLayerRefusesToBeCarried() {
    ForwardPass pass = ForwardPass.inference().carrying((name, own) -> own);
    Signal x = Signal.of(Input.of("x", T, N, I), pass);
    GruCell cell = GruCell.of(I, H, new Random(1));
    assertEquals(
        "a backward GruCell needs whole sequences, and here they come in parts, with states carried"
            + " over: run it without carried states",
        assertThrows(IllegalStateException.class, () -> Unroll.backward(cell, x)).getMessage());
  }

  @Test
  void aCarriedStateHasTheShapeOfTheLayersOwn() {
    ForwardPass pass = ForwardPass.inference().carrying((name, own) -> Node.zeros(N + 1, H));
    Signal x = Signal.of(Input.of("x", T, N, I), pass);
    assertEquals(
        "the state #0/h is [3, 5], and was carried over as [4, 5]",
        assertThrows(
                ShapeException.class,
                () -> new Recurrent<>(GruCell.of(I, H, new Random(1))).apply(x))
            .getMessage());
  }
}

package dev.rnn4j.usage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.rnn4j.cell.Cell;
import dev.rnn4j.cell.MguCell;
import dev.rnn4j.cell.Step;
import dev.rnn4j.grad.Gradients;
import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.layer.Dense;
import dev.rnn4j.layer.Recurrent;
import dev.rnn4j.layer.Unrolled;
import dev.rnn4j.loss.Losses;
import dev.rnn4j.part.Gate;
import dev.rnn4j.pass.Signal;
import dev.rnn4j.plan.Plan;
import dev.rnn4j.plan.Session;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import dev.rnn4j.testing.Agreement;
import dev.rnn4j.testing.Draw;
import dev.rnn4j.testing.Verify;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Cells, ops and models that users write: values by hand, gradients, plans. */
class CustomCellTest {
  private static final int N = 2;
  private static final int I = 3;
  private static final int H = 2;
  private final Random random = new Random(31);
  private final Draw draw = new Draw(random);

  private Gate gate() {
    return new Gate(
        Parameter.of("weightIh", draw.uniform(Shape.of(I, H), -1, 1)),
        Parameter.of("weightHh", draw.uniform(Shape.of(H, H), -1, 1)),
        Parameter.of("bias", draw.uniform(Shape.of(H), -1, 1)));
  }

  private Parameter vector() {
    return Parameter.of("peephole", draw.uniform(Shape.of(H), -1, 1));
  }

  /** Checks outputs and final state, from zeros and from a state that is given. */
  private static <S> void verify(Cell<S> cell, int length, S given) {
    Input x = Input.of("x", length, N, I);
    Recurrent<S> layer = new Recurrent<>(cell);
    Verify.of(layer.apply(x)).all();
    Unrolled<S> unrolled = layer.unroll(Signal.of(x), given);
    List<Node> results = new ArrayList<>(dev.rnn4j.graph.Records.nodes(unrolled.state()));
    results.add(unrolled.last().values());
    Verify.of(Node.stack(results)).all();
  }

  private static Input h(String name) {
    return Input.of(name, N, H);
  }

  /** Returns x·W + h·U + b for one sequence, in plain numbers. */
  private static double[] sum(Gate gate, double[] x, double[] h) {
    double[] sum = gate.bias().initial().toDoubles();
    for (int j = 0; j < sum.length; j++) {
      for (int i = 0; i < x.length; i++) {
        sum[j] += x[i] * gate.weightIh().initial().get(i, j);
      }
      for (int k = 0; k < h.length; k++) {
        sum[j] += h[k] * gate.weightHh().initial().get(k, j);
      }
    }
    return sum;
  }

  private static double sigmoid(double a) {
    return 1 / (1 + Math.exp(-a));
  }

  private Tensor oneSequence() {
    return draw.uniform(Shape.of(3, 1, I), -1, 1);
  }

  private static double[] at(Tensor sequence, int t) {
    return new double[] {sequence.get(t, 0, 0), sequence.get(t, 0, 1), sequence.get(t, 0, 2)};
  }

  // ---------------------------------------------------------------- LSTM with peepholes

  private PeepholeLstmCell lstm() {
    return new PeepholeLstmCell(gate(), gate(), gate(), gate(), vector(), vector(), vector());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void peepholeLstm(int length) {
    verify(lstm(), length, new PeepholeLstmCell.State(h("h"), h("c")));
  }

  @Test
  void peepholeLstmByHand() {
    PeepholeLstmCell cell = lstm();
    Tensor x = oneSequence();
    double[] h = new double[H];
    double[] c = new double[H];
    for (int t = 0; t < 3; t++) {
      double[] i = sum(cell.input(), at(x, t), h);
      double[] f = sum(cell.forget(), at(x, t), h);
      double[] g = sum(cell.candidate(), at(x, t), h);
      double[] o = sum(cell.output(), at(x, t), h);
      for (int j = 0; j < H; j++) {
        double keep = sigmoid(f[j] + cell.peepholeF().initial().get(j) * c[j]);
        double take = sigmoid(i[j] + cell.peepholeI().initial().get(j) * c[j]);
        c[j] = keep * c[j] + take * Math.tanh(g[j]);
        h[j] = sigmoid(o[j] + cell.peepholeO().initial().get(j) * c[j]) * Math.tanh(c[j]);
      }
    }
    Unrolled<PeepholeLstmCell.State> unrolled =
        new Recurrent<>(cell).unroll(Signal.of(Node.constant(x)));
    Shape shape = Shape.of(1, H);
    Agreement.assertClose(Tensor.of(shape, h), unrolled.state().h().eval(), 1e-14, "h");
    Agreement.assertClose(Tensor.of(shape, c), unrolled.state().c().eval(), 1e-14, "c");
  }

  // ---------------------------------------------------------------- attention over four states

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void attentionOverTheLastFourStates(int length) {
    AttentionCell cell =
        new AttentionCell(gate(), Parameter.of("query", draw.uniform(Shape.of(H, H), -1, 1)));
    List<Node> past = List.of(h("h1"), h("h2"), h("h3"), h("h4"));
    verify(cell, length, new AttentionCell.State(h("memory"), past));
  }

  @Test
  void theAttentionCellRemembersFourStates() {
    AttentionCell cell =
        new AttentionCell(gate(), Parameter.of("query", draw.uniform(Shape.of(H, H), -1, 1)));
    Unrolled<AttentionCell.State> unrolled =
        new Recurrent<>(cell)
            .unroll(Signal.of(Node.constant(draw.uniform(Shape.of(6, N, I), -1, 1))));
    for (int k = 0; k < 4; k++) {
      Agreement.assertSameBits(
          unrolled.outputs().values().step(5 - k).eval(),
          unrolled.state().past().get(k).eval(),
          "h₋" + k);
    }
  }

  // ---------------------------------------------------------------- two that share a parameter

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void twoRecurrencesShareAParameter(int length) {
    TwoWay model = TwoWay.of(I, H, random);
    Node y = model.apply(Input.of("x", length, N, I));
    assertEquals(Shape.of(length, N, 2 * H), y.shape());
    Verify.of(y).all();
  }

  @Test
  void aSharedParametersGradientIsTheSumOverItsUses() {
    TwoWay shared = TwoWay.of(I, H, random);
    Parameter copy = Parameter.of("copy", shared.first().gate().weightHh().initial());
    Gate upper = shared.second().gate();
    TwoWay separate =
        new TwoWay(
            shared.first(),
            new dev.rnn4j.cell.ElmanCell(
                new Gate(upper.weightIh(), copy, upper.bias()), shared.second().activation()));
    Node x = Node.constant(draw.uniform(Shape.of(4, N, I), -1, 1));
    Parameter weight = shared.first().gate().weightHh();
    Node together = Gradients.of(shared.apply(x).sum(), List.of(weight)).get(0);
    List<Node> apart = Gradients.of(separate.apply(x).sum(), List.of(weight, copy));
    Tensor sum = apart.get(0).plus(apart.get(1)).eval();
    Agreement.assertClose(sum, together.eval(), 1e-14, "gradient");
  }

  // ---------------------------------------------------------------- a primitive of one's own

  /** h' = softsign(W x + U h + b). */
  record SoftsignCell(Gate gate) implements Cell<Node> {
    @Override
    public Node initialState(int batchSize) {
      return Node.zeros(batchSize, gate.hiddenSize());
    }

    @Override
    public Step<Node> step(Node x, Node h) {
      Node next = Softsign.of(gate.apply(x, h));
      return new Step<>(next, next);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void aPrimitiveOfOnesOwn(int length) {
    verify(new SoftsignCell(gate()), length, h("h"));
  }

  // ---------------------------------------------------------------- several of everything

  /** Two sequences in; a forecast and a class out. */
  private final class Model {
    final Input weather = Input.of("weather", 4, N, I);
    final Input words = Input.of("words", 3, N, I);
    final Input temperature = Input.of("temperature", N, 1);
    final Input topic = Input.of("topic", N);
    final MguCell reader = new MguCell(gate(), gate());
    final PeepholeLstmCell listener = lstm();
    final Dense forecast = Dense.of(2 * H, 1, random);
    final Dense classes = Dense.of(2 * H, 3, random);

    final Node joined =
        Node.concat(
            1,
            new Recurrent<>(reader).last().apply(weather),
            new Recurrent<>(listener).unroll(Signal.of(words)).state().c());
    final Node forecasts = forecast.apply(joined);
    final Node logits = classes.apply(joined);
    final Node error = Losses.meanSquaredError().of(forecasts, temperature).mean();
    final Node surprise = Losses.softmaxCrossEntropyOfIndices().of(logits, topic).mean();
  }

  @Test
  void severalInputsOutputsAndLosses() {
    Model model = new Model();
    Node loss = model.error.plus(model.surprise.times(0.5));
    Verify.of(loss).at(model.topic, Tensor.of(0, 2)).all();
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void severalInputsOutputsAndLossesInOnePlan(Precision precision) {
    Model model = new Model();
    Node loss = model.error.plus(model.surprise.times(0.5));
    Parameter bias = model.forecast.bias();
    Node gradient = Gradients.of(loss, List.of(bias)).get(0);
    Plan plan =
        Plan.of(model.forecasts, model.logits.softmax(), model.error, model.surprise, loss)
            .update(bias, bias.minus(gradient.times(0.1)))
            .compile(precision);
    Session session = plan.session();
    Tensor target = Tensor.of(Shape.of(N, 1), 1, -1);
    session.set(model.weather, draw.uniform(model.weather.shape(), -1, 1));
    session.set(model.words, draw.uniform(model.words.shape(), -1, 1));
    session.set(model.temperature, target).set(model.topic, 1, 2);
    session.run();
    double expected = session.value(model.error) + 0.5 * session.value(model.surprise);
    assertEquals(expected, session.value(loss), 1e-6);
    Tensor forecasts = session.get(model.forecasts);
    double byHand = 0;
    for (int n = 0; n < N; n++) {
      byHand += (forecasts.at(n) - target.at(n)) * 2 / N;
    }
    assertEquals(-0.1 * byHand, plan.weights().get(bias).at(0), 1e-6);
    assertEquals(
        Map.of("weight", Shape.of(2 * H, 1), "bias", Shape.of(1)),
        Map.of(
            "weight", plan.weights().values(model.forecast).get("weight").shape(),
            "bias", plan.weights().values(model.forecast).get("bias").shape()));
  }
}

package dev.rnn4j.plan;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.rnn4j.cell.Cell;
import dev.rnn4j.cell.Step;
import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.layer.Recurrent;
import dev.rnn4j.pass.Signal;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import dev.rnn4j.testing.Agreement;
import dev.rnn4j.testing.Draw;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** New values of parameters and inputs: all are computed from the old ones, and only by updates. */
class UpdateTest {
  private final Parameter p = Parameter.of("p", Tensor.of(1, 2, 3));
  private final Parameter q = Parameter.of("q", Tensor.of(10, 20, 30));
  private final Input x = Input.of("x", 3);

  private static Weights run(Plan.Builder builder, Precision precision, int runs) {
    Session session = builder.compile(precision).session();
    for (int i = 0; i < runs; i++) {
      session.run();
    }
    return session.plan().weights();
  }

  private static void assertValue(Weights weights, Parameter parameter, double... expected) {
    assertArrayEquals(expected, weights.get(parameter).toDoubles(), 1e-6);
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void aParameterGetsItsNewValueOnceARun(Precision precision) {
    Weights weights = run(Plan.of().update(p, p.times(2).plus(1)), precision, 3);
    assertValue(weights, p, 15, 23, 31);
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void parametersCanBeSwapped(Precision precision) {
    Weights weights = run(Plan.of().update(p, q).update(q, p), precision, 3);
    assertValue(weights, p, 10, 20, 30);
    assertValue(weights, q, 1, 2, 3);
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void parametersCanBeSwappedThroughOps(Precision precision) {
    Weights weights = run(Plan.of().update(p, q.times(2)).update(q, p.times(3)), precision, 1);
    assertValue(weights, p, 20, 40, 60);
    assertValue(weights, q, 3, 6, 9);
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void aViewOfAParameterCanBeItsNewValue(Precision precision) {
    Parameter m = Parameter.of("m", Tensor.of(new double[][] {{1, 2}, {3, 4}}));
    Weights weights = run(Plan.of().update(m, m.transpose()), precision, 1);
    assertValue(weights, m, 1, 3, 2, 4);
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void anotherParameterSeesTheOldValue(Precision precision) {
    Node next = p.plus(1);
    Weights weights = run(Plan.of().update(p, next).update(q, q.plus(p)), precision, 2);
    assertValue(weights, p, 3, 4, 5);
    assertValue(weights, q, 13, 25, 37);
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void newValuesFormChains(Precision precision) {
    Node velocity = q.times(0.5).plus(1);
    Node value = p.minus(velocity);
    Parameter r = Parameter.of("r", Tensor.of(0, 0, 0));
    Plan.Builder builder = Plan.of().update(q, velocity).update(p, value).update(r, value.plus(r));
    Weights weights = run(builder, precision, 2);
    // q: 10 → 6 → 4; p: 1 → −5 → −9; r: 0 → −5 → −14
    assertValue(weights, q, 4, 6.5, 9);
    assertValue(weights, p, -9, -15.5, -22);
    assertValue(weights, r, -14, -24.5, -35);
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void twoParametersCanTakeOneValue(Precision precision) {
    Node mean = p.plus(q).times(0.5);
    Weights weights = run(Plan.of().update(p, mean).update(q, mean), precision, 1);
    assertValue(weights, p, 5.5, 11, 16.5);
    assertValue(weights, q, 5.5, 11, 16.5);
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void aParameterCanTakePartOfAnothersNewValue(Precision precision) {
    Parameter both = Parameter.of("both", Tensor.of(0, 0, 0, 0, 0, 0));
    Node joined = Node.concat(0, q.times(2), p.times(2));
    Node part = joined.slice(0, 3, 6);
    Weights weights = run(Plan.of().update(both, joined).update(p, part), precision, 1);
    assertValue(weights, both, 20, 40, 60, 2, 4, 6);
    assertValue(weights, p, 2, 4, 6);
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void aConstantCanBeTheNewValue(Precision precision) {
    Weights weights = run(Plan.of().update(p, Node.zeros(3)), precision, 1);
    assertValue(weights, p, 0, 0, 0);
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void anInputCanBeTheNewValue(Precision precision) {
    Session session = Plan.of().update(p, x).compile(precision).session();
    session.set(x, 7, 8, 9).run();
    assertValue(session.plan().weights(), p, 7, 8, 9);
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void computeChangesNoParameter(Precision precision) {
    Node next = p.plus(1);
    Node output = next.sum();
    Session session = Plan.of(output).update(p, next).compile(precision).session();
    session.compute().compute();
    assertValue(session.plan().weights(), p, 1, 2, 3);
    assertEquals(9, session.value(output));
    session.update();
    assertValue(session.plan().weights(), p, 2, 3, 4);
    assertEquals(9, session.value(output), "an output keeps the value that was computed");
    session.run();
    assertEquals(12, session.value(output));
    assertValue(session.plan().weights(), p, 3, 4, 5);
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void updatesOfLargeMatricesReadTheirNewValues(Precision precision) {
    Draw draw = new Draw(new Random(3));
    Shape square = Shape.of(17, 17);
    Parameter w = Parameter.of("w", draw.uniform(square, -1, 1));
    Parameter v = Parameter.of("v", draw.uniform(square, -1, 1));
    Node newW = w.times(0.5);
    Node newV = v.matmul(newW);
    Node product = Node.constant(draw.uniform(square, -1, 1)).matmul(w);
    Session session = Plan.of(product).update(w, newW).update(v, newV).compile(precision).session();
    Weights weights = session.plan().weights();
    for (int i = 0; i < 3; i++) {
      Map<Node, Tensor> old = Map.of(w, weights.get(w), v, weights.get(v));
      session.run();
      double tolerance = Agreement.tolerance(precision);
      Agreement.assertClose(product.eval(old), session.get(product), tolerance, "product");
      Agreement.assertClose(newW.eval(old), weights.get(w), tolerance, "w");
      Agreement.assertClose(newV.eval(old), weights.get(v), tolerance, "v");
    }
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void aViewOfAnUpdatedParameterKeepsTheValueThatWasComputed(Precision precision) {
    Node view = p.reshape(3, 1);
    Session session = Plan.of(view).update(p, p.plus(1)).compile(precision).session();
    session.run();
    assertArrayEquals(new double[] {1, 2, 3}, session.get(view).toDoubles());
    assertValue(session.plan().weights(), p, 2, 3, 4);
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void aCarriedInputBeginsTheNextRun(Precision precision) {
    Node next = x.times(2);
    Node before = x.stopGradient();
    Session session = Plan.of(before).carry(next, x).compile(precision).session();
    session.set(x, 1, 2, 3).run();
    assertArrayEquals(new double[] {1, 2, 3}, session.get(before).toDoubles());
    assertArrayEquals(new double[] {2, 4, 6}, session.get(x).toDoubles());
    session.run();
    assertArrayEquals(new double[] {2, 4, 6}, session.get(before).toDoubles());
    session.set(x, 0, 0, 1).run();
    assertArrayEquals(new double[] {0, 0, 2}, session.get(x).toDoubles());
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void anOutputCanBeCarriedToo(Precision precision) {
    Node next = x.plus(p);
    Session session = Plan.of(next).carry(next, x).compile(precision).session();
    session.run().run();
    assertArrayEquals(new double[] {2, 4, 6}, session.get(next).toDoubles());
    assertArrayEquals(new double[] {2, 4, 6}, session.get(x).toDoubles());
  }

  /** y_t = h_t·w; h_{t+1} = tanh x_t: no recurrence, so that all time steps run at once. */
  private record Delay(Parameter weight) implements Cell<Node> {
    @Override
    public Node initialState(int batchSize) {
      return Node.zeros(batchSize, 2);
    }

    @Override
    public Step<Node> step(Node in, Node h) {
      return new Step<>(h.matmul(weight), in.tanh());
    }
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void anOutputOfOneTimeStepAndAnUpdateFromAll(Precision precision) {
    Parameter w = Parameter.of("w", Tensor.of(new double[][] {{1}, {2}}));
    Parameter total = Parameter.of("total", Tensor.scalar(0));
    Input sequence = Input.of("sequence", 3, 1, 2);
    Input start = Input.of("start", 1, 2);
    Node outputs =
        new Recurrent<>(new Delay(w)).unroll(Signal.of(sequence), start).outputs().values();
    Node first = outputs.operand(0);
    Plan.Builder builder = Plan.of(first).update(total, outputs.sum());
    Session session = builder.compile(precision).session();
    session.set(start, 1, 1).set(sequence, 0.5, -0.5, 1, 2, 0, 0).run();
    assertEquals(3, session.value(first));
    double expected = 3 + Math.tanh(0.5) - 2 * Math.tanh(0.5) + Math.tanh(1) + 2 * Math.tanh(2);
    assertEquals(expected, session.plan().weights().get(total).item(), 1e-6);
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void plansThatShareWeightsSeeEachOthersUpdates(Precision precision) {
    Draw draw = new Draw(new Random(4));
    Parameter w = Parameter.of("w", draw.uniform(Shape.of(16, 16), -1, 1));
    Node large = Node.constant(draw.uniform(Shape.of(32, 16), -1, 1)).matmul(w);
    Weights weights = Weights.of(precision);
    Session training =
        Plan.of().weights(weights).update(w, w.times(-1)).compile(precision).session();
    Session reading = Plan.of(large).weights(weights).compile(precision).session();
    Tensor before = reading.run().get(large);
    training.run();
    Tensor after = reading.run().get(large);
    for (int i = 0; i < before.shape().elements(); i++) {
      assertEquals(before.at(i), -after.at(i));
    }
    weights.set(w, Tensor.zeros(w.shape()));
    assertEquals(0, reading.run().get(large).at(5));
    assertEquals(Tensor.zeros(w.shape()).at(0), training.get(w).at(0));
  }

  @Test
  void sessionsAreIndependent() {
    Input start = Input.of("start", 3);
    Plan plan = Plan.of(start.tanh()).carry(start.tanh(), start).compile(Precision.FLOAT64);
    Session one = plan.session();
    Session other = plan.session();
    one.set(start, 1, 2, 3).run();
    other.run();
    assertArrayEquals(new double[3], other.get(start).toDoubles());
    assertEquals(Math.tanh(1), one.get(start).at(0), 1e-15);
  }

  @Test
  void updatesWithoutOutputsAreComputedByUpdateAlone() {
    Session session = Plan.of().update(p, p.plus(1)).compile(Precision.FLOAT64).session();
    session.compute();
    assertValue(session.plan().weights(), p, 1, 2, 3);
    session.update().update();
    assertValue(session.plan().weights(), p, 3, 4, 5);
  }

  @Test
  void everyElementOfEveryUpdateIsComputedFromOldValues() {
    // A ring: each parameter takes the value of the one after it, and one a sum of all.
    List<Parameter> ring =
        IntStream.range(0, 5).mapToObj(i -> Parameter.of("p" + i, Tensor.of(i, 10 * i))).toList();
    Plan.Builder builder = Plan.of();
    for (int i = 0; i < 4; i++) {
      builder.update(ring.get(i), ring.get(i + 1));
    }
    builder.update(ring.get(4), Node.sum(List.copyOf(ring)));
    Weights weights = run(builder, Precision.FLOAT64, 1);
    for (int i = 0; i < 4; i++) {
      assertValue(weights, ring.get(i), i + 1, 10 * (i + 1));
    }
    assertValue(weights, ring.get(4), 10, 100);
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void aNumberThatManyUpdatesReadIsReadAnewInEveryRun(Precision precision) {
    Input rate = Input.of("rate");
    SharedArrays arrays = SharedArrays.of(precision);
    List<Parameter> mine = ones("mine", 3, 40, 1500, 7);
    List<Parameter> others = ones("other", 1500, 5);
    Session session = scaling(rate, mine).compile(precision).session(arrays);
    Session other = scaling(rate, others).compile(precision).session(arrays);
    for (int rates = 2; rates < 5; rates++) {
      session.set(rate, rates).run().set(rate, 10 * rates).update();
      other.set(rate, rates + 5).run();
    }
    assertScaled(session.plan().weights(), mine, 2 * 20 * 3 * 30 * 4 * 40);
    assertScaled(other.plan().weights(), others, 7 * 8 * 9);
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void aNumberThatIsCarriedOnIsReadAnewAfterItIsWritten(Precision precision) {
    Input rate = Input.of("rate");
    List<Parameter> all = ones("p", 3, 40, 1500, 7);
    Plan.Builder builder = scaling(rate, all).carry(rate.plus(1), rate);
    Session session = builder.compile(precision).session().set(rate, 2);
    session.run().run().run();
    assertScaled(session.plan().weights(), all, 2 * 3 * 4);
    assertEquals(5, session.value(rate));
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void productsOfUpdatesReadTheirOwnMatricesInEveryUpdate(Precision precision) {
    Random random = new Random(7);
    Draw draw = new Draw(random);
    Shape square = Shape.of(50, 50);
    Input a = Input.of("a", 50, 50);
    Input b = Input.of("b", 50, 50);
    Node y = a.matmul(b);
    Tensor ofA = draw.uniform(square, -1, 1);
    Tensor ofB = draw.uniform(square, -1, 1);
    Parameter m = Parameter.of("m", draw.uniform(square, -1, 1));
    Parameter n = Parameter.of("n", draw.uniform(square, -1, 1));
    Plan.Builder builder = Plan.of(y).update(m, m.matmul(b)).update(n, n.matmul(a));
    Session session = builder.compile(precision).session().set(a, ofA).set(b, ofB);
    session.compute().update().update();
    Plan.Builder updates = Plan.of().update(m, m.matmul(b)).update(n, n.matmul(a));
    Session expected = updates.without(Pass.PACK).compile(precision).session();
    expected.set(a, ofA).set(b, ofB).run().run();
    for (Parameter each : List.of(m, n)) {
      Tensor value = expected.plan().weights().get(each);
      Agreement.assertSameBits(value, session.plan().weights().get(each), each.name());
    }
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void moreNumbersThanTilesAreKeptForAreReadAnewTooInEveryRun(Precision precision) {
    List<Input> rates = IntStream.range(0, 40).mapToObj(i -> Input.of("rate" + i)).toList();
    List<Parameter> all = ones("p", 3, 40, 1500, 7);
    Plan.Builder builder = Plan.of();
    for (Parameter each : all) {
      Node value = each;
      for (Input rate : rates) {
        value = value.times(rate);
      }
      builder.update(each, value);
    }
    Session session = builder.compile(precision).session();
    rates.forEach(rate -> session.set(rate, 1));
    session.set(rates.get(0), 2).set(rates.get(39), 3).run();
    session.set(rates.get(0), 5).set(rates.get(39), 7).run();
    assertScaled(session.plan().weights(), all, 2 * 3 * 5 * 7);
  }

  private static List<Parameter> ones(String name, int... sizes) {
    return Arrays.stream(sizes)
        .mapToObj(size -> Parameter.of(name + size, Tensor.full(Shape.of(size), 1)))
        .toList();
  }

  /** All parameters times a number; each block of code has another size. */
  private static Plan.Builder scaling(Input rate, List<Parameter> parameters) {
    Plan.Builder builder = Plan.of();
    parameters.forEach(each -> builder.update(each, each.times(rate)));
    return builder;
  }

  private static void assertScaled(Weights weights, List<Parameter> parameters, double factor) {
    for (Parameter each : parameters) {
      double[] expected = new double[each.shape().elements()];
      Arrays.fill(expected, factor);
      assertArrayEquals(expected, weights.get(each).toDoubles(), each.name());
    }
  }
}

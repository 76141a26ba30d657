package dev.rnn4j.plan;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.rnn4j.cell.Activation;
import dev.rnn4j.cell.Cell;
import dev.rnn4j.cell.ElmanCell;
import dev.rnn4j.cell.Step;
import dev.rnn4j.grad.Gradients;
import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.graph.Parameters;
import dev.rnn4j.layer.Recurrent;
import dev.rnn4j.layer.Unroll;
import dev.rnn4j.layer.Unrolled;
import dev.rnn4j.loss.Losses;
import dev.rnn4j.part.Gate;
import dev.rnn4j.pass.Signal;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import dev.rnn4j.testing.Cube;
import dev.rnn4j.testing.Draw;
import dev.rnn4j.testing.SmallWork;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Sessions: what a run allocates, checks, and says. */
class SessionTest {
  private static final int T = 5;

  /** A whole training step: outputs, loss, gradients, momentum, and a state that is carried on. */
  private static Plan training(Precision precision, int batch, int hidden) {
    ElmanCell cell = new ElmanCell(Gate.of(3, hidden, new Random(1)), Activation.TANH);
    Input x = Input.of("x", T, batch, 3);
    Input y = Input.of("y", T, batch, hidden);
    Input h = Input.of("h", batch, hidden);
    Unrolled<ElmanCell.State> unrolled =
        new Recurrent<>(cell).unroll(Signal.of(x), new ElmanCell.State(h));
    Node loss = Losses.meanSquaredError().of(unrolled.outputs().values(), y).mean();
    List<Parameter> parameters = new ArrayList<>(Parameters.of(cell).values());
    List<Node> gradients = Gradients.of(loss, parameters);
    Plan.Builder builder =
        Plan.of(loss, unrolled.outputs().values()).carry(unrolled.state().h(), h);
    for (int i = 0; i < parameters.size(); i++) {
      Parameter slot = Parameter.of("velocity", Tensor.zeros(parameters.get(i).shape()));
      Node velocity = slot.times(0.9).minus(gradients.get(i).times(0.1));
      builder.update(slot, velocity).update(parameters.get(i), parameters.get(i).plus(velocity));
    }
    return builder.compile(precision);
  }

  @Test
  void settingAnInputAllocatesNothingBeforeTheJitHasSeenItEither() {
    Input x = Input.of("x", 200);
    Session session = Plan.of(x.sum()).compile(Precision.FLOAT32).session();
    float[] floats = new float[200];
    double[] doubles = new double[200];
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().getId();
    long least = Long.MAX_VALUE;
    for (int round = 0; round < 20; round++) { // the first ones load classes
      long own = -threads.getThreadAllocatedBytes(thread) + threads.getThreadAllocatedBytes(thread);
      long before = threads.getThreadAllocatedBytes(thread);
      session.set(x, floats).set(x, doubles);
      least = Math.min(least, threads.getThreadAllocatedBytes(thread) - before - own);
    }
    assertEquals(0, least);
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void aWarmRunAllocatesNothing(Precision precision) {
    for (int[] sizes : new int[][] {{1, 4}, {7, 13}, {32, 32}}) {
      Session session = training(precision, sizes[0], sizes[1]).session();
      ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
      long thread = Thread.currentThread().getId();
      long least = Long.MAX_VALUE;
      // The first rounds link and warm up; what a run itself allocates, every round would show.
      // Time may pass while the process is stopped: there are many rounds in any case.
      long deadline = System.nanoTime() + 60_000_000_000L;
      for (int round = 0; least != 0 && (round < 1000 || System.nanoTime() < deadline); round++) {
        long own =
            -threads.getThreadAllocatedBytes(thread) + threads.getThreadAllocatedBytes(thread);
        long before = threads.getThreadAllocatedBytes(thread);
        for (int i = 0; i < 100; i++) {
          session.run();
        }
        least = Math.min(least, threads.getThreadAllocatedBytes(thread) - before - own);
      }
      assertEquals(0, least, "bytes of 100 runs, N = " + sizes[0]);
    }
  }

  /** As the class says: a state that is carried needs no first value. */
  @ParameterizedTest
  @EnumSource(Precision.class)
  void inputsBeginWithZerosAndKeepTheirValues(Precision precision) {
    Input x = Input.of("x", 2);
    Input z = Input.of("z", 2);
    Node y = x.plus(z.times(10)).plus(1);
    Session session = Plan.of(y).compile(precision).session();
    assertArrayEquals(new double[] {1, 1}, session.run().get(y).toDoubles());
    session.set(z, 1, 2).run();
    assertArrayEquals(new double[] {11, 21}, session.get(y).toDoubles());
    session.set(x, 3, 4).run();
    assertArrayEquals(new double[] {14, 25}, session.get(y).toDoubles());
  }

  @Test
  void theSameBytesAreReadInEveryWay() {
    Input x = Input.of("x", 2, 2);
    Node y = x.times(2);
    Node sum = y.sum();
    Session session = Plan.of(y, sum, x).compile(Precision.FLOAT64).session();
    session.set(x, Tensor.of(new double[][] {{1, 2}, {3, 4}})).run();
    assertArrayEquals(new double[] {2, 4, 6, 8}, session.get(y).toDoubles());
    assertEquals(20, session.value(sum));
    session.set(x, 1, 1, 1, 1).run();
    assertEquals(8, session.value(sum));
    session.set(x, new float[] {2, 2, 2, 2}).run();
    assertEquals(16, session.value(sum));
    assertArrayEquals(new double[] {2, 2, 2, 2}, session.get(x).toDoubles());
    assertEquals(Precision.FLOAT64, session.get(y).precision());
    assertTrue(session.bytes() > 0);
  }

  @Test
  void valuesAreWrittenIntoArraysWhateverTheirLayout() {
    Input x = Input.of("x", 2, 3);
    Node y = x.times(2);
    Node turned = y.transpose();
    Node repeated = x.sum().broadcastTo(Shape.of(3));
    for (Precision precision : Precision.values()) {
      Session session = Plan.of(y, turned, repeated, x.slice(1, 1, 2)).compile(precision).session();
      session.set(x, 1, 2, 3, 4, 5, 6).run();
      for (Node node : List.of(x, y, turned, repeated)) {
        double[] expected = session.get(node).toDoubles();
        double[] doubles = new double[expected.length];
        float[] floats = new float[expected.length];
        session.get(node, doubles);
        session.get(node, floats);
        assertArrayEquals(expected, doubles);
        for (int i = 0; i < floats.length; i++) {
          assertEquals(expected[i], floats[i]);
        }
      }
      assertThrows(IllegalArgumentException.class, () -> session.get(y, new float[5]));
      assertThrows(IllegalArgumentException.class, () -> session.get(y, new double[7]));
    }
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void sharedArraysGrowAreReleasedAndSayWhoseTheyAre(Precision precision) {
    SharedArrays arrays = SharedArrays.of(precision);
    assertEquals(0, arrays.bytes());
    Input x = Input.of("x", 20, 30);
    Node y = x.matmul(x.transpose()).tanh();
    Input wide = Input.of("wide", 60, 40);
    Node z = wide.matmul(wide.transpose()).tanh();
    Session small = Plan.of(y).compile(precision).session(arrays);
    Session large = Plan.of(z).compile(precision).session(arrays);
    Tensor ofSmall = Tensor.full(x.shape(), 0.1);
    Tensor ofLarge = Tensor.full(wide.shape(), 0.2);
    Tensor expected = small.set(x, ofSmall).run().get(y);
    long before = arrays.bytes();
    assertTrue(before > 0);
    large.set(wide, ofLarge).run();
    assertTrue(arrays.bytes() > before);
    String message = assertThrows(IllegalStateException.class, () -> small.get(y)).getMessage();
    assertEquals(
        "another session was set or ran with the arrays that this one shares, and what this one"
            + " left is gone: read outputs before that",
        message);
    assertThrows(IllegalStateException.class, small::update);
    assertTrue(expected.sameAs(small.set(x, ofSmall).run().get(y)));
    long most = arrays.bytes();
    large.set(wide, ofLarge).run();
    assertEquals(most, arrays.bytes());
    arrays.release();
    assertEquals(0, arrays.bytes());
    assertThrows(IllegalStateException.class, () -> large.get(z));
    assertTrue(expected.sameAs(small.set(x, ofSmall).run().get(y)));
    assertEquals(before, arrays.bytes());
    Precision other = precision == Precision.FLOAT32 ? Precision.FLOAT64 : Precision.FLOAT32;
    Plan wrong = Plan.of(y).compile(other);
    assertThrows(IllegalArgumentException.class, () -> wrong.session(arrays));
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void whoIsGivenInputsTakesSharedArraysFromTheOthers(Precision precision) {
    SharedArrays arrays = SharedArrays.of(precision);
    Input x = Input.of("x", 3);
    Input wide = Input.of("wide", 3000);
    Parameter p = Parameter.of("p", Tensor.of(1, 1, 1));
    Node y = x.exp();
    Session session = Plan.of(y).update(p, p.times(x)).compile(precision).session(arrays);
    Session other = Plan.of(wide.tanh().exp()).compile(precision).session(arrays);
    for (double number : new double[] {2, 3}) { // the second time, no array grows
      session.set(x, number, 1, 1).compute();
      assertEquals(Math.exp(number), session.get(y).at(0), 1e-5);
      other.set(wide, Tensor.full(wide.shape(), 7));
      assertThrows(IllegalStateException.class, () -> session.get(y));
      assertThrows(IllegalStateException.class, () -> session.get(x));
      assertThrows(IllegalStateException.class, session::update);
      session.set(x, number, 1, 1).run();
      assertEquals(Math.exp(number), session.get(y).at(0), 1e-5);
    }
    assertArrayEquals(new double[] {6, 1, 1}, session.get(p).toDoubles());
  }

  @Test
  void oneThreadAtATime() throws Exception {
    java.util.concurrent.CountDownLatch inside = new java.util.concurrent.CountDownLatch(1);
    java.util.concurrent.CountDownLatch leave = new java.util.concurrent.CountDownLatch(1);
    Input x = Input.of("x", 2);
    Node y = Node.apply(new Waiting(inside, leave), x);
    Plan plan = Plan.of(y).threads(1).compile(Precision.FLOAT32);
    SharedArrays arrays = SharedArrays.of(Precision.FLOAT32);
    Session session = plan.session(arrays);
    Session other = plan.session(arrays);
    Thread first = new Thread(session::run);
    first.start();
    inside.await();
    String message =
        "a session is used while it runs, or one that shares its arrays: give each thread a session"
            + " of its own";
    for (org.junit.jupiter.api.function.Executable use :
        List.<org.junit.jupiter.api.function.Executable>of(
            session::run,
            other::compute,
            session::update,
            () -> session.set(x, 1, 2),
            () -> session.get(y),
            () -> other.get(y, new float[2]))) {
      assertEquals(message, assertThrows(IllegalStateException.class, use).getMessage());
    }
    plan.session().set(x, 1, 2); // has arrays of its own
    leave.countDown();
    first.join();
    assertArrayEquals(new double[] {1, 2}, session.set(x, 1, 2).run().get(y).toDoubles());
  }

  /** The identity, which takes its time. */
  private static final class Waiting extends dev.rnn4j.graph.Op {
    private final java.util.concurrent.CountDownLatch inside;
    private final java.util.concurrent.CountDownLatch leave;

    Waiting(java.util.concurrent.CountDownLatch inside, java.util.concurrent.CountDownLatch leave) {
      this.inside = inside;
      this.leave = leave;
    }

    @Override
    public String name() {
      return "waiting";
    }

    @Override
    public Shape shape(List<Node> operands) {
      return operands.get(0).shape();
    }

    @Override
    public void forward(Node node, double[][] x, double[] y) {
      inside.countDown();
      try {
        leave.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      System.arraycopy(x[0], 0, y, 0, y.length);
    }

    @Override
    public List<Node> gradient(Node y, Node dy) {
      return List.of(dy);
    }
  }

  @Test
  void inputsBeginWithZerosAndKeepTheirValues() {
    Input x = Input.of("x", 3);
    Input b = Input.of("b", 3);
    Node y = x.plus(b);
    Session session = Plan.of(y).compile(Precision.FLOAT32).session();
    assertArrayEquals(new double[3], session.run().get(y).toDoubles());
    session.set(b, 1, 2, 3).run();
    assertArrayEquals(new double[] {1, 2, 3}, session.set(x, 0, 0, 0).run().get(y).toDoubles());
  }

  @Test
  void float32ValuesAreRounded() {
    Input x = Input.of("x");
    Session session = Plan.of(x.times(1)).compile(Precision.FLOAT32).session();
    session.set(x, 0.1).run();
    assertEquals((double) 0.1f, session.get(x).item());
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void nothingIsReadOrUpdatedBeforeItIsComputed(Precision precision) {
    Input x = Input.of("x", 2);
    Parameter p = Parameter.of("p", Tensor.of(1, 2));
    Node y = p.plus(x);
    Node sum = y.sum();
    Session session = Plan.of(y, sum).update(p, y).compile(precision).session().set(x, 10, 20);
    for (org.junit.jupiter.api.function.Executable early :
        List.<org.junit.jupiter.api.function.Executable>of(
            session::update,
            () -> session.get(y),
            () -> session.get(y, new double[2]),
            () -> session.get(y, new float[4], 1),
            () -> session.value(sum))) {
      assertEquals(
          "nothing was computed yet: call compute() or run() first",
          assertThrows(IllegalStateException.class, early).getMessage());
    }
    assertArrayEquals(new double[] {1, 2}, session.get(p).toDoubles());
    assertArrayEquals(new double[] {10, 20}, session.get(x).toDoubles());
    session.compute().set(x, 0, 0);
    assertEquals(33, session.value(sum), "outputs are of the last run");
    session.update();
    assertArrayEquals(new double[] {11, 22}, session.get(p).toDoubles());
  }

  /** What is only another look at an input or parameter is an output as others are. */
  @ParameterizedTest
  @EnumSource(Precision.class)
  void viewsOfInputsAndParametersAreOutputsOfTheLastRun(Precision precision) {
    Input x = Input.of("x", 2, 1, 1);
    Parameter p = Parameter.of("p", Tensor.of(new double[][] {{1, 2}}));
    Node carried = Unroll.forward(new Latest(), Signal.of(x)).state();
    List<Node> ofInput = List.of(x.reshape(2), x.stopGradient(), Node.sum(List.of(x)), carried);
    List<Node> ofParameter =
        List.of(p.transpose(), p.broadcastTo(Shape.of(2, 2)), p.slice(1, 0, 2));
    List<Node> outputs = new ArrayList<>(ofInput);
    outputs.addAll(ofParameter);
    Plan plan = Plan.of(outputs).compile(precision);
    Session session = plan.session().set(x, 3, 4);
    outputs.forEach(y -> assertThrows(IllegalStateException.class, () -> session.get(y)));
    session.run();
    List<Tensor> before = outputs.stream().map(session::get).toList();
    assertEquals(4, session.value(carried));
    session.set(x, 5, 6);
    plan.weights().set(p, Tensor.zeros(p.shape()));
    for (int i = 0; i < before.size(); i++) {
      assertTrue(before.get(i).sameAs(session.get(outputs.get(i))), outputs.get(i).toString());
    }
    session.run();
    assertEquals(6, session.value(carried));
    ofInput.forEach(y -> assertEquals(6, session.get(y).at(y.shape().elements() - 1)));
    ofParameter.forEach(y -> assertEquals(0, session.get(y).at(0)));
  }

  /** A cell whose state is what it was given last. */
  private record Latest() implements Cell<Node> {
    @Override
    public Node initialState(int batchSize) {
      return Node.zeros(batchSize, 1);
    }

    @Override
    public Step<Node> step(Node x, Node state) {
      return new Step<>(state, x);
    }
  }

  @Test
  void outputsOfARunThatStoppedHalfWayAreNotRead() {
    Input x = Input.of("x", 1);
    Node row = Node.constant(Tensor.of(new double[][] {{1}, {2}})).gather(x);
    Session session = Plan.of(row).compile(Precision.FLOAT64).session().set(x, 1).run();
    session.set(x, 7);
    assertThrows(IndexOutOfBoundsException.class, session::run);
    assertEquals(
        "the last run stopped half-way: compute again first",
        assertThrows(IllegalStateException.class, () -> session.get(row)).getMessage());
    assertEquals(2, session.set(x, 1).run().value(row));
  }

  @Test
  void everyNodeOfAGraphCanBeAnOutput() {
    Random random = new Random(5);
    Draw draw = new Draw(random);
    Input x = Input.of("x", 3, 2);
    Node y = x.tanh();
    Node z = y.matmul(Parameter.of("w", draw.uniform(Shape.of(2, 2), -1, 1)));
    Node both = Node.stack(List.of(y, z, y));
    Node sum = Node.sum(List.of(y, z, x));
    List<Node> all = List.of(x, y, z, both, sum, both.step(1), y, z.transpose(), Node.zeros(2));
    dev.rnn4j.testing.Agreement.check(all, java.util.Map.of(x, draw.uniform(x.shape(), -1, 1)));
  }

  // ---------------------------------------------------------------- the NaN check

  private static <R> R withChecks(java.util.function.Supplier<R> body) {
    String before = System.setProperty("rnn.checks", "nan,plan");
    try {
      return body.get();
    } finally {
      SmallWork.restore("rnn.checks", before);
    }
  }

  @Test
  void aNaNOfABackwardPassIsNamedWithItsTimeStep() {
    Input x = Input.of("x", 3, 1, 1);
    Parameter scale = Parameter.of("scale", Tensor.of(Shape.of(1, 1), 0.0));
    dev.rnn4j.cell.Cell<Node> cell =
        new dev.rnn4j.cell.Cell<>() {
          @Override
          public Node initialState(int batchSize) {
            return Node.zeros(batchSize, 1);
          }

          @Override
          public dev.rnn4j.cell.Step<Node> step(Node in, Node state) {
            Node h = in.matmul(scale).sqrt().times(in).plus(state);
            return new dev.rnn4j.cell.Step<>(h, h);
          }
        };
    Node loss = new Recurrent<>(cell).apply(x).sum();
    Node gradient = Gradients.of(loss, List.of(scale)).get(0);
    Session session =
        withChecks(() -> Plan.of(loss, gradient).compile(Precision.FLOAT64).session());
    session.set(x, 1, 0, 1); // 0 · (0.5 / √0)
    ArithmeticException e = assertThrows(ArithmeticException.class, session::run);
    assertTrue(e.getMessage().contains(" t=1, "), e.getMessage());
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void anUpdateThatIsCheckedMayBeTheFirstRun(Precision precision) {
    Input x = Input.of("x", 2);
    Session session = withChecks(() -> Plan.of().carry(x.plus(1), x).compile(precision).session());
    assertArrayEquals(new double[] {1, 1}, session.update().get(x).toDoubles());
  }

  @Test
  void withoutTheCheckNaNIsAValue() {
    Input x = Input.of("x");
    Node y = x.log();
    assertTrue(
        Double.isNaN(Plan.of(y).compile(Precision.FLOAT32).session().set(x, -1).run().value(y)));
  }

  // ---------------------------------------------------------------- a user's own op

  @ParameterizedTest
  @EnumSource(Precision.class)
  void sessionsOfOnePlanCallAUsersOpEachWithItsOwnArrays(Precision precision) {
    Input x = Input.of("x", 2);
    Node y = Node.apply(new Cube(), x);
    Plan plan = Plan.of(y).compile(precision);
    Session one = plan.session().set(x, 1, 2);
    Session two = plan.session().set(x, 3, 4);
    one.run();
    two.run();
    assertArrayEquals(new double[] {1, 8}, one.get(y).toDoubles());
    assertArrayEquals(new double[] {27, 64}, two.get(y).toDoubles());
    assertTrue(plan.explain().contains("call cube("), plan.explain());
  }
}

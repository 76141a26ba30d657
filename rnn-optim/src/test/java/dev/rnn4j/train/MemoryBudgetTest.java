package dev.rnn4j.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.reflect.ClassPath;
import dev.rnn4j.cell.Cell;
import dev.rnn4j.cell.CfcCell;
import dev.rnn4j.cell.ElmanCell;
import dev.rnn4j.cell.GruCell;
import dev.rnn4j.cell.LearnedStateCell;
import dev.rnn4j.cell.LstmCell;
import dev.rnn4j.cell.RecurrentDropoutCell;
import dev.rnn4j.cell.Step;
import dev.rnn4j.cell.WeightDropCell;
import dev.rnn4j.cell.ZoneoutCell;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.io.Axes;
import dev.rnn4j.io.Batch;
import dev.rnn4j.layer.Bidirectional;
import dev.rnn4j.layer.Dense;
import dev.rnn4j.layer.Dropout;
import dev.rnn4j.layer.Embedding;
import dev.rnn4j.layer.Pooling;
import dev.rnn4j.layer.Recurrent;
import dev.rnn4j.layer.Stacked;
import dev.rnn4j.layer.VariationalDropout;
import dev.rnn4j.loss.Loss;
import dev.rnn4j.loss.LossSum;
import dev.rnn4j.loss.Losses;
import dev.rnn4j.optimizer.Adam;
import dev.rnn4j.pass.Layer;
import dev.rnn4j.pass.Signal;
import dev.rnn4j.random.Philox;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A step in segments is compared with one of whole sequences. */
class MemoryBudgetTest {
  private static final int T = 13;
  private static final int N = 3;

  private final Philox random = new Philox(1);

  private Tensor normal(int... sizes) {
    return Fixtures.normal(random, sizes);
  }

  private static Supplier<TrainingStepBuilder> steps(Object model, Objective objective) {
    return () -> TrainingStep.of(model, objective).optimizer(Adam.rate(0.01)).seed(3).threads(1);
  }

  private static Supplier<TrainingStepBuilder> steps(Layer model) {
    return steps(
        model,
        feed -> {
          Signal prediction = model.apply(feed.signal("x"));
          return Outcome.loss("loss", Losses.meanSquaredError().of(prediction, feed.target("y")))
              .output("prediction", prediction.values());
        });
  }

  /** Returns a step that runs a batch in segments. */
  private static TrainingStep cut(Supplier<TrainingStepBuilder> steps) {
    return steps.get().segmentSteps(5).compile(Precision.FLOAT64);
  }

  private static void check(Supplier<TrainingStepBuilder> steps, Batch... batches) {
    TrainingStep whole = steps.get().compile(Precision.FLOAT64);
    compare(whole, cut(steps), batches);
  }

  private static void compare(TrainingStep whole, TrainingStep cut, Batch... batches) {
    for (Batch batch : batches) {
      assertClose(whole.compute(batch), cut.compute(batch), "loss");
      whole.losses().forEach((name, loss) -> assertClose(loss, cut.losses().get(name), name));
      assertEquals(whole.losses().keySet(), cut.losses().keySet());
      whole.gradients().forEach((path, dw) -> assertClose(dw, cut.gradient(path), path));
      whole.update();
      cut.update();
    }
  }

  private static void assertClose(double expected, double found, String what) {
    assertEquals(expected, found, 1e-12 * Math.max(1, Math.abs(expected)), what);
  }

  private static void assertClose(Tensor expected, Tensor found, String what) {
    assertEquals(expected.shape(), found.shape(), what);
    double largest = 0;
    for (int i = 0; i < expected.shape().elements(); i++) {
      largest = Math.max(largest, Math.abs(expected.at(i)));
    }
    for (int i = 0; i < expected.shape().elements(); i++) {
      assertEquals(expected.at(i), found.at(i), 1e-12 * Math.max(1, largest), what + " at " + i);
    }
  }

  private static int[] lengths() {
    int[] lengths = new int[N];
    for (int n = 0; n < N; n++) {
      lengths[n] = n * 6;
    }
    return lengths;
  }

  private Layer stack(Layer... between) {
    List<Layer> layers = new ArrayList<>();
    layers.add(new Recurrent<>(LstmCell.of(2, 5, random)));
    layers.addAll(List.of(between));
    layers.add(new Recurrent<>(GruCell.of(5, 4, random)));
    layers.add(Dense.of(4, 2, random));
    return new Stacked(layers);
  }

  @Test
  void aStackWithALossAtEachStepAndItsOutputs() {
    Supplier<TrainingStepBuilder> steps = steps(stack());
    Batch batch = Batch.of(normal(T, N, 2), normal(T, N, 2));
    TrainingStep whole = steps.get().compile(Precision.FLOAT64);
    TrainingStep cut = cut(steps);
    compare(whole, cut, batch, batch);
    assertClose(whole.run(batch), cut.run(batch), "run");
    assertClose(whole.prediction(), cut.prediction(), "prediction");
    assertClose(whole.evaluate(batch), cut.evaluate(batch), "evaluation");
    assertClose(whole.prediction(), cut.prediction(), "prediction");
    assertEquals(whole.updates(), cut.updates());
    assertEquals(whole.sequences(), cut.sequences());
  }

  @Test
  void dropoutDrawsWhatItDrawsForWholeSequences() {
    Batch batch = Batch.of(normal(T, N, 2), normal(T, N, 2));
    check(steps(stack(new Dropout(0.3), new VariationalDropout(0.2))), batch, batch);
  }

  @Test
  void masksAndWeights() {
    Batch batch =
        Batch.of(normal(T, N, 2), normal(T, N, 2)).lengths(lengths()).weights(indices(3, N));
    check(steps(stack(new Dropout(0.3))), batch);
  }

  @Test
  void modelsWithoutStates() {
    Layer dense = Dense.of(2, 2, random);
    check(steps(dense), Batch.of(normal(T, N, 2), normal(T, N, 2)));
    Objective atTheEnd =
        feed -> {
          Node x = feed.node("x");
          Signal last = Signal.of(x.step(x.size(0) - 1), feed.pass());
          return Outcome.loss(
              "loss", Losses.meanSquaredError().of(dense.apply(last), feed.target("y")));
        };
    check(steps(dense, atTheEnd), Batch.of(normal(T, N, 2), normal(N, 2)));
  }

  @Test
  void theLastOutputOnly() {
    Layer last =
        Stacked.of(new Recurrent<>(LstmCell.of(2, 5, random)).last(), Dense.of(5, 1, random));
    check(steps(last), Batch.of(normal(T, N, 2), normal(N, 1)));
    check(steps(last), Batch.of(normal(T, N, 2), normal(N, 1)).lengths(lengths()));
    ZoneoutCell<LstmCell.State> shows = ZoneoutCell.of(LstmCell.of(2, 5, random), 0.2, 0.1);
    Layer other = Stacked.of(new Recurrent<>(shows).last(), Dense.of(5, 1, random));
    check(steps(other), Batch.of(normal(T, N, 2), normal(N, 1)).lengths(lengths()));
    Layer projected =
        Stacked.of(
            new Recurrent<>(new Doubled(ElmanCell.of(2, 5, random))).last(),
            Dense.of(5, 1, random));
    check(steps(projected), Batch.of(normal(T, N, 2), normal(N, 1)).lengths(lengths()));
  }

  /** Shows something else than its state. */
  private record Doubled(ElmanCell cell) implements Cell<ElmanCell.State> {
    @Override
    public ElmanCell.State initialState(int batchSize) {
      return cell.initialState(batchSize);
    }

    @Override
    public Step<ElmanCell.State> step(Node x, ElmanCell.State state) {
      Step<ElmanCell.State> step = cell.step(x, state);
      return new Step<>(step.output().times(2), step.state());
    }
  }

  private record Two(
      Embedding words, Recurrent<LstmCell.State> rnn, Recurrent<ElmanCell.State> top, Dense head)
      implements Layer {
    @Override
    public Signal apply(Signal x) {
      return head.apply(rnn.apply(x));
    }
  }

  @Test
  void severalInputsLossesAndStatesThatWereGiven() {
    Two model =
        new Two(
            Embedding.of(7, 3, random),
            new Recurrent<>(LstmCell.of(4, 5, random)),
            new Recurrent<>(ElmanCell.of(5, 2, random)),
            Dense.of(5, 4, random));
    Objective objective =
        feed -> {
          Signal words = model.words.apply(feed.signal("words"));
          Signal both = words.with(Node.concat(2, words.values(), feed.signal("x").values()));
          Signal h = model.rnn.apply(both);
          Node first = feed.node("begin").tanh();
          Signal top = model.top.unroll(h, new ElmanCell.State(first)).last();
          return Outcome.loss(
                  "kind",
                  Losses.softmaxCrossEntropyOfIndices()
                      .of(model.head.apply(h), feed.target("kind")),
                  0.5)
              .and("end", Losses.meanAbsoluteError().of(top, feed.target("end")))
              .and("energy", LossSum.total(h.values().square().sum().times(0.01)))
              .and("size", LossSum.total(model.head.weight().square().sum()))
              .output("top", top.values())
              .output("h", h.values())
              .output("energy", h.values().square().sum());
        };
    Batch batch =
        Batch.empty()
            .input("words", indices(7, T, N), Axes.TIME_BATCH)
            .input("x", normal(T, N, 1))
            .input("begin", normal(N, 2), Axes.BATCH)
            .target("kind", indices(4, T, N), Axes.TIME_BATCH)
            .target("end", normal(N, 2), Axes.BATCH);
    Supplier<TrainingStepBuilder> steps = steps(model, objective);
    TrainingStep whole = steps.get().compile(Precision.FLOAT64);
    TrainingStep cut = cut(steps);
    compare(whole, cut, batch);
    for (String name : List.of("top", "h", "energy")) {
      assertClose(whole.output(name), cut.output(name), name);
    }
  }

  private Tensor indices(int count, int... sizes) {
    double[] values =
        IntStream.range(0, IntStream.of(sizes).reduce(1, (a, b) -> a * b))
            .mapToDouble(i -> random.nextInt(count))
            .toArray();
    return Tensor.of(Shape.of(sizes), values);
  }

  @Test
  void carriedStatesAndMicroBatches() {
    Supplier<TrainingStepBuilder> steps = () -> steps(stack(new Dropout(0.3))).get().carryStates();
    Layer model = stack(new Dropout(0.3));
    steps = () -> steps(model).get().carryStates();
    Batch one = Batch.of(normal(T, N, 2), normal(T, N, 2));
    Batch two = Batch.of(normal(T, N, 2), normal(T, N, 2)).begins(indices(2, N));
    TrainingStep whole = steps.get().compile(Precision.FLOAT64);
    TrainingStep cut = cut(steps);
    compare(whole, cut, one, two, one);
    assertClose(whole.compute(two, one), cut.compute(two, one), "two batches");
    whole.gradients().forEach((path, dw) -> assertClose(dw, cut.gradient(path), path));
    whole.states().forEach((name, state) -> assertClose(state, cut.states().get(name), name));
    assertEquals(whole.weigh(one, two), cut.weigh(one, two));
  }

  @Test
  void everyCellOfTheLibrary() throws Exception {
    List<Cell<?>> cells = new ArrayList<>();
    ElmanCell elman = ElmanCell.of(4, 4, random);
    cells.add(LearnedStateCell.of(elman));
    cells.add(new RecurrentDropoutCell<>(LstmCell.of(4, 4, random), 0.3));
    cells.add(new WeightDropCell<>(elman, 0.3));
    cells.add(ZoneoutCell.of(elman, 0.3));
    List<String> wrappers = cells.stream().map(cell -> cell.getClass().getName()).toList();
    ClassLoader loader = Cell.class.getClassLoader();
    for (ClassPath.ClassInfo info :
        ClassPath.from(loader).getTopLevelClasses(Cell.class.getPackageName())) {
      Class<?> type = info.load();
      boolean isCell = Cell.class.isAssignableFrom(type) && !type.isInterface();
      if (isCell && info.getName().startsWith("dev.rnn4j") && !isTest(type)) {
        if (!wrappers.contains(info.getName())) {
          cells.add(made(type));
        }
      }
    }
    assertTrue(cells.size() > 25, cells.size() + " cells");
    for (Cell<?> cell : cells) {
      Layer model = new Recurrent<>(cell);
      Batch batch = Batch.of(normal(5, 2, cell instanceof CfcCell ? 5 : 4)); // and a duration
      Objective objective =
          feed ->
              Outcome.loss(
                  "loss", LossSum.total(model.apply(feed.signal("x")).values().square().sum()));
      Supplier<TrainingStepBuilder> steps = steps(model, objective);
      TrainingStep cut = steps.get().segmentSteps(2).compile(Precision.FLOAT64);
      compare(steps.get().compile(Precision.FLOAT64), cut, batch);
    }
  }

  private static boolean isTest(Class<?> type) {
    return type.getProtectionDomain().getCodeSource().getLocation().getPath().contains("test");
  }

  private Cell<?> made(Class<?> type) throws ReflectiveOperationException {
    for (Method method : type.getMethods()) {
      Class<?>[] parameters = method.getParameterTypes();
      int count = parameters.length;
      if (method.getName().equals("of")
          && count > 1
          && parameters[count - 1] == RandomGenerator.class) {
        Object[] arguments = new Object[count];
        for (int i = 0; i < count - 1; i++) {
          arguments[i] = i < 2 && !(count == 3 && type.getSimpleName().contains("Ssm")) ? 4 : 2;
        }
        arguments[0] = 4;
        arguments[count - 1] = random;
        return (Cell<?>) method.invoke(null, arguments);
      }
    }
    throw new AssertionError(type + " cannot be made here: add it to the others");
  }

  @Test
  void oneStepIsNotCut() {
    Supplier<TrainingStepBuilder> steps = steps(stack());
    Batch batch = Batch.of(normal(1, N, 2), normal(1, N, 2));
    TrainingStep cut = steps.get().memoryBudget("64MB").compile(Precision.FLOAT64);
    assertEquals(1, cut.memory(batch).segments());
    compare(steps.get().compile(Precision.FLOAT64), cut, batch);
  }

  @Test
  void tooSmallABudgetIsRefusedWithTheNumbers() {
    TrainingStep step = steps(stack()).get().memoryBudget("1kB").compile(Precision.FLOAT64);
    Batch batch = Batch.of(normal(T, N, 2), normal(T, N, 2));
    IllegalStateException refused =
        assertThrows(IllegalStateException.class, () -> step.run(batch));
    assertTrue(
        refused.getMessage().matches("a memory budget of 1 kB is too small .* about [0-9]+ kB .*"),
        refused.getMessage());
    assertEquals(0, step.updates());
    IllegalArgumentException none =
        assertThrows(
            IllegalArgumentException.class, () -> steps(stack()).get().memoryBudget("64 apples"));
    assertEquals("'64 apples' is no amount of memory; 64MB is one, and 1.5GB", none.getMessage());
  }

  @Test
  void whatDoesNotFitIntoTheHeapIsRefusedBeforeItIsTried() {
    Layer model = Stacked.of(new Recurrent<>(LstmCell.of(1, 16, random)), Dense.of(16, 1, random));
    TrainingStep step = steps(model).get().compile(Precision.FLOAT32);
    Tensor x = Tensor.of(Shape.of(4_000_000, 4, 1), new float[16_000_000]);
    Batch batch = Batch.of(x);
    Batch small = Batch.of(normal(3, 2, 1));
    IllegalStateException refused =
        assertThrows(
            IllegalStateException.class,
            () -> step.run(batch.target("y", batch.x(), Axes.TIME_BATCH)));
    assertTrue(refused.getMessage().contains("memoryBudget(\"64MB\")"), refused.getMessage());
    assertEquals(0, step.updates());
    assertTrue(step.run(small.target("y", small.x(), Axes.TIME_BATCH)) > 0);
  }

  private void refusedObjective(String words, Objective objective, Object model, Batch batch) {
    TrainingStep whole = steps(model, objective).get().compile(Precision.FLOAT64);
    TrainingStep cut = steps(model, objective).get().segmentSteps(5).compile(Precision.FLOAT64);
    whole.run(batch);
    IllegalStateException refused =
        assertThrows(IllegalStateException.class, () -> cut.run(batch), words);
    assertTrue(
        refused.getMessage().matches("(?s).*" + words + ".*"),
        () -> words + " and not: " + refused.getMessage());
  }

  private void refused(String words, Layer model, Batch batch) {
    refusedObjective(
        words,
        feed ->
            Outcome.loss(
                "loss",
                Losses.meanSquaredError().of(model.apply(feed.signal("x")), feed.target("y"))),
        model,
        batch);
  }

  private record Attention(Recurrent<ElmanCell.State> rnn, Parameter query) implements Layer {
    @Override
    public Signal apply(Signal x) {
      Signal h = rnn.apply(x);
      Node scores = h.values().times(query).sum(-1).exp();
      Node shares = scores.dividedBy(scores.sumKeeping(0));
      return h.map(v -> v.times(shares.reshape(shares.size(0), shares.size(1), 1)));
    }
  }

  @Test
  void whatCannotBeCutSaysSo() {
    Batch each = Batch.of(normal(T, N, 2), normal(T, N, 4));
    Batch end = Batch.of(normal(T, N, 2), normal(N, 4));
    Recurrent<ElmanCell.State> rnn = new Recurrent<>(ElmanCell.of(2, 4, random));
    Recurrent<ElmanCell.State> second = new Recurrent<>(ElmanCell.of(2, 4, random));
    ElmanCell cell = ElmanCell.of(2, 2, random);
    refused("a backward ElmanCell needs whole sequences", Bidirectional.of(cell, cell), each);
    refused("pooling over 3 steps needs whole", Stacked.of(rnn, Pooling.MEAN), end);
    refused(
        "divide.*makes something else than a sum",
        new Attention(rnn, Parameter.of("query", normal(4))),
        each);
    refused(
        "has not as many time steps",
        x -> rnn.apply(x.map(v -> Node.concat(0, v.slice(0, 1, v.size(0)), v.slice(0, 0, 1)))),
        each,
        rnn);
    refused("follows from the number of time", x -> rnn.apply(x).map(v -> v.mean(0)), end, rnn);
    refused("makes something else than a sum", x -> rnn.apply(x).map(v -> v.sum(0)), end, rnn);
    refused("reads some time steps", x -> rnn.apply(x).map(v -> v.step(2)), end, rnn);
    refused(
        "begins with what another part",
        x -> {
          ElmanCell.State code = rnn.unroll(x).state();
          return second.unroll(x, code).outputs();
        },
        each,
        List.of(rnn, second));
    refusedObjective(
        "LossSum.of\\(sum, weight\\)",
        feed ->
            Outcome.loss(
                "loss", LossSum.total(rnn.apply(feed.signal("x")).values().square().mean())),
        rnn,
        each);
  }

  private void refused(String words, Layer model, Batch batch, Object parameters) {
    refusedObjective(
        words,
        feed ->
            Outcome.loss(
                "loss",
                Losses.meanSquaredError().of(model.apply(feed.signal("x")), feed.target("y"))),
        parameters,
        batch);
  }

  @Test
  void aTargetThatIsNoneIsRefusedWhereItStands() {
    Layer model = stack();
    Objective objective =
        feed ->
            Outcome.loss(
                "loss",
                Losses.softmaxCrossEntropyOfIndices()
                    .of(model.apply(feed.signal("x")), feed.target("y")));
    Supplier<TrainingStepBuilder> steps = steps(model, objective);
    double[] kinds = new double[T * N];
    Batch good = Batch.of(normal(T, N, 2)).target("y", kinds(kinds), Axes.TIME_BATCH);
    TrainingStep cut = cut(steps);
    kinds[11 * N + 1] = 2;
    Batch bad = Batch.of(normal(T, N, 2)).target("y", kinds(kinds), Axes.TIME_BATCH);
    Map<String, Tensor> before = cut.checkpoint();
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> cut.run(bad));
    assertEquals(
        "the target y at time step 11, sequence 1 is 2.0, and classes are whole numbers from 0 to 1",
        refused.getMessage());
    cut.checkpoint().forEach((name, now) -> assertClose(before.get(name), now, name));
    compare(steps.get().compile(Precision.FLOAT64), cut, good);
  }

  private static Tensor kinds(double[] kinds) {
    return Tensor.of(Shape.of(T, N), kinds);
  }

  @Test
  void threadsChangeNoBitAndARunAllocatesNothing() {
    Layer model =
        Stacked.of(
            new Recurrent<>(LstmCell.of(2, 4, random)), new Dropout(0.3), Dense.of(4, 1, random));
    Batch batch = Batch.of(normal(150, 4, 2)).target("y", normal(150, 4, 1), Axes.TIME_BATCH);
    Batch single = batch.to(Precision.FLOAT32);
    long full = steps(model).get().compile(Precision.FLOAT32).memory(single).full();
    TrainingStep one = steps(model).get().memoryBudget(full / 2).compile(Precision.FLOAT32);
    TrainingStep two =
        steps(model).get().memoryBudget(full / 2).threads(2).compile(Precision.FLOAT32);
    StepMemory memory = one.memory(single);
    assertEquals(full, memory.full());
    assertTrue(memory.needed() <= full / 2 && memory.segments() > 1, memory.toString());
    assertEquals(memory, two.memory(single));
    for (int update = 0; update < 3; update++) {
      assertEquals(one.run(single), two.run(single));
    }
    one.gradients()
        .forEach(
            (path, dw) -> assertArrayEquals(dw.toFloats(), two.gradient(path).toFloats(), path));
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().getId();
    long least = Long.MAX_VALUE;
    long patience = System.nanoTime() + 30_000_000_000L; // until the JIT has compiled what it runs
    // Time may pass while the process is stopped: there are many rounds in any case.
    for (int round = 0; least > 0 && (round < 1000 || System.nanoTime() < patience); round++) {
      long before = threads.getThreadAllocatedBytes(thread);
      one.run(single);
      least = Math.min(least, threads.getThreadAllocatedBytes(thread) - before);
    }
    assertEquals(0, least, "bytes");
  }

  @Test
  void lossesThatLookAtTheirTargets() {
    Layer model = new Recurrent<>(ElmanCell.of(2, 4, random));
    double[] hot = new double[T * N * 4];
    for (int i = 0; i < hot.length; i += 4) {
      hot[i + i / 4 % 4] = 1;
    }
    Batch batch =
        Batch.empty()
            .input("x", normal(T, N, 2))
            .target("y", Tensor.of(Shape.of(T, N, 4), hot), Axes.TIME_BATCH);
    for (Loss loss :
        List.of(Losses.binaryCrossEntropy(), Losses.poisson(), Losses.klDivergence())) {
      check(
          () -> TrainingStep.of(model, loss).optimizer(Adam.rate(0.01)),
          batch,
          batch.lengths(lengths()));
    }
  }
}

package dev.rnn4j.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.rnn4j.cell.Cell;
import dev.rnn4j.cell.GruCell;
import dev.rnn4j.cell.LstmCell;
import dev.rnn4j.cell.Step;
import dev.rnn4j.grad.Gradients;
import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.graph.Parameters;
import dev.rnn4j.io.Batch;
import dev.rnn4j.layer.Dense;
import dev.rnn4j.layer.Embedding;
import dev.rnn4j.layer.Recurrent;
import dev.rnn4j.layer.Stacked;
import dev.rnn4j.loss.Losses;
import dev.rnn4j.optimizer.Adam;
import dev.rnn4j.optimizer.Sgd;
import dev.rnn4j.pass.ForwardPass;
import dev.rnn4j.pass.Layer;
import dev.rnn4j.pass.Signal;
import dev.rnn4j.pass.StateName;
import dev.rnn4j.plan.Weights;
import dev.rnn4j.random.Philox;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sequences that go on: from batch to batch in training, and from step to step in a stream. */
class StreamingTest {
  private static final Layer MODEL =
      Stacked.of(
          new Recurrent<>(LstmCell.of(3, 9, new Philox(1))),
          new Recurrent<>(GruCell.of(9, 7, new Philox(2))),
          Dense.of(7, 2, new Philox(3)));

  private static float[] step(Tensor x, int t, int n) {
    float[] values = new float[x.shape().size(2)];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) x.get(t, n, i);
    }
    return values;
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void aStreamIsTheWholeSequenceFromSixteenThreads(Precision precision) throws Exception {
    Weights weights = Weights.of(precision);
    int streams = 16;
    int steps = 30;
    Tensor x = Fixtures.normal(new Philox(5), steps, streams, 3).to(Precision.FLOAT32);
    Tensor whole = Predictor.of(MODEL, weights).predict(x);
    Streaming streaming = Streaming.of(MODEL, weights, Shape.of(3));
    ExecutorService threads = Executors.newFixedThreadPool(streams);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (int n = 0; n < streams; n++) {
        int sequence = n;
        all.add(
            threads.submit(
                () -> {
                  Stream stream = streaming.open();
                  for (int round = 0; round < 20; round++) {
                    for (int t = 0; t < steps; t++) {
                      float[] y = new float[2];
                      stream.next(step(x, t, sequence), y);
                      assertEquals((float) whole.get(t, sequence, 0), y[0]);
                      assertEquals((float) whole.get(t, sequence, 1), y[1]);
                    }
                    stream.reset();
                  }
                }));
      }
      for (Future<?> each : all) {
        each.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  /** The two inputs before this one, of which the output reads as many as it is told. */
  private record Delayed(int read) implements Cell<Delayed.State> {
    record State(Node last, Node before) {}

    @Override
    public State initialState(int batchSize) {
      return new State(Node.zeros(batchSize, 3), Node.zeros(batchSize, 3));
    }

    @Override
    public Step<State> step(Node x, State state) {
      Node output = read == 0 ? x.tanh() : x.plus(read == 1 ? state.last() : state.before());
      return new Step<>(output, new State(x, state.last()));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void aStateThatNoOutputReadsIsNoPartOfAStream(int read) {
    Layer model = new Recurrent<>(new Delayed(read));
    Weights weights = Weights.of(Precision.FLOAT32);
    Tensor x = Fixtures.normal(new Philox(5), 4, 1, 3).to(Precision.FLOAT32);
    Tensor whole = Predictor.of(model, weights).predict(x);
    Stream stream = Streaming.of(model, weights, Shape.of(3)).open();
    for (int t = 0; t < 4; t++) {
      float[] y = new float[3];
      stream.next(step(x, t, 0), y);
      assertArrayEquals(step(whole, t, 0), y);
    }
  }

  /** Shows a number of its own, and keeps what it was given. */
  private record Deaf(Parameter own) implements Cell<Node> {
    @Override
    public Node initialState(int batchSize) {
      return Node.zeros(batchSize, 3);
    }

    @Override
    public Step<Node> step(Node x, Node state) {
      return new Step<>(own, x);
    }
  }

  @Test
  void anInputThatOnlyAnUnreadStateDependsOnIsRefusedAtOnce() {
    Layer model = new Recurrent<>(new Deaf(Parameter.of(Tensor.zeros(Shape.of(1, 2)))));
    Weights weights = Weights.of(Precision.FLOAT32);
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class, () -> Streaming.of(model, weights, Shape.of(3)));
    assertEquals(
        "the output of the model does not depend on its input: nothing to stream", e.getMessage());
  }

  @Test
  void aStepAllocatesNothingAndAFailedOneChangesNothing() {
    Streaming streaming = Streaming.of(MODEL, Weights.of(Precision.FLOAT32), Shape.of(3));
    Stream stream = streaming.open();
    Stream other = streaming.open();
    float[] x = {1, 2, 3};
    float[] y = new float[2];
    stream.next(x, y);
    assertThrows(IllegalArgumentException.class, () -> stream.next(new float[2], new float[2]));
    assertThrows(IllegalArgumentException.class, () -> stream.next(x, new float[3]));
    stream.next(x, y);
    float[] expected = new float[2];
    other.next(x, expected);
    other.next(x, expected);
    assertArrayEquals(expected, y);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().getId();
    long least = Long.MAX_VALUE;
    for (int round = 0; round < 500 && least > 0; round++) {
      long before = threads.getThreadAllocatedBytes(thread);
      for (int i = 0; i < 20; i++) {
        stream.next(x, y);
      }
      least = Math.min(least, threads.getThreadAllocatedBytes(thread) - before);
    }
    assertEquals(0, least);
  }

  private static TrainingStep carried(Precision precision, double rate) {
    return TrainingStep.of(MODEL, Losses.meanSquaredError())
        .optimizer(Sgd.rate(rate))
        .carryStates()
        .compile(precision);
  }

  private static Batch batch() {
    return Batch.of(
        Fixtures.normal(new Philox(6), 12, 4, 3), Fixtures.normal(new Philox(7), 12, 4, 2));
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void segmentsGoOnFromTheStatesBefore(Precision precision) {
    TrainingStep step = carried(precision, 0);
    Tensor whole = Predictor.of(MODEL, step.weights()).predict(batch().x());
    int at = 0;
    for (int to : new int[] {5, 6, 12}) {
      step.run(batch().steps(at, to));
      Tensor part = step.prediction();
      for (int t = at; t < to; t++) {
        for (int n = 0; n < 4; n++) {
          assertEquals(whole.get(t, n, 1), part.get(t - at, n, 1));
        }
      }
      at = to;
    }
    Map<String, Tensor> states = step.states();
    assertEquals(3, states.size());
    assertEquals(Shape.of(4, 9), states.get("layers.0#0/h").shape());
    // One that begins anew in between, marked by the batch.
    step.run(batch().steps(0, 5).begins(Tensor.of(0, 1, 0, 0)));
    assertEquals(whole.get(4, 1, 0), step.prediction().get(4, 1, 0));
    assertTrue(whole.get(4, 0, 0) != step.prediction().get(4, 0, 0));
    step.resetStates();
    assertEquals(Map.of(), step.states());
    step.run(batch().steps(0, 5).sequences(0, 3));
    assertEquals(whole.get(4, 0, 0), step.prediction().get(4, 0, 0));
    String message =
        assertThrows(IllegalArgumentException.class, () -> step.run(batch())).getMessage();
    assertEquals(
        "states are carried for 3 sequences, and this batch has 4: resetStates() before other"
            + " sequences begin",
        message);
  }

  @Test
  void trainingGoesOnFromACheckpointOfStates() {
    TrainingStep whole = carried(Precision.FLOAT32, 0.1);
    whole.run(batch().steps(0, 4));
    whole.run(batch().steps(4, 8));
    TrainingStep resumed = carried(Precision.FLOAT32, 0.1);
    resumed.restore(whole.checkpoint());
    assertEquals(whole.run(batch().steps(8, 12)), resumed.run(batch().steps(8, 12)));
    Map<String, Tensor> other = resumed.checkpoint();
    whole.checkpoint().forEach((name, value) -> assertTrue(value.sameAs(other.get(name)), name));
    assertTrue(other.containsKey("state/layers.0#0/c"), other.keySet().toString());
    // What fails leaves states where they were: of the parts that came before, too.
    Batch wrong = Batch.of(Tensor.zeros(Shape.of(2, 4, 5)), Tensor.zeros(Shape.of(2, 4, 2)));
    assertThrows(IllegalArgumentException.class, () -> resumed.compute(batch().steps(0, 4), wrong));
    resumed.checkpoint().forEach((name, value) -> assertTrue(value.sameAs(other.get(name)), name));
    // And once a batch has moved them since the checkpoint.
    resumed.run(batch().steps(0, 4));
    Map<String, Tensor> moved = resumed.checkpoint();
    assertThrows(IllegalArgumentException.class, () -> resumed.compute(batch().steps(4, 8), wrong));
    assertThrows(
        IllegalArgumentException.class, () -> resumed.compute(batch().steps(4, 8), late()));
    resumed.checkpoint().forEach((name, value) -> assertTrue(value.sameAs(moved.get(name)), name));
  }

  /** A batch that is found to be wrong only when it runs: for the sequences before, no more. */
  private static Batch late() {
    return batch().steps(8, 12).sequences(0, 3);
  }

  @Test
  void aCharacterModelWithEmbeddingAndCarriedState() {
    int characters = 5;
    Layer model =
        Stacked.of(
            Embedding.of(characters, 8, new Philox(1)),
            new Recurrent<>(LstmCell.of(8, 16, new Philox(2))),
            Dense.of(16, characters, new Philox(3)));
    TrainingStep step =
        TrainingStep.of(model, Losses.softmaxCrossEntropyOfIndices())
            .optimizer(Adam.rate(0.02))
            .carryStates()
            .compile(Precision.FLOAT32);
    double first = 0;
    double last = 0;
    for (int i = 0; i < 150; i++) {
      double[] x = new double[6 * 2];
      double[] y = new double[6 * 2];
      for (int t = 0; t < 6; t++) {
        for (int n = 0; n < 2; n++) {
          x[t * 2 + n] = (i * 6 + t + n) % characters;
          y[t * 2 + n] = (i * 6 + t + n + 1) % characters;
        }
      }
      last = step.run(Tensor.of(Shape.of(6, 2), x), Tensor.of(Shape.of(6, 2), y));
      first = i == 0 ? last : first;
    }
    assertTrue(last < 0.1 * first, last + " after " + first);
    Stream stream = Streaming.of(model, step.weights(), Shape.scalar()).open();
    float[] logits = new float[characters];
    for (int c = 0; c < 12; c++) {
      stream.next(new float[] {c % characters}, logits);
    }
    int likely = 0;
    for (int c = 1; c < characters; c++) {
      likely = logits[c] > logits[likely] ? c : likely;
    }
    assertEquals(12 % characters, likely);
  }

  @Test
  void segmentsInOneComputationAllocateNothing() {
    TrainingStep step = carried(Precision.FLOAT32, 0.1);
    Batch[] segments = {batch().steps(0, 4), batch().steps(4, 8), batch().steps(8, 12)};
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().getId();
    long least = Long.MAX_VALUE;
    // Time may pass while the process is stopped: there are many rounds in any case.
    long deadline = System.nanoTime() + 60_000_000_000L;
    for (int round = 0; least > 0 && (round < 1000 || System.nanoTime() < deadline); round++) {
      long before = threads.getThreadAllocatedBytes(thread);
      for (int i = 0; i < 20; i++) {
        step.compute(segments);
        step.update();
      }
      least = Math.min(least, threads.getThreadAllocatedBytes(thread) - before);
    }
    assertEquals(0, least);
  }

  /** The gradient of a sequence, one half after the other: states' adjoints come out and go in. */
  @Test
  void twoSegmentsEqualOne() {
    Tensor x = Fixtures.normal(new Philox(6), 12, 4, 3);
    Tensor y = Fixtures.normal(new Philox(7), 12, 4, 2);
    List<Parameter> parameters = List.copyOf(Parameters.of(MODEL).values());
    Node whole =
        Losses.halfSumOfSquares().of(MODEL.apply(Node.constant(x)), Node.constant(y)).mean();
    Segment first = new Segment(Batch.of(x, y).steps(0, 5), null);
    Map<StateName, Tensor> between = new LinkedHashMap<>();
    first.last.forEach((name, node) -> between.put(name, node.eval()));
    Segment second = new Segment(Batch.of(x, y).steps(5, 12), between);

    List<Node> wanted = new ArrayList<>(parameters);
    wanted.addAll(second.first.values());
    Map<Node, Tensor> values = new LinkedHashMap<>();
    second.first.forEach((name, input) -> values.put(input, between.get(name)));
    List<Tensor> later =
        Gradients.of(second.loss, wanted).stream().map(node -> node.eval(values)).toList();
    List<Node> outputs = new ArrayList<>(List.of(first.loss));
    List<Node> adjoints = new ArrayList<>(List.of(Node.constant(1)));
    int next = parameters.size();
    for (StateName name : second.first.keySet()) {
      outputs.add(first.last.get(name));
      adjoints.add(Node.constant(later.get(next++)));
    }
    List<Node> earlier = Gradients.of(outputs, adjoints, parameters);
    List<Node> expected = Gradients.of(whole, parameters);
    for (int p = 0; p < parameters.size(); p++) {
      double[] gradient = expected.get(p).eval().toDoubles();
      double[] part = earlier.get(p).eval().toDoubles();
      for (int i = 0; i < gradient.length; i++) {
        assertEquals(gradient[i], part[i] + later.get(p).at(i), 1e-11);
      }
    }
  }

  private static final class Segment {
    final Map<StateName, Node> first = new LinkedHashMap<>();
    final Map<StateName, Node> last;
    final Node loss;

    Segment(Batch batch, Map<StateName, Tensor> begin) {
      ForwardPass pass =
          ForwardPass.inference()
              .carrying(
                  (name, own) -> {
                    Node node = begin == null ? own : Input.of(name.toString(), own.shape());
                    first.put(name, node);
                    return node;
                  });
      Node prediction = MODEL.apply(Signal.of(Node.constant(batch.x()), pass)).values();
      loss = Losses.halfSumOfSquares().of(prediction, Node.constant(batch.y())).mean();
      last = pass.finalStates();
    }
  }
}

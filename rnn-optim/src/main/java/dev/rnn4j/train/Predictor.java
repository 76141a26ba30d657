package dev.rnn4j.train;

import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Scope;
import dev.rnn4j.pass.Layer;
import dev.rnn4j.plan.Plan;
import dev.rnn4j.plan.Plans;
import dev.rnn4j.plan.Session;
import dev.rnn4j.plan.Threads;
import dev.rnn4j.plan.Weights;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A model and the values of its parameters, to be asked for outputs:
 *
 * <pre>{@code
 * Tensor y = Predictor.load(model, path, Precision.FLOAT32).predict(x);
 * }</pre>
 *
 * <p>Inputs may have any shape that the model takes; a plan is compiled for each one that comes. A
 * sequence's output does not depend on the sequences beside it in the batch, to the last bit.
 *
 * <p>Thread-safe: each call under way has arrays of its own. Where the weights are being trained,
 * predict between updates, from the thread that trains.
 */
public final class Predictor {
  private record Graph(Input x, Node y) {}

  private final Layer model;
  private final Weights weights;
  private final int threads;
  private final Plans<Shape, Graph> bound;
  private final PlanCache<Shape, Compiled> plans;

  private Predictor(Layer model, Weights weights, int threads) {
    this.model = model;
    this.weights = weights;
    this.threads = threads;
    this.bound = Plans.of(new Source(), weights.precision());
    this.plans = new PlanCache<>(this::compile, compiled -> compiled.bytes);
  }

  /** Returns a predictor; it sees every change of the weights. */
  public static Predictor of(Layer model, Weights weights) {
    return new Predictor(model, weights, Threads.byDefault());
  }

  /**
   * Returns a predictor with the parameters in a file.
   *
   * @throws IOException where the file cannot be read
   * @throws IllegalArgumentException where it does not fit the model
   * @see ModelFile#load
   */
  public static Predictor load(Layer model, Path file, Precision precision) throws IOException {
    return of(model, ModelFile.load(model, file, precision));
  }

  /**
   * Returns this predictor with so many threads to a call; all processors unless set.
   *
   * @throws IllegalArgumentException where the number is not from 1 to 256
   * @see Plan.Builder#threads
   */
  public Predictor threads(int count) {
    return new Predictor(model, weights, Threads.checked(count));
  }

  /** Compiles the plan for inputs of a shape, so that the first of them need not wait for it. */
  public void prepare(Shape x) {
    plans.get(x);
  }

  /**
   * Returns the model's output.
   *
   * @param x for a sequence model {@code [T, N, I]}
   * @throws dev.rnn4j.tensor.ShapeException where the model does not fit the input
   */
  public Tensor predict(Tensor x) {
    return plans.get(x.shape()).run(x);
  }

  private Compiled compile(Shape shape) {
    Plans.Bound<Graph> compiled = bound.at(shape);
    return new Compiled(compiled.graph(), compiled.plan());
  }

  private final class Source implements Plans.Source<Shape, Graph> {
    @Override
    public Graph graph(Shape shape) {
      Input x = Input.of("x", shape);
      try (Scope scope = Scope.enter(model)) {
        return new Graph(x, model.apply(x));
      }
    }

    @Override
    public Plan.Builder plan(Graph graph) {
      return Plan.of(graph.y()).inputs(graph.x()).weights(weights).threads(threads);
    }
  }

  /** A plan, and the arrays that no call is using. */
  private static final class Compiled {
    private final Graph graph;
    private final Plan plan;
    private final Queue<Session> idle = new ConcurrentLinkedQueue<>();
    private final long bytes;

    Compiled(Graph graph, Plan plan) {
      this.graph = graph;
      this.plan = plan;
      Session first = plan.session();
      this.idle.add(first);
      this.bytes = first.bytes();
    }

    Tensor run(Tensor input) {
      Session free = idle.poll();
      Session session = free == null ? plan.session() : free;
      Tensor output = session.set(graph.x(), input).compute().get(graph.y());
      idle.add(session);
      return output;
    }
  }
}

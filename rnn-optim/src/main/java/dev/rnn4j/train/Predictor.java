package dev.rnn4j.train;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;
import static com.google.common.base.Preconditions.checkState;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.graph.Parameters;
import dev.rnn4j.graph.Scope;
import dev.rnn4j.io.Batch;
import dev.rnn4j.io.BatchSignature;
import dev.rnn4j.pass.ForwardPass;
import dev.rnn4j.pass.Layer;
import dev.rnn4j.plan.Plan;
import dev.rnn4j.plan.Session;
import dev.rnn4j.plan.Threads;
import dev.rnn4j.plan.Weights;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import dev.rnn4j.train.internal.graph.BatchInputs;
import dev.rnn4j.train.internal.graph.Binding;
import dev.rnn4j.train.internal.graph.Ownership;
import dev.rnn4j.train.internal.memory.Budget;
import dev.rnn4j.train.internal.memory.PlanCache;
import dev.rnn4j.train.internal.memory.Sessions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * A model and the values of its parameters, to be asked for outputs:
 *
 * <pre>{@code
 * Tensor y = Predictor.load(model, path, Precision.FLOAT32).predict(x);
 * }</pre>
 *
 * <p>Inputs may have any shape that the model takes; a plan is compiled for each one that comes. A
 * sequence's output does not depend on the sequences beside it in the batch, to the last bit. Where
 * an input or a weight is NaN, so is what follows from it; {@code -Drnn.checks=nan} says where.
 *
 * <p>Thread-safe: each call under way has arrays of its own, and calls whose plan is there do not
 * wait while another one is compiled. Where the weights are being trained, predict between updates,
 * from the thread that trains.
 */
public final class Predictor {
  private static final String NO_BATCH = "a predictor was given null as a batch";

  private final Object model;
  private final Function<Feed, Map<String, Node>> outputs;
  private final Weights weights;
  private final int threads;
  private final PlanBudget budget;
  private final ImmutableList<Object> frozen;
  private final PlanCache<BatchSignature, Compiled> plans;

  private Predictor(
      Object model,
      Function<Feed, Map<String, Node>> outputs,
      Weights weights,
      int threads,
      PlanBudget budget,
      ImmutableList<Object> frozen) {
    this.model = model;
    this.outputs = outputs;
    this.weights = weights;
    this.threads = threads;
    this.budget = budget;
    this.frozen = frozen;
    this.plans = new PlanCache<>(this::compile, budget.counted());
  }

  /**
   * Returns a predictor for a model of one input; it sees every change of the weights.
   *
   * @throws IllegalArgumentException where the weights are those of another model, or of another
   *     instance of this one
   */
  public static Predictor of(Layer model, Weights weights) {
    checkNotNull(model, "a predictor was given null as its model");
    return of(model, feed -> model.apply(feed.signal(Batch.X)).values(), weights);
  }

  /**
   * Returns a predictor for a model of any inputs; it sees every change of the weights.
   *
   * <pre>{@code
   * Predictor price = Predictor.of(model, feed -> model.price(feed.signal("left")).values(), weights);
   * }</pre>
   *
   * @param output from the named inputs to what is predicted
   * @throws IllegalArgumentException where the weights are those of another model, or of another
   *     instance of this one
   */
  public static Predictor of(Object model, Function<Feed, Node> output, Weights weights) {
    checkNotNull(output, "a predictor was given null as its output");
    return ofOutputs(
        model,
        feed -> Collections.singletonMap(TrainingStep.PREDICTION, output.apply(feed)),
        weights);
  }

  /**
   * Returns a predictor of several outputs, for {@link #predictAll}; it sees every change of the
   * weights.
   *
   * <pre>{@code
   * Predictor both =
   *     Predictor.ofOutputs(
   *         model,
   *         feed -> {
   *           Signal read = model.read(feed.signal("x"));
   *           return Map.of("price", model.price(read).values(), "kind", model.kind(read).values());
   *         },
   *         weights);
   * }</pre>
   *
   * @param outputs from the named inputs to what is predicted, by name
   * @throws IllegalArgumentException where the weights are those of another model, or of another
   *     instance of this one
   */
  public static Predictor ofOutputs(
      Object model, Function<Feed, Map<String, Node>> outputs, Weights weights) {
    checkNotNull(model, "a predictor was given null as its model");
    checkNotNull(outputs, "a predictor was given null as its outputs");
    checkNotNull(weights, "a predictor was given null as its weights");
    Ownership.checkInstance(model, weights);
    return new Predictor(
        model, outputs, weights, Threads.byDefault(), PlanBudget.byDefault(), ImmutableList.of());
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
    return new Predictor(model, outputs, weights, Threads.checked(count), budget, frozen);
  }

  /**
   * Returns this predictor with a limit for what compiled plans take; a quarter of the heap else.
   */
  public Predictor budget(PlanBudget newBudget) {
    checkNotNull(newBudget, "a predictor was given null as its budget");
    return new Predictor(model, outputs, weights, threads, newBudget, frozen);
  }

  /**
   * Returns this predictor for a model that uses parameters which it does not list.
   *
   * @param modules parameters, or modules that hold them
   */
  public Predictor frozen(Object... modules) {
    checkNotNull(modules, "a predictor was given null as what is frozen");
    for (Object module : modules) {
      checkNotNull(module, "a predictor was given null as a module that is frozen");
    }
    return new Predictor(model, outputs, weights, threads, budget, ImmutableList.copyOf(modules));
  }

  /** Returns what the plans of this predictor may take, and take. */
  public PlanBudget budget() {
    return budget;
  }

  /**
   * Returns the model's output for its input "x".
   *
   * @param x for a sequence model {@code [T, N, I]}
   * @throws dev.rnn4j.tensor.ShapeException where the model does not fit the input
   * @throws IllegalArgumentException where the model uses a parameter that it does not list
   */
  public Tensor predict(Tensor x) {
    return predict(Batch.of(x));
  }

  /**
   * Returns the output for named inputs, of which some steps may be padding.
   *
   * @throws IllegalStateException where this predictor has several outputs
   */
  public Tensor predict(Batch batch) {
    Compiled plan = plan(batch);
    checkState(
        plan.outputs.size() == 1,
        "this predictor has the outputs %s: ask predictAll for them",
        plan.outputs.keySet());
    return plan.run(batch).values().iterator().next();
  }

  /**
   * Returns all outputs by name, of one run; a predictor of one output calls it {@code
   * "prediction"}.
   */
  public Map<String, Tensor> predictAll(Batch batch) {
    return plan(batch).run(batch);
  }

  private Compiled plan(Batch batch) {
    checkNotNull(batch, NO_BATCH);
    return plans.get(batch.signature());
  }

  /** Compiles the plan for inputs of a shape, so that the first of them need not wait for it. */
  public void prepare(Shape x) {
    checkNotNull(x, "a predictor was given null as a shape");
    prepare(Batch.of(Tensor.zeros(x)));
  }

  /** Compiles the plan for such batches, so that the first of them need not wait for it. */
  public void prepare(Batch batch) {
    checkNotNull(batch, NO_BATCH);
    plans.get(batch.signature());
  }

  /**
   * Returns this model to be asked step by step, with the same weights and budget.
   *
   * @param features the shape of one step of one sequence of the input "x": {@code Shape.of(I)}, or
   *     {@code Shape.scalar()} for an index
   * @throws IllegalStateException where the model cannot be read step by step
   * @throws IllegalArgumentException where it uses a parameter that it does not list
   */
  public Streaming streaming(Shape features) {
    checkNotNull(features, "streams were given null as the shape of a step");
    return new Streaming(this, features);
  }

  /** Returns the precision, the model's class, and the number of its parameters. */
  @Override
  public String toString() {
    return "predictor in "
        + weights.precision()
        + " of "
        + model.getClass().getSimpleName()
        + " with "
        + Set.copyOf(Parameters.of(model).values()).size()
        + " parameters";
  }

  Weights weights() {
    return weights;
  }

  /** Returns what is predicted, as a node; where it is one. */
  Node output(Feed feed) {
    Map<String, Node> all = outputs(feed);
    checkState(
        all.size() == 1, "what is read step by step has one output, and not %s", all.keySet());
    return all.values().iterator().next();
  }

  private Map<String, Node> outputs(Feed feed) {
    try (Scope scope = Scope.enter(model)) {
      Map<String, Node> all = outputs.apply(feed);
      checkArgument(
          all != null && !all.isEmpty(), "what a predictor predicts is null, or nothing at all");
      all.forEach((name, node) -> checkNotNull(node, "the output %s of a predictor is null", name));
      return ImmutableMap.copyOf(all);
    }
  }

  /** Refuses a graph that uses a parameter which the model does not list. */
  void check(List<Node> nodes) {
    Map<String, Parameter> parameters = Parameters.of(model);
    Set<Parameter> known = new HashSet<>(parameters.values());
    frozen.forEach(module -> known.addAll(Parameters.of(module).values()));
    Ownership.check(nodes, known::contains, ImmutableList.copyOf(parameters.keySet()));
  }

  private Compiled compile(BatchSignature form) {
    BatchInputs inputs = new BatchInputs(form, ForwardPass.inference());
    Map<String, Node> all = outputs(new Feed(inputs));
    List<Node> nodes = ImmutableList.copyOf(all.values());
    check(nodes);
    Plan plan = Plan.of(nodes).weights(weights).threads(threads).compile(weights.precision());
    return new Compiled(inputs, all, plan, budget.counted());
  }

  private static final class Compiled implements PlanCache.Compiled {
    private final Binding binding;
    private final Map<String, Node> outputs;
    private final Sessions sessions;
    private final long bytes;

    Compiled(BatchInputs inputs, Map<String, Node> outputs, Plan plan, Budget budget) {
      this.binding = new Binding(inputs, plan::has);
      this.outputs = outputs;
      this.sessions = new Sessions(plan, budget);
      this.bytes = plan.bytes();
    }

    Map<String, Tensor> run(Batch batch) {
      Session session = sessions.take();
      try {
        binding.set(session, batch);
        session.compute();
        ImmutableMap.Builder<String, Tensor> values = ImmutableMap.builder();
        outputs.forEach((name, node) -> values.put(name, session.get(node)));
        return values.buildOrThrow();
      } finally {
        sessions.give(session);
      }
    }

    @Override
    public long bytes() {
      return bytes;
    }

    @Override
    public void charge(Budget.Charge charge) {
      sessions.charge(charge);
    }

    @Override
    public void drop() {
      sessions.drop();
    }
  }
}

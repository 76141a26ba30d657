package dev.rnn4j.train;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkState;

import dev.rnn4j.clip.Clip;
import dev.rnn4j.grad.Gradients;
import dev.rnn4j.graph.Graphs;
import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.graph.Parameters;
import dev.rnn4j.graph.Scope;
import dev.rnn4j.layer.Layer;
import dev.rnn4j.loss.Loss;
import dev.rnn4j.optimizer.Optimizer;
import dev.rnn4j.plan.Plan;
import dev.rnn4j.plan.Session;
import dev.rnn4j.plan.Weights;
import dev.rnn4j.schedule.Schedule;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Forward, backward and update as one compiled plan. For a model with one input and one target:
 *
 * <pre>{@code
 * ModelStep step = TrainingStep.of(model, Losses.meanSquaredError())
 *     .optimizer(Sgd.rate(1e-2).momentum(0.9))
 *     .compile(Precision.FLOAT32, x.shape(), y.shape());
 * double loss = step.run(x, y);
 * }</pre>
 *
 * <p>For any other graph, with inputs, outputs and losses of its own:
 *
 * <pre>{@code
 * TrainingStep step = TrainingStep.minimize(loss, model).optimizer(sgd).compile(Precision.FLOAT64);
 * step.session().set(x, batch);
 * double value = step.run();
 * }</pre>
 */
public final class TrainingStep {
  private final Node loss;
  private final Map<String, Node> gradients;
  private final Node gradientNorm;
  private final Session session;
  private final Schedule schedule;
  private final Map<Input, Double> rates;
  private long updates;
  private double factor = Double.NaN;

  private TrainingStep(
      Node loss,
      Map<String, Node> gradients,
      Node gradientNorm,
      Session session,
      Schedule schedule,
      Map<Input, Double> rates) {
    this.loss = loss;
    this.gradients = gradients;
    this.gradientNorm = gradientNorm;
    this.session = session;
    this.schedule = schedule;
    this.rates = rates;
  }

  /** Begins a step for a model of one input and one target; it can be run on any batch. */
  public static ModelStep.Builder of(Layer model, Loss loss) {
    return new ModelStep.Builder(model, loss);
  }

  /**
   * Begins a step that makes a node smaller by changing the parameters of a model.
   *
   * @param loss a scalar
   * @param model the record, or list of records, whose parameters are trained and named
   */
  public static Builder minimize(Node loss, Object model) {
    return new Builder(loss, model);
  }

  /** Runs forward, backward and update; returns the loss before the update. */
  public double run() {
    setRates();
    session.run();
    updates++;
    return session.value(loss);
  }

  /** Runs forward and backward only; returns the loss. */
  public double compute() {
    session.compute();
    return session.value(loss);
  }

  /** Updates the parameters by the gradients of the last {@link #compute}. */
  public void update() {
    setRates();
    session.update();
    updates++;
  }

  private void setRates() {
    double now = schedule.factor(updates);
    if (now != factor) {
      rates.forEach((input, rate) -> session.set(input, rate * now));
      factor = now;
    }
  }

  void atUpdate(long number) {
    updates = number;
  }

  /** Returns the number of updates so far. */
  public long updates() {
    return updates;
  }

  /**
   * Returns the norm over all gradients of the last run, before clipping.
   *
   * @throws IllegalStateException unless the builder was told to record it
   */
  public double gradientNorm() {
    checkState(gradientNorm != null, "build the step with recordGradientNorm() to read it");
    return session.value(gradientNorm);
  }

  /** Returns the gradient of the last run with respect to the parameter at a path. */
  public Tensor gradient(String path) {
    Node gradient = gradients.get(path);
    checkArgument(gradient != null, "there is no parameter %s among %s", path, gradients.keySet());
    return session.get(gradient);
  }

  /** Returns the arrays: for setting inputs, and reading outputs. */
  public Session session() {
    return session;
  }

  /** Returns the compiled plan. */
  public Plan plan() {
    return session.plan();
  }

  /** Returns the values of the parameters. */
  public Weights weights() {
    return session.plan().weights();
  }

  /** What a step is to do. */
  public static final class Builder {
    private final Node loss;
    private final Map<String, Parameter> parameters;
    private final Map<Parameter, Optimizer> optimizers = new LinkedHashMap<>();
    private final Map<Node, Input> carried = new LinkedHashMap<>();
    private final List<Node> outputs = new ArrayList<>();
    private boolean recordsNorm;
    private Slots slots = new Slots();
    private Clip clip = Clip.none();
    private Schedule schedule = Schedule.constant();
    private Weights weights;

    private Builder(Node loss, Object model) {
      checkArgument(loss.shape().elements() == 1, "the loss %s is not one number", loss);
      this.loss = loss;
      this.parameters = Parameters.of(model);
      checkArgument(!parameters.isEmpty(), "the model has no parameters to train");
    }

    /** Trains all parameters by one rule. */
    public Builder optimizer(Optimizer optimizer) {
      return assign(optimizer, parameters);
    }

    /**
     * Trains the parameters of a part of the model by a rule of their own; parameters that no rule
     * is given for stay as they are.
     *
     * @throws IllegalArgumentException where a parameter has a rule already
     */
    public Builder optimizer(Optimizer optimizer, Object part) {
      return assign(optimizer, Parameters.of(part));
    }

    private Builder assign(Optimizer optimizer, Map<String, Parameter> part) {
      for (Parameter parameter : new HashSet<>(part.values())) {
        Optimizer other = optimizers.put(parameter, optimizer);
        checkArgument(
            other == null,
            "the parameter %s is under two optimizers, %s and %s: give each its own part",
            pathOf(parameter),
            other,
            optimizer);
      }
      return this;
    }

    /** Limits gradients before the update. */
    public Builder clip(Clip newClip) {
      clip = newClip;
      return this;
    }

    /** Changes the learning rates from update to update. */
    public Builder schedule(Schedule newSchedule) {
      schedule = newSchedule;
      return this;
    }

    /** Computes the norm over all gradients in each run. */
    public Builder recordGradientNorm() {
      recordsNorm = true;
      return this;
    }

    /** Trains the values in these weights, which other plans may share. */
    public Builder weights(Weights shared) {
      weights = shared;
      return this;
    }

    /** Computes more nodes, to be read after each run. */
    public Builder output(Node... nodes) {
      outputs.addAll(Arrays.asList(nodes));
      return this;
    }

    /**
     * Begins the next run with the value that a node has in this one: a final state as the next
     * initial state. No gradient flows from run to run.
     */
    public Builder carry(Node value, Input next) {
      carried.put(value, next);
      return this;
    }

    Builder slots(Slots shared) {
      slots = shared;
      return this;
    }

    private String pathOf(Parameter parameter) {
      return parameters.entrySet().stream()
          .filter(entry -> entry.getValue() == parameter)
          .map(Map.Entry::getKey)
          .findFirst()
          .orElse(parameter.name());
    }

    private void checkRatePaths() {
      for (Optimizer optimizer : new HashSet<>(optimizers.values())) {
        for (String path : optimizer.pathsWithOwnRate()) {
          boolean known =
              parameters.keySet().stream()
                  .anyMatch(own -> own.equals(path) || own.startsWith(path + "."));
          checkArgument(
              known,
              "a learning rate is given for %s, but the model has %s",
              path,
              parameters.keySet());
        }
      }
    }

    /**
     * Differentiates, and compiles everything into one plan.
     *
     * @throws IllegalStateException without an optimizer
     * @throws IllegalArgumentException where a learning rate names no parameter, or the loss
     *     depends on no parameter
     */
    public TrainingStep compile(Precision precision) {
      checkState(
          !optimizers.isEmpty(), "name an optimizer before compiling: optimizer(Sgd.rate(…))");
      checkRatePaths();
      List<Parameter> trained = List.copyOf(optimizers.keySet());
      Set<Node> used = new HashSet<>(Graphs.topological(List.of(loss)));
      checkArgument(
          trained.stream().anyMatch(used::contains),
          "the loss %s depends on no parameter of the model",
          loss);
      List<Node> gradients = Gradients.of(loss, trained);
      Node norm = recordsNorm ? Clip.globalNorm(gradients) : null;
      List<Node> clipped = clip.apply(gradients);

      List<Node> computed = new ArrayList<>(outputs);
      computed.add(loss);
      computed.addAll(gradients);
      if (recordsNorm) {
        computed.add(norm);
      }
      Plan.Builder plan = Plan.of(computed);
      Map<Double, Input> rates = new LinkedHashMap<>();
      for (int i = 0; i < trained.size(); i++) {
        update(plan, trained.get(i), clipped.get(i), rates);
      }
      carried.forEach(plan::carry);
      if (weights != null) {
        plan.weights(weights);
      }
      Map<String, Node> byPath = new LinkedHashMap<>();
      parameters.forEach(
          (path, parameter) -> {
            if (trained.contains(parameter)) {
              byPath.put(path, gradients.get(trained.indexOf(parameter)));
            }
          });
      Map<Input, Double> rateInputs = new LinkedHashMap<>();
      rates.forEach((rate, input) -> rateInputs.put(input, rate));
      Session session = plan.compile(precision).session();
      return new TrainingStep(loss, byPath, norm, session, schedule, rateInputs);
    }

    private void update(
        Plan.Builder plan, Parameter parameter, Node gradient, Map<Double, Input> rates) {
      Optimizer optimizer = optimizers.get(parameter);
      double rate = optimizer.rate(pathOf(parameter));
      Input eta = rates.computeIfAbsent(rate, absent -> Input.of("rate", Shape.scalar()));
      List<Parameter> own = slots.of(parameter, optimizer);
      try (Scope scope = Scope.enter(parameter)) {
        Optimizer.Update update = optimizer.update(parameter, gradient, List.copyOf(own), eta);
        plan.update(parameter, update.value());
        for (int i = 0; i < own.size(); i++) {
          plan.update(own.get(i), update.slots().get(i));
        }
      }
    }
  }
}

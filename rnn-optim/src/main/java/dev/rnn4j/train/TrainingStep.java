package dev.rnn4j.train;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkState;

import dev.rnn4j.clip.Clip;
import dev.rnn4j.grad.Gradients;
import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Order;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.graph.Scope;
import dev.rnn4j.loss.Loss;
import dev.rnn4j.optimizer.Optimizer;
import dev.rnn4j.pass.Layer;
import dev.rnn4j.plan.Plan;
import dev.rnn4j.plan.Session;
import dev.rnn4j.plan.Threads;
import dev.rnn4j.plan.Weights;
import dev.rnn4j.schedule.Schedule;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
 *
 * <p>A run allocates nothing. Not thread-safe: a step belongs to one thread.
 */
public final class TrainingStep {
  private final Node loss;
  private final Map<String, Node> gradients;
  private final Node gradientNorm;
  private final List<Input> carried;
  private final Session session;
  private final Rates rates;
  private final TrainingState state;
  private boolean computed;

  private TrainingStep(
      Builder settings,
      Map<String, Node> gradients,
      Node gradientNorm,
      Session session,
      Rates rates,
      TrainingState state) {
    this.loss = settings.loss;
    this.carried = List.copyOf(settings.carried.keySet());
    this.gradients = gradients;
    this.gradientNorm = gradientNorm;
    this.session = session;
    this.rates = rates;
    this.state = state;
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
    return new Builder(loss, new Assignment(model));
  }

  /** Runs forward, backward and update; returns the loss before the update. */
  public double run() {
    rates.set(session, state.updates());
    session.run();
    computed = false;
    state.countUpdate();
    return session.value(loss);
  }

  /** Runs forward and backward only; returns the loss. No parameter changes. */
  public double compute() {
    session.compute();
    computed = true;
    return session.value(loss);
  }

  /**
   * Updates the parameters by the gradients of the last {@link #compute}; both together are a
   * {@link #run}.
   *
   * @throws IllegalStateException where nothing was computed since the last update
   */
  public void update() {
    checkState(computed, "compute() comes before update()");
    rates.set(session, state.updates());
    session.update();
    computed = false;
    state.countUpdate();
  }

  /** Returns the number of updates so far. */
  public long updates() {
    return state.updates();
  }

  /**
   * Returns the Euclidean norm over all gradients of the last run, before clipping.
   *
   * @throws IllegalStateException unless the builder was told to record it
   */
  public double gradientNorm() {
    checkState(gradientNorm != null, "build the step with recordGradientNorm() to read it");
    return session.value(gradientNorm);
  }

  /**
   * Returns the gradient of the last run with respect to the parameter at a path, before clipping.
   *
   * @throws IllegalArgumentException where no parameter at that path is trained
   */
  public Tensor gradient(String path) {
    Node gradient = gradients.get(path);
    checkArgument(
        gradient != null, "no parameter %s is trained, only %s", path, gradients.keySet());
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
    return state.weights();
  }

  /**
   * Returns all that the next updates depend on, besides data: the values of the parameters by
   * path, what optimizers remember of them, the number of updates, and what is carried from run to
   * run. Training that goes on from here, after {@link #restore} in another process too, goes on
   * with the same bits.
   *
   * <pre>{@code
   * Safetensors.save(path, step.checkpoint(), Map.of());
   * step.restore(Safetensors.load(path).tensors());
   * }</pre>
   */
  public Map<String, Tensor> checkpoint() {
    return allState().read();
  }

  /**
   * Goes back to a checkpoint. Nothing is changed where it does not fit.
   *
   * @throws IllegalArgumentException where a name is missing or unknown, or a shape differs
   */
  public void restore(Map<String, Tensor> checkpoint) {
    allState().write(checkpoint);
    computed = false;
  }

  private Checkpoint allState() {
    Checkpoint checkpoint = state.checkpoint();
    for (int i = 0; i < carried.size(); i++) {
      Input input = carried.get(i);
      checkpoint.add(
          "carried/" + i,
          input.shape(),
          () -> session.get(input),
          value -> session.set(input, value));
    }
    return checkpoint;
  }

  /**
   * A step without a plan that runs it.
   *
   * @param plan what the plan is to do
   */
  record Draft(
      Builder settings,
      Plan.Builder plan,
      Map<String, Node> gradients,
      Node norm,
      Rates rates,
      TrainingState state) {
    TrainingStep bind(Session session) {
      return new TrainingStep(settings, gradients, norm, session, rates, state);
    }
  }

  /** What a step is to do. */
  public static final class Builder {
    private final Node loss;
    private final Assignment assignment;
    private final Map<Input, Node> carried = new LinkedHashMap<>();
    private final List<Node> outputs = new ArrayList<>();
    private boolean recordsNorm;
    private Clip clip = Clip.none();
    private Schedule schedule = Schedule.constant();
    private Weights weights;
    private TrainingState state;
    private int threads = Threads.byDefault();

    Builder(Node loss, Assignment assignment) {
      checkArgument(
          loss.shape().elements() == 1,
          "the loss is to be one number, and %s has %s: sum() or mean() it first",
          loss,
          loss.shape().elements());
      this.loss = loss;
      this.assignment = assignment;
    }

    /**
     * Trains all parameters by one rule.
     *
     * @throws IllegalArgumentException where a parameter has a rule already
     */
    public Builder optimizer(Optimizer optimizer) {
      assignment.assign(optimizer);
      return this;
    }

    /**
     * Trains the parameters of a part of the model by a rule of their own; parameters that no rule
     * is given for stay as they are. Paths with a learning rate of their own count from the model.
     *
     * @param part a layer or parameter of the model, or a list of them
     * @throws IllegalArgumentException where a parameter has a rule already, or is not in the model
     */
    public Builder optimizer(Optimizer optimizer, Object part) {
      assignment.assign(optimizer, part);
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

    /**
     * Lets so many threads take part in a run; all processors unless set.
     *
     * @throws IllegalArgumentException where the number is not from 1 to 256
     * @see Plan.Builder#threads
     */
    public Builder threads(int count) {
      threads = Threads.checked(count);
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
     *
     * @throws IllegalArgumentException where the input has been given a value to begin with already
     */
    public Builder carry(Node value, Input next) {
      checkArgument(!carried.containsKey(next), "two values are carried to %s", next);
      carried.put(next, value);
      return this;
    }

    /** Continues a training that other plans take part in. */
    Builder state(TrainingState shared) {
      state = shared;
      return this;
    }

    /**
     * Differentiates, and compiles everything into one plan.
     *
     * @throws IllegalStateException without an optimizer
     * @throws IllegalArgumentException where a learning rate names no parameter, or the loss
     *     depends on no parameter
     */
    public TrainingStep compile(Precision precision) {
      Draft draft = draft(precision);
      return draft.bind(draft.plan().compile(precision).session());
    }

    /** Differentiates: all but the plan. */
    Draft draft(Precision precision) {
      assignment.check();
      List<Parameter> trained = assignment.trained();
      Order graph = new Order(List.of(loss));
      checkArgument(
          trained.stream().anyMatch(parameter -> graph.of(parameter) >= 0),
          "the loss %s depends on no parameter that is trained",
          loss);
      List<Node> gradients = Gradients.of(loss, trained);
      Node norm = recordsNorm ? Clip.globalNorm(gradients) : null;

      List<Node> computed = new ArrayList<>(outputs);
      computed.add(loss);
      computed.addAll(gradients);
      if (recordsNorm) {
        computed.add(norm);
      }
      TrainingState used = state == null ? newState(precision) : state;
      Plan.Builder plan = Plan.of(computed).weights(used.weights()).threads(threads);
      Rates rates = new Rates(schedule, trained.stream().mapToDouble(assignment::rate).toArray());
      List<Node> clipped = clip.apply(gradients);
      for (int i = 0; i < trained.size(); i++) {
        update(plan, trained.get(i), clipped.get(i), used, rates);
      }
      carried.forEach((next, value) -> plan.carry(value, next));
      return new Draft(this, plan, byPath(gradients), norm, rates, used);
    }

    private TrainingState newState(Precision precision) {
      return new TrainingState(assignment, weights == null ? Weights.of(precision) : weights);
    }

    private void update(
        Plan.Builder plan, Parameter parameter, Node gradient, TrainingState used, Rates rates) {
      Input rate = rates.input(assignment.rate(parameter));
      List<Parameter> slots = used.slots(parameter);
      try (Scope scope = Scope.enter(parameter)) {
        Optimizer.Update update =
            assignment.optimizer(parameter).update(parameter, gradient, List.copyOf(slots), rate);
        plan.update(parameter, update.value());
        for (int i = 0; i < slots.size(); i++) {
          plan.update(slots.get(i), update.slots().get(i));
        }
      }
    }

    private Map<String, Node> byPath(List<Node> gradients) {
      List<Parameter> trained = assignment.trained();
      Map<String, Node> byPath = new LinkedHashMap<>();
      assignment
          .parameters()
          .forEach(
              (path, parameter) -> {
                if (trained.contains(parameter)) {
                  byPath.put(path, gradients.get(trained.indexOf(parameter)));
                }
              });
      return byPath;
    }
  }
}

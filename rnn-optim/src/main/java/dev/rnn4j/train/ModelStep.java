package dev.rnn4j.train;

import static com.google.common.base.Preconditions.checkState;

import dev.rnn4j.clip.Clip;
import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Scope;
import dev.rnn4j.io.Batch;
import dev.rnn4j.io.TimeFirst;
import dev.rnn4j.loss.Loss;
import dev.rnn4j.optimizer.Optimizer;
import dev.rnn4j.pass.Layer;
import dev.rnn4j.plan.Plan;
import dev.rnn4j.plan.Plans;
import dev.rnn4j.plan.Session;
import dev.rnn4j.plan.Threads;
import dev.rnn4j.plan.Weights;
import dev.rnn4j.schedule.Schedule;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.ShapeException;
import dev.rnn4j.tensor.Tensor;
import java.util.Map;

/**
 * The training step of a model with one input and one target, for batches of any shape: a plan is
 * compiled for each shape that comes, and all of them train the same weights. Not thread-safe: a
 * step belongs to one thread.
 */
public final class ModelStep {
  private record Shapes(Shape x, Shape y) {}

  private record Graph(Input x, Input y, Node prediction, Node loss) {
    void set(Session session, Tensor newX, Tensor newY) {
      session.set(x, newX).set(y, newY);
    }
  }

  private record Training(Graph graph, TrainingStep step) {}

  private record Evaluation(Graph graph, Session session) {}

  private record Drafted(Graph graph, TrainingStep.Draft step) {}

  /** What training and evaluation have in common. */
  private abstract class Source<G> implements Plans.Source<Shapes, G> {
    final Graph of(Shapes shapes) {
      Input x = Input.of("x", shapes.x());
      Input y = Input.of("y", shapes.y());
      try (Scope scope = Scope.enter(model)) {
        Node output = model.apply(x);
        return new Graph(x, y, output, lossOf(output, x, y));
      }
    }

    private Node lossOf(Node output, Input x, Input y) {
      try {
        return loss.of(output, y).mean();
      } catch (ShapeException e) {
        throw new ShapeException(e.getMessage() + TimeFirst.hint(x.shape(), y.shape()));
      }
    }
  }

  private final class TrainingSource extends Source<Drafted> {
    @Override
    public Drafted graph(Shapes shapes) {
      Graph graph = of(shapes);
      TrainingStep.Builder step =
          new TrainingStep.Builder(graph.loss(), assignment)
              .clip(clip)
              .schedule(schedule)
              .state(state)
              .threads(threads)
              .recordGradientNorm()
              .output(graph.prediction());
      return new Drafted(graph, step.draft(precision));
    }

    @Override
    public Plan.Builder plan(Drafted drafted) {
      return drafted.step().plan().inputs(drafted.graph().x(), drafted.graph().y());
    }
  }

  private final class EvaluationSource extends Source<Graph> {
    @Override
    public Graph graph(Shapes shapes) {
      return of(shapes);
    }

    @Override
    public Plan.Builder plan(Graph graph) {
      return Plan.of(graph.prediction(), graph.loss())
          .inputs(graph.x(), graph.y())
          .weights(state.weights())
          .threads(threads);
    }
  }

  private final Layer model;
  private final Loss loss;
  private final Assignment assignment;
  private final Clip clip;
  private final Schedule schedule;
  private final Precision precision;
  private final int threads;
  private final TrainingState state;
  private final Plans<Shapes, Drafted> trainings;
  private final Plans<Shapes, Graph> evaluations;
  private final PlanCache<Shapes, Training> training =
      new PlanCache<>(this::training, compiled -> compiled.step().session().bytes());
  private final PlanCache<Shapes, Evaluation> evaluation =
      new PlanCache<>(this::evaluation, compiled -> compiled.session().bytes());
  private Training last;
  private Node prediction;
  private Session predicted;

  private ModelStep(Builder settings, Precision precision) {
    this.model = settings.model;
    this.loss = settings.loss;
    this.assignment = settings.assignment;
    this.clip = settings.clip;
    this.schedule = settings.schedule;
    this.precision = precision;
    this.threads = settings.threads;
    Weights weights = settings.weights == null ? Weights.of(precision) : settings.weights;
    this.state = new TrainingState(assignment, weights);
    this.trainings = Plans.of(new TrainingSource(), precision);
    this.evaluations = Plans.of(new EvaluationSource(), precision);
  }

  private Training training(Shapes shapes) {
    Plans.Bound<Drafted> bound = trainings.at(shapes);
    Drafted drafted = bound.graph();
    return new Training(drafted.graph(), drafted.step().bind(bound.plan().sharedSession()));
  }

  private Evaluation evaluation(Shapes shapes) {
    Plans.Bound<Graph> bound = evaluations.at(shapes);
    return new Evaluation(bound.graph(), bound.plan().sharedSession());
  }

  /** Trains on one batch; returns the loss before the update. */
  public double run(Tensor x, Tensor y) {
    return select(x, y).run();
  }

  /** Trains on one batch; returns the loss before the update. */
  public double run(Batch batch) {
    return run(batch.x(), batch.y());
  }

  /** Computes loss and gradients on a batch, and returns the loss. No parameter changes. */
  public double compute(Tensor x, Tensor y) {
    return select(x, y).compute();
  }

  /** Computes loss and gradients on a batch, and returns the loss. No parameter changes. */
  public double compute(Batch batch) {
    return compute(batch.x(), batch.y());
  }

  /**
   * Updates the parameters by the gradients of the last {@link #compute}; both together are a
   * {@link #run}.
   *
   * @throws IllegalStateException where nothing was computed since the last update
   */
  public void update() {
    checkTrained();
    last.step().update();
  }

  private TrainingStep select(Tensor x, Tensor y) {
    last = training.get(new Shapes(x.shape(), y.shape()));
    Session session = last.step().session();
    last.graph().set(session, x, y);
    prediction = last.graph().prediction();
    predicted = session;
    return last.step();
  }

  /** Returns the loss on a batch; computes neither gradients nor updates. */
  public double evaluate(Tensor x, Tensor y) {
    Evaluation compiled = evaluation.get(new Shapes(x.shape(), y.shape()));
    Session session = compiled.session();
    compiled.graph().set(session, x, y);
    session.compute();
    prediction = compiled.graph().prediction();
    predicted = session;
    return session.value(compiled.graph().loss());
  }

  /** Returns the loss on a batch; computes neither gradients nor updates. */
  public double evaluate(Batch batch) {
    return evaluate(batch.x(), batch.y());
  }

  /**
   * Returns the model's output on the last batch that was run, before its update, or evaluated.
   *
   * @throws IllegalStateException before the first one
   */
  public Tensor prediction() {
    checkState(predicted != null, "run or evaluate a batch first");
    return predicted.get(prediction);
  }

  /** Returns a predictor that shares the weights: it sees every update. */
  public Predictor predictor() {
    return Predictor.of(model, state.weights()).threads(threads);
  }

  /** Returns the Euclidean norm over all gradients of the last batch, before clipping. */
  public double gradientNorm() {
    checkTrained();
    return last.step().gradientNorm();
  }

  /**
   * Returns the gradient of the last batch with respect to the parameter at a path, before
   * clipping.
   *
   * @throws IllegalArgumentException where no parameter at that path is trained
   */
  public Tensor gradient(String path) {
    checkTrained();
    return last.step().gradient(path);
  }

  private void checkTrained() {
    checkState(last != null, "run a batch first");
  }

  /** Returns the number of updates so far. */
  public long updates() {
    return state.updates();
  }

  /** Returns the learning rate of the next update, of parameters that have none of their own. */
  public double rate() {
    return assignment.rate() * schedule.factor(state.updates());
  }

  /** Returns the values of the parameters. */
  public Weights weights() {
    return state.weights();
  }

  /** Returns the plan that was compiled for batches of these shapes. */
  public Plan plan(Shape x, Shape y) {
    return training.get(new Shapes(x, y)).step().plan();
  }

  /** Returns the model. */
  public Layer model() {
    return model;
  }

  /**
   * Returns all that the next updates depend on, besides data: the values of the parameters by
   * path, what optimizers remember of them, and the number of updates. Training that goes on from
   * here, after {@link #restore} in another process too, goes on with the same bits.
   *
   * <pre>{@code
   * Safetensors.save(path, step.checkpoint(), Map.of());
   * step.restore(Safetensors.load(path).tensors());
   * }</pre>
   */
  public Map<String, Tensor> checkpoint() {
    return state.checkpoint().read();
  }

  /**
   * Goes back to a checkpoint. Nothing is changed where it does not fit.
   *
   * @throws IllegalArgumentException where a name is missing or unknown, or a shape differs
   */
  public void restore(Map<String, Tensor> checkpoint) {
    state.checkpoint().write(checkpoint);
  }

  /** What a step is to do. */
  public static final class Builder {
    private final Layer model;
    private final Loss loss;
    private final Assignment assignment;
    private Clip clip = Clip.none();
    private Schedule schedule = Schedule.constant();
    private Weights weights;
    private int threads = Threads.byDefault();

    Builder(Layer model, Loss loss) {
      this.model = model;
      this.loss = loss;
      this.assignment = new Assignment(model);
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

    /**
     * Compiles the step, for batches of the given shapes first.
     *
     * @throws IllegalStateException without an optimizer
     * @throws IllegalArgumentException where a learning rate names no parameter
     * @throws dev.rnn4j.tensor.ShapeException where the model does not fit the shapes
     */
    public ModelStep compile(Precision precision, Shape x, Shape y) {
      assignment.check();
      ModelStep step = new ModelStep(this, precision);
      step.plan(x, y);
      return step;
    }
  }
}

package dev.rnn4j.train;

import static com.google.common.base.Preconditions.checkState;

import dev.rnn4j.clip.Clip;
import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Scope;
import dev.rnn4j.io.Batch;
import dev.rnn4j.layer.Layer;
import dev.rnn4j.loss.Loss;
import dev.rnn4j.optimizer.Optimizer;
import dev.rnn4j.plan.Plan;
import dev.rnn4j.plan.Weights;
import dev.rnn4j.schedule.Schedule;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import java.util.HashMap;
import java.util.Map;

/**
 * The training step of a model with one input and one target, for batches of any shape: a plan is
 * compiled for each shape that comes, and all of them train the same weights.
 */
public final class ModelStep {
  private record Shapes(Shape x, Shape y) {}

  private record Compiled(Input x, Input y, Node prediction, TrainingStep step) {}

  private final Builder settings;
  private final Precision precision;
  private final Weights weights;
  private final Slots slots = new Slots();
  private final Map<Shapes, Compiled> steps = new HashMap<>();
  private Compiled last;
  private long updates;

  private ModelStep(Builder settings, Precision precision) {
    this.settings = settings;
    this.precision = precision;
    this.weights = settings.weights == null ? Weights.of(precision) : settings.weights;
  }

  /** Trains on one batch; returns the loss before the update. */
  public double run(Tensor x, Tensor y) {
    double loss = select(x, y).run();
    updates++;
    return loss;
  }

  /** Trains on one batch; returns the loss before the update. */
  public double run(Batch batch) {
    return run(batch.inputs(), batch.targets());
  }

  /** Returns the loss on a batch; no parameter changes. */
  public double evaluate(Tensor x, Tensor y) {
    return select(x, y).compute();
  }

  private TrainingStep select(Tensor x, Tensor y) {
    last = compiled(x.shape(), y.shape());
    last.step().session().set(last.x(), x).set(last.y(), y);
    last.step().atUpdate(updates);
    return last.step();
  }

  private Compiled compiled(Shape x, Shape y) {
    return steps.computeIfAbsent(new Shapes(x, y), this::compile);
  }

  private Compiled compile(Shapes shapes) {
    Input x = Input.of("x", shapes.x());
    Input y = Input.of("y", shapes.y());
    Node prediction;
    Node loss;
    try (Scope scope = Scope.enter(settings.model)) {
      prediction = settings.model.apply(x);
      loss = settings.loss.of(prediction, y);
    }
    TrainingStep step =
        TrainingStep.minimize(loss, settings.model)
            .optimizer(settings.optimizer)
            .clip(settings.clip)
            .schedule(settings.schedule)
            .weights(weights)
            .slots(slots)
            .recordGradientNorm()
            .output(prediction)
            .compile(precision);
    return new Compiled(x, y, prediction, step);
  }

  /** Returns the model's output on the last batch, before its update. */
  public Tensor prediction() {
    checkRun();
    return last.step().session().get(last.prediction());
  }

  /** Returns the norm over all gradients of the last batch, before clipping. */
  public double gradientNorm() {
    checkRun();
    return last.step().gradientNorm();
  }

  /** Returns the gradient of the last batch with respect to the parameter at a path. */
  public Tensor gradient(String path) {
    checkRun();
    return last.step().gradient(path);
  }

  private void checkRun() {
    checkState(last != null, "run a batch first");
  }

  /** Returns the number of updates so far. */
  public long updates() {
    return updates;
  }

  /** Returns the values of the parameters. */
  public Weights weights() {
    return weights;
  }

  /** Returns the plan that was compiled for batches of these shapes. */
  public Plan plan(Shape x, Shape y) {
    return compiled(x, y).step().plan();
  }

  /** Returns the model. */
  public Layer model() {
    return settings.model;
  }

  /** What a step is to do. */
  public static final class Builder {
    private final Layer model;
    private final Loss loss;
    private Optimizer optimizer;
    private Clip clip = Clip.none();
    private Schedule schedule = Schedule.constant();
    private Weights weights;

    Builder(Layer model, Loss loss) {
      this.model = model;
      this.loss = loss;
    }

    /** Trains all parameters by one rule. */
    public Builder optimizer(Optimizer newOptimizer) {
      checkState(
          optimizer == null,
          "the model is under two optimizers, %s and %s",
          optimizer,
          newOptimizer);
      optimizer = newOptimizer;
      return this;
    }

    /** Limits gradients before the update. */
    public Builder clip(Clip newClip) {
      clip = newClip;
      return this;
    }

    /** Changes the learning rate from update to update. */
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
     * Compiles the step, for batches of the given shapes first.
     *
     * @throws IllegalStateException without an optimizer
     * @throws dev.rnn4j.tensor.ShapeException where the model does not fit the shapes
     */
    public ModelStep compile(Precision precision, Shape x, Shape y) {
      checkState(optimizer != null, "name an optimizer before compiling: optimizer(Sgd.rate(…))");
      ModelStep step = new ModelStep(this, precision);
      step.compiled(x, y);
      return step;
    }
  }
}

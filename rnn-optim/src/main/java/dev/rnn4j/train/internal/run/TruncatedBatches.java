package dev.rnn4j.train.internal.run;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkState;

import dev.rnn4j.io.Axes;
import dev.rnn4j.io.Batch;
import dev.rnn4j.io.Batch.Role;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import dev.rnn4j.train.internal.graph.States;
import dev.rnn4j.train.internal.saved.Columns;
import dev.rnn4j.train.internal.step.GuardedEngine;
import java.util.Iterator;
import java.util.Map;

/**
 * Truncated backpropagation through time. Each update runs a window of {@code back} steps, from the
 * states that its first step has, with losses at the last {@code every} of them only. The states
 * that the next window begins with are computed before the update, by the same weights. With a
 * batch whose marks say so, sequences go on from the states at the end of the batch before it.
 */
public final class TruncatedBatches implements Updating {
  private static final String BEGIN = "begin";
  private static final String POSITION = "position";

  private final int every;
  private final int back;

  /** The first step of the batch under way that the next update has losses of; 0 for none. */
  private int begin;

  /** The step of the batch under way that the states of the training step are of. */
  private int position;

  public TruncatedBatches(int every, int back) {
    checkArgument(every > 0, "there cannot be an update every %s steps", every);
    checkArgument(
        back >= every,
        "gradients that go back over %s steps leave out losses of updates every %s steps: let them"
            + " go back as far at least",
        back,
        every);
    this.every = every;
    this.back = back;
  }

  @Override
  public void check(GuardedEngine step) {
    checkState(
        step.settings().carries(),
        "truncated training goes on from the states of the window before: build the step with"
            + " carryStates()");
  }

  @Override
  public void train(GuardedEngine step, Iterator<Batch> batches, Sink sink) {
    boolean more = true;
    while (more && batches.hasNext()) {
      more = train(step, batches.next(), sink);
    }
  }

  private boolean train(GuardedEngine step, Batch whole, Sink sink) {
    checkFits(whole);
    int steps = whole.steps();
    if (begin == 0 && !States.goOn(whole)) {
      step.resetStates();
    }
    Place from = new Place(position, step.states(), step.statesStep());
    boolean more = true;
    do {
      int end = Math.min(steps, begin + every);
      int next = Math.max(from.position, Math.min(steps, end + every) - back);
      Place following = from;
      if (next > from.position && next < end) {
        step.compute(steps(whole, from.position, next));
        following = new Place(next, step.states(), step.statesStep());
        step.setStates(from.states, from.step);
      }
      more = sink.update(new Window(step, window(whole, from.position, begin, end)));
      if (next < end && end < steps) {
        step.setStates(following.states, following.step);
      } else {
        following = next < steps ? new Place(next, step.states(), step.statesStep()) : from;
      }
      from = following;
      begin = end < steps ? end : 0;
      position = begin == 0 ? 0 : from.position;
      sink.rest(begin == 0 ? 0 : 1);
    } while (more && begin > 0);
    return more;
  }

  /** Where a window begins, and with what. */
  private record Place(int position, Map<String, Tensor> states, int step) {}

  /** Returns where the batch under way goes on; the states of that place are those of the step. */
  @Override
  public Map<String, Tensor> state() {
    return Map.of(BEGIN, Tensor.scalar(begin), POSITION, Tensor.scalar(position));
  }

  @Override
  public void restore(Map<String, Tensor> state) {
    int newBegin = (int) Columns.number(state, BEGIN);
    position = (int) Columns.number(state, POSITION);
    begin = newBegin;
  }

  /** Forgets the batch under way. */
  @Override
  public void endEpoch() {
    begin = 0;
    position = 0;
  }

  @Override
  public String toString() {
    return "every " + every + " steps, back over " + back;
  }

  private record Window(GuardedEngine step, Batch batch) implements Update {
    @Override
    public double compute() {
      return step.compute(batch);
    }

    @Override
    public Batch[] batches() {
      return new Batch[] {batch};
    }
  }

  private static boolean marksSequences(Batch.Part part) {
    return part.role() == Role.BEGINS && part.tensor().shape().rank() == 1;
  }

  /** Returns the steps [from, to). Sequences begin with the first step of the whole only. */
  private static Batch steps(Batch whole, int from, int to) {
    Batch steps = Batch.empty();
    for (Batch.Part part : whole.steps(from, to).parts()) {
      Tensor tensor = part.tensor();
      steps =
          with(
              steps,
              part,
              from > 0 && marksSequences(part) ? Tensor.zeros(tensor.shape()) : tensor);
    }
    return steps;
  }

  /** Returns the steps [from, end), of which those from begin on count. */
  private static Batch window(Batch whole, int from, int begin, int end) {
    Batch window = steps(whole, from, end);
    if (from == begin) {
      return window;
    }
    int sequences = whole.sequences();
    Batch weighted = Batch.empty();
    boolean done = false;
    for (Batch.Part part : window.parts()) {
      boolean weighs = part.role() == Role.WEIGHTS;
      Tensor tensor = part.tensor();
      weighted =
          with(weighted, part, weighs ? last(tensor, begin - from, end - from, sequences) : tensor);
      done |= weighs && part.name().isEmpty();
    }
    Tensor ones = Tensor.full(Shape.of(end - from, sequences), 1);
    return done ? weighted : weighted.weights(last(ones, begin - from, end - from, sequences));
  }

  /** Returns a batch with a part of another one, of other values. */
  private static Batch with(Batch batch, Batch.Part part, Tensor tensor) {
    String name = part.name();
    return switch (part.role()) {
      case INPUT ->
          part.axes()
              .map(axes -> batch.input(name, tensor, axes))
              .orElseGet(() -> batch.input(name, tensor));
      case TARGET ->
          part.axes()
              .map(axes -> batch.target(name, tensor, axes))
              .orElseGet(() -> batch.target(name, tensor));
      case MASK -> batch.mask(name, tensor);
      case BEGINS -> batch.begins(tensor);
      case WEIGHTS -> batch.weights(name, tensor);
    };
  }

  /** Returns weights [T, N] of weights [T, N] or [N], 0 before a step. */
  private static Tensor last(Tensor weights, int begin, int steps, int sequences) {
    double[] values = new double[steps * sequences];
    int period = weights.shape().elements();
    for (int i = begin * sequences; i < values.length; i++) {
      values[i] = weights.at(i % period);
    }
    return Tensor.of(Shape.of(steps, sequences), values);
  }

  private static void checkFits(Batch batch) {
    for (Batch.Part part : batch.parts()) {
      Shape shape = part.tensor().shape();
      boolean isTarget = part.role() == Role.TARGET;
      boolean hasTime =
          part.axes().isPresent()
              ? part.axes().get() == Axes.TIME_BATCH
              : shape.rank() >= 2
                  && shape.size(0) == batch.steps()
                  && shape.size(1) == batch.sequences();
      checkArgument(
          !isTarget || hasTime,
          "truncated training needs a target for each step, [T=%s, N=%s, ...], and %s is %s",
          batch.steps(),
          batch.sequences(),
          part.name(),
          shape);
    }
  }
}

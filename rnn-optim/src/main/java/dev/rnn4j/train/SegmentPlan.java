package dev.rnn4j.train;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableMap;
import dev.rnn4j.graph.op.BadTargetException;
import dev.rnn4j.io.Batch;
import dev.rnn4j.plan.Session;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Tensor;
import java.util.Arrays;
import java.util.Map;

/**
 * Batches of one form in segments of their sequences (Chen, Xu, Zhang and Guestrin, "Training deep
 * nets with sublinear memory cost", 2016; Gruslys et al., "Memory-efficient backpropagation through
 * time", 2016). A first run forward keeps the states between segments only. Then each segment, the
 * last one first, runs forward once more and backward, from the gradient with respect to its final
 * states that the segment after it has left, and adds its part to the gradients in their places.
 *
 * <p>To evaluate, there is no way back: the run forward has the losses.
 */
final class SegmentPlan implements StepPlan {
  private final Segment walk;
  private final Segment inner;
  private final Segment last;
  private final SegmentForm form;
  private final Map<String, SegmentOutput> outputs;
  private final SegmentOutput[] outputList;
  private final Precision precision;
  private final int length;
  private final int count;

  /** The states before each segment but the first; while evaluating, of the moment. */
  private final Kept[] between;

  /** The gradient with respect to the states after the segment under way; null to evaluate. */
  private final Kept adjoint;

  /** The states after the last segment, and what leaves them for the next batch; or null. */
  private final Kept end;

  private final StateMove move;
  private final double[] sums;
  private final double[] part;
  private Batch batch;
  private int firstStep;
  private int firstSequence;
  private long seed;
  private long update;

  /**
   * Creates the plan.
   *
   * @param walk the run forward that has states only; null to evaluate
   * @param inner all segments but the last one
   * @param last the last one, which may be shorter
   * @param steps the length of whole sequences
   * @param move what leaves the states for the next batch, or null
   */
  SegmentPlan(
      Segment walk,
      Segment inner,
      Segment last,
      SegmentForm form,
      int steps,
      int length,
      StateMove move) {
    this.walk = walk;
    this.inner = inner;
    this.last = last;
    this.form = form;
    this.precision = inner.plan().session().plan().precision();
    this.length = length;
    this.count = (steps + length - 1) / length;
    this.between = new Kept[walk == null ? 1 : count];
    for (int k = walk == null ? 0 : 1; k < between.length; k++) {
      between[k] = new Kept(precision, form.shapes());
    }
    this.adjoint = walk == null ? null : new Kept(precision, form.shapes());
    this.move = move;
    this.end = move == null ? null : new Kept(precision, form.shapes());
    ImmutableMap.Builder<String, SegmentOutput> all = ImmutableMap.builder();
    last.outputs()
        .forEach(
            (name, node) ->
                all.put(
                    name,
                    new SegmentOutput(
                        name, form.outputs().get(name), node.shape(), steps, precision)));
    this.outputs = all.buildOrThrow();
    this.outputList = outputs.values().toArray(SegmentOutput[]::new);
    this.sums = new double[form.added().length];
    this.part = new double[sums.length];
  }

  /** Returns the number of segments. */
  int count() {
    return count;
  }

  /** Returns the steps of each but the last. */
  int length() {
    return length;
  }

  /** Returns the bytes that the arrays of a run take, but for outputs. */
  long runBytes() {
    long arrays =
        Math.max(inner.plan().session().neededBytes(), last.plan().session().neededBytes());
    if (walk != null) {
      arrays = Math.max(arrays, walk.plan().session().neededBytes());
    }
    return arrays + keptBytes();
  }

  private long keptBytes() {
    int kept = between.length - (walk == null ? 0 : 1) + (adjoint == null ? 0 : 1);
    return (kept + (end == null ? 0 : 1)) * form.stateBytes(precision);
  }

  @Override
  public long bytes() {
    long all = keptBytes() + inner.plan().bytes() + last.plan().bytes();
    for (SegmentOutput output : outputList) {
      all += output.bytes();
    }
    return all + (walk == null ? 0 : walk.plan().bytes()) + (move == null ? 0 : move.bytes());
  }

  @Override
  public void drop() {
    inner.plan().drop();
  }

  @Override
  public LossForm form() {
    return last.plan().form();
  }

  @Override
  public void weigh(Batch whole, double[] weights) {
    Arrays.fill(weights, 0);
    for (int k = 0; k < count; k++) {
      boolean ends = k == count - 1;
      (ends ? last : inner).plan().terms().weigh(whole, k * length, part);
      for (int i = 0; i < part.length; i++) {
        weights[i] += ends || form.weightsAdded()[i] ? part[i] : 0;
      }
    }
  }

  @Override
  public void set(Batch whole) {
    batch = whole;
  }

  @Override
  public void setKey(long newSeed, long newUpdate, int newFirstStep, int newFirstSequence) {
    seed = newSeed;
    update = newUpdate;
    firstStep = newFirstStep;
    firstSequence = newFirstSequence;
  }

  private boolean allBegin;
  private double[] seeds;

  @Override
  public void setBegins(Batch whole, boolean all) {
    allBegin = all;
  }

  @Override
  public void setSeeds(double[] weights) {
    seeds = weights;
  }

  @Override
  public void compute() {
    Arrays.fill(sums, 0);
    for (SegmentOutput output : outputList) {
      output.begin();
    }
    try {
      forward();
      if (walk != null) {
        backward();
      }
    } finally {
      batch = null;
    }
  }

  private void forward() {
    Segment running = walk == null ? inner : walk;
    boolean needless = walk != null && form.states().isEmpty();
    for (int k = 0; k < count - 1 && !needless; k++) {
      run(running, k);
      if (walk == null) {
        takeResults(inner, k);
      }
      between[walk == null ? 0 : k + 1].take(running.plan().session(), running.ends());
    }
    run(last, count - 1);
    takeResults(last, count - 1);
  }

  private void backward() {
    if (end != null) {
      end.take(last.plan().session(), last.ends());
    }
    adjoint.take(last.plan().session(), last.stateGradients());
    last.plan().leave();
    for (int k = count - 2; k >= 0; k--) {
      run(inner, k);
      takeResults(inner, k);
      adjoint.take(inner.plan().session(), inner.stateGradients());
      inner.plan().leave();
    }
  }

  /** Runs a segment from the states before it. */
  private void run(Segment segment, int k) {
    BatchPlan plan = segment.plan();
    plan.set(batch, k * length);
    plan.setKey(seed, update, firstStep + k * length, firstSequence);
    plan.setBegins(batch, allBegin);
    plan.setSeeds(seeds);
    segment.setFirst(k == 0);
    if (k > 0) {
      between[walk == null ? 0 : k].give(plan.session(), segment.begins());
    }
    if (segment == inner && adjoint != null) {
      adjoint.give(plan.session(), segment.adjoints());
    }
    try {
      plan.compute();
    } catch (BadTargetException e) {
      throw new IllegalArgumentException(e.getMessage() + place(k), e);
    } catch (IndexOutOfBoundsException e) {
      IndexOutOfBoundsException placed = new IndexOutOfBoundsException(e.getMessage() + place(k));
      placed.initCause(e);
      throw placed;
    }
  }

  private String place(int k) {
    return k == 0
        ? ""
        : "; time steps are counted from step "
            + k * length
            + ", with which a segment of the memory budget begins";
  }

  private void takeResults(Segment segment, int k) {
    Session session = segment.plan().session();
    for (int i = 0; i < sums.length; i++) {
      if (segment == last || form.added()[i]) {
        sums[i] += session.value(segment.sums()[i]);
      }
    }
    for (int i = 0; i < outputList.length; i++) {
      SegmentOutput output = outputList[i];
      if (output.isInAll() || segment == last && output.isKnown()) {
        output.take(session, segment.outputList()[i], output.isRows() ? k * length : 0);
      }
    }
  }

  @Override
  public void leave() {
    if (move != null) {
      move.run(end);
    }
  }

  @Override
  public void sums(double[] into) {
    System.arraycopy(sums, 0, into, 0, sums.length);
  }

  @Override
  public Tensor output(String name) {
    SegmentOutput output = outputs.get(name);
    checkArgument(
        output != null, "the objective has no output %s, only %s", name, outputs.keySet());
    return output.read(precision);
  }

  @Override
  public Session session() {
    return inner.plan().session();
  }
}

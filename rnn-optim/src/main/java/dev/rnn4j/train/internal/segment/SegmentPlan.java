package dev.rnn4j.train.internal.segment;

import com.google.common.collect.ImmutableMap;
import dev.rnn4j.graph.op.BadTargetException;
import dev.rnn4j.io.Batch;
import dev.rnn4j.plan.Session;
import dev.rnn4j.tensor.Tensor;
import dev.rnn4j.train.internal.graph.LossForm;
import dev.rnn4j.train.internal.plan.BatchPlan;
import dev.rnn4j.train.internal.plan.StepPlan;
import java.util.Arrays;
import java.util.Map;

/** Batches of one form in segments of their sequences, which run in the order of a passage. */
public final class SegmentPlan implements StepPlan {
  private final Segment inner;
  private final Segment last;
  private final SegmentForm form;
  private final SegmentPassage passage;
  private final Map<String, SegmentOutput> outputs;
  private final SegmentOutput[] outputList;
  private final int length;
  private final int count;
  private final double[] sums;
  private final double[] part;
  private Batch batch;
  private int firstStep;
  private int firstSequence;
  private long seed;
  private long update;
  private boolean allBegin;
  private double[] seeds;

  /**
   * Creates the plan.
   *
   * @param inner all segments but the last one
   * @param last the last one, which may be shorter
   * @param steps the length of whole sequences
   * @param length that of segments
   */
  SegmentPlan(
      Segment inner,
      Segment last,
      SegmentForm form,
      SegmentPassage passage,
      int steps,
      int length) {
    this.inner = inner;
    this.last = last;
    this.form = form;
    this.passage = passage;
    this.length = length;
    this.count = count(steps, length);
    ImmutableMap.Builder<String, SegmentOutput> all = ImmutableMap.builder();
    last.outputs()
        .forEach(
            (name, node) ->
                all.put(
                    name,
                    new SegmentOutput(
                        name, form.outputs().get(name), node.shape(), steps, last.precision())));
    this.outputs = all.buildOrThrow();
    this.outputList = outputs.values().toArray(SegmentOutput[]::new);
    this.sums = new double[form.added().length];
    this.part = new double[sums.length];
  }

  /** Returns the number of segments of some length in so many steps. */
  static int count(int steps, int length) {
    return (steps + length - 1) / length;
  }

  /** Returns the number of segments. */
  public int count() {
    return count;
  }

  /** Returns the steps of each but the last. */
  int length() {
    return length;
  }

  /** Returns the bytes that the arrays of a run take, but for outputs. */
  public long runBytes() {
    long arrays =
        Math.max(inner.plan().session().neededBytes(), last.plan().session().neededBytes());
    return Math.max(arrays, passage.runBytes()) + passage.keptBytes();
  }

  @Override
  public long bytes() {
    long all = passage.keptBytes() + passage.ownBytes();
    for (SegmentOutput output : outputList) {
      all += output.bytes();
    }
    return all + inner.plan().bytes() + last.plan().bytes();
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
      passage.run(this);
    } finally {
      batch = null;
    }
  }

  /**
   * Runs a segment of the batch.
   *
   * @param before the states before it, or null for the first one
   * @param after the gradient with respect to those after it, or null where it does not go back or
   *     is the last one
   */
  void run(Segment segment, int k, Kept before, Kept after) {
    BatchPlan plan = segment.plan();
    plan.set(batch, k * length);
    plan.setKey(seed, update, firstStep + k * length, firstSequence);
    plan.setBegins(batch, allBegin);
    plan.setSeeds(seeds);
    segment.setFirst(k == 0);
    if (before != null) {
      before.give(plan.session(), segment.begins());
    }
    if (after != null) {
      after.give(plan.session(), segment.adjoints());
    }
    try {
      plan.compute();
    } catch (BadTargetException e) {
      throw k == 0 ? e : e.after(k * length);
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

  /** Takes what a segment that has run has of the losses and outputs. */
  void takeResults(Segment segment, int k) {
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
    passage.leave();
  }

  @Override
  public void sums(double[] into) {
    System.arraycopy(sums, 0, into, 0, sums.length);
  }

  @Override
  public Tensor output(String name) {
    SegmentOutput output = outputs.get(name);
    StepPlan.checkOutput(output != null, name, outputs.keySet());
    return output.read(last.precision());
  }

  @Override
  public Session session() {
    return inner.plan().session();
  }
}

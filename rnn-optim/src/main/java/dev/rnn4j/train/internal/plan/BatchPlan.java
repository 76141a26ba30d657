package dev.rnn4j.train.internal.plan;

import com.google.common.collect.ImmutableMap;
import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.io.Batch;
import dev.rnn4j.pass.RandomKey;
import dev.rnn4j.plan.Plan;
import dev.rnn4j.plan.Session;
import dev.rnn4j.tensor.Tensor;
import dev.rnn4j.train.internal.graph.BatchGraph;
import dev.rnn4j.train.internal.graph.Binding;
import dev.rnn4j.train.internal.graph.Gradient;
import dev.rnn4j.train.internal.graph.LossForm;
import dev.rnn4j.train.internal.graph.Terms;
import dev.rnn4j.train.internal.memory.StepArrays;
import java.util.Arrays;
import java.util.List;

/**
 * A plan for batches of one form, or for segments of them, and all that has to be set and read.
 * Runs allocate nothing.
 */
public final class BatchPlan implements StepPlan {
  private final Terms terms;
  private final LossForm form;
  private final ImmutableMap<String, Node> outputs;
  private final List<Node> sums;
  private final List<Node> gradients;
  private final Session session;
  private final StepArrays arrays;
  private final Binding binding;
  private final Input[] seeds;
  private final Updates.ScalarSet scalars;
  private final Input key;
  private final Input begins;
  private final float[] ones;
  private final float[] zeros;
  private final float[] keyValue = new float[RandomKey.SIZE];
  private final double[] value = new double[1];
  private final long bytes;

  /**
   * Creates the plan.
   *
   * @param gradient null where none is computed
   * @param arrays what it computes with
   * @param scalars what is set for an update, or null
   */
  public BatchPlan(
      BatchGraph graph,
      Gradient gradient,
      Plan plan,
      StepArrays arrays,
      Updates.ScalarSet scalars) {
    this.terms = graph.terms;
    this.form = terms.form();
    this.outputs = graph.losses.outputs();
    this.sums = terms.sums();
    this.gradients = gradient == null ? List.of() : gradient.ofParameters();
    this.scalars = scalars;
    this.seeds =
        (gradient == null ? List.<Input>of() : gradient.seeds())
            .stream()
                .map(seed -> seed != null && plan.has(seed) ? seed : null)
                .toArray(Input[]::new);
    this.key = graph.key != null && plan.has(graph.key) ? graph.key : null;
    this.begins =
        graph.source != null && plan.has(graph.source.begins()) ? graph.source.begins() : null;
    this.ones = new float[begins == null ? 0 : begins.size(0)];
    this.zeros = new float[ones.length];
    Arrays.fill(ones, 1);
    this.session = arrays.session(plan);
    this.arrays = arrays;
    this.binding = new Binding(graph.inputs, plan::has);
    this.bytes = plan.bytes() + session.bytes() + terms.bytes();
  }

  @Override
  public LossForm form() {
    return form;
  }

  public Terms terms() {
    return terms;
  }

  @Override
  public Session session() {
    return session;
  }

  public List<Node> gradients() {
    return gradients;
  }

  @Override
  public long bytes() {
    return bytes;
  }

  @Override
  public void drop() {
    arrays.outgrow();
  }

  @Override
  public void weigh(Batch batch, double[] weights) {
    terms.weigh(batch, weights);
  }

  @Override
  public void set(Batch batch) {
    arrays.begin();
    binding.set(session, batch);
  }

  /** Takes the segment of a batch that begins at a step, before anything else. */
  public void set(Batch batch, int step) {
    arrays.begin();
    binding.set(session, batch, step);
  }

  @Override
  public void setKey(long seed, long update, int firstStep, int firstSequence) {
    if (key != null) {
      RandomKey.write(seed, update, firstStep, firstSequence, keyValue);
      session.set(key, keyValue);
    }
  }

  @Override
  public void setBegins(Batch batch, boolean all) {
    if (begins != null) {
      Tensor marks = all ? null : marks(batch);
      if (marks == null) {
        session.set(begins, all ? ones : zeros);
      } else {
        session.set(begins, marks);
      }
    }
  }

  /**
   * Returns the marks of sequences that begin with the batch, or null; allocates nothing, as a
   * search would. Marks of steps are an input of the pass.
   */
  private static Tensor marks(Batch batch) {
    for (int i = 0; i < batch.parts().size(); i++) {
      Batch.Part part = batch.parts().get(i);
      if (part.role() == Batch.Role.BEGINS && part.tensor().shape().rank() == 1) {
        return part.tensor();
      }
    }
    return null;
  }

  @Override
  public void setSeeds(double[] weights) {
    for (int i = 0; i < seeds.length; i++) {
      if (seeds[i] != null) {
        value[0] = form.seed(i, weights[i]);
        session.set(seeds[i], value);
      }
    }
  }

  /** Gives the session the scalars of the moment. */
  public void setScalars() {
    scalars.set(session);
  }

  @Override
  public void compute() {
    session.compute();
    arrays.count();
  }

  @Override
  public void leave() {
    session.update();
  }

  @Override
  public void sums(double[] into) {
    for (int i = 0; i < into.length; i++) {
      into[i] = session.value(sums.get(i));
    }
  }

  @Override
  public Tensor output(String name) {
    Node node = outputs.get(name);
    StepPlan.checkOutput(node != null, name, outputs.keySet());
    return session.get(node);
  }
}

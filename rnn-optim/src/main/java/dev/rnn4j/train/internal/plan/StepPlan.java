package dev.rnn4j.train.internal.plan;

import static com.google.common.base.Preconditions.checkArgument;

import dev.rnn4j.io.Batch;
import dev.rnn4j.plan.Session;
import dev.rnn4j.tensor.Tensor;
import dev.rnn4j.train.internal.graph.LossForm;
import dev.rnn4j.train.internal.memory.PlanCache;
import java.util.Set;

/**
 * What computes the losses and gradients of batches of one form, at once or in segments. Runs
 * allocate nothing.
 */
public interface StepPlan extends PlanCache.Compiled {
  /** Returns what of the losses does not depend on the batch. */
  LossForm form();

  /** Writes the weights that losses have on a batch. */
  void weigh(Batch batch, double[] weights);

  /** Takes a batch, before anything else. */
  void set(Batch batch);

  /** Takes what random numbers follow from. */
  void setKey(long seed, long update, int firstStep, int firstSequence);

  /** Says which sequences begin anew: all, or those that the batch marks. */
  void setBegins(Batch batch, boolean all);

  /** Takes the weights of the losses in all of the update. */
  void setSeeds(double[] weights);

  /** Computes all but updates. */
  void compute();

  /** Leaves gradients in their places, and states where the next run finds them. */
  void leave();

  /** Writes the sums of the losses. */
  void sums(double[] into);

  /** Returns an output of the objective. */
  Tensor output(String name);

  /** Refuses an output that the objective does not have. */
  static void checkOutput(boolean found, String name, Set<String> names) {
    checkArgument(
        found,
        "the objective has no output %s%s: add it to its Outcome by output(\"%s\", node)",
        name,
        names.isEmpty() ? "" : ", only " + names,
        name);
  }

  /** Returns the session of most of its work. */
  Session session();
}

package dev.rnn4j.train.internal.step;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkState;

import dev.rnn4j.io.Batch;
import dev.rnn4j.train.internal.graph.LossForm;
import dev.rnn4j.train.internal.plan.StepPlan;
import java.util.Map;

/**
 * The losses of one update: their weights over all of its batches, which are known before anything
 * is computed, and then their sums. Both are added up in fixed binary trees, and nothing is
 * allocated.
 */
final class UpdateLosses {
  private LossForm form;
  private Tree tree;
  private double[] weights;
  private double[] sums;
  private double[] part;

  /** Makes sure that the losses of a plan are those of all others. */
  <P extends StepPlan> P checked(P plan) {
    if (form == null) {
      form = plan.form();
      tree = new Tree(form.size());
      weights = new double[form.size()];
      sums = new double[form.size()];
      part = new double[form.size()];
    }
    if (form != plan.form() && !form.equals(plan.form())) {
      throw new IllegalArgumentException(
          "an objective has the same losses for all batches, and this one has "
              + form.names()
              + " times "
              + form.factors()
              + " and then "
              + plan.form().names()
              + " times "
              + plan.form().factors());
    }
    return plan;
  }

  /** Begins to add up weights, or sums. */
  void begin() {
    if (tree != null) {
      tree.clear();
    }
  }

  /** Adds the weights of a batch. */
  void weigh(StepPlan plan, Batch batch) {
    plan.weigh(batch, part);
    tree.add(part);
  }

  /** Ends weights; a loss that is a sum has none, whatever the batches. */
  void endWeights() {
    tree.sums(weights);
    for (int i = 0; i < weights.length; i++) {
      weights[i] = form.totals().get(i) ? 1 : weights[i];
    }
  }

  /** Puts other weights in their place: those of an update that has more batches than these. */
  void replaceWeights(Map<String, Double> all) {
    for (int i = 0; i < weights.length; i++) {
      String name = form.names().get(i);
      Double weight = all.get(name);
      checkArgument(weight != null, "there is no weight for the loss %s, only %s", name, all);
      checkArgument(
          weight >= 0 && weight < Double.POSITIVE_INFINITY,
          "the weight %s of the loss %s is not a finite number from 0 up",
          weight,
          name);
      weights[i] = form.totals().get(i) ? 1 : weight;
    }
  }

  /** Adds the sums that a plan has computed. */
  void add(StepPlan plan) {
    plan.sums(part);
    tree.add(part);
  }

  /** Ends sums. */
  void endSums() {
    tree.sums(sums);
  }

  /** Returns the weights, to be read. */
  double[] weights() {
    return weights;
  }

  /** Returns whether anything counts, by the weights and masks of the batches. */
  boolean counts() {
    for (double weight : weights) {
      if (weight > 0) {
        return true;
      }
    }
    return false;
  }

  /** Returns the weights by the losses' names. */
  Map<String, Double> namedWeights() {
    return form.named(weights);
  }

  /** Returns what training makes small. */
  double total() {
    return form.total(sums, weights);
  }

  /** Returns the mean of each loss by its name. */
  Map<String, Double> means() {
    checkState(form != null, "run or compute a batch first");
    return form.means(sums, weights);
  }

  /** Adds these losses to those of other updates. */
  void addTo(LossMeans means) {
    means.add(form, sums, weights);
  }

  /** Adds the losses of a batch that was evaluated to those of others. */
  void evaluated(StepPlan plan, Batch batch, LossMeans means) {
    double[] own = new double[form.size()];
    double[] ownWeights = new double[form.size()];
    plan.weigh(batch, ownWeights);
    plan.sums(own);
    means.add(form, own, ownWeights);
  }
}

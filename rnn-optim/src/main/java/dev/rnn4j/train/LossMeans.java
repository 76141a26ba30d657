package dev.rnn4j.train;

/**
 * Losses over any number of batches: sums and weights add up, each in a fixed binary tree, and
 * their quotients are exact means. Of a loss that is a sum, the mean over batches.
 */
final class LossMeans {
  private LossForm form;
  private Tree sums;
  private Tree weights;
  private double[] values;

  /** Adds the losses of a batch, or of an update. */
  void add(LossForm losses, double[] newSums, double[] newWeights) {
    if (form == null) {
      form = losses;
      sums = new Tree(form.size());
      weights = new Tree(form.size());
      values = new double[form.size()];
    }
    System.arraycopy(newSums, 0, values, 0, values.length);
    sums.add(values);
    System.arraycopy(newWeights, 0, values, 0, values.length);
    weights.add(values);
  }

  /** Returns whether nothing was added. */
  boolean isEmpty() {
    return form == null;
  }

  /** Returns what training makes small, over all that was added. */
  double total() {
    double[] allSums = new double[values.length];
    double[] allWeights = new double[values.length];
    sums.sums(allSums);
    weights.sums(allWeights);
    return form.total(allSums, allWeights);
  }
}

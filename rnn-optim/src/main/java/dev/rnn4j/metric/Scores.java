package dev.rnn4j.metric;

import static com.google.common.base.Preconditions.checkArgument;

import dev.rnn4j.tensor.Tensor;

/** Scores of classes, a row {@code [C]} at each position; of equal scores, the first one leads. */
final class Scores {
  private Scores() {}

  /** Returns the class with the largest score at a position. */
  static int best(Tensor scores, int position) {
    int classes = scores.shape().size(-1);
    int best = 0;
    for (int c = 0; c < classes; c++) {
      double score = score(scores, position, c);
      if (score > scores.at(position * classes + best)) {
        best = c;
      }
    }
    return best;
  }

  /** Returns how many classes lead a class at a position. */
  static int rank(Tensor scores, int position, int label) {
    int classes = scores.shape().size(-1);
    double own = score(scores, position, label);
    int before = 0;
    for (int c = 0; c < classes; c++) {
      double score = score(scores, position, c);
      if (score > own || (score == own && c < label)) {
        before++;
      }
    }
    return before;
  }

  private static double score(Tensor scores, int position, int c) {
    double score = scores.at(position * scores.shape().size(-1) + c);
    checkArgument(!Double.isNaN(score), "the score of class %s at position %s is NaN", c, position);
    return score;
  }

  /** Returns the class that a target names. */
  static int label(Tensor target, int position, int classes) {
    double label = target.at(position);
    checkArgument(
        label >= 0 && label < classes && label == Math.rint(label),
        "the target %s at position %s is no class from 0 to %s; give what does not count the weight"
            + " 0",
        label,
        position,
        classes - 1);
    return (int) label;
  }
}

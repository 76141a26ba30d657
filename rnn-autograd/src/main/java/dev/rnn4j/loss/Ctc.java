package dev.rnn4j.loss;

import static com.google.common.base.Preconditions.checkArgument;

import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.op.CtcLabel;
import dev.rnn4j.layer.Unroll;
import dev.rnn4j.pass.Signal;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.ShapeException;
import dev.rnn4j.tensor.Tensor;
import java.util.stream.IntStream;

/**
 * Connectionist temporal classification: −ln of the probability that the labels are what is left of
 * the classes of all steps when repeats are merged and blanks removed, over all such alignments
 * (Graves, Fernández, Gomez and Schmidhuber, 2006). It is computed in logarithms, as a recurrence
 * over time, which compiles to a loop.
 *
 * <p>Predictions are logits {@code [T, N, C]}; a mask, or lengths, say how many steps each sequence
 * has. Targets are labels {@code [S, N]}, whole numbers below C that are not the blank, and −1
 * behind each sequence's last label; a run refuses others, with an {@link
 * IllegalArgumentException}. S may be N: who cuts a batch in sequences says {@link
 * dev.rnn4j.io.Axes#TIME_BATCH} behind the labels. Weights are {@code [N]}. The mean is one over
 * sequences; a sequence none of whose steps count is none.
 *
 * <p>Labels that cannot be aligned, for there are too few steps, cost ∞, and have no gradient; with
 * {@link #zeroImpossible} they cost 0.
 */
public final class Ctc implements Loss {
  private final int blank;
  private final double impossible;

  private Ctc(int blank, double impossible) {
    this.blank = blank;
    this.impossible = impossible;
  }

  static Ctc of() {
    return new Ctc(0, Double.POSITIVE_INFINITY);
  }

  /** Returns this loss with another class as the blank; 0 unless given. */
  public Ctc blank(int label) {
    checkArgument(label >= 0, "the blank %s is no class", label);
    return new Ctc(label, impossible);
  }

  /** Returns this loss with a cost of 0 for labels that cannot be aligned. */
  public Ctc zeroImpossible() {
    return new Ctc(blank, 0);
  }

  @Override
  public LossSum of(Signal prediction, Target target) {
    Node logits = prediction.values();
    prediction.pass().requireOneEach("CTC");
    check(logits, target);
    int batchSize = logits.size(1);
    if (!prediction.isMasked() && target.weights().isEmpty()) {
      return LossSum.of(costs(prediction, target.values()).sum(), Node.constant(batchSize));
    }
    Node counts = prediction.isMasked() ? prediction.mask().max(0) : Node.ones(batchSize);
    Node weights = target.weights().map(w -> counts.select(w, Node.constant(0))).orElse(counts);
    Node costs = costs(prediction, weights.select(target.values(), Node.constant(-1)));
    return LossSum.of(weights.select(costs.times(weights), Node.constant(0)).sum(), weights.sum());
  }

  private void check(Node logits, Target target) {
    Node labels = target.values();
    boolean ranks = logits.shape().rank() == 3 && labels.shape().rank() == 2;
    if (!ranks || logits.size(1) != labels.size(1)) {
      throw new ShapeException(
          "CTC takes logits [T, N, C] and labels [S, N], and was given "
              + logits
              + " and "
              + labels);
    }
    checkArgument(
        blank < logits.size(2), "the blank %s is no class of the %s", blank, logits.size(2));
    Shape each = Shape.of(logits.size(1));
    target
        .weights()
        .filter(weights -> !weights.shape().equals(each))
        .ifPresent(
            weights -> {
              throw new ShapeException(
                  "CTC has a cost for each sequence, and takes weights "
                      + each
                      + ", not "
                      + weights);
            });
  }

  /** Returns the cost of each sequence, {@code [N]}. */
  private Node costs(Signal logits, Node labels) {
    Labels known = new Labels(labels, logits.values().size(2), blank);
    Node logProbabilities = logSoftmax(logits.values());
    Node alpha = Unroll.forward(known.cell(), alone(logits, logProbabilities)).state();
    Node none = Node.constant(CtcCell.IMPOSSIBLE);
    Node total = known.ends().select(alpha, none).logSumExp();
    return total
        .greaterThan(CtcCell.IMPOSSIBLE / 10)
        .select(total.negate(), Node.constant(impossible));
  }

  /** Returns values with the mask of the logits, in a pass of their own: this is no layer. */
  private static Signal alone(Signal logits, Node values) {
    return logits.isMasked() ? Signal.of(values).masked(logits.mask()) : Signal.of(values);
  }

  private static Node logSoftmax(Node logits) {
    Node z = logits.minus(logits.maxKeeping(-1).stopGradient());
    return z.minus(z.exp().sumKeeping(-1).log());
  }

  /** The labels of all sequences, with blanks before, between and behind them. */
  private static final class Labels {
    private final int classes;
    private final int blank;
    private final Node labels;
    private final Node lengths;

    /**
     * Reads labels.
     *
     * @param given {@code [S, N]}, −1 behind the last one
     */
    Labels(Node given, int classes, int blank) {
      this.classes = classes;
      this.blank = blank;
      Node counts = given.greaterOrEqualTo(Node.constant(0)).sum(0);
      Node within = counts.greaterThan(range(given.size(0)).reshape(given.size(0), 1));
      Node known = CtcLabel.of(given, within, classes, blank);
      lengths = counts.reshape(counts.size(0), 1);
      labels = known.transpose();
    }

    private static Node range(int size) {
      return Node.constant(Tensor.of(IntStream.range(0, size).asDoubleStream().toArray()));
    }

    CtcCell cell() {
      int batchSize = labels.size(0);
      int count = labels.size(1);
      Node rows = range(batchSize).times(classes).reshape(batchSize, 1);
      Node previous =
          Node.concat(
              1,
              labels.slice(1, 0, Math.min(1, count)),
              labels.slice(1, 0, Math.max(0, count - 1)));
      Node differs = labels.equalTo(previous).complement();
      return new CtcCell(amongBlanks(labels, blank).plus(rows), amongBlanks(differs, 0));
    }

    /** Returns 1 where an alignment may end: at the last label, or the blank behind it. */
    Node ends() {
      Node positions = range(2 * labels.size(1) + 1);
      Node last = lengths.times(2);
      return positions.equalTo(last).plus(positions.equalTo(last.minus(1)));
    }

    /** Returns values {@code [N, S]} with another one before, between and behind them. */
    private static Node amongBlanks(Node values, double other) {
      int batchSize = values.size(0);
      int count = values.size(1);
      Node filler = Node.ones(batchSize, count, 1).times(other);
      Node pairs = Node.concat(2, filler, values.reshape(batchSize, count, 1));
      return Node.concat(
          1, pairs.reshape(batchSize, 2 * count), Node.ones(batchSize, 1).times(other));
    }
  }
}

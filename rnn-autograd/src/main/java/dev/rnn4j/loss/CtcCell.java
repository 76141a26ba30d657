package dev.rnn4j.loss;

import dev.rnn4j.cell.Cell;
import dev.rnn4j.cell.Step;
import dev.rnn4j.graph.Node;

/**
 * One step of the forward variables of CTC, in logarithms: α′(s) = ln p(l′_s) + ln(e^α(s) +
 * e^α(s−1) + e^α(s−2)), the last term where the two labels s and s−2 differ. A state's α is {@code
 * [N, L]}, L = 2S + 1 for labels with blanks between them.
 */
final class CtcCell implements Cell<Node> {
  /** The logarithm of what is impossible; with −∞ gradients would be ∞ − ∞. */
  static final double IMPOSSIBLE = -1e30;

  private final Node classes;
  private final Node skips;

  /**
   * Creates the cell.
   *
   * @param classes the row of each l′_s in a table {@code [N·C, 1]}, {@code [N, L]}
   * @param skips 1 where s may follow s − 2, {@code [N, L]}
   */
  CtcCell(Node classes, Node skips) {
    this.classes = classes;
    this.skips = skips;
  }

  /** Before the first step, all stands before the first blank: e^α = 1 there. */
  @Override
  public Node initialState(int batchSize) {
    Node rest = impossible(batchSize, classes.size(1) - 1);
    return Node.concat(1, Node.zeros(batchSize, 1), rest);
  }

  @Override
  public Step<Node> step(Node logProbabilities, Node alpha) {
    Node table = logProbabilities.reshape(-1, 1);
    Node p = table.gather(classes).reshape(classes.shape()).maximum(Node.constant(IMPOSSIBLE));
    Node one = shifted(alpha, 1);
    Node two = skips.select(shifted(alpha, 2), Node.constant(IMPOSSIBLE));
    Node top = alpha.maximum(one).maximum(two).stopGradient();
    Node powers = alpha.minus(top).exp().plus(one.minus(top).exp()).plus(two.minus(top).exp());
    Node next = p.plus(top.plus(powers.log()));
    return new Step<>(next, next);
  }

  /** Returns α(s − by). */
  private static Node shifted(Node alpha, int by) {
    int length = alpha.size(1);
    int moved = Math.min(by, length);
    return Node.concat(1, impossible(alpha.size(0), moved), alpha.slice(1, 0, length - moved));
  }

  private static Node impossible(int rows, int columns) {
    return Node.ones(rows, columns).times(IMPOSSIBLE);
  }
}

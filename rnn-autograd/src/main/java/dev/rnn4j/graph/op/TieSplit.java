package dev.rnn4j.graph.op;

import dev.rnn4j.graph.Node;
import dev.rnn4j.tensor.Shape;
import java.util.Arrays;
import java.util.List;

/**
 * The gradient rule of the larger or smaller of two: to the chosen one, half each at a tie. At NaN,
 * which neither is equal to, it is NaN for both.
 */
final class TieSplit {
  private TieSplit() {}

  static List<Node> of(Node y, Node dy) {
    Node a = y.operand(0);
    Node b = y.operand(1);
    Node zeroOrNaN = zeroOrNaN(y, dy);
    Node share = a.equalTo(b).select(dy.times(0.5), dy);
    Node da = y.equalTo(a).select(share, zeroOrNaN);
    Node db = y.equalTo(b).select(share, zeroOrNaN);
    return Arrays.asList(da, db);
  }

  /** Returns the gradient of what is not chosen: 0, and NaN where the result is. */
  static Node zeroOrNaN(Node y, Node dy) {
    return y.equalTo(y).select(Node.apply(Constant.absent(Shape.scalar())), y.times(dy));
  }
}

package dev.rnn4j.graph.op;

import dev.rnn4j.graph.Node;
import dev.rnn4j.tensor.Shape;
import java.util.Arrays;
import java.util.List;

/** The gradient rule of the larger or smaller of two: to the chosen one, half each at a tie. */
final class TieSplit {
  private TieSplit() {}

  static List<Node> of(Node y, Node dy) {
    Node a = y.operand(0);
    Node b = y.operand(1);
    Node zero = Node.apply(Constant.absent(Shape.scalar()));
    Node share = a.equalTo(b).select(dy.times(0.5), dy);
    Node da = y.equalTo(a).select(share, zero);
    Node db = y.equalTo(b).select(share, zero);
    return Arrays.asList(da, db);
  }
}

package dev.rnn4j.graph.op;

import dev.rnn4j.graph.Node;
import java.util.function.IntPredicate;

/**
 * Which elements of its operands an element of a node is made of: for those who look for the place
 * that a value comes from. What only says which others are taken, a condition or an index, is none
 * of them, and what is not taken is none either.
 */
public final class Reads {
  private Reads() {}

  /** Hears of each such element. */
  @FunctionalInterface
  public interface Visitor {
    /**
     * Hears that an element of a node is made of an element of an operand, among others.
     *
     * @param element which one of the node, row-major
     * @param operand the position of the operand
     * @param position which one of the operand, row-major
     */
    void visit(int element, int operand, int position);
  }

  /**
   * Visits what elements of a node are made of.
   *
   * @param x the operands' values
   * @param of which elements are asked for
   * @return whether that is known: of an op that is none of {@link Kind}'s it is not, and nothing
   *     is visited
   */
  public static boolean visit(Node node, double[][] x, IntPredicate of, Visitor visitor) {
    if (node.op() instanceof BuiltIn own) {
      own.visitReads(node, x, of, visitor);
      return true;
    }
    return false;
  }
}

package dev.rnn4j.graph;

import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Changes what enters the products with certain matrices while some code builds nodes: how dropout
 * reaches the products within a cell that knows nothing of it. Changes of an inner scope come
 * first.
 *
 * <pre>{@code
 * try (Products products = Products.changing(rules)) {
 *   step = cell.step(x, state);
 * }
 * }</pre>
 */
public final class Products implements AutoCloseable {
  private static final ThreadLocal<Products> CURRENT = new ThreadLocal<>();

  /**
   * What becomes of the two factors of a product.
   *
   * @param left of what is multiplied by the matrix
   * @param matrix of the matrix
   */
  public record Change(UnaryOperator<Node> left, UnaryOperator<Node> matrix) {}

  private final Products outer;
  private final Map<Parameter, Change> changes;

  private Products(Products outer, Map<Parameter, Change> changes) {
    this.outer = outer;
    this.changes = changes;
  }

  /** Begins to change the products {@code left.matmul(matrix)} with these matrices. */
  public static Products changing(Map<Parameter, Change> changes) {
    Products begun = new Products(CURRENT.get(), new IdentityHashMap<>(changes));
    CURRENT.set(begun);
    return begun;
  }

  @Override
  public void close() {
    set(outer);
  }

  private static void set(Products products) {
    if (products == null) {
      CURRENT.remove();
    } else {
      CURRENT.set(products);
    }
  }

  /** Builds a product, with what is to be changed about it. */
  static Node of(Op matmul, Node left, Node right) {
    Products current = CURRENT.get();
    if (current == null || !(right instanceof Parameter)) {
      return Node.apply(matmul, left, right);
    }
    Node x = left;
    Node matrix = right;
    set(null); // a change may hold products of its own
    try {
      for (Products scope = current; scope != null; scope = scope.outer) {
        Change change = scope.changes.get(right);
        x = change == null ? x : change.left().apply(x);
        matrix = change == null ? matrix : change.matrix().apply(matrix);
      }
    } finally {
      set(current);
    }
    return Node.apply(matmul, x, matrix);
  }
}

package dev.rnn4j.plan.internal;

import dev.rnn4j.graph.Node;
import dev.rnn4j.kernel.Pointwise;
import java.util.List;
import java.util.function.UnaryOperator;

/** One entry of a program: precision-free, immutable, and readable. */
public sealed interface Instruction {
  /** Returns the node that this computes, or the last of those it computes. */
  Node node();

  /** Returns where the result goes; always dense. */
  Place target();

  /** Returns where the operands lie. */
  List<Place> operands();

  /** Returns the name of what is done. */
  String name();

  /** Returns whether the target's old value is read. */
  default boolean accumulates() {
    return false;
  }

  /** Returns the instructions that this consists of: itself, or those of its loop. */
  default List<Instruction> flat() {
    return List.of(this);
  }

  /** Returns the same instruction with every place changed. */
  Instruction map(UnaryOperator<Place> change);

  /** target = op(operands), elementwise; operands have the target's shape. */
  record Elementwise(Node node, Pointwise op, Place target, List<Place> operands)
      implements Instruction {
    @Override
    public String name() {
      return op.name().toLowerCase(java.util.Locale.ROOT);
    }

    @Override
    public Instruction map(UnaryOperator<Place> change) {
      List<Place> changed = operands.stream().map(change).toList();
      return new Elementwise(node, op, change.apply(target), changed);
    }
  }

  /** target [B, M, N] = or += a [B, M, K] · b [B, K, N]. */
  record Product(Node node, Place target, Place a, Place b, boolean accumulates)
      implements Instruction {
    @Override
    public List<Place> operands() {
      return List.of(a, b);
    }

    @Override
    public String name() {
      return accumulates ? "product +=" : "product";
    }

    @Override
    public Instruction map(UnaryOperator<Place> change) {
      return new Product(node, change.apply(target), change.apply(a), change.apply(b), accumulates);
    }
  }

  /** target [outer, inner] = the sums or largest values of operand [outer, axis, inner]. */
  record Fold(Node node, boolean max, Place target, Place operand) implements Instruction {
    @Override
    public List<Place> operands() {
      return List.of(operand);
    }

    @Override
    public String name() {
      return max ? "max" : "sum";
    }

    @Override
    public Instruction map(UnaryOperator<Place> change) {
      return new Fold(node, max, change.apply(target), change.apply(operand));
    }
  }

  /** target = operand; the one instruction whose target may lie scattered. */
  record Copy(Node node, Place target, Place operand) implements Instruction {
    @Override
    public List<Place> operands() {
      return List.of(operand);
    }

    @Override
    public String name() {
      return "copy";
    }

    @Override
    public Instruction map(UnaryOperator<Place> change) {
      return new Copy(node, change.apply(target), change.apply(operand));
    }
  }

  /** target [n, E] = rows of table [V, E] at indices [n]. */
  record Lookup(Node node, Place target, Place table, Place indices) implements Instruction {
    @Override
    public List<Place> operands() {
      return List.of(table, indices);
    }

    @Override
    public String name() {
      return "gather";
    }

    @Override
    public Instruction map(UnaryOperator<Place> change) {
      return new Lookup(node, change.apply(target), change.apply(table), change.apply(indices));
    }
  }

  /** target [V, E] = zeros with rows [n, E] added at indices [n]. */
  record Scatter(Node node, Place target, Place rows, Place indices) implements Instruction {
    @Override
    public List<Place> operands() {
      return List.of(rows, indices);
    }

    @Override
    public String name() {
      return "scatterAdd";
    }

    @Override
    public Instruction map(UnaryOperator<Place> change) {
      return new Scatter(node, change.apply(target), change.apply(rows), change.apply(indices));
    }
  }

  /** target = the forward method of the node's op, in float64. */
  record Call(Node node, Place target, List<Place> operands) implements Instruction {
    @Override
    public String name() {
      return "call " + node.op().name();
    }

    @Override
    public Instruction map(UnaryOperator<Place> change) {
      List<Place> changed = operands.stream().map(change).toList();
      return new Call(node, change.apply(target), changed);
    }
  }

  /** Instructions repeated for each time step of a range, in ascending or descending order. */
  record Loop(Node node, int from, int to, boolean ascending, List<Entry> body)
      implements Instruction {
    /**
     * An instruction of a loop, and the time steps at which it runs.
     *
     * @param instruction its places move with the time step
     */
    public record Entry(Instruction instruction, int from, int to) {}

    @Override
    public Place target() {
      throw new UnsupportedOperationException("a loop has many targets");
    }

    @Override
    public List<Place> operands() {
      throw new UnsupportedOperationException("a loop has many operands");
    }

    @Override
    public String name() {
      return ascending ? "for t = " + from + " to " + to : "for t = " + to + " to " + from;
    }

    @Override
    public Instruction map(UnaryOperator<Place> change) {
      List<Entry> changed =
          body.stream().map(e -> new Entry(e.instruction().map(change), e.from(), e.to())).toList();
      return new Loop(node, from, to, ascending, changed);
    }

    @Override
    public List<Instruction> flat() {
      return body.stream().map(Entry::instruction).toList();
    }
  }
}

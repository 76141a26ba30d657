package dev.rnn4j.plan.internal.program;

import dev.rnn4j.graph.Node;
import dev.rnn4j.kernel.Pointwise;
import dev.rnn4j.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** One entry of a program: precision-free, immutable, and readable. */
public sealed interface Instruction
    permits Block,
        Group,
        Instruction.Elementwise,
        Instruction.Product,
        Instruction.Fold,
        Instruction.Copy,
        Instruction.Lookup,
        Instruction.Scatter,
        Instruction.Rowwise,
        Call,
        Draw,
        Instruction.Loop {
  /** The multiplications of a product that take as long as one element of the elementwise. */
  int MULTIPLICATIONS = 16;

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

  /** Returns whether the target may be exactly the place of an operand. */
  default boolean mayReplace() {
    return false;
  }

  /** Returns the instructions that this consists of: itself, or those of its loop. */
  default List<Instruction> flat() {
    return List.of(this);
  }

  /** Returns the instructions that run one after the other: itself, or the parts of a block. */
  default List<Instruction> parts() {
    return List.of(this);
  }

  /** Returns every place that is read or written, once for each time that it is. */
  default List<Place> places() {
    List<Place> places = new ArrayList<>(operands());
    places.addAll(targets());
    return places;
  }

  /** Returns whether a buffer is read or written. */
  default boolean touches(Buffer buffer) {
    return places().stream().anyMatch(place -> place.buffer() == buffer);
  }

  /** Returns the places that are written. */
  default List<Place> targets() {
    return List.of(target());
  }

  /** Returns the same instruction with other places; of those with one target. */
  default Instruction with(Place target, List<Place> operands) {
    throw new UnsupportedOperationException(name() + " has many targets");
  }

  /** Returns the same instruction with every place changed. */
  default Instruction map(UnaryOperator<Place> change) {
    List<Place> changed = operands().stream().map(change).toList();
    return with(change.apply(target()), changed);
  }

  /** Returns the ways to cut this into parts that need nothing of each other, the best first. */
  default List<Cut> cuts() {
    return List.of();
  }

  /** Returns about how long this takes, in elements of an elementwise instruction. */
  default long work() {
    return target().shape().elements();
  }

  /** target = op(operands), elementwise; operands have the target's shape. */
  record Elementwise(Node node, Pointwise op, Place target, List<Place> operands)
      implements Instruction {
    @Override
    public String name() {
      return op.name().toLowerCase(java.util.Locale.ROOT);
    }

    @Override
    public Instruction with(Place newTarget, List<Place> newOperands) {
      return new Elementwise(node, op, newTarget, newOperands);
    }

    @Override
    public boolean mayReplace() {
      return true;
    }

    @Override
    public List<Cut> cuts() {
      return List.of(Cut.elementwise(this));
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
    public Instruction with(Place newTarget, List<Place> newOperands) {
      return new Product(node, newTarget, newOperands.get(0), newOperands.get(1), accumulates);
    }

    @Override
    public List<Cut> cuts() {
      Cut matrices = new Cut(0, 0, 0);
      Cut columns = new Cut(2, Cut.WHOLE, 2);
      boolean packedOnce = b.buffer().kind() == Buffer.Kind.WEIGHT;
      return packedOnce
          ? List.of(Cut.ROWS, matrices, columns)
          : List.of(matrices, columns, Cut.ROWS);
    }

    @Override
    public long work() {
      return 1L * target.shape().elements() * a.shape().size(2) / MULTIPLICATIONS;
    }
  }

  /**
   * target [outer, inner] = the sums or largest values of an operand [outer, axis, inner], or the
   * sums of the products of two.
   */
  record Fold(Node node, boolean max, Place target, List<Place> operands) implements Instruction {
    @Override
    public String name() {
      return max ? "max" : operands.size() > 1 ? "sum of products" : "sum";
    }

    @Override
    public Instruction with(Place newTarget, List<Place> newOperands) {
      return new Fold(node, max, newTarget, newOperands);
    }

    /** Returns [outer, axis, inner]. */
    public Shape shape() {
      return operands.get(0).shape();
    }

    @Override
    public List<Cut> cuts() {
      Cut outer = Cut.everywhere(0);
      return shape().size(1) > 1 ? List.of(outer, Cut.everywhere(2)) : List.of(outer);
    }

    @Override
    public long work() {
      return shape().elements();
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
    public Instruction with(Place newTarget, List<Place> newOperands) {
      return new Copy(node, newTarget, newOperands.get(0));
    }

    @Override
    public List<Cut> cuts() {
      return List.of(Cut.elementwise(this));
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
    public Instruction with(Place newTarget, List<Place> newOperands) {
      return new Lookup(node, newTarget, newOperands.get(0), newOperands.get(1));
    }

    @Override
    public List<Cut> cuts() {
      return List.of(new Cut(0, Cut.WHOLE, 0));
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
    public Instruction with(Place newTarget, List<Place> newOperands) {
      return new Scatter(node, newTarget, newOperands.get(0), newOperands.get(1));
    }
  }

  /** target [rows, n] = an op of each row of the operands [rows, n]. */
  record Rowwise(Node node, double epsilon, Place target, List<Place> operands)
      implements Instruction {
    @Override
    public String name() {
      return node.op().name();
    }

    @Override
    public Instruction with(Place newTarget, List<Place> newOperands) {
      return new Rowwise(node, epsilon, newTarget, newOperands);
    }

    @Override
    public boolean mayReplace() {
      return true;
    }

    @Override
    public List<Cut> cuts() {
      return List.of(Cut.everywhere(0));
    }

    @Override
    public long work() {
      return 8L * target.shape().elements();
    }
  }

  /**
   * An instruction of a loop or block, and the time steps at which it runs.
   *
   * @param instruction its places move with the time step
   */
  record Timed(Instruction instruction, int from, int to) {
    /** Returns the instruction, to be run at every time step, or outside every loop. */
    public static Timed always(Instruction instruction) {
      return new Timed(instruction, Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    /** Returns an instruction, to be run at all time steps from the first of others to the last. */
    public static Timed spanning(List<Timed> others, Instruction instruction) {
      int from = others.stream().mapToInt(Timed::from).min().orElseThrow();
      int to = others.stream().mapToInt(Timed::to).max().orElseThrow();
      return new Timed(instruction, from, to);
    }

    Timed map(UnaryOperator<Place> change) {
      return new Timed(instruction.map(change), from, to);
    }
  }

  /** Instructions repeated for each time step of a range, in ascending or descending order. */
  record Loop(Node node, int from, int to, boolean ascending, List<Timed> body)
      implements Instruction {
    @Override
    public Place target() {
      throw new UnsupportedOperationException("a loop has many targets");
    }

    @Override
    public List<Place> operands() {
      throw new UnsupportedOperationException("a loop has many operands");
    }

    @Override
    public long work() {
      return body.stream().mapToLong(e -> e.instruction().work() * (e.to() - e.from() + 1)).sum();
    }

    @Override
    public String name() {
      return ascending ? "for t = " + from + " to " + to : "for t = " + to + " to " + from;
    }

    @Override
    public Instruction map(UnaryOperator<Place> change) {
      return with(body.stream().map(e -> e.map(change)).toList());
    }

    /** Returns the slots that are written. */
    public Set<Integer> written() {
      return Phases.arrays(flat().stream().flatMap(x -> x.targets().stream()), Buffer::slot);
    }

    /** Returns the same loop with another body. */
    public Loop with(List<Timed> newBody) {
      return new Loop(node, from, to, ascending, newBody);
    }

    @Override
    public List<Instruction> flat() {
      return body.stream().map(Timed::instruction).toList();
    }
  }
}

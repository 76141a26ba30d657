package dev.rnn4j.plan.internal.lines;

import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.op.Constant;
import dev.rnn4j.graph.op.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Lines that need not be computed: elementwise results of constants are constants, and a line that
 * does the same to the same as another one is that one.
 */
final class Simplification {
  /** What a line does, but for the attributes of its op. */
  private record Key(Class<?> op, boolean looped, int first, int last, List<Term> terms) {}

  private final Map<Key, List<Line>> known = new HashMap<>();
  private final Map<Line, Line> instead = new HashMap<>();

  private Simplification() {}

  /**
   * Returns what stands for which line.
   *
   * @param lines operands first, where there is no recurrence
   */
  static Map<Line, Line> of(Iterable<Line> lines) {
    Simplification simplification = new Simplification();
    for (Line line : lines) {
      line.replace(simplification.instead);
      if (line.isLive() && line.kind() != Kind.LEAF && line.kind() != Kind.STATE) {
        simplification.visit(line);
      }
    }
    return simplification.instead;
  }

  private void visit(Line line) {
    Optional<Line> constant = folded(line);
    if (constant.isPresent()) {
      instead.put(line, constant.get());
      return;
    }
    Key key =
        new Key(line.op().getClass(), line.isLooped(), line.first(), line.last(), line.terms());
    List<Line> same = known.computeIfAbsent(key, absent -> new ArrayList<>());
    for (Line other : same) {
      if (other.op().isLike(line.op())
          && other.shape().equals(line.shape())
          && other.from() <= line.from()
          && other.to() >= line.to()) {
        instead.put(line, other);
        return;
      }
    }
    same.add(line);
  }

  /** Returns the constant that a line is: computed of numbers, or a view of one and the same. */
  private static Optional<Line> folded(Line line) {
    boolean view = line.kind().isView();
    if (!(view || line.kind() == Kind.ELEMENTWISE) || line.isLooped()) {
      return Optional.empty();
    }
    double[][] values = new double[line.terms().size()][];
    Node[] numbers = new Node[values.length];
    for (int i = 0; i < values.length; i++) {
      Line operand = line.terms().get(i).pieces().get(0).line();
      if (!(operand.op() instanceof Constant constant) || !constant.isFilled()) {
        return Optional.empty();
      }
      numbers[i] = Node.constant(constant.fill());
      values[i] = new double[] {constant.fill()};
    }
    double[] value = view ? values[0] : new double[1];
    if (!view) {
      line.op().forward(Node.apply(line.op(), numbers), values, value);
    }
    Line constant = Line.single(Node.apply(Constant.filled(line.shape(), value[0])));
    constant.include(0);
    return Optional.of(constant);
  }
}

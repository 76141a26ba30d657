package dev.rnn4j.graph.op;

import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Op;
import java.util.function.IntPredicate;

/** An op for which plans have instructions of their own. */
public abstract class BuiltIn extends Op {
  BuiltIn() {}

  abstract Kind kind();

  /** Does what {@link Reads#visit} says. */
  abstract void visitReads(Node node, double[][] x, IntPredicate of, Reads.Visitor visitor);
}

package dev.rnn4j.graph.op;

import dev.rnn4j.graph.Op;

/** An op for which plans have instructions of their own. */
public abstract class BuiltIn extends Op {
  BuiltIn() {}

  abstract Kind kind();
}

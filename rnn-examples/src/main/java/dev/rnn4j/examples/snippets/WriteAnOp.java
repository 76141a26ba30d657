package dev.rnn4j.examples.snippets;

import dev.rnn4j.grad.GradientCheck;
import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.plan.Plan;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Tensor;

/** Checks and runs an op of one's own. */
public final class WriteAnOp {
  private WriteAnOp() {}

  /** Prints what the page shows. */
  public static void main(String[] args) {
    // [block
    GradientCheck.of(Sine.of(Input.of("x", 3, 5))).check();
    GradientCheck.of(Sine.of(Input.of("x", 3, 5))).secondOrder();
    // block]
    // [block
    Input x = Input.of("x", 3);
    Node y = Sine.of(x).times(2);
    Plan plan = Plan.of(y).compile(Precision.FLOAT32);
    System.out.println(plan.session().set(x, Tensor.of(0, 0.5, 1)).run().get(y));
    System.out.print(plan.explain());
    // block]
  }
}

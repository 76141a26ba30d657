package dev.rnn4j.examples.snippets;

import dev.rnn4j.cell.ElmanCell;
import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.layer.Recurrent;
import dev.rnn4j.plan.Pass;
import dev.rnn4j.plan.Plan;
import dev.rnn4j.random.Philox;
import dev.rnn4j.tensor.Precision;

/** A small graph's plan without one of the passes. */
public final class ElmanUnfused {
  private ElmanUnfused() {}

  /** Prints its instructions. */
  public static void main(String[] args) {
    Node h = new Recurrent<>(ElmanCell.of(2, 3, new Philox(1))).apply(Input.of("x", 5, 4, 2));
    // [block
    Plan plan = Plan.of(h).without(Pass.FUSE).compile(Precision.FLOAT32);
    System.out.print(plan.explain());
    // block]
  }
}

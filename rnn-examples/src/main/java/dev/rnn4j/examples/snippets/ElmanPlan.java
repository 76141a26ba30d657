package dev.rnn4j.examples.snippets;

import dev.rnn4j.cell.ElmanCell;
import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.layer.Recurrent;
import dev.rnn4j.plan.Plan;
import dev.rnn4j.random.Philox;
import dev.rnn4j.tensor.Precision;

/** A small graph's plan. */
public final class ElmanPlan {
  private ElmanPlan() {}

  /** Prints its instructions. */
  public static void main(String[] args) {
    Node h = new Recurrent<>(ElmanCell.of(2, 3, new Philox(1))).apply(Input.of("x", 5, 4, 2));
    // [block
    System.out.print(Plan.of(h).compile(Precision.FLOAT32).explain());
    // block]
  }
}

package dev.rnn4j.examples.snippets;

import dev.rnn4j.cell.ElmanCell;
import dev.rnn4j.graph.Graphs;
import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.layer.Recurrent;
import dev.rnn4j.optimizer.Sgd;
import dev.rnn4j.plan.Plan;
import dev.rnn4j.random.Philox;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.train.TrainingStep;
import java.util.List;

/** A small graph, and the plans that become of it. */
public final class HowThePlanWorks {
  private HowThePlanWorks() {}

  /** Prints the graph, the plan that computes it, and the plan that trains it. */
  public static void main(String[] args) {
    // [block
    var layer = new Recurrent<>(ElmanCell.of(2, 3, new Philox(1)));
    Input x = Input.of("x", 5, 4, 2);
    Node h = layer.apply(x);
    System.out.println(Graphs.topological(List.of(h)).size() + " nodes");
    System.out.print(h.toText());
    System.out.print(Plan.of(h).compile(Precision.FLOAT32).explain());
    // block]
    // [block
    TrainingStep step =
        TrainingStep.minimize(h.square().mean(), layer)
            .optimizer(Sgd.rate(0.1))
            .compile(Precision.FLOAT32);
    System.out.print(step.plan().explain());
    // block]
  }
}

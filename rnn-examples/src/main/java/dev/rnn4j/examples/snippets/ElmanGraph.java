package dev.rnn4j.examples.snippets;

import dev.rnn4j.cell.ElmanCell;
import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.layer.Recurrent;
import dev.rnn4j.random.Philox;

/** A small graph. */
public final class ElmanGraph {
  private ElmanGraph() {}

  /** Prints its nodes. */
  public static void main(String[] args) {
    // [block
    var layer = new Recurrent<>(ElmanCell.of(2, 3, new Philox(1)));
    Input x = Input.of("x", 5, 4, 2);
    Node h = layer.apply(x);
    System.out.print(h.toText());
    // block]
  }
}

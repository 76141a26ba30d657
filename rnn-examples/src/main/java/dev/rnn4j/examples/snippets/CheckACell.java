package dev.rnn4j.examples.snippets;

import dev.rnn4j.cell.Cell;
import dev.rnn4j.cell.Step;
import dev.rnn4j.contract.BrokenContractException;
import dev.rnn4j.contract.CellContract;
import dev.rnn4j.graph.Node;
import dev.rnn4j.part.Linear;
import dev.rnn4j.random.Philox;

/** Checks the cell of the page, and one that is wrong. */
public final class CheckACell {
  private CheckACell() {}

  // [block
  /** h' = h/2 + |Wx|, whose root has no gradient at 0. */
  record Rectified(Linear input) implements Cell<Node> {
    @Override
    public Node initialState(int batchSize) {
      return Node.zeros(batchSize, input.outputSize());
    }

    @Override
    public Step<Node> step(Node x, Node h) {
      Node next = h.times(0.5).plus(input.apply(x).square().sqrt());
      return new Step<>(next, next);
    }
  }

  // block]

  /** Prints what the page shows. */
  public static void main(String[] args) {
    // [block
    System.out.println(CellContract.verify(LstmEquations.of(2, 3, new Philox(1))));
    try {
      CellContract.verify(new Rectified(Linear.of(2, 3, new Philox(1))));
    } catch (BrokenContractException e) {
      System.out.println(e.getMessage());
    }
    // block]
  }
}

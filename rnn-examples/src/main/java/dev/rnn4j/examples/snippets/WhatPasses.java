package dev.rnn4j.examples.snippets;

import dev.rnn4j.cell.GruCell;
import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Scope;
import dev.rnn4j.layer.Dropout;
import dev.rnn4j.layer.Recurrent;
import dev.rnn4j.loss.LossSum;
import dev.rnn4j.loss.Losses;
import dev.rnn4j.loss.Target;
import dev.rnn4j.pass.ForwardPass;
import dev.rnn4j.pass.RandomKey;
import dev.rnn4j.pass.Signal;
import dev.rnn4j.random.Philox;
import dev.rnn4j.tensor.Tensor;
import java.util.Map;

/** Masks, random numbers and states, as they pass through layers. */
public final class WhatPasses {
  private WhatPasses() {}

  /** Prints what the page shows. */
  public static void main(String[] args) {
    masks();
    draws();
    states();
  }

  private static void masks() {
    // [block
    var rnn = new Recurrent<>(GruCell.of(1, 2, new Philox(1)));
    double nan = Double.NaN;
    Node values = Node.constant(Tensor.of(new double[][][] {{{1}, {1}}, {{2}, {nan}}}));
    Node mask = Node.constant(Tensor.of(new double[][] {{1, 1}, {1, 0}}));
    Signal x = Signal.of(values).masked(mask);
    Signal y = rnn.apply(x);
    System.out.println(y.values().eval());
    System.out.println(rnn.last().apply(x).values().eval());

    LossSum loss = Losses.meanSquaredError().of(y, Target.of(Node.ones(2, 2, 2)));
    System.out.println(loss.sum().eval() + " / " + loss.weight().eval());
    // block]
  }

  private static void draws() {
    // [block
    Input key = RandomKey.input();
    Signal x = Signal.of(Node.ones(2, 1, 4), ForwardPass.training(key));
    Node y = new Dropout(0.5).apply(x).values();
    System.out.println(y.eval(Map.of(key, RandomKey.of(7, 0, 0, 0)))); // seed 7, update 0
    System.out.println(y.eval(Map.of(key, RandomKey.of(7, 1, 0, 0)))); // update 1
    System.out.println(y.eval(Map.of(key, RandomKey.of(7, 1, 1, 0)))); // from time step 1 on
    // block]
  }

  private static void states() {
    // [block
    var model = TopicClassifier.of(9, 2, new Philox(1));
    ForwardPass pass =
        ForwardPass.inference().carrying((name, own) -> Input.of(name.toString(), own.shape()));
    try (Scope scope = Scope.enter(model)) {
      model.apply(Signal.of(Input.of("words", 5, 1), pass));
    }
    System.out.println(pass.finalStates());
    // block]
  }
}

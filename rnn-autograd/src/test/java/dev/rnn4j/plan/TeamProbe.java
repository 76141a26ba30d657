package dev.rnn4j.plan;

import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.tensor.Precision;

/** A program that runs a large plan, and prints how many threads of a team there are then. */
final class TeamProbe {
  private TeamProbe() {}

  public static void main(String[] args) {
    Input x = Input.of("x", 1 << 20);
    Node y = x.plus(1).tanh();
    for (int i = 0; i < 3; i++) {
      Plan.of(y).compile(Precision.FLOAT32).session().run();
    }
    long count =
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> thread.getName().matches("rnn-[0-9]+"))
            .count();
    System.out.println("threads " + count);
    // The end of main is the end of the program: the team does not keep it alive.
  }
}

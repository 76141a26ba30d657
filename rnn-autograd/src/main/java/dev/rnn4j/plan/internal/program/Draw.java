package dev.rnn4j.plan.internal.program;

import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.op.RandomUniform;
import java.util.List;

/**
 * target = random numbers that follow from a key.
 *
 * @param origin the time step, or without time the sequence, at which a part begins
 */
public record Draw(Node node, Place target, Place key, int origin) implements Instruction {
  /** Random numbers take so many times as long as a sum. */
  private static final int WORDS = 4;

  /** Returns what says which numbers these are. */
  public RandomUniform op() {
    return (RandomUniform) node.op();
  }

  @Override
  public List<Place> operands() {
    return List.of(key);
  }

  @Override
  public String name() {
    return "uniform";
  }

  @Override
  public Instruction with(Place newTarget, List<Place> newOperands) {
    return new Draw(node, newTarget, newOperands.get(0), origin);
  }

  /** Returns the part that begins at an element along the first axis. */
  Draw part(Place part, int from) {
    return new Draw(node, part, key, origin + from);
  }

  @Override
  public List<Cut> cuts() {
    return op().isOverTime() || op().isOverBatch() ? List.of(new Cut(0, Cut.WHOLE)) : List.of();
  }

  @Override
  public long work() {
    return 1L * WORDS * target.shape().elements();
  }
}

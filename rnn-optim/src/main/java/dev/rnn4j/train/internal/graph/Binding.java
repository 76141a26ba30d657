package dev.rnn4j.train.internal.graph;

import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Order;
import dev.rnn4j.io.Batch;
import dev.rnn4j.plan.Session;
import dev.rnn4j.tensor.Tensor;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** Which inputs of a plan take which tensors of a batch. */
public final class Binding {
  private final Input[] inputs;
  private final int[] parts;
  private final List<FullMask> full;

  /**
   * Creates the binding.
   *
   * @param order the graph that the plan computes: what it does not depend on is not set
   */
  Binding(BatchInputs batch, Order order) {
    this(batch, input -> order.of(input) >= 0);
  }

  /**
   * Creates the binding.
   *
   * @param has whether the plan has an input
   */
  public Binding(BatchInputs batch, Predicate<Input> has) {
    List<Input> all = batch.inputs();
    full = batch.fullMasks();
    parts = IntStream.range(0, all.size()).filter(i -> has.test(all.get(i))).toArray();
    inputs = IntStream.of(parts).mapToObj(all::get).toArray(Input[]::new);
  }

  /**
   * Gives a session of a plan for segments one of a batch, which begins at a step; allocates
   * nothing.
   */
  public void set(Session session, Batch batch, int step) {
    List<Batch.Part> all = batch.parts();
    for (int i = 0; i < parts.length; i++) {
      Tensor whole = all.get(parts[i]).tensor();
      boolean moves = !whole.shape().equals(inputs[i].shape());
      int row = moves ? whole.shape().elements() / whole.shape().size(0) : 0;
      session.set(inputs[i], whole, step * row);
    }
  }

  /** Gives a session of the plan a batch; allocates nothing. */
  public void set(Session session, Batch batch) {
    for (int i = 0; i < full.size(); i++) { // without an iterator, which would be an object
      full.get(i).check(batch);
    }
    List<Batch.Part> all = batch.parts();
    for (int i = 0; i < parts.length; i++) {
      session.set(inputs[i], all.get(parts[i]).tensor());
    }
  }
}

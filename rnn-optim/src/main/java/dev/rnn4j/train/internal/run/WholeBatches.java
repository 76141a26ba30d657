package dev.rnn4j.train.internal.run;

import static com.google.common.base.Preconditions.checkArgument;

import dev.rnn4j.io.Batch;
import dev.rnn4j.tensor.Tensor;
import dev.rnn4j.train.internal.step.GuardedEngine;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;

/** An update for so many batches together; the last one of an epoch may be of fewer. */
public record WholeBatches(int count) implements Updating {
  @Override
  public void train(GuardedEngine step, Iterator<Batch> batches, Sink sink) {
    Batch[] together = new Batch[count];
    boolean more = true;
    while (more && batches.hasNext()) {
      int taken = 0;
      while (taken < count && batches.hasNext()) {
        together[taken++] = batches.next();
      }
      more =
          sink.update(
              new Together(step, taken == count ? together : Arrays.copyOf(together, taken)));
      sink.rest(0);
    }
  }

  private record Together(GuardedEngine step, Batch[] batches) implements Update {
    @Override
    public double compute() {
      return step.compute(batches);
    }

    @Override
    public Batch[] batches() {
      return batches;
    }
  }

  /** Returns nothing: after an update, no batch is begun. */
  @Override
  public Map<String, Tensor> state() {
    return Map.of();
  }

  @Override
  public void restore(Map<String, Tensor> state) {
    checkArgument(state.isEmpty(), "the checkpoint is of truncated training: %s", state.keySet());
  }

  @Override
  public String toString() {
    return "of " + count + (count == 1 ? " batch" : " batches");
  }
}

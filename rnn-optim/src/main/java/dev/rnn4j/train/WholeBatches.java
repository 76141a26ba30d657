package dev.rnn4j.train;

import dev.rnn4j.io.Batch;
import java.util.Arrays;
import java.util.Iterator;

/** An update for so many batches together; the last one of an epoch may be of fewer. */
record WholeBatches(int count) implements Updating {
  @Override
  public void train(TrainingStep step, Iterator<Batch> batches, Sink sink) {
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
    }
  }

  private record Together(TrainingStep step, Batch[] batches) implements Update {
    @Override
    public double compute() {
      return step.compute(batches);
    }

    @Override
    public Batch[] batches() {
      return batches;
    }
  }
}

package dev.rnn4j.train.internal.run;

import dev.rnn4j.io.Batch;
import java.util.Iterator;
import java.util.function.Supplier;

/** Batches without end. */
public record Generated(Supplier<Batch> source) implements Iterator<Batch> {
  @Override
  public boolean hasNext() {
    return true;
  }

  @Override
  public Batch next() {
    return source.get();
  }
}

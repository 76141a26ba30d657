package dev.rnn4j.train.internal.run;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;
import static com.google.common.base.Preconditions.checkState;

import dev.rnn4j.io.Batch;
import dev.rnn4j.io.BatchIterator;
import dev.rnn4j.tensor.Resumable;
import dev.rnn4j.tensor.Tensor;
import dev.rnn4j.train.internal.saved.Columns;
import dev.rnn4j.train.internal.saved.Parts;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.Supplier;

/**
 * Where a run is in its data. An epoch that is under way begins again from what its batches were
 * drawn from, and those that were taken are left out; batches without end go on from what the next
 * one is drawn from.
 */
public final class DataPosition implements Resumable, AutoCloseable {
  private static final String COUNTS = "counts";
  private static final String SOURCE = "source/";
  private static final String OWN = "own/";
  private static final String CURE = "let the trainer know what they are drawn from: remember(...)";

  private final Supplier<? extends Iterable<Batch>> data;
  private final Parts source;
  private final boolean endless;
  private final boolean saved;

  private Iterator<Batch> iterator;

  /** What hands out the batches, where it can be resumed by itself; else null. */
  private Resumable own;

  /** The state of {@link #own} that it is to have when it is there. */
  private Map<String, Tensor> waiting = Map.of();

  private Map<String, Tensor> sourceAtBegin = Map.of();
  private Map<String, Tensor> ownAtBegin = Map.of();
  private boolean open;
  private long taken;
  private int unfinished;

  /** Fingerprints of the first batch of the first epoch, and of the last ones that were taken. */
  private double first = Double.NaN;

  private double last = Double.NaN;
  private double beforeLast = Double.NaN;

  /**
   * Creates the position before the first epoch.
   *
   * @param source what the batches are drawn from
   * @param endless whether there is one epoch without end
   * @param saved whether the run is saved
   */
  public DataPosition(
      Supplier<? extends Iterable<Batch>> data, Parts source, boolean endless, boolean saved) {
    checkState(
        !saved || !endless || !source.isEmpty(),
        "batches that are made one by one go on where they were, in another process: %s",
        CURE);
    this.data = data;
    this.source = source;
    this.endless = endless;
    this.saved = saved;
  }

  /** Begins an epoch, or goes on with the one that is open. */
  public Iterator<Batch> open(int epoch) {
    boolean anew = !open;
    if (anew) {
      taken = 0;
      unfinished = 0;
      sourceAtBegin = saved ? source.state() : Map.of();
    }
    Iterable<Batch> batches = checkNotNull(data.get(), "the data of epoch %s are null", epoch);
    own = batches instanceof Resumable resumable ? resumable : null;
    checkArgument(
        own != null || waiting.isEmpty(),
        "the checkpoint has a place in data that could go on from there, and these cannot");
    if (!waiting.isEmpty()) {
      own.restore(waiting);
    }
    waiting = Map.of();
    ownAtBegin = saved && own != null ? own.state() : Map.of();
    iterator = batches.iterator();
    open = true;
    if (anew) {
      checkArgument(iterator.hasNext(), "epoch %s has no batches", epoch);
    } else if (!endless) {
      leaveOut(epoch);
    }
    return new Counting(epoch);
  }

  /** Leaves out what was taken, and looks whether the last one of it is what it was. */
  private void leaveOut(int epoch) {
    if (taken == 0) {
      return;
    }
    boolean same;
    try {
      BatchIterator.skip(iterator, taken - 1);
      same = Fingerprint.of(iterator.next()) == last;
    } catch (NoSuchElementException e) {
      same = false;
    }
    checkArgument(
        same,
        "the data are not those of the checkpoint: batch %s of epoch %s is another one; give the"
            + " same data, and %s",
        taken,
        epoch,
        CURE);
  }

  /** Hears that of the batches that were taken, the last one is needed again, or none. */
  public void rest(int count) {
    unfinished = count;
  }

  /** Ends the epoch. */
  public void end() {
    open = false;
    close();
  }

  /** Lets data that read ahead stop that. */
  @Override
  public void close() {
    if (iterator instanceof AutoCloseable closeable) {
      try {
        closeable.close();
      } catch (Exception e) {
        throw new IllegalStateException("the data cannot be closed", e);
      }
    }
    iterator = null;
  }

  private final class Counting implements Iterator<Batch> {
    private final int epoch;

    Counting(int epoch) {
      this.epoch = epoch;
    }

    @Override
    public boolean hasNext() {
      return iterator.hasNext();
    }

    @Override
    public Batch next() {
      Batch batch = checkNotNull(iterator.next(), "a batch of epoch %s is null", epoch);
      taken++;
      if (saved && !endless) {
        beforeLast = last;
        last = Fingerprint.of(batch);
        if (taken == 1) {
          checkFirst();
        }
      }
      return batch;
    }

    private void checkFirst() {
      if (epoch == 1) {
        first = last;
      }
      checkState(
          first == last || own != null || !source.isEmpty(),
          "the batches of epoch %s are others than those of epoch 1, and a checkpoint would not"
              + " know how to go on: %s",
          epoch,
          CURE);
    }
  }

  @Override
  public Map<String, Tensor> state() {
    boolean replayed = open && !endless;
    Map<String, Tensor> state = new LinkedHashMap<>();
    state.put(
        COUNTS,
        Tensor.of(open ? 1 : 0, taken - unfinished, first, unfinished == 0 ? last : beforeLast));
    (replayed ? sourceAtBegin : source.state())
        .forEach((name, tensor) -> state.put(SOURCE + name, tensor));
    Map<String, Tensor> owns = own == null ? waiting : replayed ? ownAtBegin : own.state();
    owns.forEach((name, tensor) -> state.put(OWN + name, tensor));
    return state;
  }

  @Override
  public void restore(Map<String, Tensor> state) {
    double[] counts = Columns.numbers(state, COUNTS, 4);
    Map<String, Tensor> newSource = Columns.under(SOURCE, state);
    source.restore(newSource);
    sourceAtBegin = newSource;
    waiting = Columns.under(OWN, state);
    open = counts[0] == 1;
    taken = (long) counts[1];
    unfinished = 0;
    first = counts[2];
    last = counts[3];
  }
}

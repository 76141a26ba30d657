package dev.rnn4j.batch;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import com.google.common.base.Throwables;
import com.google.common.util.concurrent.Uninterruptibles;
import dev.rnn4j.io.Batch;
import dev.rnn4j.tensor.Resumable;
import dev.rnn4j.tensor.Tensor;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Batches that are made ahead by a thread of their own, while others are trained on. Their order
 * and numbers stay the same; what goes wrong while they are made is thrown where the batch would
 * have been taken. What they are drawn from is drawn from ahead as well: use a generator of their
 * own.
 */
public final class ReadAhead implements Iterable<Batch>, Resumable {
  private final Iterable<Batch> batches;
  private final int ahead;

  private ReadAhead(Iterable<Batch> batches, int ahead) {
    this.batches = checkNotNull(batches, "a ReadAhead was given null as its batches");
    this.ahead = ahead;
  }

  /** Makes so many batches ahead. */
  public static ReadAhead of(Iterable<Batch> batches, int ahead) {
    checkArgument(ahead > 0, "%s batches cannot be made ahead", ahead);
    return new ReadAhead(batches, ahead);
  }

  /** Returns the state of the batches, where they have one; asked for between two epochs. */
  @Override
  public Map<String, Tensor> state() {
    return batches instanceof Resumable part ? part.state() : Map.of();
  }

  @Override
  public void restore(Map<String, Tensor> state) {
    if (batches instanceof Resumable part) {
      part.restore(state);
    } else {
      checkArgument(state.isEmpty(), "the state %s is of other batches", state);
    }
  }

  @Override
  public Iterator<Batch> iterator() {
    Epoch epoch = new Epoch(batches.iterator(), new ArrayBlockingQueue<>(ahead));
    Thread thread = new Thread(epoch::read, "rnn-read-ahead");
    thread.setDaemon(true);
    epoch.thread = thread;
    thread.start();
    return epoch;
  }

  /** Returns the batches as text, and how many are made ahead. */
  @Override
  public String toString() {
    return batches + ", " + ahead + " made ahead";
  }

  /** A batch, or the end, or what went wrong. */
  private record Item(Batch batch, Throwable failure) {}

  private static final class Epoch implements Iterator<Batch>, AutoCloseable {
    private final Iterator<Batch> source;
    private final BlockingQueue<Item> made;
    private Thread thread;
    private Item next;

    Epoch(Iterator<Batch> source, BlockingQueue<Item> made) {
      this.source = source;
      this.made = made;
    }

    /** Makes batches, until there are no more or nobody wants them; by the thread. */
    private void read() {
      try {
        try {
          while (source.hasNext()) {
            made.put(new Item(known(source.next()), null));
          }
          made.put(new Item(null, null));
        } catch (RuntimeException | Error e) {
          made.put(new Item(null, e));
        }
      } catch (InterruptedException e) {
        return; // closed
      } finally {
        closeSource();
      }
    }

    /** Returns a batch that knows its form and sizes, which need not be found while others wait. */
    private static Batch known(Batch batch) {
      batch.signature();
      batch.sequences();
      return batch;
    }

    private void closeSource() {
      if (source instanceof AutoCloseable closeable) {
        try {
          closeable.close();
        } catch (Exception e) {
          return; // all that was wanted of it has been read
        }
      }
    }

    @Override
    public boolean hasNext() {
      return peek().batch != null;
    }

    private Item peek() {
      if (next == null) {
        next = Uninterruptibles.takeUninterruptibly(made);
      }
      if (next.failure != null) {
        Throwables.throwIfUnchecked(next.failure);
      }
      return next;
    }

    @Override
    public Batch next() {
      Batch batch = peek().batch;
      if (batch == null) {
        throw new NoSuchElementException("there are no more batches");
      }
      next = null;
      return batch;
    }

    /** Ends the thread, as soon as the batch is made that it is making. */
    @Override
    public void close() {
      thread.interrupt();
    }
  }
}

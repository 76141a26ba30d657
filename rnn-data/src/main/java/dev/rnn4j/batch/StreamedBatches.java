package dev.rnn4j.batch;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import com.google.common.collect.Streams;
import dev.rnn4j.io.Batch;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Resumable;
import dev.rnn4j.tensor.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * Sequences of a source that does not fit into memory, in batches: a file that is read line by
 * line, an iterator, whatever is a stream. It is opened anew for each epoch, read once through, and
 * closed at the end of it.
 *
 * <pre>{@code
 * StreamedBatches batches =
 *     StreamedBatches.of(() -> Files.lines(file).map(line -> sequence(line)), 32)
 *         .shuffledWithin(10_000, random);
 * Trainer.of(step).epochs(3).resume(folder).run(() -> ReadAhead.of(batches, 4));
 * }</pre>
 */
public final class StreamedBatches implements Iterable<Batch>, Resumable {
  /** Opens a source. */
  @FunctionalInterface
  public interface Source {
    /** Returns all sequences from the first one on; the stream is closed by who asks for it. */
    Stream<Sequence> open() throws IOException;
  }

  private final Source source;
  private final int batchSize;
  private final int buffer;
  private final Optional<RandomGenerator> random;
  private final int round;
  private final Precision precision;

  private StreamedBatches(
      Source source,
      int batchSize,
      int buffer,
      Optional<RandomGenerator> random,
      int round,
      Precision precision) {
    this.source = checkNotNull(source, "streamed batches were given null as their source");
    this.batchSize = batchSize;
    this.buffer = buffer;
    this.random = random;
    this.round = round;
    this.precision = precision;
  }

  /** Returns batches of at most so many sequences, as they come, in float32. */
  public static StreamedBatches of(Source source, int batchSize) {
    checkArgument(batchSize > 0, "a batch size of %s cannot be; it must be at least 1", batchSize);
    return new StreamedBatches(source, batchSize, 1, Optional.empty(), 1, Precision.FLOAT32);
  }

  /** Returns batches of the sequences of iterators: a new one for each epoch. */
  public static StreamedBatches ofIterators(Supplier<Iterator<Sequence>> source, int batchSize) {
    checkNotNull(source, "streamed batches were given null as their source");
    return of(() -> Streams.stream(source.get()), batchSize);
  }

  /**
   * Returns the same sequences in another order for each epoch: of so many that are held in memory,
   * the next one is drawn, and the source fills its place.
   */
  public StreamedBatches shuffledWithin(int sequences, RandomGenerator generator) {
    checkArgument(sequences > 0, "%s sequences cannot be shuffled", sequences);
    return new StreamedBatches(
        source, batchSize, sequences, Order.from(generator), round, precision);
  }

  /** Pads to a multiple of so many steps: plans are compiled for fewer lengths then. */
  public StreamedBatches roundedTo(int steps) {
    checkArgument(steps > 0, "lengths cannot be multiples of %s", steps);
    return new StreamedBatches(source, batchSize, buffer, random, steps, precision);
  }

  /** Returns the same batches in another precision. */
  public StreamedBatches as(Precision wanted) {
    checkNotNull(wanted, "batches were given null as their precision");
    return new StreamedBatches(source, batchSize, buffer, random, round, wanted);
  }

  /** Returns the state of the generator that the order is drawn from. */
  @Override
  public Map<String, Tensor> state() {
    return random.map(generator -> Order.resumable(generator).state()).orElse(Map.of());
  }

  @Override
  public void restore(Map<String, Tensor> state) {
    Order.restore(random, state);
  }

  @Override
  public Iterator<Batch> iterator() {
    try {
      return new Epoch(source.open());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the size, the order, and the precision. */
  @Override
  public String toString() {
    return "sequences of a stream in batches of "
        + batchSize
        + " in "
        + precision
        + ", "
        + (random.isEmpty() ? "as they come" : "shuffled within " + buffer)
        + (round == 1 ? "" : ", padded to multiples of " + round);
  }

  private final class Epoch implements Iterator<Batch>, AutoCloseable {
    private final Stream<Sequence> stream;
    private final Iterator<Sequence> sequences;
    private final List<Sequence> held = new ArrayList<>();

    Epoch(Stream<Sequence> stream) {
      this.stream = stream;
      this.sequences = stream.iterator();
    }

    @Override
    public boolean hasNext() {
      if (!held.isEmpty() || sequences.hasNext()) {
        return true;
      }
      close();
      return false;
    }

    @Override
    public Batch next() {
      List<Sequence> taken = new ArrayList<>();
      while (taken.size() < batchSize && hasNext()) {
        taken.add(draw());
      }
      if (taken.isEmpty()) {
        throw new NoSuchElementException("the source has no more sequences");
      }
      return Collating.batch(taken, round, precision);
    }

    private Sequence draw() {
      while (held.size() < buffer && sequences.hasNext()) {
        held.add(sequences.next());
      }
      int place = random.map(generator -> generator.nextInt(held.size())).orElse(0);
      Sequence drawn = held.get(place);
      Sequence last = held.remove(held.size() - 1);
      if (place < held.size()) {
        held.set(place, last);
      }
      return drawn;
    }

    @Override
    public void close() {
      stream.close();
    }
  }
}

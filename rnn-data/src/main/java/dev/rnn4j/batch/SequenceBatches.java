package dev.rnn4j.batch;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import com.google.common.collect.ImmutableList;
import dev.rnn4j.io.Batch;
import dev.rnn4j.io.BatchIterator;
import dev.rnn4j.table.DataException;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Resumable;
import dev.rnn4j.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * Sequences of different lengths in batches of N, padded to the longest of each, with a mask. One
 * {@code for} loop is one epoch. Immutable, but for the generator that is drawn from.
 *
 * <pre>{@code
 * SequenceBatches batches =
 *     SequenceBatches.of(recordings, r -> Sequence.of(r.samples(), r.kind()), 32)
 *         .shuffled(random)
 *         .byLength();
 * Trainer.of(step).epochs(20).resume(folder).run(() -> batches);
 * }</pre>
 */
public final class SequenceBatches implements Iterable<Batch>, Resumable {
  /** So many batches of a random order are sorted by length together. */
  private static final int POOL = 50;

  private static final String NO_SEQUENCES = "batches were given null as their sequences";

  private final ImmutableList<Sequence> sequences;
  private final int batchSize;
  private final Order order;
  private final boolean byLength;
  private final int round;
  private final Precision precision;

  private SequenceBatches(
      ImmutableList<Sequence> sequences,
      int batchSize,
      Order order,
      boolean byLength,
      int round,
      Precision precision) {
    this.sequences = sequences;
    this.batchSize = batchSize;
    this.order = order;
    this.byLength = byLength;
    this.round = round;
    this.precision = precision;
  }

  /**
   * Returns batches of at most so many sequences, as they come, in float64.
   *
   * @throws DataException for no sequences
   * @throws IllegalArgumentException where they are not alike but for their lengths
   */
  public static SequenceBatches of(Collection<Sequence> sequences, int batchSize) {
    checkArgument(batchSize > 0, "a batch size of %s cannot be; it must be at least 1", batchSize);
    checkNotNull(sequences, NO_SEQUENCES);
    if (sequences.isEmpty()) {
      throw new DataException("there are no sequences (N = 0); a batch needs at least one");
    }
    ImmutableList<Sequence> all = ImmutableList.copyOf(sequences);
    all.forEach(sequence -> sequence.requireLike(all.get(0)));
    return new SequenceBatches(all, batchSize, Order.asTheyCome(), false, 1, Precision.FLOAT64);
  }

  /** Returns batches of what a function makes of each of some records. */
  public static <R> SequenceBatches of(
      Collection<R> records, Function<? super R, Sequence> sequence, int batchSize) {
    checkNotNull(records, "batches were given null as their records");
    checkNotNull(sequence, "batches were given null as what makes a sequence of a record");
    return of(records.stream().<Sequence>map(sequence).toList(), batchSize);
  }

  /** Returns batches of the sequences of a stream, which are kept in memory. */
  public static SequenceBatches of(Stream<Sequence> sequences, int batchSize) {
    return of(checkNotNull(sequences, NO_SEQUENCES).toList(), batchSize);
  }

  /** Returns the same sequences in a new random order for every epoch. */
  public SequenceBatches shuffled(RandomGenerator generator) {
    return with(Order.shuffled(generator), byLength, round, precision);
  }

  /**
   * Returns epochs of as many sequences as there are, each drawn with a probability like its
   * weight, some several times and others not at all: {@link Oversampling#weights} draws all
   * classes equally often.
   *
   * @param weights one for each sequence, at least 0
   */
  public SequenceBatches drawn(double[] weights, RandomGenerator generator) {
    checkArgument(
        weights.length == sequences.size(),
        "%s weights do not fit %s sequences",
        weights.length,
        sequences.size());
    return with(Order.drawn(weights, generator), byLength, round, precision);
  }

  /**
   * Puts sequences of like lengths into one batch, so that little is padding: of the order of the
   * epoch, fifty batches at a time are sorted by length; in a random order, the batches are
   * shuffled again.
   */
  public SequenceBatches byLength() {
    return with(order, true, round, precision);
  }

  /** Pads to a multiple of so many steps: plans are compiled for fewer lengths then. */
  public SequenceBatches roundedTo(int steps) {
    checkArgument(steps > 0, "lengths cannot be multiples of %s", steps);
    return with(order, byLength, steps, precision);
  }

  /** Returns the same batches in another precision. */
  public SequenceBatches as(Precision wanted) {
    checkNotNull(wanted, "batches were given null as their precision");
    return with(order, byLength, round, wanted);
  }

  private SequenceBatches with(
      Order newOrder, boolean newByLength, int newRound, Precision newPrecision) {
    return new SequenceBatches(sequences, batchSize, newOrder, newByLength, newRound, newPrecision);
  }

  /** Returns the number of batches in an epoch. */
  public int count() {
    return (sequences.size() - 1) / batchSize + 1;
  }

  /** Returns the state of the generator that the order is drawn from. */
  @Override
  public Map<String, Tensor> state() {
    return order.state();
  }

  @Override
  public void restore(Map<String, Tensor> state) {
    order.restore(state);
  }

  @Override
  public BatchIterator iterator() {
    return new Epoch(batches());
  }

  /** Returns the sizes, the order, and the precision. */
  @Override
  public String toString() {
    return sequences.size()
        + " sequences in batches of "
        + batchSize
        + " in "
        + precision
        + ", "
        + order
        + (byLength ? ", by length" : "")
        + (round == 1 ? "" : ", padded to multiples of " + round);
  }

  /** Draws the batches of an epoch, as places of sequences. */
  private List<int[]> batches() {
    int[] drawn = order.next(sequences.size());
    if (!byLength) {
      return cut(drawn);
    }
    List<int[]> batches = new ArrayList<>();
    long pool = (long) POOL * batchSize;
    for (long from = 0; from < drawn.length; from += pool) {
      int to = (int) Math.min(drawn.length, from + pool);
      int[] sorted =
          Arrays.stream(drawn, (int) from, to)
              .boxed()
              .sorted(Comparator.comparingInt(place -> sequences.get(place).steps()))
              .mapToInt(place -> place)
              .toArray();
      batches.addAll(cut(sorted));
    }
    return order.random().map(random -> shuffled(batches, random)).orElse(batches);
  }

  private static List<int[]> shuffled(List<int[]> batches, RandomGenerator random) {
    int[] places = Gather.all(batches.size());
    Order.shuffle(places, random);
    return Arrays.stream(places).mapToObj(batches::get).toList();
  }

  private List<int[]> cut(int[] places) {
    List<int[]> batches = new ArrayList<>();
    for (int from = 0; from < places.length; from += Math.min(batchSize, places.length - from)) {
      batches.add(
          Arrays.copyOfRange(places, from, from + Math.min(batchSize, places.length - from)));
    }
    return batches;
  }

  private final class Epoch implements BatchIterator {
    private final List<int[]> batches;
    private int next;

    Epoch(List<int[]> batches) {
      this.batches = batches;
    }

    @Override
    public boolean hasNext() {
      return next < batches.size();
    }

    @Override
    public Batch next() {
      if (!hasNext()) {
        throw new NoSuchElementException("the epoch has " + batches.size() + " batches");
      }
      List<Sequence> taken = Arrays.stream(batches.get(next++)).mapToObj(sequences::get).toList();
      return Collating.batch(taken, round, precision);
    }

    @Override
    public void skip(long count) {
      if (count > batches.size() - next) {
        throw new NoSuchElementException("the epoch has " + batches.size() + " batches");
      }
      next += (int) count;
    }
  }
}

package dev.rnn4j.batch;

import static com.google.common.base.Preconditions.checkArgument;

import dev.rnn4j.io.Batch;
import dev.rnn4j.table.DataException;
import dev.rnn4j.tensor.Precision;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Examples in batches of N, each once in an epoch; the last batch is smaller where N does not
 * divide their number. One {@code for} loop is one epoch.
 *
 * <p>{@code for (Batch batch : Batches.of(windows, 32).shuffled(random)) { … }}
 */
public final class Batches implements Iterable<Batch> {
  private final Examples examples;
  private final int batchSize;
  private final Optional<RandomGenerator> random;
  private final Precision precision;

  private Batches(
      Examples examples, int batchSize, Optional<RandomGenerator> random, Precision precision) {
    this.examples = examples;
    this.batchSize = batchSize;
    this.random = random;
    this.precision = precision;
  }

  /**
   * Returns batches of at most {@code batchSize} examples, in their order and in float64.
   *
   * @throws DataException for no examples, or a missing value in one
   */
  public static Batches of(Examples examples, int batchSize) {
    checkArgument(batchSize > 0, "a batch size of %s cannot be; it must be at least 1", batchSize);
    if (examples.size() == 0) {
      throw new DataException("there are no examples (N = 0); a batch needs at least one");
    }
    examples.requireComplete();
    return new Batches(examples, batchSize, Optional.empty(), Precision.FLOAT64);
  }

  /**
   * Returns the same batches in a new random order for every epoch: the generator is drawn from
   * when an epoch begins, and one seed gives one sequence of epochs.
   */
  public Batches shuffled(RandomGenerator generator) {
    return new Batches(examples, batchSize, Optional.of(generator), precision);
  }

  /** Returns the same batches in another precision. */
  public Batches as(Precision wanted) {
    return new Batches(examples, batchSize, random, wanted);
  }

  /** Returns the number of batches in an epoch. */
  public int count() {
    return (examples.size() - 1) / batchSize + 1;
  }

  /** Returns the number of examples. */
  public int examples() {
    return examples.size();
  }

  /** Returns the batches of one epoch. */
  public Stream<Batch> stream() {
    int[] order = Gather.all(examples.size());
    random.ifPresent(generator -> shuffle(order, generator));
    return IntStream.range(0, count()).mapToObj(i -> gather(order, i * batchSize));
  }

  @Override
  public Iterator<Batch> iterator() {
    return stream().iterator();
  }

  private Batch gather(int[] order, int from) {
    // Not from + batchSize: a batch size may be as large as an int.
    int to = from + Math.min(batchSize, order.length - from);
    Batch batch = examples.batch(Arrays.copyOfRange(order, from, to));
    return batch.to(precision);
  }

  /** The shuffle of Fisher and Yates. */
  private static void shuffle(int[] order, RandomGenerator generator) {
    for (int last = order.length - 1; last > 0; last--) {
      int chosen = generator.nextInt(last + 1);
      int moved = order[last];
      order[last] = order[chosen];
      order[chosen] = moved;
    }
  }
}

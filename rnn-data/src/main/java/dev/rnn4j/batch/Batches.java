package dev.rnn4j.batch;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import dev.rnn4j.io.Batch;
import dev.rnn4j.io.BatchIterator;
import dev.rnn4j.table.DataException;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Resumable;
import dev.rnn4j.tensor.Tensor;
import java.util.Arrays;
import java.util.Map;
import java.util.NoSuchElementException;
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
public final class Batches implements Iterable<Batch>, Resumable {
  private final Examples examples;
  private final int batchSize;
  private final Order order;
  private final Optional<double[]> weights;
  private final Precision precision;

  private Batches(
      Examples examples,
      int batchSize,
      Order order,
      Optional<double[]> weights,
      Precision precision) {
    this.examples = examples;
    this.batchSize = batchSize;
    this.order = order;
    this.weights = weights;
    this.precision = precision;
  }

  /**
   * Returns batches of at most {@code batchSize} examples, in their order and in float64.
   *
   * @throws DataException for no examples, or a missing value in one
   */
  public static Batches of(Examples examples, int batchSize) {
    checkArgument(batchSize > 0, "a batch size of %s cannot be; it must be at least 1", batchSize);
    checkNotNull(examples, "batches were given null as their examples");
    if (examples.size() == 0) {
      throw new DataException("there are no examples (N = 0); a batch needs at least one");
    }
    examples.requireComplete();
    return new Batches(
        examples, batchSize, Order.asTheyCome(), Optional.empty(), Precision.FLOAT64);
  }

  /**
   * Returns the same batches in a new random order for every epoch: the generator is drawn from
   * when an epoch begins, and one seed gives one sequence of epochs.
   */
  public Batches shuffled(RandomGenerator generator) {
    return new Batches(examples, batchSize, Order.shuffled(generator), weights, precision);
  }

  /**
   * Returns epochs of as many examples as there are, each drawn with a probability like its weight,
   * some several times and others not at all: {@link Oversampling#weights} draws all classes
   * equally often.
   *
   * @param probabilities a weight for each example, at least 0
   */
  public Batches drawn(double[] probabilities, RandomGenerator generator) {
    requireOneEach(probabilities);
    return new Batches(
        examples, batchSize, Order.drawn(probabilities, generator), weights, precision);
  }

  /** Returns the same batches with a weight in the loss for each example. */
  public Batches weights(double... newWeights) {
    requireOneEach(newWeights);
    return new Batches(examples, batchSize, order, Optional.of(newWeights.clone()), precision);
  }

  private void requireOneEach(double... newWeights) {
    checkArgument(
        newWeights.length == examples.size(),
        "%s weights do not fit %s examples",
        newWeights.length,
        examples.size());
  }

  /** Returns the same batches in another precision. */
  public Batches as(Precision wanted) {
    checkNotNull(wanted, "batches were given null as their precision");
    return new Batches(examples, batchSize, order, weights, wanted);
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
    int[] drawn = order.next(examples.size());
    return IntStream.range(0, count()).mapToObj(i -> gather(drawn, i * batchSize));
  }

  @Override
  public BatchIterator iterator() {
    return new Epoch(order.next(examples.size()));
  }

  private final class Epoch implements BatchIterator {
    private final int[] drawn;
    private int next;

    Epoch(int[] drawn) {
      this.drawn = drawn;
    }

    @Override
    public boolean hasNext() {
      return next < count();
    }

    @Override
    public Batch next() {
      skip(1);
      return gather(drawn, (next - 1) * batchSize);
    }

    @Override
    public void skip(long batches) {
      if (batches > count() - next) {
        throw new NoSuchElementException("the epoch has " + count() + " batches");
      }
      next += (int) batches;
    }
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

  /** Returns the sizes, the order, and the precision. */
  @Override
  public String toString() {
    return examples()
        + " examples "
        + examples.inputShape()
        + " -> "
        + examples.targetShape()
        + " in batches of "
        + batchSize
        + " in "
        + precision
        + ", "
        + order
        + (weights.isPresent() ? ", with weights" : "");
  }

  private Batch gather(int[] drawn, int from) {
    // Not from + batchSize: a batch size may be as large as an int.
    int to = from + Math.min(batchSize, drawn.length - from);
    int[] chosen = Arrays.copyOfRange(drawn, from, to);
    Batch batch = examples.batch(chosen);
    if (weights.isPresent()) {
      double[] all = weights.get();
      batch = batch.weights(Tensor.of(IntStream.of(chosen).mapToDouble(i -> all[i]).toArray()));
    }
    return batch.to(precision);
  }
}

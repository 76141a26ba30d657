package dev.rnn4j.batch;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import dev.rnn4j.tensor.Resumable;
import dev.rnn4j.tensor.Tensor;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Which examples an epoch has, and in which order: drawn when the epoch begins. */
final class Order implements Resumable {
  private interface Draw {
    int[] order(int count);
  }

  private final String name;
  private final Draw draw;
  private final Optional<RandomGenerator> random;

  private Order(String name, Draw draw, Optional<RandomGenerator> random) {
    this.name = name;
    this.draw = draw;
    this.random = random;
  }

  /** Each example once, as they come. */
  static Order asTheyCome() {
    return new Order("as they come", Gather::all, Optional.empty());
  }

  /** Each example once, in a random order (the shuffle of Fisher and Yates). */
  static Order shuffled(RandomGenerator random) {
    return new Order(
        "shuffled",
        count -> {
          int[] order = Gather.all(count);
          shuffle(order, random);
          return order;
        },
        from(random));
  }

  /** Returns the generator that an order is drawn from. */
  static Optional<RandomGenerator> from(RandomGenerator random) {
    checkNotNull(
        random, "batches were to be drawn from null: give a generator, such as new Philox(1)");
    return Optional.of(random);
  }

  /** As many as there are, drawn anew each time with probabilities like these weights. */
  static Order drawn(double[] weights, RandomGenerator random) {
    double[] sums = new double[weights.length];
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      checkArgument(
          weights[i] >= 0 && weights[i] < Double.POSITIVE_INFINITY,
          "the weight %s of example %s is not a finite number from 0 up",
          String.valueOf(weights[i]),
          i);
      sum += weights[i];
      sums[i] = sum;
    }
    checkArgument(
        sum > 0, "all %s examples have the weight 0: none would be drawn", weights.length);
    return new Order(
        "drawn by weights",
        count -> {
          checkArgument(
              count == sums.length, "%s weights do not fit %s examples", sums.length, count);
          int[] order = new int[count];
          for (int i = 0; i < count; i++) {
            order[i] = firstAbove(sums, random.nextDouble() * sums[count - 1]);
          }
          return order;
        },
        from(random));
  }

  /** Returns the first place whose sum is above a value that is below the last sum. */
  private static int firstAbove(double[] sums, double value) {
    int low = 0;
    int high = sums.length - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sums[middle] > value) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  static void shuffle(int[] order, RandomGenerator random) {
    for (int last = order.length - 1; last > 0; last--) {
      int chosen = random.nextInt(last + 1);
      int moved = order[last];
      order[last] = order[chosen];
      order[chosen] = moved;
    }
  }

  /** Returns the examples of the next epoch. */
  int[] next(int count) {
    return draw.order(count);
  }

  /** Returns what draws, if anything does. */
  Optional<RandomGenerator> random() {
    return random;
  }

  @Override
  public String toString() {
    return name;
  }

  @Override
  public Map<String, Tensor> state() {
    return random.map(generator -> resumable(generator).state()).orElse(Map.of());
  }

  @Override
  public void restore(Map<String, Tensor> state) {
    restore(random, state);
  }

  /** Takes the generator of an order, where there is one, back to a state. */
  static void restore(Optional<RandomGenerator> random, Map<String, Tensor> state) {
    checkArgument(
        random.isPresent() || state.isEmpty(),
        "the state is of an order that was drawn: %s",
        state);
    random.ifPresent(generator -> resumable(generator).restore(state));
  }

  static Resumable resumable(RandomGenerator generator) {
    checkArgument(
        generator instanceof Resumable,
        "batches in the order of a %s cannot go on from a checkpoint: draw them from a Philox",
        generator.getClass().getSimpleName());
    return (Resumable) generator;
  }
}

package dev.rnn4j.fuzz;

import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.RandomDistribution;

/**
 * The choices that make a model: numbers that are read one after the other, 0 after the last. 0 is
 * always the simplest choice, so that a list of numbers shrinks by becoming shorter and smaller.
 */
public final class Genes {
  /** Divided by the count of most choices, all remainders are alike. */
  private static final int LARGEST = 2519;

  private final int[] numbers;
  private int next;

  public Genes(int... numbers) {
    this.numbers = numbers;
  }

  /** Returns the numbers that a seed stands for. */
  static int[] of(long seed) {
    return new Random(seed).ints(Trial.GENES, 0, LARGEST + 1).toArray();
  }

  /** Returns any genes. */
  public static Arbitrary<int[]> arbitrary() {
    return Arbitraries.integers()
        .between(0, LARGEST)
        .withDistribution(RandomDistribution.uniform())
        .array(int[].class)
        .ofSize(Trial.GENES);
  }

  /** Returns the genes from one position up to another. */
  public Genes part(int from, int to) {
    int end = Math.min(to, numbers.length);
    return new Genes(from < end ? Arrays.copyOfRange(numbers, from, end) : new int[0]);
  }

  /** Returns the same genes, to be read from the first on. */
  public Genes again() {
    return new Genes(numbers);
  }

  /** Returns a number from 0 to {@code count - 1}. */
  public int pick(int count) {
    return next < numbers.length ? Math.floorMod(numbers[next++], count) : 0;
  }

  /** Returns yes once in so many times. */
  public boolean rare(int times) {
    return pick(times) == times - 1;
  }

  /** Returns numbers between −1 and 1 that float32 can hold, the same for the same genes. */
  public Tensor values(int salt, Shape shape) {
    Random random = new Random(31L * Arrays.hashCode(used()) + salt);
    double[] values = new double[shape.elements()];
    Arrays.setAll(values, i -> (double) (2 * random.nextFloat() - 1));
    return Tensor.of(shape, values);
  }

  /** Returns the numbers up to the last that is not 0: what comes after it makes no difference. */
  private int[] used() {
    int used = numbers.length;
    while (used > 0 && numbers[used - 1] == 0) {
      used--;
    }
    return Arrays.copyOf(numbers, used);
  }

  @Override
  public String toString() {
    return "new Genes(" + Arrays.toString(used()).replaceAll("[\\[\\]]", "") + ")";
  }
}

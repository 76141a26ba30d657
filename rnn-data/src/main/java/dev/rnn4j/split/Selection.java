package dev.rnn4j.split;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import dev.rnn4j.table.DataException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Examples in three parts, by their places in a list: what is learnt from, what choices are made
 * on, and what is looked at once, at the end. For rows of a table in the order of time there is
 * {@link Split}.
 *
 * <pre>{@code
 * Selection parts = Selection.byGroup(patients, 0.7, 0.15, random);
 * List<Sequence> train = parts.train(sequences);
 * }</pre>
 *
 * <p>Each place is in one part, and the places of a part ascend. Counts are rounded to the nearest,
 * what is left is the test part.
 */
public final class Selection {
  private final int[] train;
  private final int[] validation;
  private final int[] test;

  Selection(int[] train, int[] validation, int[] test) {
    if (train.length == 0) {
      throw new DataException("no example is left to train on; give the training part more");
    }
    this.train = sorted(train);
    this.validation = sorted(validation);
    this.test = sorted(test);
  }

  private static int[] sorted(int[] places) {
    int[] sorted = places.clone();
    Arrays.sort(sorted);
    return sorted;
  }

  /** Takes parts at random. */
  public static Selection random(
      int examples, double train, double validation, RandomGenerator random) {
    return byGroup(IntStream.range(0, examples).boxed().toList(), train, validation, random);
  }

  /** Takes parts at random in which each class has its share, as nearly as can be. */
  public static Selection stratified(
      List<?> labels, double train, double validation, RandomGenerator random) {
    checkFractions(train, validation);
    Builder parts = new Builder();
    for (List<Integer> places : Groups.of(labels).values()) {
      List<Integer> shuffled = shuffled(places, random);
      int first = count(train, shuffled.size());
      int second = count(train + validation, shuffled.size());
      parts.add(shuffled, first, second);
    }
    return parts.build();
  }

  /**
   * Takes whole groups at random: all examples of a person, or a machine, are in one part. The
   * parts are as large as groups allow.
   *
   * @param groups the group of each example
   */
  public static Selection byGroup(
      List<?> groups, double train, double validation, RandomGenerator random) {
    checkFractions(train, validation);
    Builder parts = new Builder();
    int first = count(train, groups.size());
    int second = count(train + validation, groups.size());
    int taken = 0;
    for (List<Integer> group : shuffled(new ArrayList<>(Groups.of(groups).values()), random)) {
      // In the part in which most of it lies.
      double middle = taken + group.size() / 2.0;
      parts.add(group, middle < first ? group.size() : 0, middle < second ? group.size() : 0);
      taken += group.size();
    }
    return parts.build();
  }

  /**
   * Takes the earliest examples to train, those after them to choose by, and the latest ones to
   * test. Examples of one time are in one part: the later one of two.
   *
   * @param times the time of each example, as a number
   */
  public static Selection inTime(double[] times, double train, double validation) {
    checkFractions(train, validation);
    int[] order =
        IntStream.range(0, times.length)
            .boxed()
            .sorted((a, b) -> Double.compare(times[a], times[b]))
            .mapToInt(place -> place)
            .toArray();
    int first = count(train, order.length);
    int second = count(train + validation, order.length);
    List<Integer> places = Arrays.stream(order).boxed().toList();
    Builder parts = new Builder();
    parts.add(places, begin(order, times, first), begin(order, times, second));
    return parts.build();
  }

  /** Returns the first place of those that have the time of one. */
  private static int begin(int[] order, double[] times, int place) {
    int begin = place;
    while (begin > 0 && begin < order.length && times[order[begin - 1]] == times[order[begin]]) {
      begin--;
    }
    return begin;
  }

  private static int count(double fraction, int all) {
    return (int) Math.min(all, Math.round(fraction * all));
  }

  private static void checkFractions(double train, double validation) {
    checkArgument(
        train > 0 && validation >= 0 && train + validation <= 1 + 1e-9,
        "the fractions %s and %s cannot be; give a positive one and one from 0, in sum at most 1",
        train,
        validation);
  }

  static <T> List<T> shuffled(List<T> all, RandomGenerator random) {
    checkNotNull(
        random, "a split was to be drawn from null: give a generator, such as new Philox(1)");
    List<T> shuffled = new ArrayList<>(all);
    for (int last = shuffled.size() - 1; last > 0; last--) {
      Collections.swap(shuffled, last, random.nextInt(last + 1));
    }
    return shuffled;
  }

  /** Returns the places of the examples to learn from. */
  public int[] train() {
    return train.clone();
  }

  /** Returns the places of the examples to choose by. */
  public int[] validation() {
    return validation.clone();
  }

  /** Returns the places of the examples to look at once. */
  public int[] test() {
    return test.clone();
  }

  /** Returns what a list has for training. */
  public <T> List<T> train(List<T> all) {
    return pick(all, train);
  }

  /** Returns what a list has for validation. */
  public <T> List<T> validation(List<T> all) {
    return pick(all, validation);
  }

  /** Returns what a list has for testing. */
  public <T> List<T> test(List<T> all) {
    return pick(all, test);
  }

  private <T> List<T> pick(List<T> all, int[] places) {
    int size = train.length + validation.length + test.length;
    checkArgument(
        all.size() == size, "the parts are of %s examples, and the list has %s", size, all.size());
    return IntStream.of(places).mapToObj(all::get).toList();
  }

  /** The three parts while they grow. */
  static final class Builder {
    private final List<Integer> train = new ArrayList<>();
    private final List<Integer> validation = new ArrayList<>();
    private final List<Integer> test = new ArrayList<>();

    /** Adds places: to train before the first bound, to validation before the second one. */
    void add(List<Integer> places, int first, int second) {
      train.addAll(places.subList(0, first));
      validation.addAll(places.subList(first, Math.max(first, second)));
      test.addAll(places.subList(Math.max(first, second), places.size()));
    }

    Selection build() {
      return new Selection(array(train), array(validation), array(test));
    }

    private static int[] array(List<Integer> places) {
      return places.stream().mapToInt(place -> place).toArray();
    }
  }
}

package dev.rnn4j.split;

import static com.google.common.base.Preconditions.checkArgument;

import dev.rnn4j.table.DataException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Cross-validation: K times another part is held back as the test part, and the others train. For
 * rows in the order of time there is {@link RollingOrigin}, which never trains on what comes later.
 *
 * <pre>{@code
 * for (Selection fold : Folds.stratified(labels, 5, random)) { … }
 * }</pre>
 */
public final class Folds {
  private Folds() {}

  /** Cuts examples at random in K parts of equal size, or one more. */
  public static List<Selection> random(int examples, int k, RandomGenerator random) {
    List<Integer> places =
        Selection.shuffled(IntStream.range(0, examples).boxed().toList(), random);
    return folds(examples, k, List.of(places));
  }

  /** Cuts examples in K parts in which each class has its share, as nearly as can be. */
  public static List<Selection> stratified(List<?> labels, int k, RandomGenerator random) {
    Collection<List<Integer>> classes = Groups.of(labels).values();
    return folds(
        labels.size(),
        k,
        classes.stream().map(places -> Selection.shuffled(places, random)).toList());
  }

  /** Deals out the places one by one: a class goes on where the one before ended. */
  private static List<Selection> folds(int examples, int k, List<List<Integer>> classes) {
    check(examples, k);
    int[] part = new int[examples];
    int next = 0;
    for (List<Integer> places : classes) {
      for (int place : places) {
        part[place] = next++ % k;
      }
    }
    return selections(part, k);
  }

  /**
   * Cuts whole groups in K parts of about equal size: the largest group first, each to the part
   * that is smallest then.
   *
   * @param groups the group of each example
   * @throws DataException where there are fewer groups than parts
   */
  public static List<Selection> byGroup(List<?> groups, int k, RandomGenerator random) {
    check(groups.size(), k);
    List<List<Integer>> all =
        Selection.shuffled(new ArrayList<>(Groups.of(groups).values()), random);
    if (all.size() < k) {
      throw new DataException(all.size() + " groups cannot be cut in " + k + " parts; take fewer");
    }
    all.sort(Comparator.comparingInt((List<Integer> group) -> group.size()).reversed());
    int[] part = new int[groups.size()];
    int[] sizes = new int[k];
    for (List<Integer> group : all) {
      int smallest = 0;
      for (int i = 1; i < k; i++) {
        smallest = sizes[i] < sizes[smallest] ? i : smallest;
      }
      sizes[smallest] += group.size();
      for (int place : group) {
        part[place] = smallest;
      }
    }
    return selections(part, k);
  }

  private static void check(int examples, int k) {
    checkArgument(k > 1, "cross-validation needs at least 2 parts, not %s", k);
    if (examples < k) {
      throw new DataException(examples + " examples cannot be cut in " + k + " parts; take fewer");
    }
  }

  private static List<Selection> selections(int[] part, int k) {
    List<Selection> folds = new ArrayList<>();
    for (int i = 0; i < k; i++) {
      int fold = i;
      int[] train = IntStream.range(0, part.length).filter(p -> part[p] != fold).toArray();
      int[] test = IntStream.range(0, part.length).filter(p -> part[p] == fold).toArray();
      folds.add(new Selection(train, new int[0], test));
    }
    return List.copyOf(folds);
  }
}

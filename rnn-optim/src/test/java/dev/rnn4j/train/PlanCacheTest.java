package dev.rnn4j.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanCacheTest {
  private final List<Integer> compiled = new ArrayList<>();

  private PlanCache<Integer, Integer> cache(long limit) {
    return new PlanCache<>(
        key -> {
          compiled.add(key);
          return key;
        },
        plan -> plan,
        limit);
  }

  @Test
  void compilesOnce() {
    PlanCache<Integer, Integer> cache = cache(100);
    for (int key : new int[] {1, 2, 1, 3, 2, 1}) {
      assertEquals(key, cache.get(key));
    }
    assertEquals(List.of(1, 2, 3), compiled);
  }

  @Test
  void dropsWhatWasNotUsedForLongest() {
    PlanCache<Integer, Integer> cache = cache(10);
    for (int key : new int[] {4, 5, 4, 6, 4, 5}) {
      cache.get(key);
    }
    // 6 displaces 5, and 5 later 6: 4 is in use all the time.
    assertEquals(List.of(4, 5, 6, 5), compiled);
  }

  @Test
  void keepsOnePlanHoweverLarge() {
    PlanCache<Integer, Integer> cache = cache(10);
    for (int key : new int[] {99, 99, 1, 1}) {
      cache.get(key);
    }
    assertEquals(List.of(99, 1), compiled);
  }

  @Test
  void keepsNothingOfAFailure() {
    PlanCache<Integer, Integer> cache =
        new PlanCache<>(
            key -> {
              throw new IllegalArgumentException("no plan for " + key);
            },
            plan -> 1);
    for (int i = 0; i < 2; i++) {
      assertEquals(
          "no plan for 7",
          assertThrows(IllegalArgumentException.class, () -> cache.get(7)).getMessage());
    }
  }
}

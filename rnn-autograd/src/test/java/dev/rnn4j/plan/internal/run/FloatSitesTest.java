package dev.rnn4j.plan.internal.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rnn4j.plan.internal.run.FloatSites.Site;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Where values lie: apart from each other, in an array with room for them, at cache lines. */
class FloatSitesTest {
  private static final int LINE = 64 / Float.BYTES;
  private static final int PAGE = 4096 / Float.BYTES;
  private static final int HEADER = 16 / Float.BYTES;

  @Test
  void placesAreApartAndAtCacheLines() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    FloatSites sites = new FloatSites();
    int end = 0;
    for (int i = 0; i < 100; i++) {
      int size = random.nextInt(random.nextBoolean() ? 20 : 5 * PAGE);
      Site site = sites.place(size);
      assertTrue(site.start() >= end, "seed " + seed);
      assertEquals(0, (site.start() + HEADER) % LINE, "seed " + seed);
      end = site.start() + size;
    }
    sites.close();
    assertTrue(sites.size(0) >= end, "seed " + seed);
    assertTrue(sites.elements() >= end, "seed " + seed);
  }

  @Test
  void largePlacesAreNotAPageApart() {
    FloatSites sites = new FloatSites();
    int first = sites.place(3 * PAGE).start();
    int second = sites.place(3 * PAGE).start();
    assertNotEquals(first % PAGE, second % PAGE);
  }

  @Test
  void whatIsPlacedAfterAnArrayHasEndedIsInAnother() {
    FloatSites sites = new FloatSites();
    assertEquals(0, sites.place(5).array());
    sites.close();
    assertEquals(1, sites.place(7).array());
    sites.close();
    assertEquals(sites.elements(), sites.size(0) + sites.size(1));
  }

  @Test
  void anInputHasAnArrayOfItsOwn() {
    FloatSites sites = new FloatSites();
    Site first = sites.own(7);
    Site work = sites.place(5);
    Site second = sites.own(9);
    sites.close();
    assertEquals(3, Set.of(first.array(), work.array(), second.array()).size());
    assertEquals(0, first.start());
    assertEquals(7, sites.size(first.array()));
    assertEquals(9, sites.size(second.array()));
    assertEquals(16 + sites.size(work.array()), sites.elements());
  }
}

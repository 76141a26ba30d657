package dev.rnn4j.plan.internal.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rnn4j.plan.internal.run.FloatSites.Site;
import java.util.Random;
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
    assertTrue(sites.sizes().get(0) >= end, "seed " + seed);
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
    assertEquals(2, sites.sizes().size());
    assertEquals(sites.elements(), sites.sizes().get(0) + sites.sizes().get(1));
  }
}

package dev.rnn4j.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Jobs, one after the other, shared out among threads. */
class TeamTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 40})
  void everyPartOfEveryJobRunsOnce(int threads) {
    int jobs = 2000;
    AtomicIntegerArray runs = new AtomicIntegerArray(threads);
    long[] sums = new long[threads];
    Team team = enter(threads);
    try {
      for (int job = 1; job <= jobs; job++) {
        int parts = 1 + job % threads;
        long before = Arrays.stream(sums).sum();
        team.run(
            part -> {
              runs.incrementAndGet(part);
              sums[part]++; // seen by whoever runs this part next, and by the leader
            },
            parts);
        assertEquals(before + parts, Arrays.stream(sums).sum());
      }
    } finally {
      team.leave();
    }
    for (int part = 0; part < threads; part++) {
      int of = part;
      long expected =
          java.util.stream.IntStream.rangeClosed(1, jobs)
              .filter(job -> 1 + job % threads > of)
              .count();
      assertEquals(expected, runs.get(part));
    }
  }

  @Test
  void partsRunOnSeveralThreadsAtATime() {
    CountDownLatch both = new CountDownLatch(2);
    Team team = enter(2);
    try {
      team.run(
          part -> {
            both.countDown();
            try {
              both.await(); // comes back only where the other part has begun
            } catch (InterruptedException e) {
              throw new AssertionError(e);
            }
          },
          2);
    } finally {
      team.leave();
    }
    assertEquals(0, both.getCount());
  }

  @Test
  void oneRunHasTheTeam() {
    Team team = enter(2);
    try {
      assertNull(Team.enter(2));
      team.run(part -> assertNull(Team.enter(3)), 2);
    } finally {
      team.leave();
    }
    Team again = enter(3);
    again.leave();
  }

  @Test
  void whatTheFirstPartThrowsIsThrownAndTheTeamGoesOn() {
    Team team = enter(5);
    try {
      for (int round = 0; round < 200; round++) {
        Error error = new StackOverflowError();
        assertSame(error, assertThrows(Error.class, () -> team.run(failing(3, error), 5)));
        IOException checked = new IOException();
        assertSame(
            checked, assertThrows(IOException.class, () -> team.run(failing(0, checked), 5)));
        int[] done = new int[5];
        team.run(part -> done[part] = 1, 5);
        assertEquals(5, Arrays.stream(done).sum());
      }
      RuntimeException[] all = new RuntimeException[5];
      Arrays.setAll(all, i -> new IllegalStateException("" + i));
      for (int round = 0; round < 200; round++) {
        RuntimeException thrown =
            assertThrows(
                RuntimeException.class,
                () ->
                    team.run(
                        part -> {
                          throw all[part];
                        },
                        5));
        assertSame(all[0], thrown);
      }
    } finally {
      team.leave();
    }
  }

  private static Team.Job failing(int at, Throwable e) {
    return part -> {
      if (part == at) {
        TeamTest.<RuntimeException>sneak(e);
      }
    };
  }

  @SuppressWarnings("unchecked")
  private static <E extends Throwable> void sneak(Throwable e) throws E {
    throw (E) e;
  }

  @Test
  void anInterruptedCallerGetsItsResultAndStaysInterrupted() {
    Team team = enter(3);
    try {
      Thread.currentThread().interrupt();
      int[] done = new int[3];
      team.run(
          part -> {
            long end = System.nanoTime() + 1_000_000;
            while (System.nanoTime() < end) {
              Thread.onSpinWait();
            }
            done[part] = 1;
          },
          3);
      assertEquals(3, Arrays.stream(done).sum());
      assertTrue(Thread.interrupted());
    } finally {
      Thread.interrupted();
      team.leave();
    }
  }

  /** Waits where another test's run still has the team. */
  private static Team enter(int threads) {
    Team team = Team.enter(threads);
    while (team == null) {
      Thread.onSpinWait();
      team = Team.enter(threads);
    }
    return team;
  }
}

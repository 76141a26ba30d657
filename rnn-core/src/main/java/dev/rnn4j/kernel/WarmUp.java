package dev.rnn4j.kernel;

import java.util.ArrayDeque;
import java.util.Queue;

/**
 * The thread in which vector code becomes warm: it runs what was asked for, in turns, until the JIT
 * has compiled it, and ends when there is nothing left to do.
 */
public final class WarmUp {
  /** The scalar and the vector form of the same code, which run against each other. */
  public static final class Race {
    private final Runnable scalar;
    private final Runnable vector;
    private final Runnable won;
    private int turns;
    private int inVain;
    private boolean ahead;

    /**
     * Creates a race.
     *
     * @param scalar calls of the scalar form on numbers that nobody needs
     * @param vector the same calls of the vector form
     * @param won what to do when the vector form is warm
     */
    public Race(Runnable scalar, Runnable vector, Runnable won) {
      this.scalar = scalar;
      this.vector = vector;
      this.won = won;
    }

    /**
     * Times both forms. Returns whether the race is over: the vector form has kept up twice in a
     * row, without making objects, and has won; or it goes on making them, and has lost.
     */
    private boolean turn() {
      turns++;
      long bytes = ahead ? Allocation.ofThisThread() : 0; // not before: the first look takes long
      long vectorNanos = nanos(vector);
      bytes = ahead ? Allocation.ofThisThread() - bytes : 0;
      long scalarNanos = nanos(scalar);
      boolean before = ahead;
      ahead = vectorNanos < MARGIN * scalarNanos;
      if (before && ahead && bytes == 0) {
        won.run();
        return true;
      }
      inVain += before && ahead ? 1 : 0;
      return inVain == PATIENCE;
    }

    private static long nanos(Runnable calls) {
      long start = System.nanoTime();
      for (int i = 0; i < CALLS; i++) {
        calls.run();
      }
      return System.nanoTime() - start;
    }
  }

  /** How often the calls of each form are made in a turn. */
  private static final int CALLS = 15;

  /** How many times as long vector code may take: uncompiled, it takes tens of times as long. */
  private static final int MARGIN = 2;

  /**
   * The turns in which vector code is fast, and makes objects all the same, until it is given up:
   * many, as scalar code that is not compiled yet is slow as well.
   */
  private static final int PATIENCE = 200;

  /** The turns after which the thread rests as long as it works; the more turns, the longer. */
  private static final int HALF = 50;

  private static final int LONGEST_REST_MILLIS = 10_000;

  private static final boolean ALONE = Runtime.getRuntime().availableProcessors() == 1;
  private static final Queue<Race> RACES = new ArrayDeque<>();
  private static boolean atWork;

  private WarmUp() {}

  /** Runs a race in the background until it is won or lost. */
  public static void start(Race race) {
    synchronized (RACES) {
      RACES.add(race);
      if (!atWork) {
        atWork = true;
        Thread thread = new Thread(WarmUp::workOrGiveUp, "rnn-warm-up");
        thread.setDaemon(true);
        thread.setPriority(Thread.MIN_PRIORITY);
        thread.start();
      }
    }
  }

  /** Returns whether all races are over. */
  static boolean isOver() {
    synchronized (RACES) {
      return !atWork;
    }
  }

  /** Waits until all races are over. */
  static void await() throws InterruptedException {
    synchronized (RACES) {
      while (atWork) {
        RACES.wait();
      }
    }
  }

  /** Without memory, say, scalar code goes on to serve, and nobody waits for what does not come. */
  private static void workOrGiveUp() {
    try {
      work();
    } catch (RuntimeException | Error e) {
      synchronized (RACES) {
        RACES.clear();
        atWork = false;
        RACES.notifyAll();
      }
      throw e;
    }
  }

  private static void work() {
    for (Race race = next(null); race != null; ) {
      long start = System.nanoTime();
      boolean over = race.turn();
      rest(race.turns, System.nanoTime() - start);
      race = next(over ? null : race);
    }
  }

  /** Returns the race whose turn it is; one that goes on waits for it behind the others. */
  private static Race next(Race goesOn) {
    synchronized (RACES) {
      if (goesOn != null) {
        RACES.add(goesOn);
      }
      atWork = !RACES.isEmpty();
      if (!atWork) {
        RACES.notifyAll();
      }
      return RACES.poll();
    }
  }

  /**
   * Hardly rests at first: the JIT compiles first what is called most, and that should be vector
   * code, which makes an end of both. Later it leaves the processor to the JIT, which is busy, or
   * off; and a single processor to others from the beginning.
   */
  private static void rest(int turns, long nanos) {
    long worked = 1 + nanos / 1_000_000;
    long rest = worked * (ALONE ? turns + 2 * HALF : turns) / HALF;
    try {
      Thread.sleep(Math.min(rest, LONGEST_REST_MILLIS));
    } catch (InterruptedException e) {
      // Nobody has a reason to interrupt it; it rests less, then.
    }
  }
}

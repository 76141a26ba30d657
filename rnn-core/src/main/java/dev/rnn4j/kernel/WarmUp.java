package dev.rnn4j.kernel;

import java.util.ArrayDeque;
import java.util.Queue;

/**
 * The thread in which vector code becomes warm: it runs what was asked for, one after the other,
 * until the JIT has compiled it, and ends when there is nothing left to do.
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
     * Times the vector form, and the scalar form only where the vector form makes no objects: until
     * it is compiled, every operation on a vector makes one, and calls of the scalar form would
     * have the JIT compile that one more. Returns whether the race is over: the vector form has
     * kept up twice in a row, and has won; or it goes on falling behind or making objects after it
     * was compiled, and has lost.
     */
    private boolean turn() {
      turns++;
      if (turns < FIRST) { // the JIT waits for more calls, and the first look at bytes takes long
        nanos(vector);
        return false;
      }
      long bytes = Allocation.ofThisThread();
      long vectorNanos = nanos(vector);
      boolean compiled = Allocation.ofThisThread() == bytes;
      if (!compiled && turns % GLANCE != 0) {
        ahead = false;
        return false;
      }
      boolean before = ahead;
      boolean keptUp = vectorNanos < MARGIN * nanos(scalar);
      ahead = compiled && keptUp;
      if (before && ahead) {
        won.run();
        return true;
      }
      if (compiled != keptUp) {
        inVain += compiled ? 1 : GLANCE;
      }
      return inVain >= PATIENCE;
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

  /** The turns after which a race makes way for the others, which wait for its end until then. */
  private static final int STAY = 300;

  /** The turns after which there can be compiled code. */
  private static final int FIRST = 5;

  /** Every so many turns, vector code that makes objects is timed all the same. */
  private static final int GLANCE = 50;

  /**
   * The turns in which vector code is fast and makes objects all the same, or makes none and is
   * slow, until it is given up: many, as scalar code that is not compiled yet is slow as well.
   */
  private static final int PATIENCE = 600;

  /** The turns after which the thread rests twice as long as it works, and so on. */
  private static final int UNTIRING = 200;

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
      if (over || race.turns % STAY == 0) {
        race = next(over ? null : race);
      }
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
   * Rests as long as it works, and longer the more turns a race has had: the JIT needs a processor
   * as well, and where there is no JIT, nobody should pay for it.
   */
  private static void rest(int turns, long nanos) {
    long worked = 1 + nanos / 1_000_000;
    long rest = worked * (ALONE ? 2 : 1) * (1 + turns / UNTIRING);
    try {
      Thread.sleep(Math.min(rest, LONGEST_REST_MILLIS));
    } catch (InterruptedException e) {
      // Nobody has a reason to interrupt it; it rests less, then.
    }
  }
}

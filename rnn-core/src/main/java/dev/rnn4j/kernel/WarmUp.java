package dev.rnn4j.kernel;

import java.util.ArrayDeque;
import java.util.Queue;

/**
 * The thread in which vector code becomes warm: it runs what was asked for, in turns, until the JIT
 * has compiled it, and ends when there is nothing left to do.
 */
public final class WarmUp {
  /**
   * Calls of some code on numbers that nobody needs.
   *
   * @param calls calls as they are used
   * @param emptyCalls calls that return at once; the JIT counts them too, and they cost little
   */
  public record Rehearsal(Runnable calls, Runnable emptyCalls) {}

  /** The scalar and the vector form of the same code, which run against each other. */
  public static final class Race {
    private final Rehearsal scalar;
    private final Rehearsal vector;
    private final Runnable won;
    private int turns;
    private int inVain;
    private boolean ahead;

    /**
     * Creates a race.
     *
     * @param won what to do when the vector form is warm
     */
    public Race(Rehearsal scalar, Rehearsal vector, Runnable won) {
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
      if (turns < ENOUGH) {
        repeat(EMPTY_CALLS, vector.emptyCalls);
      }
      long bytes = ahead ? Allocation.ofThisThread() : 0; // not before: the first look takes long
      long vectorNanos = repeat(CALLS, vector.calls);
      bytes = ahead ? Allocation.ofThisThread() - bytes : 0;
      long scalarNanos = repeat(CALLS, scalar.calls);
      boolean before = ahead;
      ahead = vectorNanos < MARGIN * scalarNanos;
      if (before && ahead && bytes == 0) {
        won.run();
        return true;
      }
      inVain += before && ahead ? 1 : 0;
      return inVain == PATIENCE;
    }

    private static long repeat(int times, Runnable calls) {
      long start = System.nanoTime();
      for (int i = 0; i < times; i++) {
        calls.run();
      }
      return System.nanoTime() - start;
    }
  }

  /** The calls of each form in a turn. */
  private static final int CALLS = 5;

  private static final int EMPTY_CALLS = 500;

  /** How many times as long vector code may take: uncompiled, it takes tens of times as long. */
  private static final int MARGIN = 2;

  /** The turns after which the JIT has seen enough; it may be busy, or off. */
  private static final int ENOUGH = 15;

  /**
   * The turns in which vector code is fast, and makes objects all the same, until it is given up.
   */
  private static final int PATIENCE = 40;

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

  /**
   * Returns the race whose turn it is. One that goes on keeps its turn until the JIT has seen
   * enough, and then waits for it behind the others: what was used first is compiled first.
   */
  private static Race next(Race goesOn) {
    synchronized (RACES) {
      if (goesOn != null && goesOn.turns < ENOUGH) {
        return goesOn;
      }
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
   * Leaves half of a processor to others, most of a single one, and more to the JIT when it has
   * seen enough.
   */
  private static void rest(int turns, long nanos) {
    long worked = nanos / 1_000_000;
    long rest = ALONE ? 1 + 2 * worked : worked;
    rest += Math.min(LONGEST_REST_MILLIS, Math.max(0, (turns - ENOUGH + 9) / 10));
    try {
      Thread.sleep(rest);
    } catch (InterruptedException e) {
      // Nobody has a reason to interrupt it; it rests less, then.
    }
  }
}

package dev.rnn4j.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;

/**
 * The threads of this process that help with runs. They serve one run at a time, wait for the next
 * awake for a millisecond and then asleep, end when there was none for some seconds, and never keep
 * the JVM alive.
 *
 * <p>Work comes as jobs of a few parts. Thread i takes part i if nobody has; whoever is done takes
 * what is left, so that nobody waits for a thread that has not woken up.
 */
public final class Team {
  /** The most threads of a run. */
  public static final int MOST = 256;

  /** Work in parts that may run at the same time. */
  public interface Job {
    void part(int index);
  }

  private static final Team TEAM = new Team();

  /** So long a thread waits awake and keeps its processor. */
  private static final long SPIN_NANOS = 50_000;

  /**
   * So long it waits awake and lets others go first. A thread that sleeps may take longer to wake
   * up than a part of a run takes, and whoever takes its part as well keeps it waiting again.
   */
  private static final long AWAKE_NANOS = 1_000_000;

  /** So long after the last run the threads end; the next one makes new ones. */
  private static final long IDLE_NANOS = 3_000_000_000L;

  private final AtomicBoolean busy = new AtomicBoolean();
  private final List<Worker> workers = new ArrayList<>();
  private final AtomicLongArray takenIn = new AtomicLongArray(MOST);
  private final AtomicInteger open = new AtomicInteger();

  /** The number of the job under way, times MOST, and of its parts, less one. */
  private volatile long call;

  /** When the last run ended. */
  private volatile long left;

  private volatile boolean leaderSleeps;
  private Thread leader;
  private Job job;
  private Throwable failure;
  private int failedPart;

  private Team() {}

  /** Takes the team for a run of so many threads; returns null where another run has it. */
  public static Team enter(int threads) {
    if (!TEAM.busy.compareAndSet(false, true)) {
      return null;
    }
    boolean ready = false;
    try {
      TEAM.grow(threads - 1);
      TEAM.leader = Thread.currentThread();
      ready = true;
      return TEAM;
    } finally {
      if (!ready) {
        TEAM.leave();
      }
    }
  }

  private void grow(int size) {
    while (workers.size() < size) {
      Worker worker = new Worker(workers.size() + 1);
      worker.start();
      workers.add(worker);
    }
  }

  /** Gives the team back. */
  public void leave() {
    leader = null;
    job = null;
    failure = null;
    left = System.nanoTime();
    busy.set(false);
  }

  /**
   * Runs the parts of a job and returns when all have ended; from the thread that has entered. What
   * the first part throws that fails is thrown here.
   */
  public void run(Job newJob, int parts) {
    job = newJob;
    failure = null;
    open.set(parts);
    long next = (call / MOST + 1) * MOST + parts - 1;
    call = next;
    for (int i = 0; i < parts - 1; i++) {
      workers.get(i).wake();
    }
    takeParts(next, 0);
    awaitOthers();
    if (failure != null) {
      Team.<RuntimeException>rethrow(failure);
    }
  }

  @SuppressWarnings("unchecked") // an op of a user's may throw what the compiler does not know of
  private static <E extends Throwable> void rethrow(Throwable e) throws E {
    throw (E) e;
  }

  private void awaitOthers() {
    long begin = System.nanoTime();
    while (open.get() > 0) {
      if (!waitAwake(begin)) {
        leaderSleeps = true;
        if (open.get() > 0) {
          LockSupport.park(this);
        }
        leaderSleeps = false;
      }
    }
  }

  /** Waits for a moment; returns false, at once, for one who has waited long enough to sleep. */
  private static boolean waitAwake(long begin) {
    long waited = System.nanoTime() - begin;
    if (waited < SPIN_NANOS) {
      Thread.onSpinWait();
    } else if (waited < AWAKE_NANOS) {
      Thread.yield();
    }
    return waited < AWAKE_NANOS;
  }

  /** Runs the parts of a call that nobody has taken, one's own first. */
  private void takeParts(long ofCall, int own) {
    int parts = (int) (ofCall % MOST) + 1;
    for (int i = own; i < own + parts && own < parts; i++) {
      int part = i % parts;
      long taken = takenIn.get(part);
      if (taken < ofCall / MOST && takenIn.compareAndSet(part, taken, ofCall / MOST)) {
        runPart(part);
      }
    }
  }

  private void runPart(int part) {
    Thread waiting = leader;
    try {
      job.part(part);
    } catch (Throwable e) {
      keep(e, part);
    }
    if (open.decrementAndGet() == 0 && leaderSleeps) {
      LockSupport.unpark(waiting);
    }
  }

  private synchronized void keep(Throwable e, int part) {
    if (failure == null || part < failedPart) {
      failure = e;
      failedPart = part;
    }
  }

  /** Lets all threads end where there was no run for long. */
  private void endIfIdle() {
    if (System.nanoTime() - left < IDLE_NANOS || !busy.compareAndSet(false, true)) {
      return;
    }
    try {
      if (System.nanoTime() - left >= IDLE_NANOS) {
        for (Worker worker : workers) {
          worker.ends = true;
          LockSupport.unpark(worker);
        }
        workers.clear();
        RecordCaches.forget();
      }
    } finally {
      busy.set(false);
    }
  }

  private final class Worker extends Thread {
    private final int own;
    private volatile boolean sleeps;
    private volatile boolean ends;

    Worker(int own) {
      super(null, null, "rnn-" + own, 0, false);
      this.own = own;
      setDaemon(true);
      setContextClassLoader(null);
    }

    void wake() {
      if (sleeps) {
        LockSupport.unpark(this);
      }
    }

    @Override
    public void run() {
      long seen = 0;
      long begin = System.nanoTime();
      while (!ends) {
        long now = call;
        if (now != seen) {
          takeParts(now, own);
          seen = now;
          begin = System.nanoTime();
        } else if (!waitAwake(begin)) {
          rest(seen);
          begin = System.nanoTime();
        }
      }
    }

    private void rest(long seen) {
      sleeps = true;
      if (call == seen && !ends) {
        LockSupport.parkNanos(Team.this, IDLE_NANOS);
      }
      sleeps = false;
      if (call == seen) {
        endIfIdle();
      }
      Thread.interrupted(); // or else the next rest would end at once
    }
  }
}

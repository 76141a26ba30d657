package dev.rnn4j.train.internal.memory;

import dev.rnn4j.plan.Plan;
import dev.rnn4j.plan.Session;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Sessions of one plan, of which each call under way has one. Idle ones are kept for the next calls
 * while the budget has room, and those of a burst of callers go when it ends. Taking one that is
 * there and giving it back allocates nothing, and no caller waits.
 */
public final class Sessions {
  private static final int MOST_IDLE = 64;

  private final Plan plan;
  private final Budget budget;
  private final AtomicReferenceArray<Session> idle = new AtomicReferenceArray<>(MOST_IDLE);
  private volatile Budget.Charge charge;
  private volatile boolean dropped;

  public Sessions(Plan plan, Budget budget) {
    this.plan = plan;
    this.budget = budget;
  }

  /** Says where sessions are counted, before the first one is taken. */
  public void charge(Budget.Charge newCharge) {
    charge = newCharge;
  }

  /** Returns a session that nobody uses. */
  public Session take() {
    int begin = begin();
    for (int i = 0; i < MOST_IDLE; i++) {
      int at = (begin + i) % MOST_IDLE;
      Session session = idle.get(at);
      if (session != null && idle.compareAndSet(at, session, null)) {
        return session;
      }
    }
    Session fresh = plan.session();
    charge.add(fresh.bytes());
    return fresh;
  }

  /** Takes back a session. */
  public void give(Session session) {
    int begin = begin();
    for (int i = 0; i < MOST_IDLE && !dropped && !budget.isExceeded(); i++) {
      int at = (begin + i) % MOST_IDLE;
      if (idle.get(at) == null && idle.compareAndSet(at, null, session)) {
        if (dropped) {
          drop();
        }
        return;
      }
    }
    charge.add(-session.bytes());
  }

  /** A thread looks first where it looked before. */
  private static int begin() {
    return (int) (Thread.currentThread().getId() % MOST_IDLE);
  }

  /** Lets go of all idle sessions, and of others when they come back. */
  public void drop() {
    dropped = true;
    for (int i = 0; i < MOST_IDLE; i++) {
      Session session = idle.getAndSet(i, null);
      if (session != null) {
        charge.add(-session.bytes());
      }
    }
  }
}

package dev.rnn4j.kernel;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rnn4j.kernel.WarmUp.Race;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class WarmUpTest {
  private static final long SLOW_NANOS = 100_000;

  private static volatile Object made;
  private static volatile int spun;

  private static void spin() {
    for (int i = 0; i < 10_000; i++) {
      spun = i;
    }
  }

  private static boolean wins(Runnable vector) throws InterruptedException {
    AtomicBoolean won = new AtomicBoolean();
    WarmUp.start(new Race(WarmUpTest::spin, vector, () -> won.set(true)));
    WarmUp.await();
    return won.get();
  }

  @Test
  void fastCodeTakesOver() throws InterruptedException {
    assertTrue(wins(() -> spun = 7));
  }

  @Test
  void fastCodeThatMakesObjectsDoesNot() throws InterruptedException {
    assertFalse(wins(() -> made = new byte[16]));
  }

  @Test
  void aRaceThatIsNotWonMakesWay() throws InterruptedException {
    AtomicBoolean otherWon = new AtomicBoolean();
    AtomicBoolean won = new AtomicBoolean();
    Runnable slowUntilThen =
        () -> {
          if (!otherWon.get()) {
            LockSupport.parkNanos(SLOW_NANOS);
          }
        };
    WarmUp.start(new Race(WarmUpTest::spin, slowUntilThen, () -> won.set(true)));
    WarmUp.start(new Race(WarmUpTest::spin, () -> spun = 7, () -> otherWon.set(true)));
    WarmUp.await();
    assertTrue(otherWon.get() && won.get());
  }

  @Test
  void codeThatStopsMakingObjectsTakesOver() throws InterruptedException {
    int[] calls = {0};
    assertTrue(wins(() -> made = calls[0]++ < 50 ? new byte[16] : null));
  }
}

package dev.rnn4j.kernel;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rnn4j.kernel.WarmUp.Race;
import dev.rnn4j.kernel.WarmUp.Rehearsal;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class WarmUpTest {
  private static final Rehearsal SLOW = new Rehearsal(WarmUpTest::spin, () -> {});

  private static volatile Object made;
  private static volatile int spun;

  private static void spin() {
    for (int i = 0; i < 100_000; i++) {
      spun = i;
    }
  }

  private static boolean wins(Runnable vector) throws InterruptedException {
    AtomicBoolean won = new AtomicBoolean();
    WarmUp.start(new Race(SLOW, new Rehearsal(vector, () -> {}), () -> won.set(true)));
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
  void codeThatStopsMakingObjectsTakesOver() throws InterruptedException {
    int[] calls = {0};
    assertTrue(wins(() -> made = calls[0]++ < 50 ? new byte[16] : null));
  }
}

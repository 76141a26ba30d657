package dev.rnn4j.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class ColdTest {
  private static final long SLOW_NANOS = 200_000;

  private final AtomicBoolean compiled = new AtomicBoolean();
  private final AtomicInteger warmed = new AtomicInteger();
  private final AtomicInteger rehearsed = new AtomicInteger();
  private final CountDownLatch tried = new CountDownLatch(30);

  private final Runnable scalar = () -> LockSupport.parkNanos(SLOW_NANOS);
  private final Runnable vector =
      () -> {
        tried.countDown();
        LockSupport.parkNanos(compiled.get() ? 1 : 20 * SLOW_NANOS);
      };

  private final Cold<Runnable> cold =
      new Cold<>(
          () -> scalar,
          () -> vector,
          form -> {
            rehearsed.incrementAndGet();
            return form;
          },
          form -> warmed.incrementAndGet());

  @Test
  void vectorCodeTakesOverWhenItHasBecomeFast() throws Exception {
    assertSame(scalar, cold.scalar());
    tried.await();
    assertEquals(0, warmed.get());
    compiled.set(true);
    WarmUp.await();
    assertEquals(1, warmed.get());
  }

  @Test
  void nothingIsWarmedThatIsNotUsed() throws Exception {
    WarmUp.await();
    assertEquals(0, rehearsed.get());
    assertFalse(tried.getCount() < 30);
  }

  @Test
  void warmingBeginsOnce() throws Exception {
    compiled.set(true);
    cold.scalar();
    cold.scalar();
    WarmUp.await();
    assertSame(scalar, cold.scalar());
    assertEquals(2, rehearsed.get(), "one for each form");
    assertEquals(1, warmed.get());
  }

  @Test
  void nobodyWaitsForWhatFails() throws Exception {
    compiled.set(true);
    Runnable fails =
        () -> {
          throw new StackOverflowError("the thread of this test fails on purpose");
        };
    WarmUp.start(new WarmUp.Race(fails, fails, warmed::incrementAndGet));
    WarmUp.await();
    assertEquals(0, warmed.get());
    cold.scalar();
    WarmUp.await();
    assertEquals(1, warmed.get());
  }

  @Test
  void theThreadEndsAndBeginsAgain() throws Exception {
    compiled.set(true);
    for (int i = 1; i <= 3; i++) {
      WarmUp.start(new WarmUp.Race(scalar, () -> {}, warmed::incrementAndGet));
      WarmUp.await();
      assertEquals(i, warmed.get());
    }
    assertTrue(tried.getCount() > 0);
  }
}

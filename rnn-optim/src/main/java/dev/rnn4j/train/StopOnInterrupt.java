package dev.rnn4j.train;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets Ctrl-C, or any other polite end of the JVM, stop training instead of killing it: the trainer
 * ends after the update under way, and the JVM waits for the block to be left.
 *
 * <pre>{@code
 * try (StopOnInterrupt interrupt = StopOnInterrupt.of(trainer)) {
 *   trainer.run(() -> batches);
 *   ModelFile.save(model, step.weights(), path, Map.of());
 * }
 * }</pre>
 *
 * <p>The JVM still ends afterwards: what is to be saved is saved within the block. A {@code
 * System.exit} within the block would wait for the block itself, until patience ends.
 */
public final class StopOnInterrupt implements AutoCloseable {
  private final CountDownLatch left = new CountDownLatch(1);
  private final Thread hook;

  private StopOnInterrupt(Runnable stop, Duration patience) {
    hook = new Thread(() -> stop(stop, patience), "rnn-stop-on-interrupt");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** Stops a trainer on Ctrl-C; the JVM waits for at most a minute. */
  public static StopOnInterrupt of(Trainer trainer) {
    return of(trainer, Duration.ofMinutes(1));
  }

  /**
   * Does something of yours on Ctrl-C: where one trainer follows another, for example, it stops the
   * one under way. The JVM waits for at most a minute.
   *
   * @param stop what to do, on another thread; it should return soon
   */
  public static StopOnInterrupt of(Runnable stop) {
    checkNotNull(stop, "a StopOnInterrupt was given null as what to do");
    return new StopOnInterrupt(stop, Duration.ofMinutes(1));
  }

  /**
   * Stops a trainer on Ctrl-C.
   *
   * @param patience how long the JVM waits for the block to be left
   */
  public static StopOnInterrupt of(Trainer trainer, Duration patience) {
    checkNotNull(trainer, "a StopOnInterrupt was given null as its trainer");
    checkArgument(!patience.isNegative(), "the JVM cannot wait for %s", patience);
    return new StopOnInterrupt(trainer::stop, patience);
  }

  private void stop(Runnable stop, Duration patience) {
    stop.run();
    try {
      left.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    left.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The JVM is on its way out already, and waits no longer.
      return;
    }
  }
}

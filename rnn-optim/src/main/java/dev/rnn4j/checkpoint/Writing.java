package dev.rnn4j.checkpoint;

import com.google.common.base.Throwables;
import com.google.common.util.concurrent.Uninterruptibles;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** A checkpoint on its way to the disk, by a thread of its own. */
final class Writing {
  /** What is written. */
  interface Work {
    void run() throws IOException;
  }

  private final FutureTask<Long> task;
  private final long before;

  /**
   * Begins.
   *
   * @param before the time that it has taken already, in nanoseconds
   */
  Writing(Work work, long before) {
    this.before = before;
    this.task =
        new FutureTask<>(
            () -> {
              long begin = System.nanoTime();
              work.run();
              return System.nanoTime() - begin;
            });
    Thread thread = new Thread(task, "rnn-checkpoint");
    thread.setDaemon(true);
    thread.start();
  }

  boolean isDone() {
    return task.isDone();
  }

  /** Waits for the end; returns how long all of it has taken, in nanoseconds. */
  long join() throws IOException {
    try {
      return before + Uninterruptibles.getUninterruptibly(task);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException failure) {
        throw new IOException(failure.getMessage(), failure);
      }
      Throwables.throwIfUnchecked(e.getCause());
      throw new IllegalStateException(e.getCause());
    }
  }
}

package dev.rnn4j.examples.bench;

import com.google.common.util.concurrent.Uninterruptibles;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.function.DoubleSupplier;

/**
 * Independent runs at the same time, each in a thread of its own. Threads that share one run cannot
 * be faster than that. It ends when all of them have ended.
 */
final class SideBySide implements DoubleSupplier, AutoCloseable {
  private final DoubleSupplier own;
  private final CyclicBarrier begin;
  private final CyclicBarrier end;
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean closed;

  /** Creates it of runs, the first of which is left to the thread that calls. */
  SideBySide(List<? extends DoubleSupplier> runs) {
    own = runs.get(0);
    begin = new CyclicBarrier(runs.size());
    end = new CyclicBarrier(runs.size());
    for (DoubleSupplier run : runs.subList(1, runs.size())) {
      Thread thread = new Thread(() -> serve(run), "side by side");
      thread.setDaemon(true);
      thread.start();
      threads.add(thread);
    }
  }

  private void serve(DoubleSupplier run) {
    await(begin);
    while (!closed) {
      run.getAsDouble();
      await(end);
      await(begin);
    }
  }

  @Override
  public double getAsDouble() {
    await(begin);
    double value = own.getAsDouble();
    await(end);
    return value;
  }

  /** Ends the threads. */
  @Override
  public void close() {
    closed = true;
    await(begin);
    threads.forEach(Uninterruptibles::joinUninterruptibly);
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await();
    } catch (InterruptedException | BrokenBarrierException e) {
      throw new IllegalStateException("a thread was interrupted while it was timed", e);
    }
  }
}

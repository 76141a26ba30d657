package dev.rnn4j.kernel;

/**
 * The loop of one operation.
 *
 * <p>Loops are called through this interface and not by a switch, because the JIT would make one
 * large method of the switch and many of the loops, in which it leaves some of them unoptimised,
 * and vectors in memory.
 */
@FunctionalInterface
public interface FloatLoop {
  /** y[i] = op(a[i], b[i], c[i]). */
  void run(
      int n,
      float[] a,
      int aOffset,
      float[] b,
      int bOffset,
      float[] c,
      int cOffset,
      float[] y,
      int yOffset);
}

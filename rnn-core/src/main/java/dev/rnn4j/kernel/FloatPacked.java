package dev.rnn4j.kernel;

/**
 * The right operand of a matrix product, copied into the layout that one {@link FloatKernels} reads
 * fastest. Made by {@link FloatKernels#packed}, filled by {@link FloatKernels#pack}, and of no use
 * to other kernels.
 */
public abstract class FloatPacked {
  private final int k;
  private final int n;

  /** Creates the holder of a [k, n] matrix. */
  protected FloatPacked(int k, int n) {
    this.k = k;
    this.n = n;
  }

  /**
   * Returns a holder of a matrix of another size, in the memory of this one where there is enough
   * of it: of the two, only the one that was filled last is of use.
   */
  public abstract FloatPacked resized(int k, int n);

  /** Returns the bytes of the memory that it has, alone or with those made by {@link #resized}. */
  public abstract long bytes();

  /** Returns the number of rows. */
  public final int k() {
    return k;
  }

  /** Returns the number of columns. */
  public final int n() {
    return n;
  }
}

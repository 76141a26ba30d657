package dev.rnn4j.kernel;

/**
 * Every loop over numbers that a plan runs, in one precision. There are two implementations, scalar
 * and vector, and both give the same bits: the bits of a result are specified here.
 *
 * <p>Operands are an array and the position of the first element. Matrices are given with a row and
 * a column stride, so that transposes and slices are read in place. Nothing here allocates, except
 * {@link #packed}. Callers check sizes; kernels do not.
 */
public interface FloatKernels {
  /** Returns the kind, lanes and features in a few words: {@code vector kernels, 16 lanes, FMA}. */
  String description();

  /**
   * y[i] = op(a[i], b[i], c[i]) for n neighbouring elements. Operands beyond the operation's arity
   * are not read and may be null. y may be exactly the place of an operand. The bits of an element
   * depend on nothing but its operands.
   */
  void pointwise(
      Pointwise op,
      int n,
      float[] a,
      int aOffset,
      float[] b,
      int bOffset,
      float[] c,
      int cOffset,
      float[] y,
      int yOffset);

  /** Returns a holder for the packed form of a [k, n] matrix. */
  FloatPacked packed(int k, int n);

  /** Packs the matrix b [packed.k, packed.n]: element (i, j) is b[offset + i·row + j·column]. */
  void pack(float[] b, int bOffset, int bRow, int bColumn, FloatPacked packed);

  /**
   * c [m, n] = a [m, k] · b [k, n], or c += … with {@code accumulate}; rows of c are {@code cRow}
   * apart and its columns neighbours.
   *
   * <p>Bits: the products of an element form a chain of fused multiply-adds from 0 in ascending k,
   * which ends every 256 products; these block sums are added from the last to the first to c's old
   * value, or the last is stored and the others added to it. With k = 0 the product is 0.
   */
  void gemm(
      int m,
      float[] a,
      int aOffset,
      int aRow,
      int aColumn,
      FloatPacked b,
      float[] c,
      int cOffset,
      int cRow,
      boolean accumulate);

  /** The same product, with the same bits, from an unpacked b: for small matrices. */
  void gemm(
      int m,
      int n,
      int k,
      float[] a,
      int aOffset,
      int aRow,
      int aColumn,
      float[] b,
      int bOffset,
      int bRow,
      int bColumn,
      float[] c,
      int cOffset,
      int cRow,
      boolean accumulate);

  /**
   * y [outer, inner] = the sums of x [outer, axis, inner] over its middle axis; 0 where it is
   * empty.
   *
   * <p>Bits: with inner = 1 in 16 virtual lanes (lane l adds elements l, l + 16, … in order, from
   * 0), which are then added pairwise: l and l + 8, l and l + 4, l and l + 2, l and l + 1. With
   * inner &gt; 1 in ascending order from the first element.
   */
  void sum(int outer, int axis, int inner, float[] x, int xOffset, float[] y, int yOffset);

  /**
   * y [outer, inner] = the sums of a·b over the middle axis of both [outer, axis, inner]; 0 where
   * it is empty. b may be the place of a.
   *
   * <p>Bits: those of {@link Pointwise#MULTIPLY} followed by {@link #sum}.
   */
  void sumOfProducts(
      int outer,
      int axis,
      int inner,
      float[] a,
      int aOffset,
      float[] b,
      int bOffset,
      float[] y,
      int yOffset);

  /**
   * y [outer, inner] = the largest values of x [outer, axis, inner] over its middle axis; −∞ where
   * it is empty, NaN where there is one.
   */
  void max(int outer, int axis, int inner, float[] x, int xOffset, float[] y, int yOffset);

  /**
   * y [rows, n] = (x − μ) / √(σ² + epsilon), with mean μ and variance σ² of each row of x [rows,
   * n]. y may be exactly the place of x.
   *
   * <p>Bits: μ is the sum of the row, as of {@link #sum}, divided by n. σ² is the sum of the
   * squares of x − μ, divided by n; its virtual lanes are chains of fused multiply-adds. y = (x −
   * μ)·r with r = 1 / √(σ² + epsilon).
   */
  void normalize(int rows, int n, float epsilon, float[] x, int xOffset, float[] y, int yOffset);

  /**
   * y [rows, n] = the gradient of {@link #normalize} for the upstream gradient g [rows, n]: (g − ḡ
   * − (x − μ)·r²·c)·r, with the means ḡ of g and c of (x − μ)·g. y may be exactly the place of x or
   * g.
   *
   * <p>Bits: the sum of c is one of fused multiply-adds in virtual lanes; y = fma(x − μ, −r·r·c, g
   * − ḡ)·r.
   */
  void normalizeGradient(
      int rows,
      int n,
      float epsilon,
      float[] x,
      int xOffset,
      float[] g,
      int gOffset,
      float[] y,
      int yOffset);

  /**
   * Writes the 64 words of a group of Philox4x32-10, those of the counters (16·group + i, 0, time,
   * sequence) with i from 0 to 15: the first word of each, then the second ones, and so on. The
   * same words in either precision.
   */
  void words(long key, int group, int time, int sequence, int[] words);
}

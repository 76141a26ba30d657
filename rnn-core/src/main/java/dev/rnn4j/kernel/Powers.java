package dev.rnn4j.kernel;

/** Powers, with the same bits everywhere. */
public final class Powers {
  private Powers() {}

  /**
   * Returns aᵇ as IEEE 754 has it: {@link StrictMath#pow}, but for 1 to every power, NaN and the
   * infinities among them, and −1 to an infinite one, which are 1.
   */
  public static double power(double a, double b) {
    boolean one = a == 1 || a == -1 && Double.isInfinite(b);
    return one ? 1 : StrictMath.pow(a, b);
  }
}

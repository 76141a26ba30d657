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

  /**
   * Returns a to a whole power from 0 up, by squaring: as exact as n roundings let it be, and
   * without the objects that {@link StrictMath#pow} makes at every call.
   */
  public static double whole(double a, long n) {
    double power = 1;
    double square = a;
    for (long rest = n; rest > 0; rest >>= 1) {
      power = (rest & 1) == 1 ? power * square : power;
      square *= square;
    }
    return power;
  }
}

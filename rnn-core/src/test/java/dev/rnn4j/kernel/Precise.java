package dev.rnn4j.kernel;

/**
 * A number with about 100 bits, (high + low)·2^exponent, and the functions that {@link
 * FloatFunctions} approximates, as a reference for their error.
 */
record Precise(double high, double low, int exponent) {
  private static final Precise LN2 = new Precise(0.6931471805599453, 2.3190468138462996e-17, 0);
  private static final Precise ONE = new Precise(1, 0, 0);
  private static final int HALVINGS = 9;
  private static final int TERMS = 12;
  private static final double NEAR_ONE = 0x1p-20;
  private static final double SMALL = 0x1p-20;

  static Precise of(double x) {
    return new Precise(x, 0, 0);
  }

  static Precise exp(double x) {
    int k = (int) Math.rint(x / LN2.high);
    Precise r = of(x).minus(LN2.times(k)).times(Math.scalb(1.0, -HALVINGS));
    Precise sum = ONE;
    for (int i = TERMS; i > 0; i--) {
      sum = ONE.plus(sum.times(r).over(of(i)));
    }
    for (int i = 0; i < HALVINGS; i++) {
      sum = sum.times(sum);
    }
    return new Precise(sum.high, sum.low, k);
  }

  static Precise log(double x) {
    Precise f = of(x).minus(ONE);
    if (Math.abs(f.high) < NEAR_ONE) {
      return logOfOnePlus(f);
    }
    double guess = StrictMath.log(x);
    Precise inverse = exp(-guess);
    int k = Math.getExponent(x);
    double scaled = Math.scalb(x, -k / 2);
    scaled = Math.scalb(scaled, inverse.exponent + k / 2);
    Precise rest = new Precise(inverse.high, inverse.low, 0).times(scaled).minus(ONE);
    return of(guess).plus(logOfOnePlus(rest));
  }

  /** Returns ln(1 + f) for a small f, by its series. */
  private static Precise logOfOnePlus(Precise f) {
    Precise sum = of(0);
    for (int i = 6; i > 0; i--) {
      sum = ONE.over(of(i)).minus(f.times(sum));
    }
    return f.times(sum);
  }

  static Precise tanh(double x) {
    double size = Math.abs(x);
    Precise y;
    if (size < SMALL) {
      Precise cube = of(x).times(x).times(size).over(of(3));
      y = of(size).minus(cube);
    } else {
      Precise e = exp(-2 * size).aligned();
      y = ONE.minus(e).over(ONE.plus(e));
    }
    return x < 0 ? y.times(-1) : y;
  }

  static Precise sigmoid(double x) {
    Precise e = exp(-Math.abs(x));
    Precise sum = ONE.plus(e.aligned());
    if (x >= 0) {
      return ONE.over(sum);
    }
    Precise y = new Precise(e.high, e.low, 0).over(sum);
    return new Precise(y.high, y.low, e.exponent);
  }

  /** Returns the distance of y from this number, in units of which one is {@code ulp}. */
  double distance(double y, double ulp) {
    double scaled = Math.scalb(y, -exponent);
    return Math.abs((scaled - high - low) / Math.scalb(ulp, -exponent));
  }

  private Precise aligned() {
    return new Precise(Math.scalb(high, exponent), Math.scalb(low, exponent), 0);
  }

  private Precise plus(Precise y) {
    double sum = high + y.high;
    double back = sum - high;
    double rest = (high - (sum - back)) + (y.high - back);
    return normalized(sum, rest + low + y.low);
  }

  private Precise minus(Precise y) {
    return plus(y.times(-1));
  }

  private Precise times(double y) {
    return times(of(y));
  }

  private Precise times(Precise y) {
    double product = high * y.high;
    double rest = Math.fma(high, y.high, -product);
    return normalized(product, rest + (high * y.low + low * y.high));
  }

  private Precise over(Precise y) {
    double q = high / y.high;
    Precise rest = minus(y.times(q));
    double q2 = rest.high / y.high;
    Precise rest2 = rest.minus(y.times(q2));
    return normalized(q, q2).plus(of(rest2.high / y.high));
  }

  private static Precise normalized(double high, double low) {
    double sum = high + low;
    return new Precise(sum, low - (sum - high), 0);
  }
}

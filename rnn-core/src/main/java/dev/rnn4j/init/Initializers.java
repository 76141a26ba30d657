package dev.rnn4j.init;

import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.ShapeException;
import dev.rnn4j.tensor.Tensor;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;

/**
 * The schemes for first values. Where a scheme depends on fan-in and fan-out, they are the two
 * sizes of a weight {@code [in, out]}.
 */
public final class Initializers {
  private Initializers() {}

  /** All 0. */
  public static Initializer zeros() {
    return constant(0);
  }

  /** All 1. */
  public static Initializer ones() {
    return constant(1);
  }

  /** One value everywhere: a forget gate's bias of 1, for example. */
  public static Initializer constant(double value) {
    return (shape, random) -> Tensor.full(shape, value);
  }

  /**
   * Normal with mean 0 and standard deviation σ: σ·z, with z from {@code nextGaussian()}.
   *
   * @throws IllegalArgumentException for a σ that is negative or not finite
   */
  public static Initializer normal(double sigma) {
    checkDeviation("normal", sigma);
    return (shape, random) -> draw(shape, random, r -> sigma * r.nextGaussian());
  }

  /**
   * Normal with mean 0 and standard deviation σ, without its tails: σ·z, with z from {@code
   * nextGaussian()}, drawn again while |z| is above 2. What is left has the standard deviation
   * 0.8796·σ.
   *
   * @throws IllegalArgumentException for a σ that is negative or not finite
   */
  public static Initializer truncatedNormal(double sigma) {
    checkDeviation("truncatedNormal", sigma);
    return (shape, random) -> draw(shape, random, r -> sigma * withoutTails(r));
  }

  private static double withoutTails(RandomGenerator random) {
    double z = random.nextGaussian();
    while (Math.abs(z) > 2) {
      z = random.nextGaussian();
    }
    return z;
  }

  /**
   * Uniform in [low, high): low + (high − low)·u, with u from {@code nextDouble()}.
   *
   * @throws IllegalArgumentException where low is above high, or high − low is not finite
   */
  public static Initializer uniform(double low, double high) {
    if (!(low <= high && high - low < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "uniform cannot draw from "
              + low
              + " to "
              + high
              + "; the lower bound comes first, and their difference must be finite");
    }
    return (shape, random) -> draw(shape, random, r -> low + (high - low) * r.nextDouble());
  }

  /**
   * Uniform ±k with k = 1/√n, where n is the hidden size, whatever the parameter's own shape: the
   * usual choice for recurrent layers (LeCun, Bottou, Orr and Müller, "Efficient BackProp", 1998).
   * Computed as ((u·2)·k) − k, which repeats NumPy's {@code rand(…) * 2 * k - k} to the last bit.
   *
   * @throws IllegalArgumentException where n is not positive
   */
  public static Initializer reciprocalRootUniform(int n) {
    if (n <= 0) {
      throw new IllegalArgumentException(
          "reciprocalRootUniform cannot use the hidden size " + n + "; use 1 or more");
    }
    double k = 1 / Math.sqrt(n);
    return (shape, random) -> draw(shape, random, r -> r.nextDouble() * 2 * k - k);
  }

  /**
   * Uniform ±√(6/(in + out)) for a weight {@code [in, out]} (Glorot and Bengio, "Understanding the
   * difficulty of training deep feedforward neural networks", 2010).
   */
  public static Initializer glorotUniform() {
    return (shape, random) -> {
      requireMatrix("glorotUniform", shape);
      return uniformWithin(Math.sqrt(6 / fanInAndOut(shape))).create(shape, random);
    };
  }

  /**
   * Normal with variance 2/(in + out) for a weight {@code [in, out]} (Glorot and Bengio,
   * "Understanding the difficulty of training deep feedforward neural networks", 2010).
   */
  public static Initializer glorotNormal() {
    return (shape, random) -> {
      requireMatrix("glorotNormal", shape);
      return normal(Math.sqrt(2 / fanInAndOut(shape))).create(shape, random);
    };
  }

  /**
   * Uniform ±√(6/in) for a weight {@code [in, out]} (He, Zhang, Ren and Sun, "Delving deep into
   * rectifiers", 2015).
   */
  public static Initializer heUniform() {
    return (shape, random) -> {
      requireMatrix("heUniform", shape);
      return uniformWithin(Math.sqrt(6 / fanIn(shape))).create(shape, random);
    };
  }

  /**
   * Normal with variance 2/in for a weight {@code [in, out]} (He, Zhang, Ren and Sun, "Delving deep
   * into rectifiers", 2015).
   */
  public static Initializer heNormal() {
    return (shape, random) -> {
      requireMatrix("heNormal", shape);
      return normal(Math.sqrt(2 / fanIn(shape))).create(shape, random);
    };
  }

  /**
   * Uniform ±√(3/in) for a weight {@code [in, out]}, which has variance 1/in (LeCun, Bottou, Orr
   * and Müller, "Efficient BackProp", 1998).
   */
  public static Initializer lecunUniform() {
    return (shape, random) -> {
      requireMatrix("lecunUniform", shape);
      return uniformWithin(Math.sqrt(3 / fanIn(shape))).create(shape, random);
    };
  }

  /**
   * Normal with variance 1/in for a weight {@code [in, out]} (LeCun, Bottou, Orr and Müller,
   * "Efficient BackProp", 1998).
   */
  public static Initializer lecunNormal() {
    return (shape, random) -> {
      requireMatrix("lecunNormal", shape);
      return normal(Math.sqrt(1 / fanIn(shape))).create(shape, random);
    };
  }

  /** {@link #orthogonal(double)} with gain 1. */
  public static Initializer orthogonal() {
    return orthogonal(1);
  }

  /**
   * gain·Q, with Q uniform among the matrices {@code [in, out]} whose rows are orthonormal where in
   * ≤ out, and whose columns are where in ≥ out (Saxe, McClelland and Ganguli, "Exact solutions to
   * the nonlinear dynamics of learning in deep linear neural networks", 2014).
   *
   * @throws IllegalArgumentException for a gain that is not finite
   */
  public static Initializer orthogonal(double gain) {
    if (!Double.isFinite(gain)) {
      throw new IllegalArgumentException(
          "orthogonal cannot use the gain " + gain + "; use a finite number");
    }
    return (shape, random) -> {
      requireMatrix("orthogonal", shape);
      requireGenerator(random);
      return Orthogonal.matrix(shape.size(0), shape.size(1), gain, random);
    };
  }

  /** {@link #identity(double)} with scale 1. */
  public static Initializer identity() {
    return identity(1);
  }

  /**
   * The scale on the diagonal of a square weight, 0 elsewhere: recurrent weights that begin by
   * keeping the state, or with a scale below 1, by forgetting it slowly (Le, Jaitly and Hinton, "A
   * simple way to initialize recurrent networks of rectified linear units", 2015).
   *
   * @throws IllegalArgumentException for a scale that is not finite
   */
  public static Initializer identity(double scale) {
    if (!Double.isFinite(scale)) {
      throw new IllegalArgumentException(
          "identity cannot use the scale " + scale + "; use a finite number");
    }
    return (shape, random) -> {
      requireMatrix("identity", shape);
      int size = shape.size(0);
      if (size != shape.size(1)) {
        throw new ShapeException(
            "identity fills a square weight, and the shape is "
                + shape
                + "; use orthogonal() where input and output sizes differ");
      }
      double[] values = new double[shape.elements()];
      for (int i = 0; i < size; i++) {
        values[i * size + i] = scale;
      }
      return Tensor.of(shape, values);
    };
  }

  /**
   * Biases of a forget gate whose memories last from 1 to {@code length} − 1 steps, all equally
   * likely: ln u with u uniform in [1, length − 1), of {@code nextDouble()} and {@link
   * StrictMath#log}. The input gate's bias begins with the negatives of the same numbers (Tallec
   * and Ollivier, "Can recurrent neural networks warp time?", 2018).
   *
   * @param length the longest dependency to be remembered, in steps
   * @throws IllegalArgumentException where the length is below 2
   */
  public static Initializer chrono(int length) {
    if (length < 2) {
      throw new IllegalArgumentException(
          "chrono cannot use the length " + length + "; use 2 steps or more");
    }
    return (shape, random) ->
        draw(shape, random, r -> StrictMath.log(1 + (length - 2) * r.nextDouble()));
  }

  private static void checkDeviation(String scheme, double sigma) {
    if (!(sigma >= 0 && sigma < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          scheme + " cannot have the standard deviation " + sigma + "; use a number of 0 or more");
    }
  }

  private static Initializer uniformWithin(double limit) {
    return uniform(-limit, limit);
  }

  private static double fanIn(Shape shape) {
    return Math.max(1, shape.size(0));
  }

  private static double fanInAndOut(Shape shape) {
    return Math.max(1, (double) shape.size(0) + shape.size(1));
  }

  private static void requireMatrix(String scheme, Shape shape) {
    if (shape.rank() != 2) {
      throw new ShapeException(
          scheme
              + " fills a weight [in, out], and the shape is "
              + shape
              + "; give a bias zeros(), constant(...) or reciprocalRootUniform(...)");
    }
  }

  private static void requireGenerator(RandomGenerator random) {
    Objects.requireNonNull(
        random, "first values were to be drawn from null: give a generator, such as new Philox(1)");
  }

  private static Tensor draw(
      Shape shape, RandomGenerator random, ToDoubleFunction<RandomGenerator> number) {
    requireGenerator(random);
    double[] values = new double[shape.elements()];
    for (int i = 0; i < values.length; i++) {
      values[i] = number.applyAsDouble(random);
    }
    return Tensor.of(shape, values);
  }
}

package dev.rnn4j.testing;

import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import java.util.function.DoubleSupplier;
import java.util.random.RandomGenerator;

/** Random tensors; every value is exact in float32, so that executors begin with the same one. */
public final class Draw {
  private final RandomGenerator random;

  public Draw(RandomGenerator random) {
    this.random = random;
  }

  /** Returns values between two bounds. */
  public Tensor uniform(Shape shape, double low, double high) {
    return fill(shape, () -> (float) (low + (high - low) * random.nextDouble()));
  }

  /** Returns values between two bounds, or their negatives. */
  public Tensor eitherSign(Shape shape, double low, double high) {
    return fill(
        shape,
        () -> (float) (low + (high - low) * random.nextDouble()) * (random.nextBoolean() ? 1 : -1));
  }

  /** Returns whole numbers from {@code low} up to, not including, {@code high}. */
  public Tensor whole(Shape shape, int low, int high) {
    return fill(shape, () -> random.nextInt(low, high));
  }

  /** Returns quarters of whole numbers in a range, shifted. */
  public Tensor quarters(Shape shape, int low, int high, double shift) {
    return fill(shape, () -> random.nextInt(low, high) / 4.0 + shift);
  }

  private static Tensor fill(Shape shape, DoubleSupplier next) {
    double[] values = new double[shape.elements()];
    for (int i = 0; i < values.length; i++) {
      values[i] = next.getAsDouble();
    }
    return Tensor.of(shape, values);
  }
}

package dev.rnn4j.examples.bench;

import dev.rnn4j.kernel.FloatKernels;
import dev.rnn4j.kernel.FloatPacked;
import dev.rnn4j.kernel.Kernels;
import dev.rnn4j.random.Philox;
import java.util.List;
import java.util.function.DoubleSupplier;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A matrix product [m, k]·[k, n] in float32 with its right operand packed.
 *
 * @param m the rows of the result
 * @param k the products of an element
 * @param n the columns of the result
 * @param transposed whether the left operand lies in memory as [k, m]
 */
record Product(int m, int k, int n, boolean transposed) {
  /** From the smallest whose operands fit the first cache to what fills the last. */
  static final List<Product> SQUARE =
      List.of(
          new Product(32, 96, 96, false),
          new Product(64, 128, 128, false),
          new Product(128, 256, 256, false),
          new Product(256, 256, 512, false),
          new Product(512, 512, 512, false),
          new Product(1024, 1024, 1056, false));

  @Override
  public String toString() {
    return m + "x" + k + "x" + n + (transposed ? "T" : "");
  }

  /** {@code MxKxN} or {@code MxKxNT}. */
  static final class Reader implements ITypeConverter<Product> {
    @Override
    public Product convert(String text) {
      if (!text.matches("[1-9]\\d{0,4}(x[1-9]\\d{0,4}){2}T?")) {
        throw new TypeConversionException(
            "'" + text + "' is no product; it is three whole numbers MxKxN such as 32x96x96");
      }
      String[] sizes = text.replace("T", "").split("x");
      return new Product(
          Integer.parseInt(sizes[0]),
          Integer.parseInt(sizes[1]),
          Integer.parseInt(sizes[2]),
          text.endsWith("T"));
    }
  }

  /** Returns the products of an LSTM's training step. */
  static List<Product> ofLstm(Sizes s) {
    int rows = s.t() * s.n();
    return List.of(
        new Product(s.n(), s.h(), 4 * s.h(), false),
        new Product(rows, s.i(), 4 * s.h(), false),
        new Product(s.n(), 4 * s.h(), s.h(), false),
        new Product(s.h(), rows, 4 * s.h(), true),
        new Product(s.i(), rows, 4 * s.h(), true));
  }

  /** Returns the speed of the fastest of the square products, in GFLOP/s. */
  static double peak(Timing timing) {
    return SQUARE.stream()
        .mapToDouble(product -> product.gflops(product.medianMicros(timing)))
        .max()
        .orElseThrow();
  }

  double flops() {
    return 2.0 * m * k * n;
  }

  double gflops(double micros) {
    return flops() / micros / 1e3;
  }

  double medianMicros(Timing timing) {
    return Turns.medianMicros(timing, run())[0];
  }

  private DoubleSupplier run() {
    FloatKernels kernels = Kernels.float32();
    float[] a = drawn(m * k);
    float[] c = new float[m * n];
    FloatPacked b = kernels.packed(k, n);
    kernels.pack(drawn(k * n), 0, n, 1, b);
    int row = transposed ? 1 : k;
    int column = transposed ? m : 1;
    return () -> {
      kernels.gemm(m, a, 0, row, column, b, c, 0, n, false);
      return c[0];
    };
  }

  /** Returns so many numbers to multiply. */
  static float[] drawn(int count) {
    Philox random = new Philox(1);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }
}

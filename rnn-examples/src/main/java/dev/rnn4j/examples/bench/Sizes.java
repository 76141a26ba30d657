package dev.rnn4j.examples.bench;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * The sizes of a recurrent layer's training step.
 *
 * @param n the number of sequences, N
 * @param t their length, T
 * @param i the input size, I
 * @param h the hidden size, H
 */
public record Sizes(int n, int t, int i, int h) {
  @Override
  public String toString() {
    return n + "," + t + "," + i + "," + h;
  }

  /**
   * Returns how many floating-point operations the products of a training step take, for a cell of
   * some gates: x·W and h·U forward, the gradients of both weights, and that of h. The gradient of
   * x is not needed, and what is not a product is not counted.
   */
  public double flops(int gates) {
    return 2.0 * n * t * gates * h * (2.0 * i + 3.0 * h);
  }

  /** {@code N,T,I,H}. */
  public static final class Reader implements ITypeConverter<Sizes> {
    @Override
    public Sizes convert(String text) {
      if (!text.matches("[1-9]\\d{0,6}(,[1-9]\\d{0,6}){3}")) {
        throw new TypeConversionException(
            "'" + text + "' is no shape; it is four whole numbers N,T,I,H such as 32,50,32,64");
      }
      String[] sizes = text.split(",");
      return new Sizes(
          Integer.parseInt(sizes[0]),
          Integer.parseInt(sizes[1]),
          Integer.parseInt(sizes[2]),
          Integer.parseInt(sizes[3]));
    }
  }
}

package dev.rnn4j.plan.internal.check;

import com.google.common.primitives.Booleans;
import dev.rnn4j.graph.Op;
import dev.rnn4j.graph.op.Gather;
import dev.rnn4j.graph.op.RowOp;
import dev.rnn4j.graph.op.ScatterAdd;
import dev.rnn4j.kernel.Pointwise;
import java.util.Arrays;

/**
 * Arithmetic in which two ways to compute a value agree exactly or not at all: integers modulo the
 * prime 2³¹ − 1. What is linear is what it says, so that sums may be taken in any order and apart;
 * every other function is a number drawn at random for its operands. Two values that differ have
 * equal residues with a probability of 2⁻³¹.
 */
public final class Residues {
  /** A product of a {@code [M, K]} and b {@code [K, N]}, added to y. */
  public interface Product {
    void add(int[] a, int[] b, int[] y, int k);
  }

  private static final int P = Integer.MAX_VALUE;

  /** Numbers are taken for the fractions that they round, where these are no longer. */
  private static final int LARGEST_DENOMINATOR = 1 << 14;

  private Residues() {}

  public static int add(int a, int b) {
    int sum = a + b - P;
    return sum < 0 ? sum + P : sum;
  }

  public static int subtract(int a, int b) {
    int difference = a - b;
    return difference < 0 ? difference + P : difference;
  }

  public static int multiply(int a, int b) {
    long product = (long) a * b;
    return add((int) (product & P), (int) (product >>> Integer.SIZE - 1));
  }

  /** Returns 1 / a by Fermat's little theorem; 0 for 0. */
  static int inverse(int a) {
    int power = 1;
    int square = a;
    for (int rest = P - 2; rest > 0; rest >>= 1) {
      power = (rest & 1) == 1 ? multiply(power, square) : power;
      square = multiply(square, square);
    }
    return power;
  }

  /** Returns a residue as good as random, the same for the same numbers. */
  public static int hash(long a, long b) {
    long mixed = (a * 0x9E3779B97F4A7C15L) ^ (b + 0x632BE59BD9B4E019L);
    mixed = (mixed ^ (mixed >>> 32)) * 0xD6E8FEB86659FD93L;
    mixed = (mixed ^ (mixed >>> 29)) * 0xBF58476D1CE4E5B9L;
    return (int) (((mixed ^ (mixed >>> 32)) & Long.MAX_VALUE) % P);
  }

  /** Returns the residue of a number: of the short fraction that it is or rounds, if any. */
  public static int of(double number) {
    double rest = Math.abs(number);
    long[] numerators = {0, 1};
    long[] denominators = {1, 0};
    while (rest < P) {
      long whole = (long) rest;
      long numerator = whole * numerators[1] + numerators[0];
      long denominator = whole * denominators[1] + denominators[0];
      if (denominator > LARGEST_DENOMINATOR || numerator >= P) {
        break;
      }
      if (Math.abs((double) numerator / denominator - Math.abs(number)) <= 1e-14 * rest) {
        int fraction = multiply((int) numerator, inverse((int) denominator));
        return number < 0 ? subtract(0, fraction) : fraction;
      }
      numerators = new long[] {numerators[1], numerator};
      denominators = new long[] {denominators[1], denominator};
      rest = 1 / (rest - whole);
    }
    return hash(Double.doubleToLongBits(number), 0);
  }

  /** Returns one element of an elementwise result. */
  public static int apply(Pointwise op, int a, int b, int c) {
    return switch (op) {
      case COPY -> a;
      case NEGATE -> subtract(0, a);
      case SQUARE -> multiply(a, a);
      case RECIPROCAL -> inverse(a);
      case ADD -> add(a, b);
      case SUBTRACT -> subtract(a, b);
      case MULTIPLY -> multiply(a, b);
      case DIVIDE -> multiply(a, inverse(b));
      case POWER -> power(a, b);
      case MAXIMUM -> Math.max(a, b);
      case MINIMUM -> Math.min(a, b);
      case TANH_GRADIENT -> multiply(subtract(1, multiply(a, a)), b);
      case SIGMOID_GRADIENT -> multiply(multiply(a, subtract(1, a)), b);
      case RELU_GRADIENT -> multiply(hash(op.ordinal(), a), b);
      case SELECT -> add(c, multiply(hash(op.ordinal(), a), subtract(b, c)));
      case FMA -> add(multiply(a, b), c);
      case ADD_PRODUCT -> add(a, multiply(b, c));
      case TANH_OF_SUM -> apply(Pointwise.TANH, add(a, b), 0, 0);
      case SIGMOID_OF_SUM -> apply(Pointwise.SIGMOID, add(a, b), 0, 0);
      case TANH_GRADIENT_OF_PRODUCT -> apply(Pointwise.TANH_GRADIENT, a, multiply(b, c), 0);
      case SIGMOID_GRADIENT_OF_PRODUCT -> apply(Pointwise.SIGMOID_GRADIENT, a, multiply(b, c), 0);
      default -> hash(hash(op.ordinal(), a), b);
    };
  }

  private static int power(int a, int b) {
    if (b == 1 || b == 2) {
      return b == 1 ? a : multiply(a, a);
    }
    return b == P - 1 ? inverse(a) : hash(hash(Pointwise.POWER.ordinal(), a), b);
  }

  /** Adds the products of so many matrices a {@code [M, K]} and b {@code [K, N]} to y. */
  public static void multiply(int count, int k, int[] a, int[] b, int[] y, Product product) {
    for (int i = 0; i < count; i++) {
      int[] sum = part(y, i, count);
      product.add(part(a, i, count), part(b, i, count), sum, k);
      System.arraycopy(sum, 0, y, i * sum.length, sum.length);
    }
  }

  /** Adds the product of a {@code [M, K]} and b {@code [K, N]} to y. */
  public static void addProduct(int[] a, int[] b, int[] y, int k) {
    int n = k == 0 ? 1 : b.length / k;
    for (int at = 0; at < a.length; at++) {
      for (int j = 0; j < n; j++) {
        int to = at / k * n + j;
        y[to] = add(y[to], multiply(a[at], b[at % k * n + j]));
      }
    }
  }

  /** Adds to y what stands for the product: soon done, and not linear. */
  static void addLikeProduct(int[] a, int[] b, int[] y, int k) {
    int n = k == 0 ? 1 : b.length / k;
    int[] rows = new int[k == 0 ? 0 : a.length / k];
    int[] columns = new int[n];
    for (int at = 0; at < a.length; at++) {
      rows[at / k] = hash(rows[at / k], a[at]);
    }
    for (int at = 0; at < b.length; at++) {
      columns[at % n] = hash(columns[at % n], b[at]);
    }
    for (int at = 0; k > 0 && at < y.length; at++) {
      y[at] = add(y[at], hash(rows[at / n], columns[at % n]));
    }
  }

  /**
   * Returns an op of many elements.
   *
   * @param steps the time steps that lie one after the other, of an op that only it knows
   * @param width the elements of a row of the result
   * @param size those of the result
   */
  public static int[] apply(Op op, int steps, int[][] x, int width, int size) {
    if (op instanceof RowOp) {
      return rows(op, x, width);
    }
    if (op instanceof Gather) {
      return lookup(x[0], x[1], width);
    }
    return op instanceof ScatterAdd ? scatter(x[0], x[1], width, size) : call(op, steps, x, size);
  }

  /**
   * Returns an op of rows of n elements: in the last operand of several it is linear, and 0 for 0.
   */
  private static int[] rows(Op op, int[][] x, int n) {
    int[] y = new int[x[0].length];
    for (int from = 0; from < y.length; from += n) {
      int row = op.name().hashCode();
      int sum = 0;
      for (int i = 0; i < n; i++) {
        row = hash(row, x[0][from + i]);
      }
      for (int i = 0; i < n && x.length > 1; i++) {
        sum = add(sum, multiply(x[1][from + i], hash(row, i)));
      }
      for (int i = 0; i < n; i++) {
        int own = x.length > 1 ? multiply(x[1][from + i], hash(row, ~i)) : 1;
        y[from + i] = add(own, multiply(x.length > 1 ? sum : 1, hash(row, i + n)));
      }
    }
    return y;
  }

  /** Returns rows of a table at indices. */
  private static int[] lookup(int[] table, int[] indices, int width) {
    int[] y = new int[indices.length * width];
    for (int i = 0; i < y.length; i++) {
      int column = 0;
      for (int at = i % width; at < table.length; at += width) {
        column = hash(column, table[at]);
      }
      y[i] = hash(column, indices[i / width]);
    }
    return y;
  }

  /** Returns a table with rows added at indices. */
  private static int[] scatter(int[] rows, int[] indices, int width, int size) {
    int[] y = new int[size];
    for (int at = 0; at < size; at++) {
      for (int i = 0; i < indices.length; i++) {
        int part = multiply(rows[i * width + at % width], hash(at / width, indices[i]));
        y[at] = add(y[at], part);
      }
    }
    return y;
  }

  private static int[] part(int[] all, int i, int count) {
    int size = all.length / count;
    return Arrays.copyOfRange(all, i * size, (i + 1) * size);
  }

  /**
   * Returns an op that only it knows, of several time steps one after the other: each element of
   * the result depends on all operands, and is 0 where the op vanishes with those that are.
   */
  private static int[] call(Op op, int steps, int[][] x, int size) {
    int[] y = new int[size];
    int own = size / steps;
    for (int step = 0; step < steps; step++) {
      int all = op.name().hashCode();
      boolean[] zeros = new boolean[x.length];
      Arrays.fill(zeros, true);
      for (int i = 0; i < x.length; i++) {
        for (int element : part(x[i], step, steps)) {
          all = hash(all, element);
          zeros[i] &= element == 0;
        }
      }
      boolean vanishes = Booleans.contains(zeros, true) && op.vanishes(zeros);
      for (int i = 0; i < own && !vanishes; i++) {
        y[step * own + i] = hash(all, i);
      }
    }
    return y;
  }
}

package dev.rnn4j.init;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rnn4j.random.NumpyRandom;
import dev.rnn4j.random.Philox;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.ShapeException;
import dev.rnn4j.tensor.Tensor;
import java.util.Arrays;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InitializersTest {
  private static final Map<String, Initializer> OF_MATRICES =
      Map.of(
          "glorotUniform", Initializers.glorotUniform(),
          "glorotNormal", Initializers.glorotNormal(),
          "heUniform", Initializers.heUniform(),
          "heNormal", Initializers.heNormal(),
          "lecunUniform", Initializers.lecunUniform(),
          "lecunNormal", Initializers.lecunNormal(),
          "orthogonal", Initializers.orthogonal(),
          "identity", Initializers.identity());

  private static Tensor create(Initializer initializer, int... sizes) {
    return initializer.create(Shape.of(sizes), new Philox(17));
  }

  private static double[] map(Tensor tensor, DoubleUnaryOperator f) {
    return Arrays.stream(tensor.toDoubles()).map(f).toArray();
  }

  @Test
  void constants() {
    assertArrayEquals(new double[6], create(Initializers.zeros(), 2, 3).toDoubles());
    assertArrayEquals(new double[] {1, 1}, create(Initializers.ones(), 2).toDoubles());
    assertEquals(-0.5, create(Initializers.constant(-0.5)).item());
  }

  @Test
  void normalIsSigmaTimesNumpysRandn() {
    Tensor drawn = Initializers.normal(0.01).create(Shape.of(3, 5), new NumpyRandom(0));
    assertArrayEquals(map(new NumpyRandom(0).randn(3, 5), z -> z * 0.01), drawn.toDoubles());
    assertEquals(0.017640523459676639, drawn.at(0), 1e-17);
    assertEquals(Precision.FLOAT64, drawn.precision());
  }

  @Test
  void uniformIsNumpysUniform() {
    NumpyRandom numpy = new NumpyRandom(8);
    double[] expected = new double[7];
    Arrays.setAll(expected, i -> numpy.uniform(-0.1, 0.3));
    Tensor drawn = Initializers.uniform(-0.1, 0.3).create(Shape.of(7), new NumpyRandom(8));
    assertArrayEquals(expected, drawn.toDoubles());
  }

  /** rand(3, 5) * 2 * k - k with k = 1 / sqrt(5) after seed(0), as NumPy printed the bits. */
  @Test
  void reciprocalRootUniformRepeatsNumpysOrderOfOperations() {
    Tensor drawn = Initializers.reciprocalRootUniform(5).create(Shape.of(3, 5), new NumpyRandom(0));
    double k = 1 / Math.sqrt(5);
    assertArrayEquals(map(new NumpyRandom(0).rand(3, 5), r -> r * 2 * k - k), drawn.toDoubles());
    String[] numpy = {
      "0x1.65a9eb3c06368p-5", "0x1.8a2e59ebaa396p-3", "0x1.787b308c5d60cp-4",
      "0x1.48dd9ecb91720p-5", "-0x1.17b23f13095fcp-4", "0x1.0b3f365c5f89ep-3",
      "-0x1.c94ec636ba7a8p-5", "0x1.66d283bf0fab1p-2", "0x1.a8aa6a29065b7p-2",
      "-0x1.ab0545b3836d4p-4", "0x1.0b30658fce3f3p-2", "0x1.a76f473ee6260p-6",
      "0x1.f29291eacdd18p-5", "0x1.85cd19849ae3bp-2", "-0x1.88e2a084f240ap-2",
    };
    assertArrayEquals(
        Arrays.stream(numpy).mapToDouble(Double::parseDouble).toArray(), drawn.toDoubles());
  }

  /** Range or deviation as the formula has it, over 60,000 numbers. */
  @ParameterizedTest
  @CsvSource({
    "glorotUniform, 0.006666666666666667",
    "glorotNormal, 0.006666666666666667",
    "heUniform, 0.01",
    "heNormal, 0.01",
    "lecunUniform, 0.005",
    "lecunNormal, 0.005"
  })
  void fanSchemesHaveTheirVariance(String scheme, double variance) {
    double[] values = create(OF_MATRICES.get(scheme), 200, 100).toDoubles();
    double mean = Arrays.stream(values).average().orElseThrow();
    double squares = Arrays.stream(values).map(v -> v * v).sum() / values.length;
    assertEquals(0, mean, 5 * Math.sqrt(variance / values.length));
    assertEquals(variance, squares, 5 * variance * Math.sqrt(2.0 / values.length));
    if (scheme.endsWith("Uniform")) {
      double limit = Math.sqrt(3 * variance);
      double largest = Arrays.stream(values).map(Math::abs).max().orElseThrow();
      assertTrue(largest <= limit && largest > 0.999 * limit, largest + " of " + limit);
    }
  }

  @Test
  void truncatedNormalIsNumpysRandnWithoutItsTails() {
    Tensor drawn = Initializers.truncatedNormal(0.5).create(Shape.of(40, 5), new NumpyRandom(3));
    double[] kept =
        Arrays.stream(new NumpyRandom(3).randn(400).toDoubles())
            .filter(z -> Math.abs(z) <= 2)
            .limit(200)
            .map(z -> z * 0.5)
            .toArray();
    assertArrayEquals(kept, drawn.toDoubles());
  }

  /** The variance of a normal cut at ±2 is 1 − 4φ(2)/(2Φ(2) − 1) = 0.77374; n = 60,000. */
  @Test
  void truncatedNormalHasItsMomentsAndEnds() {
    double[] values = create(Initializers.truncatedNormal(3), 300, 200).toDoubles();
    double variance = 9 * 0.773741303;
    double mean = Arrays.stream(values).average().orElseThrow();
    double squares = Arrays.stream(values).map(v -> v * v).average().orElseThrow();
    double largest = Arrays.stream(values).map(Math::abs).max().orElseThrow();
    assertEquals(0, mean, 5 * Math.sqrt(variance / values.length));
    assertEquals(variance, squares, 5 * variance * Math.sqrt(2.0 / values.length));
    assertEquals(0.8796, Math.sqrt(variance) / 3, 5e-5);
    assertTrue(largest <= 6 && largest > 5.99, "" + largest);
  }

  /** e^b is uniform in [1, length − 1): its mean is length/2, its variance (length − 2)²/12. */
  @Test
  void chronoSpreadsMemoriesEvenlyOverTheLength() {
    Tensor drawn = create(Initializers.chrono(784), 50_000);
    double[] spans = map(drawn, Math::exp);
    double deviation = 782 / Math.sqrt(12);
    double mean = Arrays.stream(spans).average().orElseThrow();
    double squares = Arrays.stream(spans).map(s -> (s - 392) * (s - 392)).average().orElseThrow();
    assertEquals(392, mean, 5 * deviation / Math.sqrt(spans.length));
    assertEquals(deviation, Math.sqrt(squares), 0.02 * deviation);
    assertTrue(Arrays.stream(spans).allMatch(s -> s > 1 - 1e-12 && s < 783), "ends");
    NumpyRandom numpy = new NumpyRandom(5);
    double[] expected = new double[9];
    Arrays.setAll(expected, i -> StrictMath.log(1 + 8 * numpy.nextDouble()));
    assertArrayEquals(
        expected, Initializers.chrono(10).create(Shape.of(9), new NumpyRandom(5)).toDoubles());
    assertArrayEquals(new double[4], create(Initializers.chrono(2), 4).toDoubles());
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "7, 7", "5, 13", "13, 5", "1, 6", "6, 1", "64, 64"})
  void orthogonalHasOrthonormalRowsOrColumns(int in, int out) {
    double[][] q = create(Initializers.orthogonal(), in, out).toMatrix();
    double[][] vectors = in <= out ? q : transposed(q, in, out);
    for (int i = 0; i < vectors.length; i++) {
      for (int j = 0; j < vectors.length; j++) {
        assertEquals(i == j ? 1 : 0, dot(vectors[i], vectors[j]), 1e-14, i + ", " + j);
      }
    }
  }

  private static double[][] transposed(double[][] matrix, int rows, int columns) {
    double[][] turned = new double[columns][rows];
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        turned[column][row] = matrix[row][column];
      }
    }
    return turned;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  /** QᵀA is R: upper triangular, and its diagonal positive, which makes Q unique. */
  @Test
  void orthogonalIsTheQOfItsNormalNumbers() {
    double[][] a = transposed(new NumpyRandom(4).randn(9, 5).toMatrix(), 9, 5);
    Tensor drawn = Initializers.orthogonal().create(Shape.of(9, 5), new NumpyRandom(4));
    double[][] q = transposed(drawn.toMatrix(), 9, 5);
    for (int i = 0; i < 5; i++) {
      for (int j = 0; j <= i; j++) {
        double r = dot(q[i], a[j]);
        assertTrue(i == j ? r > 0.1 : Math.abs(r) < 1e-14, i + ", " + j + ": " + r);
      }
    }
    Tensor wide = Initializers.orthogonal().create(Shape.of(5, 9), new NumpyRandom(4));
    assertArrayEquals(q, wide.toMatrix());
  }

  @Test
  void orthogonalScalesByItsGainAndSurvivesDependentNumbers() {
    Tensor plain = create(Initializers.orthogonal(), 4, 4);
    Tensor scaled = create(Initializers.orthogonal(1.5), 4, 4);
    assertArrayEquals(map(plain, v -> 1.5 * v), scaled.toDoubles());
    double[][] q = Initializers.orthogonal().create(Shape.of(3, 3), () -> 0L).toMatrix();
    for (double[] row : q) {
      assertEquals(1, dot(row, row), 1e-15);
    }
  }

  @Test
  void identityIsSquare() {
    assertArrayEquals(
        new double[][] {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
        create(Initializers.identity(), 3, 3).toMatrix());
    assertArrayEquals(
        new double[][] {{0.1, 0}, {0, 0.1}}, create(Initializers.identity(0.1), 2, 2).toMatrix());
    var error = assertThrows(ShapeException.class, () -> create(Initializers.identity(), 3, 4));
    assertEquals(
        "identity fills a square weight, and the shape is [3, 4]; use orthogonal() where input and"
            + " output sizes differ",
        error.getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "glorotUniform",
        "glorotNormal",
        "heUniform",
        "heNormal",
        "lecunUniform",
        "lecunNormal",
        "orthogonal",
        "identity"
      })
  void schemesOfMatricesRefuseOtherShapesAndTakeEmptyOnes(String scheme) {
    Initializer initializer = OF_MATRICES.get(scheme);
    var error = assertThrows(ShapeException.class, () -> create(initializer, 5));
    assertEquals(
        scheme
            + " fills a weight [in, out], and the shape is [5]; give a bias zeros(), constant(...) or"
            + " reciprocalRootUniform(...)",
        error.getMessage());
    assertThrows(ShapeException.class, () -> create(initializer, 2, 2, 2));
    assertEquals(Shape.of(0, 0), create(initializer, 0, 0).shape());
    if (!scheme.equals("identity")) {
      assertEquals(Shape.of(0, 3), create(initializer, 0, 3).shape());
      assertEquals(Shape.of(3, 0), create(initializer, 3, 0).shape());
    }
  }

  @Test
  void badSettingsAreRefusedAtOnce() {
    assertRefused("normal cannot have the standard deviation -1.0;", () -> Initializers.normal(-1));
    assertRefused("normal cannot", () -> Initializers.normal(Double.NaN));
    assertRefused(
        "truncatedNormal cannot have the standard deviation -1.0;",
        () -> Initializers.truncatedNormal(-1));
    assertRefused("identity cannot use the scale NaN;", () -> Initializers.identity(Double.NaN));
    assertRefused("chrono cannot use the length 1;", () -> Initializers.chrono(1));
    assertRefused("uniform cannot draw from 1.0 to 0.0;", () -> Initializers.uniform(1, 0));
    assertRefused("uniform cannot", () -> Initializers.uniform(-1e308, 1e308));
    assertRefused(
        "reciprocalRootUniform cannot use the hidden size 0;",
        () -> Initializers.reciprocalRootUniform(0));
    assertRefused(
        "orthogonal cannot use the gain Infinity;",
        () -> Initializers.orthogonal(Double.POSITIVE_INFINITY));
  }

  private static void assertRefused(String beginning, Executable maker) {
    String message = assertThrows(IllegalArgumentException.class, maker).getMessage();
    assertTrue(message.startsWith(beginning), message);
  }
}

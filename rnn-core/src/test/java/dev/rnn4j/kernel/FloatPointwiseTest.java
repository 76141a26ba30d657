package dev.rnn4j.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FloatPointwiseTest {
  private static final int[] SIZES = {
    0, 1, 2, 3, 7, 8, 15, 16, 17, 31, 33, 63, 64, 65, 100, 513, 1000
  };
  private static final int SPACE = 1100;

  private final Random random = new Random(7);

  @ParameterizedTest
  @EnumSource(Pointwise.class)
  void bitsDependOnNothingButTheOperands(Pointwise op) {
    for (int n : SIZES) {
      for (int round = 0; round < 5; round++) {
        float[] a = FloatFixtures.wild(SPACE, random);
        float[] b = FloatFixtures.wild(SPACE, random);
        float[] c = FloatFixtures.wild(SPACE, random);
        float[] before = FloatFixtures.wild(SPACE, random);
        int ao = random.nextInt(50);
        int bo = random.nextInt(50);
        int co = random.nextInt(50);
        int yo = random.nextInt(50);
        float[] expected = before.clone();
        FloatKernels scalar = Kernels.scalarFloat();
        for (int i = 0; i < n; i++) {
          scalar.pointwise(op, 1, a, ao + i, b, bo + i, c, co + i, expected, yo + i);
        }
        for (FloatKernels kernels : FloatFixtures.implementations()) {
          float[] y = before.clone();
          kernels.pointwise(op, n, a, ao, b, bo, c, co, y, yo);
          FloatFixtures.assertSameBits(expected, y, op + " by " + kernels.description());
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Pointwise.class)
  void yMayBeAnOperand(Pointwise op) {
    for (int n : SIZES) {
      float[][] operands = new float[3][];
      for (int i = 0; i < 3; i++) {
        operands[i] = FloatFixtures.wild(SPACE, random);
      }
      float[] expected = operands[0].clone();
      Kernels.scalarFloat()
          .pointwise(op, n, operands[0], 3, operands[1], 3, operands[2], 3, expected, 3);
      for (FloatKernels kernels : FloatFixtures.implementations()) {
        for (int place = 0; place < op.arity(); place++) {
          float[] y = operands[place].clone();
          float[] a = place == 0 ? y : operands[0];
          float[] b = place == 1 ? y : operands[1];
          float[] c = place == 2 ? y : operands[2];
          kernels.pointwise(op, n, a, 3, b, 3, c, 3, y, 3);
          for (int i = 3; i < n + 3; i++) {
            assertEquals(expected[i], y[i], op + " in place of operand " + place);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "MULTIPLY, ADD, ADD_PRODUCT",
    "ADD, TANH, TANH_OF_SUM",
    "ADD, SIGMOID, SIGMOID_OF_SUM",
    "MULTIPLY, TANH_GRADIENT, TANH_GRADIENT_OF_PRODUCT",
    "MULTIPLY, SIGMOID_GRADIENT, SIGMOID_GRADIENT_OF_PRODUCT"
  })
  void pairsHaveTheBitsOfTwoSteps(Pointwise inner, Pointwise outer, Pointwise pair) {
    for (FloatKernels kernels : FloatFixtures.implementations()) {
      for (int n : SIZES) {
        float[] a = FloatFixtures.wild(SPACE, random);
        float[] b = FloatFixtures.wild(SPACE, random);
        float[] c = FloatFixtures.wild(SPACE, random);
        float[] t = new float[SPACE];
        float[] expected = new float[SPACE];
        if (outer.arity() == 1) {
          kernels.pointwise(inner, n, a, 1, b, 2, null, 0, t, 5);
          kernels.pointwise(outer, n, t, 5, null, 0, null, 0, expected, 3);
        } else {
          kernels.pointwise(inner, n, b, 2, c, 4, null, 0, t, 5);
          kernels.pointwise(outer, n, a, 1, t, 5, null, 0, expected, 3);
        }
        float[] y = new float[SPACE];
        kernels.pointwise(pair, n, a, 1, b, 2, c, 4, y, 3);
        FloatFixtures.assertSameBits(expected, y, pair + " by " + kernels.description());
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Pointwise.class)
  void operandsBeyondTheArityMayBeNull(Pointwise op) {
    for (FloatKernels kernels : FloatFixtures.implementations()) {
      float[] a = FloatFixtures.normal(40, random);
      float[] y = new float[40];
      kernels.pointwise(
          op, 40, a, 0, op.arity() > 1 ? a : null, 0, op.arity() > 2 ? a : null, 0, y, 0);
      assertEquals(reference(op, a[39], a[39], a[39]), y[39], 1e-6);
    }
  }

  @ParameterizedTest
  @EnumSource(Pointwise.class)
  void valuesAreThoseOfTheFormula(Pointwise op) {
    for (FloatKernels kernels : FloatFixtures.implementations()) {
      float[] a = FloatFixtures.wild(SPACE, random);
      float[] b = FloatFixtures.wild(SPACE, random);
      float[] c = FloatFixtures.wild(SPACE, random);
      float[] y = new float[SPACE];
      kernels.pointwise(op, SPACE, a, 0, b, 0, c, 0, y, 0);
      for (int i = 0; i < SPACE; i++) {
        float expected = FloatBits.round(reference(op, a[i], b[i], c[i]));
        String what = op + " of " + a[i] + ", " + b[i] + ", " + c[i] + " is " + y[i];
        if (Float.isNaN(expected) || Float.isInfinite(expected) || expected == 0) {
          assertEquals(expected, y[i], 2 * Float.MIN_VALUE, what);
        } else {
          assertTrue(Math.abs(y[i] - expected) <= 3 * Math.ulp(expected), what);
        }
      }
    }
  }

  /** Every operation in float64; operands whose float64 result is another are left to its twin. */
  private static double reference(Pointwise op, float x, float y, float z) {
    double a = x;
    double b = y;
    double c = z;
    return switch (op) {
      case COPY -> a;
      case NEGATE -> -a;
      case ABS -> Math.abs(a);
      case SQRT -> Math.sqrt(a);
      case SQUARE -> a * a;
      case RECIPROCAL -> 1 / a;
      case EXP -> StrictMath.exp(a);
      case LOG -> StrictMath.log(a);
      case TANH -> StrictMath.tanh(a);
      case SIGMOID -> sigmoid(a);
      case RELU -> Math.max(a, 0);
      case SOFTPLUS -> Math.max(a, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(a)));
      case ADD -> a + b;
      case SUBTRACT -> a - b;
      case MULTIPLY -> a * b;
      case DIVIDE -> a / b;
      case POWER -> Powers.power(a, b);
      case MAXIMUM -> Math.max(a, b);
      case MINIMUM -> Math.min(a, b);
      case EQUAL -> a == b ? 1 : 0;
      case GREATER -> a > b ? 1 : 0;
      case GREATER_OR_EQUAL -> a >= b ? 1 : 0;
      case TANH_GRADIENT -> Math.fma(-x, x, 1) * y;
      case SIGMOID_GRADIENT -> x * (1 - x) * y;
      case RELU_GRADIENT -> a > 0 ? b : a <= 0 ? 0 : a;
      case SELECT -> a != 0 ? b : c;
      case FMA -> Math.fma(x, y, z);
      case ADD_PRODUCT -> x + y * z;
      case TANH_OF_SUM -> StrictMath.tanh(x + y);
      case SIGMOID_OF_SUM -> sigmoid(x + y);
      case TANH_GRADIENT_OF_PRODUCT -> Math.fma(-x, x, 1) * (y * z);
      case SIGMOID_GRADIENT_OF_PRODUCT -> x * (1 - x) * (y * z);
    };
  }

  private static double sigmoid(double a) {
    double e = StrictMath.exp(-Math.abs(a));
    return (a >= 0 ? 1 : e) / (1 + e);
  }
}

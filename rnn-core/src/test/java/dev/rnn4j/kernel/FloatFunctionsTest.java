package dev.rnn4j.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.function.DoubleFunction;
import org.junit.jupiter.api.Test;

class FloatFunctionsTest {
  private static final int SAMPLES = 50_000;
  private static final float INFINITY = Float.POSITIVE_INFINITY;

  private final Random random = new Random(5);

  private interface Function {
    float apply(float x);
  }

  @Test
  void errorsAreWithinTwoUlp() {
    check("exp", FloatFunctions::exp, Precise::exp, false);
    check("log", FloatFunctions::log, Precise::log, true);
    check("tanh", FloatFunctions::tanh, Precise::tanh, false);
    check("sigmoid", FloatFunctions::sigmoid, Precise::sigmoid, false);
  }

  private void check(
      String name, Function function, DoubleFunction<Precise> reference, boolean positive) {
    for (int i = 0; i < SAMPLES; i++) {
      float x = argument();
      x = positive ? Math.abs(x) : x;
      float y = function.apply(x);
      if (x != 0 && y != 0 && Math.abs(y) <= Float.MAX_VALUE) {
        double error = reference.apply(x).distance(y, Math.ulp(y));
        assertTrue(error <= 2, name + "(" + x + ") = " + y + " is wrong by " + error + " ulp");
      }
    }
  }

  private float argument() {
    double x = random.nextGaussian();
    return FloatBits.round(
        switch (random.nextInt(5)) {
          case 0 -> x;
          case 1 -> x * 10;
          case 2 -> x * 200;
          case 3 -> Math.scalb(x, random.nextInt(60) - 55);
          default -> 1 + Math.scalb(x, -random.nextInt(50));
        });
  }

  @Test
  void expAtItsLimits() {
    assertEquals(1.0f, FloatFunctions.exp(0.0f));
    assertEquals(1.0f, FloatFunctions.exp(-0.0f));
    assertEquals(1.0f, FloatFunctions.exp(Float.MIN_VALUE));
    assertEquals(0.0f, FloatFunctions.exp(-INFINITY));
    assertEquals(0.0f, FloatFunctions.exp(-Float.MAX_VALUE));
    assertEquals(INFINITY, FloatFunctions.exp(INFINITY));
    assertEquals(INFINITY, FloatFunctions.exp(Float.MAX_VALUE));
    assertTrue(Float.isNaN(FloatFunctions.exp(Float.NaN)));
  }

  @Test
  void expOverflowsAndUnderflowsWhereItShould() {
    float largest = FloatBits.round(StrictMath.log(Float.MAX_VALUE));
    assertTrue(FloatFunctions.exp(Math.nextDown(largest)) < INFINITY);
    assertEquals(INFINITY, FloatFunctions.exp(Math.nextUp(Math.nextUp(largest))));
    float smallest = FloatBits.round(StrictMath.log(Float.MIN_VALUE));
    assertEquals(Float.MIN_VALUE, FloatFunctions.exp(smallest));
    assertEquals(0.0f, FloatFunctions.exp(smallest - 1));
  }

  @Test
  void logAtItsLimits() {
    assertEquals(0.0f, FloatFunctions.log(1));
    assertEquals(-INFINITY, FloatFunctions.log(0.0f));
    assertEquals(-INFINITY, FloatFunctions.log(-0.0f));
    assertEquals(INFINITY, FloatFunctions.log(INFINITY));
    assertTrue(Float.isNaN(FloatFunctions.log(-Float.MIN_VALUE)));
    assertTrue(Float.isNaN(FloatFunctions.log(-INFINITY)));
    assertTrue(Float.isNaN(FloatFunctions.log(Float.NaN)));
    for (float x : new float[] {Float.MIN_VALUE, Float.MIN_NORMAL, Float.MAX_VALUE}) {
      float y = FloatFunctions.log(x);
      assertTrue(Precise.log(x).distance(y, Math.ulp(y)) <= 2, "log(" + x + ") = " + y);
    }
  }

  @Test
  void tanhKeepsTinyNumbersAndTheSignOfZero() {
    for (float x : new float[] {0.0f, Float.MIN_VALUE, Float.MIN_NORMAL, 1e-20f}) {
      assertEquals(x, FloatFunctions.tanh(x));
      assertEquals(-x, FloatFunctions.tanh(-x));
    }
  }

  @Test
  void tanhAtItsLimits() {
    for (float x : new float[] {30, 700, Float.MAX_VALUE, INFINITY}) {
      assertEquals(1.0f, FloatFunctions.tanh(x));
      assertEquals(-1.0f, FloatFunctions.tanh(-x));
    }
    assertTrue(Float.isNaN(FloatFunctions.tanh(Float.NaN)));
  }

  @Test
  void tanhIsOddAndNeverExceedsOne() {
    for (int i = 0; i < SAMPLES; i++) {
      float x = argument();
      assertEquals(-FloatFunctions.tanh(x), FloatFunctions.tanh(-x));
      assertTrue(Math.abs(FloatFunctions.tanh(x)) <= 1, "tanh of " + x);
    }
  }

  @Test
  void sigmoidAtItsLimits() {
    assertEquals(0.5f, FloatFunctions.sigmoid(0.0f));
    assertEquals(0.5f, FloatFunctions.sigmoid(-0.0f));
    assertEquals(1.0f, FloatFunctions.sigmoid(INFINITY));
    assertEquals(0.0f, FloatFunctions.sigmoid(-INFINITY));
    assertEquals(1.0f, FloatFunctions.sigmoid(Float.MAX_VALUE));
    assertEquals(0.0f, FloatFunctions.sigmoid(-Float.MAX_VALUE));
    assertTrue(Float.isNaN(FloatFunctions.sigmoid(Float.NaN)));
  }

  @Test
  void theLeftTailOfTheSigmoidIsTheExponential() {
    float x = FloatBits.round(StrictMath.log(Float.MIN_NORMAL)) - 2;
    assertEquals(FloatFunctions.exp(x), FloatFunctions.sigmoid(x));
    assertTrue(FloatFunctions.sigmoid(x) > 0);
  }

  @Test
  void softplusAtItsLimits() {
    assertEquals(FloatBits.round(StrictMath.log(2)), FloatFunctions.softplus(0.0f));
    assertEquals(INFINITY, FloatFunctions.softplus(INFINITY));
    assertEquals(Float.MAX_VALUE, FloatFunctions.softplus(Float.MAX_VALUE));
    assertEquals(0.0f, FloatFunctions.softplus(-INFINITY));
    assertEquals(FloatFunctions.exp(-60), FloatFunctions.softplus(-60));
    assertTrue(Float.isNaN(FloatFunctions.softplus(Float.NaN)));
  }
}

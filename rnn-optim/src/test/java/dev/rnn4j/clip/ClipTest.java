package dev.rnn4j.clip;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.plan.Plan;
import dev.rnn4j.plan.Session;
import dev.rnn4j.tensor.Precision;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClipTest {
  /** Applies a clip to gradients of these values, in a plan. */
  private static double[][] clip(Clip clip, Precision precision, double[]... gradients) {
    List<Input> inputs = new ArrayList<>();
    for (double[] gradient : gradients) {
      inputs.add(Input.of("g", gradient.length));
    }
    List<Node> clipped = clip.apply(List.copyOf(inputs));
    Session session = Plan.of(clipped).compile(precision).session();
    for (int i = 0; i < gradients.length; i++) {
      session.set(inputs.get(i), gradients[i]);
    }
    session.run();
    return clipped.stream().map(node -> session.get(node).toDoubles()).toArray(double[][]::new);
  }

  private static void assertEach(double[][] expected, double[][] actual, double tolerance) {
    assertEquals(expected.length, actual.length);
    for (int i = 0; i < expected.length; i++) {
      assertArrayEquals(expected[i], actual[i], tolerance);
    }
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void byValueHoldsEachElement(Precision precision) {
    double[][] clipped =
        clip(
            Clip.byValue(0.5), precision, new double[] {-3, -0.5, -0.25, 0}, new double[] {0.5, 9});
    assertEach(new double[][] {{-0.5, -0.5, -0.25, 0}, {0.5, 0.5}}, clipped, 0);
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void byGlobalNormScalesAllTogether(Precision precision) {
    double[][] clipped =
        clip(Clip.byGlobalNorm(1), precision, new double[] {3, 0, 0}, new double[] {-4});
    double factor = 1 / 5.000001;
    assertEach(new double[][] {{3 * factor, 0, 0}, {-4 * factor}}, clipped, tiny(precision));
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void byParameterNormScalesEachByItself(Precision precision) {
    double[][] clipped =
        clip(
            Clip.byParameterNorm(1),
            precision,
            new double[] {3, 4},
            new double[] {0.5},
            new double[] {0, -10});
    assertEach(
        new double[][] {{3 / 5.000001, 4 / 5.000001}, {0.5}, {0, -10 / 10.000001}},
        clipped,
        tiny(precision));
  }

  private static double tiny(Precision precision) {
    return precision == Precision.FLOAT32 ? 1e-7 : 1e-15;
  }

  @ParameterizedTest
  @ValueSource(doubles = {5.00001, 6, 1e30})
  void byGlobalNormChangesNoBitUpToTheLimit(double limit) {
    double[][] gradients = {{3, 0, 0}, {-4}};
    assertEach(gradients, clip(Clip.byGlobalNorm(limit), Precision.FLOAT64, gradients), 0);
    assertEach(gradients, clip(Clip.byGlobalNorm(limit), Precision.FLOAT32, gradients), 0);
    assertEach(gradients, clip(Clip.byParameterNorm(limit), Precision.FLOAT32, gradients), 0);
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void zerosStayZeros(Precision precision) {
    double[][] zeros = {{0, 0}, {0}};
    assertEach(zeros, clip(Clip.byGlobalNorm(1e-3), precision, zeros), 0);
    assertEach(zeros, clip(Clip.byParameterNorm(1e-3), precision, zeros), 0);
    assertEach(zeros, clip(Clip.byValue(1e-3), precision, zeros), 0);
    assertEach(zeros, clip(Clip.none(), precision, zeros), 0);
  }

  /** Norms near the ends of a precision's range, whose squares are outside it. */
  @ParameterizedTest
  @EnumSource(Precision.class)
  void aNormIsRightWhereItsSquareIsNone(Precision precision) {
    boolean wide = precision == Precision.FLOAT64;
    for (double scale :
        wide
            ? new double[] {1, 0x1p-1000, 0x1p-1060, 0x1p600, 0x1p1020, 1e-320}
            : new double[] {1, 0x1p-80, 0x1p-140, 1e20, 1e38, 1e-44}) {
      double[][] gradients = {{3 * scale, 0, 0}, {-4 * scale / 16}, {0, 12 * scale / 16}};
      double[] norm = clip(g -> List.of(Clip.globalNorm(g)), precision, gradients)[0];
      double exact = scale * Math.hypot(3, Math.hypot(0.25, 0.75));
      double least = wide ? Double.MIN_VALUE : Float.MIN_VALUE;
      assertEquals(exact, norm[0], Math.max(4 * least, exact * 1e-6), precision + " " + scale);
      double[][] clipped = clip(Clip.byGlobalNorm(exact / 2), precision, gradients);
      if (exact > 1) {
        assertEquals(gradients[0][0] / 2, clipped[0][0], 1e-2 * exact);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void aHugeGradientIsScaledAndNotLost(Precision precision) {
    double huge = precision == Precision.FLOAT64 ? 1e200 : 1e20;
    double[][] clipped =
        clip(Clip.byGlobalNorm(1), precision, new double[] {3 * huge, 0}, new double[] {-4 * huge});
    assertEach(new double[][] {{0.6, 0}, {-0.8}}, clipped, 1e-6);
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void whatIsNoNumberShowsInTheNorm(Precision precision) {
    double infinite = Double.POSITIVE_INFINITY;
    Clip norm = g -> List.of(Clip.globalNorm(g));
    assertEquals(infinite, clip(norm, precision, new double[] {1, -infinite})[0][0]);
    assertEquals(Double.NaN, clip(norm, precision, new double[] {1, Double.NaN})[0][0]);
    assertEquals(
        Double.NaN,
        clip(norm, precision, new double[] {infinite}, new double[] {Double.NaN})[0][0]);
    assertEquals(0, clip(norm, precision, new double[] {0, -0.0}, new double[0])[0][0]);
    double[][] clipped = clip(Clip.byGlobalNorm(1), precision, new double[] {1, Double.NaN});
    assertEquals(Double.NaN, clipped[0][0]);
    assertEquals(Double.NaN, clip(Clip.byValue(1), precision, new double[] {Double.NaN})[0][0]);
    assertEquals(-1, clip(Clip.byValue(1), precision, new double[] {-infinite})[0][0]);
  }

  @Property(tries = 50)
  void byGlobalNormLeavesTheDirectionAndLimitsTheNorm(
      @ForAll @Size(5) List<@DoubleRange(min = -100, max = 100) Double> values,
      @ForAll @DoubleRange(min = 0.01, max = 100) double limit) {
    double[] all = values.stream().mapToDouble(Double::doubleValue).toArray();
    double norm = 0;
    for (double value : all) {
      norm += value * value;
    }
    norm = Math.sqrt(norm);
    double factor = Math.min(1, limit / (norm + 1e-6));
    double[][] clipped =
        clip(
            Clip.byGlobalNorm(limit),
            Precision.FLOAT64,
            new double[] {all[0], all[1]},
            new double[] {all[2], all[3], all[4]});
    for (int i = 0; i < all.length; i++) {
      double actual = i < 2 ? clipped[0][i] : clipped[1][i - 2];
      assertEquals(all[i] * factor, actual, 1e-12 * Math.max(1, Math.abs(all[i])));
    }
  }

  @Test
  void refusesLimitsThatAreNone() {
    assertEquals(
        "the limit 0.0 is not a number above 0",
        assertThrows(IllegalArgumentException.class, () -> Clip.byValue(0)).getMessage());
    for (double limit : new double[] {-1, 0, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThrows(IllegalArgumentException.class, () -> Clip.byValue(limit));
      assertThrows(IllegalArgumentException.class, () -> Clip.byGlobalNorm(limit));
      assertThrows(IllegalArgumentException.class, () -> Clip.byParameterNorm(limit));
    }
  }
}

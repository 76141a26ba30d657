package dev.rnn4j.part;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Parameters;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.ShapeException;
import dev.rnn4j.tensor.Tensor;
import dev.rnn4j.testing.Verify;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Layer normalisation over the last axis, whatever stands before it. */
class LayerNormTest {
  @Test
  void meanAndVarianceAreThoseOfTheLastAxis() {
    Node y = LayerNorm.of(4).apply(Node.constant(Tensor.of(new double[][] {{1, 2, 3, 4}})));
    double deviation = Math.sqrt(1.25 + 1e-5);
    double[] expected = {-1.5 / deviation, -0.5 / deviation, 0.5 / deviation, 1.5 / deviation};
    assertArrayEquals(expected, y.eval().toDoubles(), 1e-15);
  }

  @Test
  void scaleAndShiftComeAfter() {
    LayerNorm norm = LayerNorm.of(2).withShift(3);
    assertEquals(List.of("scale", "shift"), List.copyOf(Parameters.of(norm).keySet()));
    Node x = Node.constant(Tensor.of(5, 5));
    assertArrayEquals(new double[] {3, 3}, norm.apply(x).eval().toDoubles());
  }

  @Test
  void neitherScaleNorOffsetOfTheInputMatters() {
    Tensor x = Tensor.of(100, -20, 30);
    Node once = LayerNorm.of(3).apply(Node.constant(x));
    Node twice = LayerNorm.of(3).apply(Node.constant(x).times(2).plus(7));
    assertArrayEquals(once.eval().toDoubles(), twice.eval().toDoubles(), 1e-8);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 17})
  void gradientsAndPlans(int size) {
    LayerNorm norm = LayerNorm.of(size);
    Verify.of(norm.apply(Input.of("x", size))).all();
    Verify.of(norm.apply(Input.of("x", 2, size))).all();
    Verify.of(norm.apply(Input.of("x", 3, 2, size))).all();
  }

  @Test
  void aLastAxisOfAnotherSizeIsNamed() {
    for (Input x : List.of(Input.of("x", 2, 1), Input.of("x", 4, 3), Input.of("x"))) {
      assertEquals(
          "a layer norm with scale [4] takes a last axis of 4, and was given x " + x.shape(),
          assertThrows(ShapeException.class, () -> LayerNorm.of(4).apply(x)).getMessage());
    }
  }

  @Test
  void emptyBatchesAreNormalisedToo() {
    Node y = LayerNorm.of(3).apply(Node.zeros(0, 3));
    assertEquals(Shape.of(0, 3), y.eval().shape());
  }
}

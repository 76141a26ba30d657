package dev.rnn4j.forecast.internal.task;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TransformTest {
  @ParameterizedTest
  @EnumSource(Transform.class)
  void transformsGoBack(Transform transform) {
    for (double value : new double[] {-1e6, -2, -0.25, 0, 1e-9, 0.5, 3, 1e12}) {
      assertEquals(
          value,
          transform.inverse(transform.apply(value)),
          1e-12 * Math.max(1, Math.abs(value)) * 30);
    }
  }
}

package dev.rnn4j.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import org.junit.jupiter.api.Test;

class TimeFirstTest {
  private static final String CURE =
      "; time comes first, [T, N, I], and the input [32, 7, 3] seems to be batch first, [N, T, I]:"
          + " swap its first two axes";

  @Test
  void theNumberOfTargetsGivesBatchFirstAway() {
    assertEquals(CURE, TimeFirst.hint(Shape.of(32, 7, 3), Shape.of(32, 1)));
    assertEquals(CURE, TimeFirst.hint(Shape.of(32, 7, 3), Shape.of(32)));
    assertEquals(CURE, TimeFirst.hint(Shape.of(32, 7, 3), Shape.of(7, 32, 1)));
  }

  @Test
  void whatIsRightOrOtherwiseWrongIsNot() {
    assertEquals("", TimeFirst.hint(Shape.of(7, 32, 3), Shape.of(32, 1)));
    assertEquals("", TimeFirst.hint(Shape.of(7, 32, 3), Shape.of(31, 1)));
    assertEquals("", TimeFirst.hint(Shape.of(32, 32, 3), Shape.of(32, 1)));
    assertEquals("", TimeFirst.hint(Shape.of(32, 3), Shape.of(32)));
    assertEquals("", TimeFirst.hint(Shape.of(32, 7, 3), Shape.of(32, 7))); // a number each step
    assertEquals("", TimeFirst.hint(Shape.of(7, 32, 3), Shape.scalar()));
  }

  @Test
  void aBatchSaysSo() {
    Batch batch = Batch.of(Tensor.zeros(Shape.of(32, 7, 3)), Tensor.zeros(Shape.of(32, 1)));
    String message = assertThrows(IllegalArgumentException.class, batch::sequences).getMessage();
    assertTrue(message.endsWith(CURE), message);
  }
}

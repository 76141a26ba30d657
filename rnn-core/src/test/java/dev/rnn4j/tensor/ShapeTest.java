package dev.rnn4j.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class ShapeTest {
  private static void assertRefused(String message, Executable call) {
    assertEquals(message, assertThrows(ShapeException.class, call).getMessage());
  }

  @Test
  void countsItsElements() {
    assertEquals(24, Shape.of(2, 3, 4).elements());
    assertEquals(1, Shape.scalar().elements());
    assertEquals(0, Shape.of(3, 0).elements());
    assertEquals(0, Shape.scalar().rank());
    assertEquals(3, Shape.of(2, 3, 4).rank());
    assertEquals(Integer.MAX_VALUE, Shape.of(Integer.MAX_VALUE, 1).elements());
    assertRefused("a shape cannot have the size -1: [2, -1]", () -> Shape.of(2, -1));
    assertRefused(
        "the shape [65536, 32768] has more than 2147483647 elements", () -> Shape.of(65536, 32768));
  }

  @Test
  void axesCountFromBothEnds() {
    Shape shape = Shape.of(5, 6, 7);
    assertEquals(5, shape.size(0));
    assertEquals(7, shape.size(-1));
    assertEquals(5, shape.size(-3));
    assertEquals(1, shape.axis(-2));
    assertRefused("the shape [5, 6, 7] has no axis 3", () -> shape.size(3));
    assertRefused("the shape [5, 6, 7] has no axis -4", () -> shape.axis(-4));
    assertRefused("the shape [] has no axis 0", () -> Shape.scalar().size(0));
  }

  @Test
  void isAValue() {
    int[] sizes = {2, 3};
    Shape shape = Shape.of(sizes);
    sizes[0] = 9;
    shape.toArray()[1] = 9;
    assertEquals(Shape.of(2, 3), shape);
    assertEquals(Shape.of(2, 3).hashCode(), shape.hashCode());
    assertNotEquals(Shape.of(3, 2), shape);
    assertNotEquals(Shape.of(2, 3, 1), shape);
    assertEquals("[2, 3]", shape.toString());
    assertEquals("[]", Shape.of().toString());
  }

  @Test
  void strides() {
    assertArrayEquals(new int[] {12, 4, 1}, Shape.of(2, 3, 4).strides());
    assertArrayEquals(new int[0], Shape.scalar().strides());
    assertArrayEquals(new int[] {0, 1}, Shape.of(3, 0).strides());
  }

  @Test
  void changesOneAxis() {
    Shape shape = Shape.of(2, 3, 4);
    assertEquals(Shape.of(2, 9, 4), shape.with(1, 9));
    assertEquals(Shape.of(2, 3, 9), shape.with(-1, 9));
    assertEquals(Shape.of(2, 4), shape.without(1));
    assertEquals(Shape.of(2, 3), shape.without(-1));
    assertEquals(Shape.of(9, 2, 3, 4), shape.insert(0, 9));
    assertEquals(Shape.of(2, 3, 4, 9), shape.insert(3, 9));
    assertEquals(Shape.of(1), Shape.scalar().insert(0, 1));
    assertRefused(
        "the shape [2, 3, 4] takes a new axis at 0 to 3, not at 4", () -> shape.insert(4, 1));
    assertRefused(
        "the shape [2, 3, 4] takes a new axis at 0 to 3, not at -1", () -> shape.insert(-1, 1));
  }

  @Test
  void broadcastsByNumpysRule() {
    assertEquals(Shape.of(4, 2, 3), Shape.broadcast(Shape.of(2, 1), Shape.of(4, 1, 3)));
    assertEquals(Shape.of(2, 3), Shape.broadcast(Shape.of(2, 3), Shape.scalar()));
    assertEquals(Shape.of(0, 3), Shape.broadcast(Shape.of(1, 3), Shape.of(0, 1)));
    assertRefused(
        "[2, 3] and [2, 4] do not broadcast: 3 against 4",
        () -> Shape.broadcast(Shape.of(2, 3), Shape.of(2, 4)));
    assertRefused(
        "[0] and [2] do not broadcast: 0 against 2",
        () -> Shape.broadcast(Shape.of(0), Shape.of(2)));
  }

  @Test
  void knowsItsFirstAxes() {
    assertTrue(Shape.of(2, 3, 4).startsWith(Shape.of(2, 3)));
    assertTrue(Shape.of(2, 3).startsWith(Shape.of(2, 3)));
    assertTrue(Shape.of(2).startsWith(Shape.scalar()));
    assertFalse(Shape.of(2, 3).startsWith(Shape.of(3)));
    assertFalse(Shape.of(2, 3).startsWith(Shape.of(2, 3, 4)));
  }

  @Test
  void findsTheIndexOfAnElement() {
    Shape shape = Shape.of(2, 3, 4);
    int[] strides = shape.strides();
    for (int number = 0; number < shape.elements(); number++) {
      int[] index = shape.indexOf(number);
      assertEquals(number, index[0] * strides[0] + index[1] * strides[1] + index[2]);
      assertTrue(index[1] < 3 && index[2] < 4);
    }
    assertEquals(0, Shape.scalar().indexOf(0).length);
  }

  @Test
  void knowsWhatItBroadcastsTo() {
    assertTrue(Shape.of(1, 3).broadcastsTo(Shape.of(2, 3)));
    assertTrue(Shape.of(3).broadcastsTo(Shape.of(2, 3)));
    assertTrue(Shape.scalar().broadcastsTo(Shape.of(0)));
    assertFalse(Shape.of(2, 3).broadcastsTo(Shape.of(1, 3)));
    assertFalse(Shape.of(2, 3).broadcastsTo(Shape.of(3)));
    assertFalse(Shape.of(2).broadcastsTo(Shape.of(2, 3)));
  }
}

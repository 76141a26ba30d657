package dev.rnn4j.plan.internal.program;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.plan.internal.program.Instruction.Copy;
import dev.rnn4j.plan.internal.program.Instruction.Loop;
import dev.rnn4j.plan.internal.program.Instruction.Timed;
import dev.rnn4j.tensor.Layout;
import dev.rnn4j.tensor.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How instructions are nested in loops over elements, and how they follow one another. */
class LoopsTest {
  private final Node node = Input.of("x", 2, 3);

  private static void assertLoops(int[] sizes, int[][] strides, Layout... layouts) {
    Loops loops = Loops.over(List.of(layouts));
    assertArrayEquals(sizes, loops.sizes());
    assertArrayEquals(strides, loops.strides());
  }

  @Test
  void neighboursThatAllStepThroughEvenlyAreOneLoop() {
    Layout dense = Layout.dense(Shape.of(2, 3, 4));
    assertLoops(new int[] {24}, new int[][] {{1}, {1}}, dense, dense);
    Layout row = Layout.dense(Shape.of(4)).broadcastTo(Shape.of(2, 3, 4));
    assertLoops(new int[] {6, 4}, new int[][] {{4, 1}, {0, 1}}, dense, row);
    Layout turned = Layout.dense(Shape.of(4, 3, 2)).transposed(new int[] {2, 1, 0});
    assertLoops(new int[] {2, 3, 4}, new int[][] {{12, 4, 1}, {1, 2, 6}}, dense, turned);
  }

  @Test
  void axesOfOneAreNone() {
    Layout dense = Layout.dense(Shape.of(1, 5, 1));
    assertLoops(new int[] {5}, new int[][] {{1}}, dense);
    assertLoops(new int[] {1}, new int[][] {{1}}, Layout.dense(Shape.of(1, 1)));
    assertLoops(new int[] {1}, new int[][] {{1}}, Layout.dense(Shape.scalar()));
  }

  private Place place() {
    return new Place(new Buffer(Buffer.Kind.WORK, 6, node), Layout.dense(node.shape()));
  }

  private Copy copy(Place from, Place to) {
    return new Copy(node, to, from);
  }

  private static List<Integer> phases(Instruction... code) {
    return Phases.of(List.of(code), buffer -> buffer).stream().map(List::size).toList();
  }

  @Test
  void aPhaseIsInstructionsThatNeedNothingOfEachOther() {
    Place a = place();
    Place b = place();
    Place c = place();
    assertEquals(List.of(2), phases(copy(a, b), copy(a, c)));
    assertEquals(List.of(1, 1), phases(copy(a, b), copy(b, c)));
    assertEquals(List.of(1, 1), phases(copy(a, b), copy(c, a)));
    assertEquals(List.of(1, 1), phases(copy(a, c), copy(b, c)));
    assertEquals(List.of(2, 1), phases(copy(a, b), copy(a, c), copy(c, place())));
  }

  @Test
  void aLoopIsAPhaseOfItsOwn() {
    Place a = place();
    Loop loop = new Loop(node, 0, 1, true, List.of(Timed.always(copy(place(), place()))));
    assertEquals(List.of(1, 1, 1), phases(copy(a, place()), loop, copy(a, place())));
  }
}

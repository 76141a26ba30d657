package dev.rnn4j.plan.internal.passes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.kernel.Pointwise;
import dev.rnn4j.plan.internal.passes.Liveness.Access;
import dev.rnn4j.plan.internal.program.Buffer;
import dev.rnn4j.plan.internal.program.Draft;
import dev.rnn4j.plan.internal.program.Instruction;
import dev.rnn4j.plan.internal.program.Instruction.Elementwise;
import dev.rnn4j.plan.internal.program.Instruction.Loop;
import dev.rnn4j.plan.internal.program.Instruction.Product;
import dev.rnn4j.plan.internal.program.Instruction.Timed;
import dev.rnn4j.plan.internal.program.Place;
import dev.rnn4j.tensor.Layout;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LivenessTest {
  private final Node node = Input.of("x", 1, 2, 2);
  private final Place x = place(Buffer.Kind.INPUT);
  private final Place a = place(Buffer.Kind.WORK);
  private final Place b = place(Buffer.Kind.WORK);
  private final Place y = place(Buffer.Kind.WORK);

  private Place place(Buffer.Kind kind) {
    return new Place(new Buffer(kind, 4, node), Layout.dense(node.shape()));
  }

  private Instruction exp(Place target, Place operand) {
    return new Elementwise(node, Pointwise.EXP, target, List.of(operand));
  }

  private Liveness of(Instruction... code) {
    return new Liveness(new Draft(List.of(code), List.of(), Map.of(node, y), Set.of(), 1));
  }

  private static List<Timed> always(Instruction... code) {
    return List.of(code).stream().map(Timed::always).toList();
  }

  @Test
  void saysWhoReadsAndWritesInOrder() {
    Loop loop = new Loop(node, 0, 3, true, always(exp(a, x), exp(y, a)));
    Liveness liveness = of(exp(a, x), loop);
    assertEquals(Set.of(0, 1), liveness.of(a.buffer()).keySet());
    assertEquals(
        List.of(
            new Access(0, 0, 0, a, true),
            new Access(1, 0, 1, a, true),
            new Access(1, 1, 2, a, false)),
        liveness.all(a.buffer()));
  }

  @Test
  void whatAddsToItsTargetReadsIt() {
    Liveness liveness = of(exp(a, x), new Product(node, a, x, x, true));
    List<Boolean> writes = liveness.all(a.buffer()).stream().map(Access::writes).toList();
    assertEquals(List.of(true, false, true), writes);
  }

  @Test
  void inputsAndOutputsAreNeededAfterwards() {
    Liveness liveness = of(exp(a, x), exp(y, a));
    assertTrue(liveness.passes(a.buffer()));
    assertFalse(liveness.passes(x.buffer()));
    assertFalse(liveness.passes(y.buffer()));
  }

  @Test
  void followsInstructionsThatMove() {
    Instruction moved = exp(a, x);
    Liveness liveness = of(moved, exp(b, x), exp(y, a));
    liveness.remove(0, moved);
    liveness.add(2, moved);
    assertEquals(Set.of(2), liveness.of(a.buffer()).keySet());
    assertEquals(Set.of(1, 2), liveness.of(x.buffer()).keySet());
  }

  @Test
  void aTemporaryIsWrittenBeforeItIsReadAndByNobodyElse() {
    Instruction[] code = {exp(a, x), exp(b, a), exp(y, b)};
    assertEquals(Set.of(a.buffer(), b.buffer()), of(code).temporaries(always(code)));
    assertEquals(Set.of(b.buffer()), of(code).temporaries(always(code).subList(1, 3)));
    Instruction[] early = {exp(y, a), exp(a, x)};
    assertEquals(Set.of(), of(early).temporaries(always(early)));
    Place part = a.with(a.layout().sliced(1, 0, 1));
    Instruction[] parts = {exp(a, x), exp(b, part)};
    assertEquals(Set.of(b.buffer()), of(parts).temporaries(always(parts)));
  }

  @Test
  void aTemporaryIsWrittenAtAllStepsAtWhichItIsRead() {
    Instruction write = exp(a, x);
    Instruction read = exp(y, a);
    Timed both = new Timed(read, 0, 3);
    Timed first = new Timed(write, 0, 1);
    Timed second = new Timed(write, 2, 3);
    Loop loop = new Loop(node, 0, 3, true, List.of(first, second, both));
    assertEquals(Set.of(a.buffer()), of(loop).temporaries(loop.body()));
    Loop gap = new Loop(node, 0, 3, true, List.of(first, both));
    assertEquals(Set.of(), of(gap).temporaries(gap.body()));
  }
}

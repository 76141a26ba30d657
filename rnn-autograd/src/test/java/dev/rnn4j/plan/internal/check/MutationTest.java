package dev.rnn4j.plan.internal.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rnn4j.cell.Cell;
import dev.rnn4j.cell.GruCell;
import dev.rnn4j.cell.Step;
import dev.rnn4j.fuzz.Translation;
import dev.rnn4j.grad.Gradients;
import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.graph.Parameters;
import dev.rnn4j.layer.Unroll;
import dev.rnn4j.layer.Unrolled;
import dev.rnn4j.pass.Signal;
import dev.rnn4j.plan.Pass;
import dev.rnn4j.plan.internal.Compiler;
import dev.rnn4j.plan.internal.program.Along;
import dev.rnn4j.plan.internal.program.Buffer;
import dev.rnn4j.plan.internal.program.Draft;
import dev.rnn4j.plan.internal.program.Instruction;
import dev.rnn4j.plan.internal.program.Instruction.Loop;
import dev.rnn4j.plan.internal.program.Instruction.Timed;
import dev.rnn4j.plan.internal.program.Place;
import dev.rnn4j.plan.internal.program.Program;
import dev.rnn4j.random.Philox;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Programs with a fault put in, as a wrong pass would: none goes unseen. */
class MutationTest {
  /** A graph, and its program after some of the passes. */
  record Case(String name, List<Node> outputs, Program program) {
    static Case of(String name, List<Node> outputs, Set<Pass> passes) {
      return new Case(name, outputs, compiled(outputs, passes));
    }

    void checkTranslation(Program other) {
      Translation.check(outputs, Map.of(), other, true);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static Program compiled(List<Node> outputs, Set<Pass> passes) {
    return Compiler.program(outputs, Set.of(), Map.of(), passes);
  }

  /** A state of two steps ago, one that is handed on, and a gate cut out of a packed product. */
  record Far(Parameter w, Parameter u) implements Cell<List<Node>> {
    @Override
    public List<Node> initialState(int n) {
      return List.of(Node.ones(n, 2), Node.ones(n, 2), Node.ones(n, 2).times(0.5));
    }

    @Override
    public Step<List<Node>> step(Node x, List<Node> s) {
      Node packed = x.matmul(w).plus(s.get(1).matmul(u));
      Node h = packed.slice(1, 0, 2).sigmoid().times(packed.slice(1, 2, 4).tanh());
      Node kept = h.plus(s.get(2).times(1.0 / 3));
      return new Step<>(kept.times(1.0 / 7), List.of(h, s.get(0), s.get(2)));
    }
  }

  static List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    Set<Pass> all = EnumSet.allOf(Pass.class);
    Set<Pass> plain = EnumSet.of(Pass.FAMILIES, Pass.SIMPLIFY, Pass.DISTRIBUTE);
    for (Set<Pass> passes : List.of(all, plain)) {
      Input x = Input.of("x", 4, 2, 3);
      Input begin = Input.of("begin", 2, 2); // no zeros, which hide what is missing
      GruCell gru = GruCell.of(3, 2, new Philox(1));
      Node h = Unroll.forward(gru, Signal.of(x), new GruCell.State(begin)).outputs().values();
      Node loss = h.mean(0).square().sum();
      List<Node> gradients = Gradients.of(loss, Parameters.of(gru).values());
      cases.add(Case.of("gru with " + passes, gradients, passes));
      Far far =
          new Far(
              Parameter.of("w", Tensor.full(Shape.of(3, 4), 1)),
              Parameter.of("u", Tensor.full(Shape.of(2, 4), 1)));
      Unrolled<List<Node>> unrolled = Unroll.backward(far, Signal.of(x));
      Node last = unrolled.last().values().square().sum();
      Node both = last.plus(unrolled.outputs().values().square().sum());
      cases.add(Case.of("far with " + passes, Gradients.of(both, List.of(far.w(), x)), passes));
    }
    return cases;
  }

  // ---------------------------------------------------------------- what a pass may do wrong

  /** Returns each program in which one instruction is changed, or left out for null. */
  private static List<Program> each(Program program, UnaryOperator<Timed> change) {
    List<Program> mutants = new ArrayList<>();
    List<Instruction> code = program.instructions();
    for (int i = 0; i < code.size(); i++) {
      List<Timed> body =
          code.get(i) instanceof Loop loop ? loop.body() : List.of(Timed.always(code.get(i)));
      for (int k = 0; k < body.size(); k++) {
        Timed changed = change.apply(body.get(k));
        if (changed == body.get(k)) {
          continue;
        }
        List<Timed> newBody = new ArrayList<>(body);
        newBody.remove(k);
        if (changed != null) {
          newBody.add(k, changed);
        }
        List<Instruction> mutant = new ArrayList<>(code);
        mutant.remove(i);
        if (code.get(i) instanceof Loop loop) {
          mutant.add(i, loop.with(newBody));
        } else {
          newBody.forEach(entry -> mutant.add(entry.instruction()));
        }
        int split = mutant.size() - (code.size() - program.split());
        mutants.add(
            new Program(
                mutant,
                new Along(draft(mutant, split, program)),
                split,
                program.arrays(),
                program.places(),
                program.memory(),
                program.passes(),
                program.nodes()));
      }
    }
    return mutants;
  }

  private static Timed with(Timed entry, Instruction instruction) {
    return new Timed(instruction, entry.from(), entry.to());
  }

  private static void assertAllSeen(Case c, UnaryOperator<Timed> change) {
    List<Program> mutants = each(c.program(), change);
    assertTrue(!mutants.isEmpty());
    for (Program mutant : mutants) {
      assertThrows(IllegalStateException.class, () -> c.checkTranslation(mutant));
      Verifier verifier = new Verifier();
      verifier.after("one pass", draft(c.program()));
      assertThrows(
          IllegalStateException.class, () -> verifier.after("another pass", draft(mutant)));
    }
  }

  private static Draft draft(Program program) {
    return draft(program.instructions(), program.split(), program);
  }

  private static Draft draft(List<Instruction> code, int split, Program program) {
    return new Draft(
        code.subList(0, split),
        code.subList(split, code.size()),
        program.places(),
        program.passes(),
        program.nodes());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void aProgramIsSoundBefore(Case c) {
    c.checkTranslation(c.program());
    new Verifier().after("all passes", draft(c.program()));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void anInstructionThatIsMissingIsSeen(Case c) {
    assertAllSeen(c, entry -> null);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void aStepThatIsMissingIsSeen(Case c) {
    assertAllSeen(
        c,
        entry ->
            entry.from() == Integer.MIN_VALUE
                ? entry
                : new Timed(entry.instruction(), entry.from() + 1, entry.to()));
  }

  /** As where the absence of a gradient at one step is decided by another one. */
  @ParameterizedTest
  @MethodSource("cases")
  void anOperandOfAnotherStepIsSeen(Case c) {
    for (int steps : new int[] {1, -1}) {
      assertAllSeen(
          c,
          entry -> {
            Instruction i = entry.instruction();
            boolean moves =
                i.parts().size() == 1
                    && i.operands().stream().anyMatch(x -> x.perStep() != 0)
                    && i.targets().size() == 1;
            return moves
                ? with(
                    entry,
                    i.with(i.target(), i.operands().stream().map(x -> x.back(steps)).toList()))
                : entry;
          });
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void aPlaceBesideItsOwnIsSeen(Case c) {
    assertAllSeen(
        c,
        entry -> {
          Instruction i = entry.instruction();
          if (i.parts().size() > 1 || i.target().buffer().kind() != Buffer.Kind.WORK) {
            return entry;
          }
          Place target = i.target();
          return with(entry, i.with(target.with(target.layout().shifted(1)), i.operands()));
        });
  }

  @Test
  void constantsThatAreTakenForEachOtherAreSeen() {
    Input x = Input.of("x", 3, 7);
    List<Node> outputs = List.of(x.mean(0).plus(x.sum(0).times(1.0 / 7)));
    Program program = compiled(outputs, EnumSet.noneOf(Pass.class));
    Buffer[] numbers =
        program.instructions().stream()
            .flatMap(i -> i.operands().stream())
            .map(Place::buffer)
            .filter(buffer -> buffer.kind() == Buffer.Kind.CONSTANT)
            .distinct()
            .toArray(Buffer[]::new);
    assertEquals(2, numbers.length);
    for (Program mutant :
        each(
            program,
            entry ->
                entry.instruction().touches(numbers[0])
                    ? with(
                        entry,
                        entry
                            .instruction()
                            .map(p -> p.buffer() == numbers[0] ? p.in(numbers[1]) : p))
                    : entry)) {
      assertThrows(
          IllegalStateException.class, () -> Translation.check(outputs, Map.of(), mutant, false));
    }
  }
}

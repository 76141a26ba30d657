package dev.rnn4j.plan.internal.run;

import dev.rnn4j.graph.op.EuclideanNorm;
import dev.rnn4j.plan.Pass;
import dev.rnn4j.plan.internal.program.Block;
import dev.rnn4j.plan.internal.program.Call;
import dev.rnn4j.plan.internal.program.Draw;
import dev.rnn4j.plan.internal.program.Group;
import dev.rnn4j.plan.internal.program.Instruction;
import dev.rnn4j.plan.internal.program.Instruction.Loop;
import dev.rnn4j.plan.internal.program.Instruction.Product;
import dev.rnn4j.plan.internal.program.Program;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Makes code of instructions whose places are those in their arrays. */
final class FloatEmitter {
  private final Program program;
  private final FloatStore store;
  private final boolean findNaN;

  /**
   * Creates the maker.
   *
   * @param store the weights
   * @param findNaN whether code stops where it gives the first NaN
   */
  FloatEmitter(Program program, FloatStore store, boolean findNaN) {
    this.program = program;
    this.store = store;
    this.findNaN = findNaN;
  }

  /** Returns the code of instructions that need nothing of each other, with an arena's scratch. */
  FloatCode sequence(List<Instruction> instructions, FloatArena scratch) {
    return sequence(codes(instructions, scratch));
  }

  private List<FloatCode> codes(List<Instruction> instructions, FloatArena scratch) {
    List<FloatCode> all = new ArrayList<>();
    Map<Integer, List<Instruction>> byRows = new LinkedHashMap<>();
    for (Instruction instruction : instructions) {
      if (!FloatLongSums.takes(instruction)) {
        all.add(emit(instruction, scratch));
      } else if (findNaN) {
        all.add(checked(instruction, new FloatLongSums(List.of(instruction), scratch)));
      } else {
        int rows = FloatLongSums.rows(instruction);
        byRows.computeIfAbsent(rows, absent -> new ArrayList<>()).add(instruction);
      }
    }
    byRows.values().forEach(sums -> all.add(new FloatLongSums(sums, scratch)));
    return all;
  }

  /** Returns the code of a loop and of what can run along with it. */
  FloatCode along(
      List<Instruction> ahead, Loop loop, List<Instruction> behind, FloatArena scratch) {
    List<FloatCode> before = codes(ahead, scratch);
    List<FloatGroup> products = taken(before, FloatGroup.class);
    FloatLoop steps = (FloatLoop) emit(loop, scratch);
    List<FloatCode> after = codes(behind, scratch);
    List<FloatLongSums> sums = taken(after, FloatLongSums.class);
    before.add(new FloatAlong(products, steps, sums));
    before.addAll(after);
    return sequence(before);
  }

  /** Takes the code of a kind out of a list. */
  private static <C extends FloatCode> List<C> taken(List<FloatCode> codes, Class<C> kind) {
    List<C> taken = codes.stream().filter(kind::isInstance).map(kind::cast).toList();
    codes.removeAll(taken);
    return taken;
  }

  private static FloatCode sequence(List<FloatCode> all) {
    FloatCode[] codes = all.toArray(FloatCode[]::new);
    if (codes.length == 1) {
      return codes[0];
    }
    return (arena, t) -> {
      for (FloatCode code : codes) {
        code.run(arena, t);
      }
    };
  }

  private FloatCode emit(Instruction instruction, FloatArena scratch) {
    FloatCode plain = emitPlain(instruction, scratch);
    return findNaN && !(instruction instanceof Loop) ? checked(instruction, plain) : plain;
  }

  private FloatCode checked(Instruction instruction, FloatCode code) {
    return new FloatNaNCheck(instruction, code, program.places());
  }

  private FloatCode emitPlain(Instruction instruction, FloatArena scratch) {
    if (instruction instanceof Instruction.Elementwise) {
      return new FloatBlock(List.of(Instruction.Timed.always(instruction)), scratch);
    }
    if (instruction instanceof Block block) {
      return new FloatBlock(block.body(), scratch);
    }
    if (instruction instanceof Product product) {
      return FloatProduct.of(product, scratch, store, program.passes().contains(Pass.PACK));
    }
    if (instruction instanceof Group group) {
      return new FloatGroup(group.products(), store, scratch);
    }
    if (instruction instanceof Instruction.Fold fold) {
      return new FloatFold(fold, scratch);
    }
    if (instruction instanceof Instruction.Rowwise rowwise) {
      return FloatRowwise.of(rowwise);
    }
    if (instruction instanceof Instruction.Copy copy) {
      return FloatMoving.copy(copy);
    }
    if (instruction instanceof Instruction.Lookup lookup) {
      return FloatMoving.lookup(lookup);
    }
    if (instruction instanceof Instruction.Scatter scatter) {
      return FloatMoving.scatter(scatter);
    }
    if (instruction instanceof Loop loop) {
      scratch.loop(loop);
      Stream<FloatCode> body = loop.flat().stream().map(each -> emit(each, scratch));
      FloatLoop code = new FloatLoop(loop, body.toArray(FloatCode[]::new));
      scratch.loop(null);
      return code;
    }
    if (instruction instanceof Draw draw) {
      return new FloatDraw(draw);
    }
    return instruction.node().op() instanceof EuclideanNorm
        ? new FloatNorm((Call) instruction)
        : new FloatCall((Call) instruction);
  }
}

package dev.rnn4j.plan.internal.passes;

import com.google.common.collect.ImmutableList;
import dev.rnn4j.plan.Pass;
import dev.rnn4j.plan.internal.program.Buffer;
import dev.rnn4j.plan.internal.program.Instruction;
import dev.rnn4j.plan.internal.program.Instruction.Loop;
import java.util.List;
import java.util.Set;

/**
 * The passes over instructions that are written: in two parts, of which the first may run without
 * the second.
 *
 * @param compute the instructions of the first part
 * @param update those of the second
 */
public record Finish(List<Instruction> compute, List<Instruction> update) {
  /** Returns the instructions after all passes. */
  public static Finish of(
      List<Instruction> code, int split, Set<Buffer> lasting, Set<Pass> passes) {
    Finish parts = new Finish(code.subList(0, split), code.subList(split, code.size()));
    if (passes.contains(Pass.SINK)) {
      Sinking sinking = new Sinking(code, split, lasting);
      parts = new Finish(sinking.code(0, split), sinking.code(split, code.size()));
    }
    if (passes.contains(Pass.SHARE)) {
      OneSlot slots = new OneSlot(parts.all(), lasting);
      parts = new Finish(slots.apply(parts.compute), slots.apply(parts.update));
    }
    if (passes.contains(Pass.PAIR)) {
      Pairs pairs = new Pairs(new Temporaries(parts.all(), lasting));
      parts = new Finish(pairs.join(parts.compute), pairs.join(parts.update));
    }
    if (passes.contains(Pass.FUSE)) {
      parts = new Finish(clustered(parts.compute), clustered(parts.update));
      Blocks blocks = new Blocks(new Temporaries(parts.all(), lasting));
      parts = new Finish(blocks.fuse(parts.compute), blocks.fuse(parts.update));
    }
    if (passes.contains(Pass.GROUP)) {
      parts = new Finish(grouped(parts.compute), grouped(parts.update));
    }
    if (passes.contains(Pass.SHARE)) {
      InPlace places = new InPlace(parts.all(), lasting);
      parts = new Finish(places.apply(parts.compute), places.apply(parts.update));
    }
    return parts;
  }

  /** Returns all instructions. */
  public List<Instruction> all() {
    return ImmutableList.<Instruction>builder().addAll(compute).addAll(update).build();
  }

  private static List<Instruction> grouped(List<Instruction> instructions) {
    return instructions.stream().map(i -> i instanceof Loop loop ? Groups.of(loop) : i).toList();
  }

  private static List<Instruction> clustered(List<Instruction> instructions) {
    return instructions.stream().map(i -> i instanceof Loop loop ? Clusters.of(loop) : i).toList();
  }
}

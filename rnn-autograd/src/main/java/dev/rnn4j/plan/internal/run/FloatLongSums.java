package dev.rnn4j.plan.internal.run;

import dev.rnn4j.kernel.ScalarFloatGemm;
import dev.rnn4j.plan.internal.program.Buffer;
import dev.rnn4j.plan.internal.program.Instruction;
import dev.rnn4j.plan.internal.program.Instruction.Fold;
import dev.rnn4j.plan.internal.program.Instruction.Product;
import dev.rnn4j.plan.internal.program.Place;
import java.util.List;

/**
 * The code of sums over the steps of whole sequences, as the gradients of biases are, and of
 * products, as those of weights. They go through their sequences together, a block of rows at a
 * time: several read the same rows, which are in the cache then. They begin with the last block, as
 * the loop does that writes the rows; so bits are the same whether they run after it or {@link
 * FloatAlong along} with it.
 */
final class FloatLongSums implements FloatCode {
  private static final int BLOCK = ScalarFloatGemm.BLOCK;

  /** One of the sums. */
  private interface Part {
    /** Sums some rows, or adds them to what others gave. */
    void add(FloatArena arena, int t, int from, int count, boolean more);
  }

  private final int rows;
  private final Part[] parts;

  /** Creates the code of instructions that it takes, of equally many rows. */
  FloatLongSums(List<Instruction> instructions, FloatArena scratch) {
    rows = rows(instructions.get(0));
    parts = new Part[instructions.size()];
    Place packed = null; // by the parts so far; those that read it as it lies pack nothing
    for (int i = 0; i < parts.length; i++) {
      if (instructions.get(i) instanceof Product instruction) {
        FloatProduct product = new FloatProduct(instruction, instruction.b().equals(packed));
        parts[i] = part(product, instruction.b().shape().size(2), scratch);
        packed = product.asItLies ? packed : instruction.b();
      } else {
        FloatFold fold = new FloatFold((Fold) instructions.get(i), scratch);
        parts[i] = (arena, t, from, count, more) -> fold.add(arena, t, 0, from, count, more);
      }
    }
  }

  private Part part(FloatProduct product, int n, FloatArena scratch) {
    int left = rows % BLOCK;
    int block = product.asItLies ? 0 : scratch.anew(BLOCK, n);
    int rest = product.asItLies || left == 0 ? 0 : scratch.anew(left, n);
    return (arena, t, from, count, more) ->
        product.multiply(arena, t, 0, from, count, count == BLOCK ? block : rest, more);
  }

  /** Returns whether it takes an instruction: one of many rows, and not of weights. */
  static boolean takes(Instruction instruction) {
    return instruction instanceof Fold fold
        ? FloatFold.isLong(fold) && fold.shape().size(0) == 1
        : instruction instanceof Product product
            && product.b().buffer().kind() != Buffer.Kind.WEIGHT
            && product.b().shape().size(0) == 1
            && rows(product) > BLOCK;
  }

  /** Returns how many rows are summed. */
  static int rows(Instruction instruction) {
    return instruction.operands().get(instruction instanceof Fold ? 0 : 1).shape().size(1);
  }

  /** Returns how many rows are summed. */
  int rows() {
    return rows;
  }

  @Override
  public void run(FloatArena arena, int t) {
    run(arena, t, 0, rows);
  }

  /** Adds the blocks that begin with some of the rows, the last first. */
  void run(FloatArena arena, int t, int from, int to) {
    for (int block = blocks(to) - 1; block >= blocks(from); block--) {
      int first = block * BLOCK;
      int count = Math.min(BLOCK, rows - first);
      for (Part part : parts) {
        part.add(arena, t, first, count, first + count < rows);
      }
    }
  }

  /** Returns how many blocks begin before a row. */
  private static int blocks(int row) {
    return (row + BLOCK - 1) / BLOCK;
  }
}

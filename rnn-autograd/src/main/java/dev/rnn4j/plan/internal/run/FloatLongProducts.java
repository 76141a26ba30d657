package dev.rnn4j.plan.internal.run;

import dev.rnn4j.kernel.ScalarFloatGemm;
import dev.rnn4j.plan.internal.program.Buffer;
import dev.rnn4j.plan.internal.program.Instruction;
import dev.rnn4j.plan.internal.program.Instruction.Product;
import dev.rnn4j.plan.internal.program.Place;
import java.util.List;

/**
 * The code of products that sum over the steps of whole sequences, as the gradients of weights do.
 * They go through their sequences together, a block of rows at a time: several read the same rows,
 * which are in the cache then. Blocks are those of every product, so that bits are the same.
 */
final class FloatLongProducts implements FloatCode {
  private static final int BLOCK = ScalarFloatGemm.BLOCK;

  private final int rows;
  private final Part[] parts;

  /** Creates the code of products that it takes, of equally many rows. */
  FloatLongProducts(List<Product> products, FloatArena scratch) {
    rows = rows(products.get(0));
    parts = new Part[products.size()];
    Place packed = null; // by the parts so far; those that read it as it lies pack nothing
    for (int i = 0; i < parts.length; i++) {
      Place b = products.get(i).b();
      parts[i] = new Part(products.get(i), b.equals(packed), scratch);
      packed = parts[i].product.asItLies ? packed : b;
    }
  }

  /** Returns whether it takes an instruction: a product of many rows, and not of weights. */
  static boolean takes(Instruction instruction) {
    return instruction instanceof Product product
        && product.b().buffer().kind() != Buffer.Kind.WEIGHT
        && product.b().shape().size(0) == 1
        && rows(product) > BLOCK;
  }

  /** Returns how many rows of the right side are summed. */
  static int rows(Product product) {
    return product.b().shape().size(1);
  }

  @Override
  public void run(FloatArena arena, int t) {
    for (int from = 0; from < rows; from += BLOCK) {
      for (Part part : parts) {
        part.add(arena, t, from, Math.min(BLOCK, rows - from));
      }
    }
  }

  /** One of the products. */
  private static final class Part {
    private final FloatProduct product;
    private final int block;
    private final int rest;

    Part(Product product, boolean packed, FloatArena scratch) {
      int n = product.b().shape().size(2);
      int left = rows(product) % BLOCK;
      this.product = new FloatProduct(product, packed);
      boolean asItLies = this.product.asItLies;
      block = asItLies ? 0 : scratch.anew(BLOCK, n);
      rest = asItLies || left == 0 ? 0 : scratch.anew(left, n);
    }

    void add(FloatArena arena, int t, int from, int depth) {
      product.multiply(arena, t, 0, from, depth, depth == BLOCK ? block : rest);
    }
  }
}

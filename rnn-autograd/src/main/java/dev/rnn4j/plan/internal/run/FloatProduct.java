package dev.rnn4j.plan.internal.run;

import dev.rnn4j.graph.Parameter;
import dev.rnn4j.kernel.FloatKernels;
import dev.rnn4j.kernel.FloatPacked;
import dev.rnn4j.plan.internal.program.Instruction;
import dev.rnn4j.plan.internal.program.Place;
import dev.rnn4j.tensor.Layout;
import java.util.List;

/** The code of matrix products: small ones as they lie, larger ones from a packed right side. */
final class FloatProduct {
  /** Products with fewer multiplications than this are not worth packing for. */
  private static final int SMALL = 4096;

  private FloatProduct() {}

  /** Returns the code of a product; {@code keep} says whether packed weights are kept. */
  static FloatCode of(
      Instruction.Product product, FloatArena arena, FloatStore store, boolean keep) {
    Place b = product.b();
    int m = product.a().shape().size(1);
    int k = b.shape().size(1);
    int n = b.shape().size(2);
    int batch = b.shape().size(0);
    boolean small = (long) m * k * n < SMALL || m < 4;
    boolean weight = b.buffer().source() instanceof Parameter && batch == 1 && k * n >= 64;
    boolean asGoodAsItLies = small && m * 64 < k && b.layout().stride(2) == 1;
    if (keep && weight && !asGoodAsItLies) {
      FloatStore.Pack pack = store.pack(List.of(b), arena.kernels);
      arena.packs.add(pack);
      return new OfWeight(product, pack);
    }
    return small ? new AsItLies(product) : new Packing(product, arena);
  }

  /** Sizes and places common to all forms. */
  private abstract static class Form implements FloatCode {
    final int batch;
    final int m;
    final int k;
    final int n;
    final boolean accumulate;
    final int aSlot;
    final int aOffset;
    final int aStep;
    final int aBatch;
    final int aRow;
    final int aColumn;
    final int bSlot;
    final int bOffset;
    final int bStep;
    final int bBatch;
    final int bRow;
    final int bColumn;
    final int cSlot;
    final int cOffset;
    final int cStep;
    final int cBatch;
    final int cRow;

    Form(Instruction.Product product) {
      Layout a = product.a().layout();
      Layout b = product.b().layout();
      batch = b.shape().size(0);
      m = a.shape().size(1);
      k = b.shape().size(1);
      n = b.shape().size(2);
      accumulate = product.accumulates();
      aSlot = product.a().buffer().slot();
      aOffset = a.offset();
      aStep = product.a().perStep();
      aBatch = a.stride(0);
      aRow = a.stride(1);
      aColumn = a.stride(2);
      bSlot = product.b().buffer().slot();
      bOffset = b.offset();
      bStep = product.b().perStep();
      bBatch = b.stride(0);
      bRow = b.stride(1);
      bColumn = b.stride(2);
      cSlot = product.target().buffer().slot();
      cOffset = product.target().layout().offset();
      cStep = product.target().perStep();
      cBatch = product.target().layout().stride(0);
      cRow = product.target().layout().stride(1);
    }
  }

  private static final class AsItLies extends Form {
    AsItLies(Instruction.Product product) {
      super(product);
    }

    @Override
    public void run(FloatArena arena, int t) {
      float[] a = arena.arrays[aSlot];
      float[] b = arena.arrays[bSlot];
      float[] c = arena.arrays[cSlot];
      for (int i = 0; i < batch; i++) {
        arena.kernels.gemm(
            m,
            n,
            k,
            a,
            aOffset + t * aStep + i * aBatch,
            aRow,
            aColumn,
            b,
            bOffset + t * bStep + i * bBatch,
            bRow,
            bColumn,
            c,
            cOffset + t * cStep + i * cBatch,
            cRow,
            accumulate);
      }
    }
  }

  private static final class OfWeight extends Form {
    private final FloatStore.Pack pack;

    OfWeight(Instruction.Product product, FloatStore.Pack pack) {
      super(product);
      this.pack = pack;
    }

    @Override
    public void run(FloatArena arena, int t) {
      FloatKernels kernels = arena.kernels;
      pack.refresh(kernels);
      float[] a = arena.arrays[aSlot];
      float[] c = arena.arrays[cSlot];
      kernels.gemm(
          m,
          a,
          aOffset + t * aStep,
          aRow,
          aColumn,
          pack.packed(),
          c,
          cOffset + t * cStep,
          cRow,
          accumulate);
    }
  }

  private static final class Packing extends Form {
    private final int scratch;
    private final boolean ready;

    /** Creates the code; where the product before has packed the same matrix, that serves. */
    Packing(Instruction.Product product, FloatArena arena) {
      super(product);
      this.scratch = arena.scratch(k, n);
      this.ready = arena.holds(product.b());
    }

    @Override
    public void run(FloatArena arena, int t) {
      FloatKernels kernels = arena.kernels;
      FloatPacked packed = arena.scratch[scratch];
      float[] a = arena.arrays[aSlot];
      float[] b = arena.arrays[bSlot];
      float[] c = arena.arrays[cSlot];
      for (int i = 0; i < batch; i++) {
        if (!ready) {
          kernels.pack(b, bOffset + t * bStep + i * bBatch, bRow, bColumn, packed);
        }
        kernels.gemm(
            m,
            a,
            aOffset + t * aStep + i * aBatch,
            aRow,
            aColumn,
            packed,
            c,
            cOffset + t * cStep + i * cBatch,
            cRow,
            accumulate);
      }
    }
  }
}

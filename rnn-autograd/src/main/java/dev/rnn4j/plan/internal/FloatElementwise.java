package dev.rnn4j.plan.internal;

import dev.rnn4j.kernel.FloatKernels;
import dev.rnn4j.kernel.Pointwise;
import dev.rnn4j.tensor.Layout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Elementwise code over operands that may be repeated or scattered: rows, in tiles where needed.
 */
final class FloatElementwise implements FloatCode {
  private final Pointwise op;
  private final int[] slots = new int[4];
  private final int[] offsets = new int[4];
  private final int[] perStep = new int[4];
  private final int[][] strides = new int[4][];
  private final int[] sizes;
  private final int operands;
  private final int inner;

  private FloatElementwise(Instruction.Elementwise instruction) {
    op = instruction.op();
    operands = instruction.operands().size();
    List<Layout> layouts = new ArrayList<>();
    layouts.add(instruction.target().layout());
    instruction.operands().forEach(operand -> layouts.add(operand.layout()));
    Loops loops = Loops.over(layouts).contiguousIn(0);
    sizes = loops.sizes();
    inner = sizes.length - 1;
    for (int i = 0; i < 4; i++) {
      // Operands that are not there stand in for the target: kernels do not read them.
      Place place = i == 3 || i >= operands ? instruction.target() : instruction.operands().get(i);
      slots[i] = place.buffer().slot();
      offsets[i] = place.layout().offset();
      perStep[i] = place.perStep();
      strides[i] = loops.strides()[i == 3 || i >= operands ? 0 : i + 1];
    }
  }

  static FloatCode of(Instruction.Elementwise instruction) {
    FloatElementwise code = new FloatElementwise(instruction);
    boolean flat = code.inner == 0;
    for (int i = 0; i < 4; i++) {
      flat &= code.strides[i][code.inner] == 1 || code.sizes[0] == 1;
    }
    return flat ? code.new Flat() : code;
  }

  /** The common case: every operand lies as the result does. */
  private final class Flat implements FloatCode {
    private final int n = sizes[0];

    @Override
    public void run(FloatArena arena, int t) {
      float[][] arrays = arena.arrays;
      arena.kernels.pointwise(
          op,
          n,
          arrays[slots[0]],
          offsets[0] + t * perStep[0],
          arrays[slots[1]],
          offsets[1] + t * perStep[1],
          arrays[slots[2]],
          offsets[2] + t * perStep[2],
          arrays[slots[3]],
          offsets[3] + t * perStep[3]);
    }
  }

  @Override
  public void run(FloatArena arena, int t) {
    loop(
        arena,
        0,
        offsets[0] + t * perStep[0],
        offsets[1] + t * perStep[1],
        offsets[2] + t * perStep[2],
        offsets[3] + t * perStep[3]);
  }

  private void loop(FloatArena arena, int axis, int a, int b, int c, int y) {
    if (axis == inner) {
      row(arena, a, b, c, y);
      return;
    }
    for (int i = 0; i < sizes[axis]; i++) {
      loop(
          arena,
          axis + 1,
          a + i * strides[0][axis],
          b + i * strides[1][axis],
          c + i * strides[2][axis],
          y + i * strides[3][axis]);
    }
  }

  private void row(FloatArena arena, int a, int b, int c, int y) {
    int n = sizes[inner];
    boolean whole = isEven(0) && isEven(1) && isEven(2);
    int tile = whole ? n : FloatArena.TILE;
    FloatKernels kernels = arena.kernels;
    float[][] arrays = arena.arrays;
    for (int from = 0; from < n; from += tile) {
      int count = Math.min(tile, n - from);
      float[] x0 = operand(arena, 0, a, from, count);
      float[] x1 = operand(arena, 1, b, from, count);
      float[] x2 = operand(arena, 2, c, from, count);
      kernels.pointwise(
          op,
          count,
          x0,
          isEven(0) ? a + from : 0,
          x1,
          isEven(1) ? b + from : 0,
          x2,
          isEven(2) ? c + from : 0,
          arrays[slots[3]],
          y + from);
    }
  }

  private boolean isEven(int operand) {
    return operand >= operands || strides[operand][inner] == 1;
  }

  /** Returns the operand's array, or a tile with {@code count} of its elements brought together. */
  private float[] operand(FloatArena arena, int operand, int start, int from, int count) {
    float[] array = arena.arrays[slots[operand]];
    if (isEven(operand)) {
      return array;
    }
    float[] tile = arena.tiles[operand];
    int stride = strides[operand][inner];
    if (stride == 0) {
      Arrays.fill(tile, 0, count, array[start]);
    } else {
      for (int i = 0, position = start + from * stride; i < count; i++, position += stride) {
        tile[i] = array[position];
      }
    }
    return tile;
  }
}

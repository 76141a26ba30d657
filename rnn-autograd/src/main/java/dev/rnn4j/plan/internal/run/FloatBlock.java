package dev.rnn4j.plan.internal.run;

import static com.google.common.base.Preconditions.checkState;

import dev.rnn4j.kernel.FloatKernels;
import dev.rnn4j.kernel.Pointwise;
import dev.rnn4j.plan.internal.program.Buffer;
import dev.rnn4j.plan.internal.program.Instruction.Elementwise;
import dev.rnn4j.plan.internal.program.Instruction.Timed;
import dev.rnn4j.plan.internal.program.Loops;
import dev.rnn4j.plan.internal.program.Place;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * The code of elementwise instructions: one after the other on each tile, which stays in the cache.
 * An operand that is repeated or scattered is brought together in a tile first.
 */
final class FloatBlock implements FloatCode {
  /** The elements of a tile. */
  static final int TILE = 1024;

  /** Operands a, b and c, and the target, of each part: an array, and where it begins. */
  private static final int PLACES = 4;

  private final Pointwise[] ops;
  private final int[] first;
  private final int[] last;
  private final int[] slots;
  private final int[] offsets;
  private final int[] perStep;

  /** 1 for what moves on with the tiles, 0 for what is in a tile itself. */
  private final int[] moves;

  private final List<Gathered> gathered = new ArrayList<>();
  private final int rows;
  private final int columns;
  private final int tileRows;
  private final int tileColumns;

  FloatBlock(List<Timed> parts, FloatArena arena) {
    int count = parts.size();
    ops = new Pointwise[count];
    first = parts.stream().mapToInt(Timed::from).toArray();
    last = parts.stream().mapToInt(Timed::to).toArray();
    slots = new int[PLACES * count];
    offsets = new int[PLACES * count];
    perStep = new int[PLACES * count];
    moves = new int[PLACES * count];
    List<Place> places = parts.stream().flatMap(p -> p.instruction().places().stream()).toList();
    Loops loops = Loops.over(places.stream().map(Place::layout).toList());
    boolean flat = loops.depth() == 1;
    boolean empty = places.get(0).shape().elements() == 0;
    checkState(empty || loops.depth() <= 2, "rows and columns are not enough for %s", places);
    rows = empty ? 0 : flat ? 1 : loops.sizes()[0];
    columns = loops.sizes()[flat ? 0 : 1];
    tileColumns = Math.min(columns, TILE);
    tileRows = Math.max(1, TILE / Math.max(1, columns));
    bind(parts, loops, arena);
  }

  private void bind(List<Timed> parts, Loops loops, FloatArena arena) {
    Map<Place, Gathered> tiles = new HashMap<>();
    int registers = 0;
    for (Timed part : parts) {
      Buffer target = part.instruction().target().buffer();
      registers =
          target.kind() == Buffer.Kind.TILE ? Math.max(registers, target.slot() + 1) : registers;
    }
    int place = 0;
    for (int i = 0; i < parts.size(); i++) {
      Elementwise part = (Elementwise) parts.get(i).instruction();
      ops[i] = part.op();
      int arity = part.operands().size();
      for (int j = 0; j <= arity; j++) {
        Place x = j < arity ? part.operands().get(j) : part.target();
        int at = PLACES * i + (j < arity ? j : PLACES - 1);
        int[] strides = loops.strides()[place++];
        if (isEven(strides)) {
          boolean tile = x.buffer().kind() == Buffer.Kind.TILE;
          slots[at] = tile ? arena.tile(x.buffer().slot()) : x.buffer().slot();
          offsets[at] = tile ? arena.startOf(slots[at]) : x.layout().offset();
          perStep[at] = tile ? 0 : x.perStep();
          moves[at] = tile ? 0 : 1;
        } else {
          if (!tiles.containsKey(x)) {
            tiles.put(x, gathered(x, strides, registers + tiles.size(), arena));
            gathered.add(tiles.get(x));
          }
          slots[at] = tiles.get(x).tile;
          offsets[at] = arena.startOf(slots[at]);
          tiles.get(x).include(parts.get(i));
        }
      }
    }
  }

  private Gathered gathered(Place x, int[] strides, int number, FloatArena arena) {
    boolean sameRows = strides.length == 1 || strides[0] == 0;
    boolean one = sameRows && (tileColumns == columns || strides[strides.length - 1] == 0);
    OptionalInt kept = one ? arena.keptTile(x) : OptionalInt.empty();
    int tile = kept.isPresent() ? kept.getAsInt() : arena.tile(number);
    return new Gathered(x, strides, tile, arena.startOf(tile), one, kept.isPresent());
  }

  private boolean isEven(int[] strides) {
    int inner = strides[strides.length - 1];
    return (inner == 1 || columns == 1) && (strides.length == 1 || strides[0] == columns);
  }

  @Override
  public void run(FloatArena arena, int t) {
    for (int row = 0; row < rows; row += tileRows) {
      int height = Math.min(tileRows, rows - row);
      for (int column = 0; column < columns; column += tileColumns) {
        tile(arena, t, row, height, column, Math.min(tileColumns, columns - column));
      }
    }
  }

  private void tile(FloatArena arena, int t, int row, int height, int column, int width) {
    float[][] arrays = arena.arrays;
    FloatKernels kernels = arena.kernels;
    for (int i = 0; i < gathered.size(); i++) {
      gathered.get(i).run(arena, t, row, height, column, width);
    }
    int start = row * columns + column;
    int n = height * width;
    for (int i = 0, p = 0; i < ops.length; i++, p += PLACES) {
      if (first[i] <= t && t <= last[i]) {
        kernels.pointwise(
            ops[i],
            n,
            arrays[slots[p]],
            offsets[p] + t * perStep[p] + start * moves[p],
            arrays[slots[p + 1]],
            offsets[p + 1] + t * perStep[p + 1] + start * moves[p + 1],
            arrays[slots[p + 2]],
            offsets[p + 2] + t * perStep[p + 2] + start * moves[p + 2],
            arrays[slots[p + 3]],
            offsets[p + 3] + t * perStep[p + 3] + start * moves[p + 3]);
      }
    }
  }

  /** An operand whose elements are not neighbours, as those of the results are. */
  private final class Gathered {
    private final int slot;
    private final int offset;
    private final int perStep;
    private final int rowStride;
    private final int stride;
    private final int tile;
    private final int start;
    private final boolean one;
    private final boolean stays;
    private int first = Integer.MAX_VALUE;
    private int last = Integer.MIN_VALUE;
    private long loop = -1;

    /**
     * Prepares an operand.
     *
     * @param one whether one tile is good for all
     * @param stays whether it is for all steps of a loop
     */
    Gathered(Place place, int[] strides, int tile, int start, boolean one, boolean stays) {
      slot = place.buffer().slot();
      offset = place.layout().offset();
      perStep = place.perStep();
      rowStride = strides.length == 1 ? 0 : strides[0];
      stride = strides[strides.length - 1];
      this.tile = tile;
      this.start = start;
      this.one = one;
      this.stays = stays;
    }

    void include(Timed reader) {
      first = Math.min(first, reader.from());
      last = Math.max(last, reader.to());
    }

    void run(FloatArena arena, int t, int row, int height, int column, int width) {
      boolean there = one && (row + column > 0 || (stays && loop == arena.loopsRun));
      if (t < first || t > last || there) {
        return;
      }
      loop = arena.loopsRun;
      float[][] arrays = arena.arrays;
      float[] x = arrays[slot];
      float[] y = arrays[tile];
      int from = offset + t * perStep + row * rowStride + column * stride;
      for (int i = 0; i < height; i++, from += rowStride) {
        int to = start + i * width;
        if (stride == 0) {
          Arrays.fill(y, to, to + width, x[from]);
        } else if (stride == 1) {
          System.arraycopy(x, from, y, to, width);
        } else {
          for (int j = 0; j < width; j++) {
            y[to + j] = x[from + j * stride];
          }
        }
      }
    }
  }
}

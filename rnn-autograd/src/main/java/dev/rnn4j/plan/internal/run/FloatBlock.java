package dev.rnn4j.plan.internal.run;

import static com.google.common.base.Preconditions.checkState;

import dev.rnn4j.kernel.Pointwise;
import dev.rnn4j.plan.internal.program.Buffer;
import dev.rnn4j.plan.internal.program.Instruction.Elementwise;
import dev.rnn4j.plan.internal.program.Instruction.Timed;
import dev.rnn4j.plan.internal.program.Loops;
import dev.rnn4j.plan.internal.program.Place;
import dev.rnn4j.plan.internal.run.FloatGather.Span;
import java.util.LinkedHashMap;
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

  private final FloatGather[] gathered;
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
    tileRows = Math.max(1, Math.min(rows, TILE / Math.max(1, columns)));
    gathered = bind(parts, loops, arena);
  }

  /** Finds out where all operands and targets lie; returns those that are brought together. */
  private FloatGather[] bind(List<Timed> parts, Loops loops, FloatArena arena) {
    Map<Place, FloatGather> tiles = new LinkedHashMap<>();
    int registers = 0;
    for (Timed part : parts) {
      Buffer target = part.instruction().target().buffer();
      registers = Math.max(registers, target.kind() == Buffer.Kind.TILE ? target.slot() + 1 : 0);
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
          int number = registers + tiles.size();
          FloatGather tile = tiles.computeIfAbsent(x, absent -> gather(x, strides, number, arena));
          tile.include(parts.get(i), tileRows * tileColumns);
          slots[at] = tile.tile;
          offsets[at] = arena.startOf(slots[at]);
        }
      }
    }
    return tiles.values().toArray(FloatGather[]::new);
  }

  private FloatGather gather(Place x, int[] strides, int number, FloatArena arena) {
    boolean sameRows = strides.length == 1 || strides[0] == 0;
    boolean sameColumns = strides[strides.length - 1] == 0;
    if (sameRows && sameColumns && arena.keepsNumber(x)) {
      return arena.number(x);
    }
    boolean one = sameRows && (sameColumns || tileColumns == columns);
    OptionalInt kept = one ? arena.keptTile(x) : OptionalInt.empty();
    int tile = kept.isPresent() ? kept.getAsInt() : arena.tile(number);
    Span span = kept.isPresent() ? Span.LOOP : one ? Span.BLOCK : Span.TILE;
    return new FloatGather(x, strides, tile, arena, span);
  }

  private boolean isEven(int[] strides) {
    int inner = strides[strides.length - 1];
    return (inner == 1 || columns == 1) && (strides.length == 1 || strides[0] == columns);
  }

  @Override
  public void run(FloatArena arena, int t) {
    arena.begin(Span.BLOCK);
    for (int row = 0; row < rows; row += tileRows) {
      int height = Math.min(tileRows, rows - row);
      for (int column = 0; column < columns; column += tileColumns) {
        tile(arena, t, row, height, column, Math.min(tileColumns, columns - column));
      }
    }
  }

  private void tile(FloatArena arena, int t, int row, int height, int column, int width) {
    arena.begin(Span.TILE);
    float[][] arrays = arena.arrays;
    for (FloatGather each : gathered) {
      each.run(arena, t, row, height, column, width);
    }
    int start = row * columns + column;
    for (int i = 0, p = 0; i < ops.length; i++, p += PLACES) {
      if (first[i] <= t && t <= last[i]) {
        arena.kernels.pointwise(
            ops[i],
            height * width,
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
}

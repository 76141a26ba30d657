package dev.rnn4j.plan.internal.run;

import dev.rnn4j.plan.internal.program.Buffer;
import dev.rnn4j.plan.internal.program.Cut;
import dev.rnn4j.plan.internal.program.Instruction;
import dev.rnn4j.plan.internal.program.Instruction.Loop;
import dev.rnn4j.plan.internal.program.Instruction.Timed;
import dev.rnn4j.plan.internal.program.Place;
import dev.rnn4j.tensor.Layout;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A time loop cut by sequences, so that each thread runs through all time steps of its own and
 * waits for no other. That takes a cut of every instruction into the same number of rows, such that
 * a row of each array that the loop writes means the same elements to all of them.
 */
final class Rows {
  /** Row i lies at the elements i·size to (i + 1)·size, and again after each period. */
  private record Grid(int size, int period) {}

  private final Loop loop;
  private final int count;
  private final Set<Integer> written;
  private final Map<Integer, Grid> grids = new HashMap<>();
  private final List<Cut> cuts = new ArrayList<>();

  private Rows(Loop loop, int count) {
    this.loop = loop;
    this.count = count;
    this.written = loop.written();
  }

  /** Returns the rows of a loop, or null where it mixes them. */
  static Rows of(Loop loop) {
    List<Integer> counts =
        loop.flat().stream()
            .flatMap(i -> i.cuts().stream().map(cut -> cut.size(i)))
            .filter(size -> size > 1)
            .distinct()
            .sorted(Comparator.reverseOrder())
            .toList();
    for (int count : counts) {
      Rows rows = new Rows(loop, count);
      if (loop.flat().stream().allMatch(rows::add)) {
        return rows;
      }
    }
    return null;
  }

  /** Cuts one more instruction; returns whether that can be done. */
  private boolean add(Instruction instruction) {
    for (Cut cut : instruction.cuts()) {
      int size = cut.size(instruction);
      Map<Integer, Grid> more = new HashMap<>();
      if (size > 0 && size % count == 0 && fits(instruction, cut, more)) {
        grids.putAll(more);
        cuts.add(cut);
        return true;
      }
    }
    return false;
  }

  private boolean fits(Instruction instruction, Cut cut, Map<Integer, Grid> more) {
    boolean fits =
        instruction.targets().stream().allMatch(place -> fits(place, cut.target(), more));
    for (int i = 0; i < instruction.operands().size(); i++) {
      fits = fits && fits(instruction.operands().get(i), cut.operand(i), more);
    }
    return fits;
  }

  /** Returns whether row i of a place lies in row i of its array, at every time step. */
  private boolean fits(Place place, int axis, Map<Integer, Grid> more) {
    int slot = place.buffer().slot();
    boolean own = place.buffer().kind() == Buffer.Kind.TILE;
    if (own || !written.contains(slot)) {
      return true;
    }
    if (axis == Cut.WHOLE) {
      return false;
    }
    Layout layout = place.layout();
    int group = layout.shape().size(axis) / count;
    int size = group * layout.stride(axis);
    int period = Math.multiplyExact(size, count);
    Grid grid = grids.getOrDefault(slot, more.computeIfAbsent(slot, s -> new Grid(size, period)));
    if (size == 0 || !grid.equals(new Grid(size, period)) || place.perStep() % period != 0) {
      return false;
    }
    int last = Math.floorMod(layout.offset(), period) + (group - 1) * layout.stride(axis);
    for (int other = 0; other < layout.shape().rank(); other++) {
      boolean moves = other != axis && layout.stride(other) % period != 0;
      last += moves ? (layout.shape().size(other) - 1) * layout.stride(other) : 0;
    }
    return last < size;
  }

  /** Returns the number of rows. */
  int count() {
    return count;
  }

  /** Returns the loop over a range of rows. */
  Loop part(int from, int to) {
    List<Timed> body = new ArrayList<>();
    for (int i = 0; i < cuts.size(); i++) {
      Timed entry = loop.body().get(i);
      int group = cuts.get(i).size(entry.instruction()) / count;
      Instruction part = cuts.get(i).part(entry.instruction(), from * group, to * group);
      body.add(new Timed(part, entry.from(), entry.to()));
    }
    return loop.with(body);
  }
}

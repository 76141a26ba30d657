package dev.rnn4j.plan.internal.run;

import dev.rnn4j.kernel.Switch;
import dev.rnn4j.plan.internal.program.Block;
import dev.rnn4j.plan.internal.program.Cut;
import dev.rnn4j.plan.internal.program.Instruction;
import dev.rnn4j.plan.internal.program.Instruction.Copy;
import dev.rnn4j.plan.internal.program.Instruction.Elementwise;
import dev.rnn4j.plan.internal.program.Instruction.Fold;
import dev.rnn4j.plan.internal.program.Instruction.Loop;
import dev.rnn4j.plan.internal.program.Loops;
import dev.rnn4j.plan.internal.program.Place;
import dev.rnn4j.tensor.Layout;
import dev.rnn4j.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * Deals phases out to threads that run side by side, with instructions in parts where one is for
 * several. A part computes whole elements of the result, each as it would be computed otherwise: so
 * bits do not depend on the number of parts.
 */
final class Split {
  /**
   * Parts begin at multiples of up to this many elements, where there are enough of them; narrower
   * ones of a sum cost more than they gain.
   */
  private static final int GRAIN = 64;

  /**
   * The work that is worth a thread, in elements: some dozen microseconds, for what another core
   * has computed has to come over too. Tests ask for less.
   */
  private static final int LEAST_WORK = 131_072;

  /**
   * In a loop, a time step's work that is worth a thread is so many times smaller. Below it, what
   * instructions cost however few elements they have is most of the time, and no thread saves any.
   */
  private static final int STEPS = 16;

  private final int threads;
  private final long leastWork = Switch.WORK.number(LEAST_WORK);
  private final long leastStep = Math.max(1, leastWork / STEPS);

  Split(int threads) {
    this.threads = threads;
  }

  /** Returns whether one thread does all. */
  boolean isForOne() {
    return threads == 1;
  }

  /**
   * Returns what each thread does of a phase, in an order that is that of the phase; one list where
   * that is faster or the only way.
   */
  List<List<Instruction>> of(List<Instruction> phase) {
    long work = phase.stream().mapToLong(Instruction::work).sum();
    int most = (int) Math.min(threads, work / leastWork);
    if (most < 2) {
      return List.of(phase);
    }
    if (phase.get(0) instanceof Loop loop) {
      int side = (int) Math.min(most, work / (loop.to() - loop.from() + 1) / leastStep);
      Rows rows = side < 2 ? null : Rows.of(loop);
      return rows == null ? List.of(phase) : parts(rows, side);
    }
    return dealt(phase, work, most);
  }

  /** Deals out instructions in order; what lies between two threads is cut. */
  private static List<List<Instruction>> dealt(List<Instruction> phase, long work, int most) {
    List<List<Instruction>> hands = new ArrayList<>();
    for (int i = 0; i < most; i++) {
      hands.add(new ArrayList<>());
    }
    long begin = 0;
    for (Instruction instruction : phase) {
      long end = begin + instruction.work();
      Instruction merged = merged(instruction);
      Cut cut = best(merged, most);
      int size = cut == null ? 1 : cut.size(merged);
      int grain = merged instanceof Fold ? GRAIN : grain(size, most);
      int from = 0;
      for (int i = 0; i < most; i++) {
        double share = ((double) work * (i + 1) / most - begin) / Math.max(1, end - begin);
        int to = i == most - 1 ? size : (int) Math.round(Math.min(1, share) * size / grain) * grain;
        to = Math.min(size, to);
        if (from < to) {
          boolean all = from == 0 && to == size;
          hands.get(i).add(all ? instruction : cut.part(merged, from, to));
          from = to;
        }
      }
      begin = end;
    }
    hands.removeIf(List::isEmpty);
    return hands;
  }

  /** Returns the first cut that is long enough, or the longest, or null for none. */
  private static Cut best(Instruction instruction, int parts) {
    Cut best = null;
    int longest = 1;
    for (Cut cut : instruction.cuts()) {
      int size = Math.min(cut.size(instruction), 8 * parts);
      if (size > longest) {
        best = cut;
        longest = size;
      }
    }
    return best;
  }

  private static List<List<Instruction>> parts(Rows rows, int most) {
    int size = rows.count();
    int count = Math.min(size, most);
    int grain = grain(size, count);
    List<List<Instruction>> parts = new ArrayList<>();
    int from = 0;
    for (int i = 1; i <= count; i++) {
      int to = i == count ? size : (int) ((long) size * i / count / grain * grain);
      parts.add(List.of(rows.part(from, to)));
      from = to;
    }
    return parts;
  }

  /** Returns the multiple at which parts begin. */
  private static int grain(int size, int parts) {
    int grain = GRAIN;
    while (size / grain < 4 * parts && grain > 1) {
      grain /= 2;
    }
    return grain;
  }

  /** Returns what goes element by element with as few and long axes as possible. */
  private static Instruction merged(Instruction instruction) {
    boolean oneShape =
        instruction instanceof Elementwise
            || instruction instanceof Block
            || instruction instanceof Copy;
    if (!oneShape) {
      return instruction;
    }
    List<Layout> layouts = instruction.places().stream().map(Place::layout).toList();
    Shape shape = Shape.of(Loops.over(layouts).sizes());
    return instruction.map(place -> place.with(place.layout().reshaped(shape).orElseThrow()));
  }
}

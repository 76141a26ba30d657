package dev.rnn4j.plan.internal;

import dev.rnn4j.plan.internal.Instruction.Copy;
import dev.rnn4j.plan.internal.Instruction.Elementwise;
import dev.rnn4j.plan.internal.Instruction.Loop;
import dev.rnn4j.tensor.Layout;
import dev.rnn4j.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/**
 * Cuts instructions into parts that threads run side by side. A part computes whole elements of the
 * result, each as it would be computed otherwise: so bits do not depend on the number of parts.
 */
final class Split {
  /** Parts begin at multiples of up to this many elements, where there are enough of them. */
  private static final int GRAIN = 64;

  private final int threads;
  private final long least;

  /**
   * Creates the splitter.
   *
   * @param least the work that is worth a thread, in elements
   */
  Split(int threads, long least) {
    this.threads = threads;
    this.least = Math.max(1, least);
  }

  /** Returns an instruction in parts, or as it is where that is faster or the only way. */
  List<Instruction> of(Instruction instruction) {
    int most = (int) Math.min(threads, instruction.work() / least);
    if (most < 2) {
      return List.of(instruction);
    }
    if (instruction instanceof Loop loop) {
      Rows rows = Rows.of(loop);
      return rows == null ? List.of(loop) : parts(rows.count(), most, rows::part);
    }
    Instruction merged = merged(instruction);
    Cut best = null;
    for (Cut cut : merged.cuts()) {
      int size = cut.size(merged);
      if (best == null || best.size(merged) < Math.min(size, enough(most))) {
        best = cut;
      }
    }
    if (best == null) {
      return List.of(instruction);
    }
    Cut cut = best;
    return parts(cut.size(merged), most, (from, to) -> cut.part(merged, from, to));
  }

  private static int enough(int parts) {
    return 8 * parts;
  }

  private static List<Instruction> parts(
      int size, int most, BiFunction<Integer, Integer, Instruction> part) {
    int count = Math.min(size, most);
    int grain = GRAIN;
    while (size / grain < 4 * count && grain > 1) {
      grain /= 2;
    }
    List<Instruction> parts = new ArrayList<>();
    int from = 0;
    for (int i = 1; i <= count; i++) {
      int to = i == count ? size : (int) ((long) size * i / count / grain * grain);
      parts.add(part.apply(from, to));
      from = to;
    }
    return parts;
  }

  /** Returns what goes element by element with as few and long axes as possible. */
  private static Instruction merged(Instruction instruction) {
    if (!(instruction instanceof Elementwise || instruction instanceof Copy)) {
      return instruction;
    }
    List<Layout> layouts =
        Stream.concat(Stream.of(instruction.target()), instruction.operands().stream())
            .map(Place::layout)
            .toList();
    Shape shape = Shape.of(Loops.over(layouts).sizes());
    return instruction.map(place -> place.with(place.layout().reshaped(shape).orElseThrow()));
  }
}

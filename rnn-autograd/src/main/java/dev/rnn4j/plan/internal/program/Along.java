package dev.rnn4j.plan.internal.program;

import dev.rnn4j.kernel.ScalarFloatGemm;
import dev.rnn4j.plan.internal.program.Instruction.Fold;
import dev.rnn4j.plan.internal.program.Instruction.Loop;
import dev.rnn4j.plan.internal.program.Instruction.Product;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Which instructions can run along with a loop, while the rows of its steps are in the cache: a
 * product of rows that the loop reads step by step, as those of all inputs with weights are, some
 * steps ahead of it; and a sum over rows that a loop back through time writes step by step, as the
 * gradients of weights are, behind it. They stand right before and after the loop, and whoever runs
 * all of them there computes the same. What runs behind a loop reads nothing that runs ahead of it:
 * each is in step with the loop, but not with the other.
 */
public final class Along {
  /** The rows from which on not all are in the cache anyway: several blocks of a sum. */
  private static final int LEAST = ScalarFloatGemm.BLOCK + 1;

  /** No loop. */
  public static final int NONE = -1;

  private final List<Instruction> code;

  /** For each instruction the position of its loop. */
  private final int[] loops;

  /** Finds what can run along in a draft: what computes, and what updates, each for itself. */
  public Along(Draft draft) {
    code = draft.code();
    loops = new int[code.size()];
    Arrays.fill(loops, NONE);
    find(draft.compute(), 0);
    find(draft.update(), draft.compute().size());
  }

  private void find(List<Instruction> part, int begin) {
    List<Instruction> before = List.of();
    List<Instruction> ahead = List.of();
    int at = begin;
    for (List<Instruction> phase : Phases.of(part, buffer -> buffer)) {
      int first = at - before.size();
      if (phase.get(0) instanceof Loop loop) {
        for (int i = first; i < at; i++) {
          loops[i] = loops[i] == NONE && runsAhead(code.get(i), loop) ? at : loops[i];
        }
        ahead = ahead(at);
      } else if (!before.isEmpty() && before.get(0) instanceof Loop loop) {
        for (int i = at; i < at + phase.size(); i++) {
          boolean behind = runsBehind(code.get(i), loop) && areApart(code.get(i), ahead);
          loops[i] = behind ? first : NONE;
        }
      }
      before = phase;
      at += phase.size();
    }
  }

  /** Returns the position of the loop along with which an instruction can run, or {@link #NONE}. */
  public int loop(int instruction) {
    return loops[instruction];
  }

  /** Returns what can run ahead of the loop at a position. */
  public List<Instruction> ahead(int loop) {
    return along(loop, 0, loop);
  }

  /** Returns what can run behind the loop at a position. */
  public List<Instruction> behind(int loop) {
    return along(loop, loop, loops.length);
  }

  private List<Instruction> along(int loop, int from, int to) {
    return IntStream.range(from, to).filter(i -> loops[i] == loop).mapToObj(code::get).toList();
  }

  private static boolean runsAhead(Instruction instruction, Loop loop) {
    return instruction instanceof Product product
        && isOneAndNew(product)
        && product.operands().stream().noneMatch(place -> isAmong(place, targets(loop)))
        && isInStep(product.target(), 1, loop, places(loop));
  }

  private static boolean runsBehind(Instruction instruction, Loop loop) {
    if (loop.ascending()
        || instruction.targets().stream().anyMatch(x -> isAmong(x, places(loop)))) {
      return false;
    }
    if (instruction instanceof Fold fold) {
      boolean sum = !fold.max() && fold.shape().size(0) == 1;
      return sum && fold.operands().stream().allMatch(x -> isInStep(x, 1, loop, targets(loop)));
    }
    return instruction instanceof Product product
        && isOneAndNew(product)
        && isInStep(product.a(), 2, loop, targets(loop))
        && isInStep(product.b(), 1, loop, targets(loop));
  }

  private static boolean areApart(Instruction behind, List<Instruction> ahead) {
    return ahead.stream()
        .noneMatch(
            product ->
                behind.touches(product.target().buffer())
                    || product.touches(behind.target().buffer()));
  }

  private static boolean isOneAndNew(Product product) {
    return product.target().shape().size(0) == 1 && !product.accumulates();
  }

  private static boolean isAmong(Place place, Stream<Place> places) {
    return places.anyMatch(other -> other.buffer() == place.buffer());
  }

  private static Stream<Place> places(Loop loop) {
    return loop.flat().stream().flatMap(each -> each.places().stream());
  }

  private static Stream<Place> targets(Loop loop) {
    return loop.flat().stream().flatMap(each -> each.targets().stream());
  }

  /**
   * Returns whether what a loop touches of some rows is, at each of its steps, only the rows of
   * that step: equally many, one step's behind the other's.
   *
   * @param axis the axis of the rows
   * @param touched what the loop touches
   */
  private static boolean isInStep(Place rows, int axis, Loop loop, Stream<Place> touched) {
    int steps = loop.to() - loop.from() + 1;
    int count = rows.shape().size(axis);
    int perStep = count / steps * rows.layout().stride(axis);
    if (count < LEAST || count % steps != 0 || perStep <= 0) {
      return false;
    }
    int first = rows.layout().offset() - loop.from() * perStep;
    return touched
        .filter(place -> place.buffer() == rows.buffer())
        .allMatch(
            place ->
                place.perStep() == perStep
                    && place.layout().offset() >= first
                    && place.last() < first + perStep);
  }
}

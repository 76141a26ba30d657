package dev.rnn4j.plan.internal.passes;

import dev.rnn4j.kernel.Switch;
import dev.rnn4j.plan.internal.program.Buffer;
import dev.rnn4j.plan.internal.program.Cut;
import dev.rnn4j.plan.internal.program.Draft;
import dev.rnn4j.plan.internal.program.Instruction;
import dev.rnn4j.plan.internal.program.Instruction.Elementwise;
import dev.rnn4j.plan.internal.program.Instruction.Loop;
import dev.rnn4j.plan.internal.program.Instruction.Product;
import dev.rnn4j.plan.internal.program.Instruction.Timed;
import dev.rnn4j.plan.internal.program.Place;
import dev.rnn4j.tensor.Layout;
import dev.rnn4j.tensor.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/**
 * Work over whole sequences, whose results a time loop is the next to read, step by step, moves
 * into that loop: there each step's part is still in the cache, and what nobody reads later is
 * never written down as a sequence.
 */
final class Sinking {
  /** Steps with fewer elements are quicker done all at once. Tests ask for less. */
  private static final int LEAST = 256;

  /** A product in a step reads its weights again: it takes so many times the elements, and rows. */
  private static final int PRODUCT = 16;

  private final int least = Switch.SINKING.number(LEAST);
  private final Draft draft;
  private final Liveness liveness;
  private final List<Instruction> code;
  private final int split;

  /** Sinks the instructions of a draft. */
  Sinking(Draft draft) {
    this.draft = draft;
    code = new ArrayList<>(draft.code());
    split = draft.compute().size();
    liveness = new Liveness(draft);
    for (int i = code.size() - 1; i >= 0; i--) {
      Instruction instruction = code.get(i);
      if (instruction instanceof Elementwise || instruction instanceof Product) {
        sink(instruction, i);
      }
    }
  }

  /** Returns the draft without the instructions that have moved away from where they were. */
  Draft draft() {
    int moved = Collections.frequency(code.subList(0, split), null);
    return draft.with(code.stream().filter(Objects::nonNull).toList(), split - moved);
  }

  private void sink(Instruction whole, int from) {
    Buffer buffer = whole.target().buffer();
    Integer to = liveness.of(buffer).higherKey(from);
    if (!liveness.passes(buffer)
        || to == null
        || from < split != to < split
        || !(code.get(to) instanceof Loop loop)) {
      return;
    }
    Place target = onlyPlace(loop, buffer);
    Instruction sunk = target == null ? null : inSteps(whole, target, loop, to);
    if (sunk == null || isDisturbed(sunk, from, to)) {
      return;
    }
    List<Timed> body = new ArrayList<>(loop.body());
    int reader = 0;
    while (!body.get(reader).instruction().touches(buffer)) {
      reader++; // so that it can be part of the reader's block
    }
    body.add(reader, new Timed(sunk, loop.from(), loop.to()));
    code.set(from, null);
    code.set(to, loop.with(body));
    liveness.remove(from, sunk);
    liveness.add(to, sunk);
  }

  private boolean isTouchedAfter(int loop, Place place) {
    return liveness.of(place.buffer()).lastKey() > loop;
  }

  /** Returns where a loop touches a buffer, or null where that is not one place. */
  private static Place onlyPlace(Loop loop, Buffer buffer) {
    Place only = null;
    for (Instruction instruction : loop.flat()) {
      for (Place place : instruction.places()) {
        if (place.buffer() == buffer) {
          if (only != null && !only.covers(place)) {
            return null;
          }
          only = place;
        }
      }
    }
    return only;
  }

  /**
   * Returns an instruction for one time step of a loop, or null where that cannot be told.
   *
   * @param target what the loop touches in a step
   * @param at the position of the loop
   */
  private Instruction inSteps(Instruction whole, Place target, Loop loop, int at) {
    Cut cut = whole.cuts().get(0);
    int step = target.perStep();
    int steps = step <= 0 || step < least ? 0 : whole.target().shape().elements() / step;
    int distance = whole.target().layout().offset() - target.layout().offset();
    if (steps == 0
        || whole.target().shape().elements() != steps * step
        || distance % step != 0
        || cut.size(whole) % steps != 0) {
      return null;
    }
    int first = distance / step;
    int last = first + steps - 1;
    int size = cut.size(whole) / steps;
    boolean all = first == loop.from() && last == loop.to();
    boolean fits = all || first <= loop.from() && loop.to() <= last && !isTouchedAfter(at, target);
    boolean small = whole instanceof Product && (step < PRODUCT * least || size < least / PRODUCT);
    if (!fits || small) {
      return null;
    }
    Place result = inStep(whole.target(), cut.target(), first, size);
    if (!result.covers(target)) {
      return null;
    }
    List<Place> operands = new ArrayList<>();
    for (int i = 0; i < whole.operands().size(); i++) {
      operands.add(inStep(whole.operands().get(i), cut.operand(i), first, size));
    }
    Instruction sunk = whole.with(result, operands);
    return sunk instanceof Elementwise ? shaped(sunk, target.shape()) : sunk;
  }

  /** Returns the part of a place in one time step: {@code size} elements along an axis. */
  private static Place inStep(Place whole, int axis, int first, int size) {
    if (axis == Cut.WHOLE) {
      return whole;
    }
    int step = size * whole.layout().stride(axis);
    Layout layout = whole.layout().sliced(axis, 0, size);
    return new Place(whole.buffer(), layout.shifted(-first * step), step);
  }

  private static Instruction shaped(Instruction elementwise, Shape shape) {
    boolean can =
        elementwise.places().stream().allMatch(x -> x.layout().reshaped(shape).isPresent());
    return can ? elementwise.map(x -> x.with(x.layout().reshaped(shape).orElseThrow())) : null;
  }

  /** Returns whether an operand changes between where an instruction was and where it would be. */
  private boolean isDisturbed(Instruction sunk, int from, int to) {
    return code.subList(from + 1, to + 1).stream()
        .filter(Objects::nonNull)
        .flatMap(between -> between.flat().stream())
        .flatMap(between -> between.targets().stream())
        .anyMatch(y -> sunk.operands().stream().anyMatch(x -> x.buffer() == y.buffer()));
  }
}

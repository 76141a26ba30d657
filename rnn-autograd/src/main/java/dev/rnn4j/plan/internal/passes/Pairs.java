package dev.rnn4j.plan.internal.passes;

import com.google.common.collect.ImmutableTable;
import dev.rnn4j.kernel.Pointwise;
import dev.rnn4j.plan.internal.program.Buffer;
import dev.rnn4j.plan.internal.program.Draft;
import dev.rnn4j.plan.internal.program.Instruction;
import dev.rnn4j.plan.internal.program.Instruction.Elementwise;
import dev.rnn4j.plan.internal.program.Instruction.Fold;
import dev.rnn4j.plan.internal.program.Instruction.Timed;
import dev.rnn4j.plan.internal.program.Loops;
import dev.rnn4j.plan.internal.program.Place;
import dev.rnn4j.tensor.Layout;
import dev.rnn4j.tensor.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A product or sum that only one other instruction reads becomes part of it, where there is a
 * kernel for the pair. The pair gives the bits of the two, one after the other.
 */
final class Pairs {
  /** From the first operation of a pair and the second to the one for both. */
  private static final ImmutableTable<Pointwise, Pointwise, Pointwise> KNOWN =
      ImmutableTable.<Pointwise, Pointwise, Pointwise>builder()
          .put(Pointwise.ADD, Pointwise.SIGMOID, Pointwise.SIGMOID_OF_SUM)
          .put(Pointwise.ADD, Pointwise.TANH, Pointwise.TANH_OF_SUM)
          .put(Pointwise.MULTIPLY, Pointwise.ADD, Pointwise.ADD_PRODUCT)
          .put(
              Pointwise.MULTIPLY, Pointwise.SIGMOID_GRADIENT, Pointwise.SIGMOID_GRADIENT_OF_PRODUCT)
          .put(Pointwise.MULTIPLY, Pointwise.TANH_GRADIENT, Pointwise.TANH_GRADIENT_OF_PRODUCT)
          .build();

  private final Liveness liveness;

  /** Prepares to join instructions of a program. */
  Pairs(Draft draft) {
    liveness = new Liveness(draft);
  }

  /** Returns instructions that run one after the other, with pairs as one. */
  List<Timed> join(List<Timed> code) {
    return new Listing(code, liveness).joined();
  }

  // ---------------------------------------------------------------- time steps

  /** Returns an instruction for the time steps that two have in common. */
  private static Timed common(Timed a, Timed b, Instruction instruction) {
    return new Timed(instruction, Math.max(a.from(), b.from()), Math.min(a.to(), b.to()));
  }

  /** Returns an instruction for its time steps without those of another that meets it. */
  private static List<Timed> without(Timed a, Timed b) {
    List<Timed> rest = new ArrayList<>();
    if (a.from() < b.from()) {
      rest.add(new Timed(a.instruction(), a.from(), b.from() - 1));
    }
    if (b.to() < a.to()) {
      rest.add(new Timed(a.instruction(), b.to() + 1, a.to()));
    }
    return rest;
  }

  private static boolean meet(Timed a, Timed b) {
    return a.from() <= b.to() && b.from() <= a.to();
  }

  // ---------------------------------------------------------------- what can be joined

  /**
   * Returns one instruction for two, of which the second reads the first; null if there is none.
   */
  private static Instruction pair(Elementwise inner, Instruction outer, int position) {
    Shape shape = outer.operands().get(position).shape();
    List<Place> operands = new ArrayList<>();
    for (Place x : inner.operands()) {
      Optional<Layout> shaped = x.layout().reshaped(shape);
      boolean clash = !x.isApartFrom(outer.target()) && !x.covers(outer.target());
      if (shaped.isEmpty() || clash) {
        return null;
      }
      operands.add(x.with(shaped.get()));
    }
    if (inner.op() == Pointwise.SQUARE) {
      return pair(Pointwise.MULTIPLY, List.of(operands.get(0), operands.get(0)), outer, position);
    }
    return pair(inner.op(), operands, outer, position);
  }

  /** Returns an instruction with an operation in the place of the operand that it computes. */
  private static Instruction pair(
      Pointwise op, List<Place> operands, Instruction outer, int position) {
    if (outer instanceof Elementwise elementwise) {
      Pointwise both = KNOWN.get(op, elementwise.op());
      boolean last = position == outer.operands().size() - 1;
      if (both == null || !last && elementwise.op() != Pointwise.ADD) {
        return null;
      }
      List<Place> all = new ArrayList<>(outer.operands());
      all.remove(position);
      all.addAll(operands);
      Elementwise pair = new Elementwise(outer.node(), both, outer.target(), all);
      return Loops.areFew(pair.places()) ? pair : null;
    }
    boolean sum = !((Fold) outer).max() && outer.operands().size() == 1;
    boolean dense = operands.stream().allMatch(x -> x.layout().isDense());
    return sum && dense && op == Pointwise.MULTIPLY ? outer.with(outer.target(), operands) : null;
  }

  /** Instructions one after the other: each has a slot, for a pair or for what is left of it. */
  private static final class Listing {
    private final Set<Buffer> own;
    private final List<List<Timed>> slots = new ArrayList<>();
    private final Liveness liveness;

    /** Creates the list of some instructions of a program. */
    Listing(List<Timed> code, Liveness program) {
      own = program.temporaries(code);
      liveness = program.of(code);
      code.forEach(entry -> slots.add(new ArrayList<>(List.of(entry))));
    }

    /** Returns the list with pairs as one. */
    List<Timed> joined() {
      for (int slot = 1; slot < slots.size(); slot++) {
        int entry = 0;
        while (entry < slots.get(slot).size()) {
          entry += join(slot, slots.get(slot).get(entry)) ? 0 : 1;
        }
      }
      return slots.stream().flatMap(List::stream).toList();
    }

    /** Joins an instruction with one that computes an operand; returns whether it could. */
    private boolean join(int slot, Timed outer) {
      Instruction reader = outer.instruction();
      if (!(reader instanceof Elementwise) && !(reader instanceof Fold)) {
        return false;
      }
      List<Buffer> read = reader.operands().stream().map(Place::buffer).toList();
      for (int i = 0; i < read.size(); i++) {
        Buffer value = read.get(i);
        if (own.contains(value) && Collections.frequency(read, value) == 1) {
          Integer first = lastTouch(value, outer, slot);
          for (Timed inner : first == null ? List.<Timed>of() : slots.get(first)) {
            if (join(first, inner, slot, outer, i)) {
              return true;
            }
          }
        }
      }
      return false;
    }

    /** Joins two instructions; what one of them does at other time steps stays. */
    private boolean join(int first, Timed inner, int second, Timed outer, int position) {
      Buffer value = outer.instruction().operands().get(position).buffer();
      if (!meet(inner, outer)
          || !(inner.instruction() instanceof Elementwise elementwise)
          || elementwise.target().buffer() != value) {
        return false;
      }
      Instruction pair = pair(elementwise, outer.instruction(), position);
      if (pair == null) {
        return false;
      }
      Timed both = common(inner, outer, pair);
      if (changes(elementwise.operands(), first, second, both) || isRead(value, second, both)) {
        return false;
      }
      replace(first, inner, without(inner, outer));
      List<Timed> rest = without(outer, inner);
      rest.add(0, both);
      replace(second, outer, rest);
      liveness.add(second, pair);
      return true;
    }

    private void replace(int slot, Timed entry, List<Timed> by) {
      List<Timed> entries = slots.get(slot);
      int at = entries.indexOf(entry);
      entries.remove(at);
      entries.addAll(at, by);
    }

    /** Returns the slot before in which a value was last touched, or null. */
    private Integer lastTouch(Buffer value, Timed reader, int slot) {
      Integer last = liveness.of(value).lowerKey(slot);
      while (last != null
          && slots.get(last).stream()
              .noneMatch(e -> meet(e, reader) && e.instruction().touches(value))) {
        last = liveness.of(value).lowerKey(last);
      }
      return last;
    }

    /** Returns whether one of these places is written between two slots. */
    private boolean changes(List<Place> places, int first, int second, Timed steps) {
      return places.stream()
          .anyMatch(
              x ->
                  liveness.of(x.buffer()).subMap(first + 1, second).keySet().stream()
                      .flatMap(slot -> slots.get(slot).stream())
                      .filter(entry -> meet(entry, steps))
                      .flatMap(entry -> entry.instruction().flat().stream())
                      .flatMap(between -> between.targets().stream())
                      .anyMatch(y -> !x.isApartFrom(y)));
    }

    /** Returns whether a value is read from a slot on, before another takes its place. */
    private boolean isRead(Buffer value, int slot, Timed steps) {
      if (isOverwritten(steps.instruction(), value)) {
        return false;
      }
      for (int after : liveness.of(value).tailMap(slot, false).keySet()) {
        for (Timed entry : slots.get(after)) {
          Instruction i = entry.instruction();
          if (meet(entry, steps) && i.touches(value) && reads(i, value)) {
            return true;
          }
          if (isOverwritten(i, value) && entry.from() <= steps.from() && steps.to() <= entry.to()) {
            return false;
          }
        }
      }
      return false;
    }

    private static boolean reads(Instruction instruction, Buffer buffer) {
      return instruction.accumulates()
          || instruction.operands().stream().anyMatch(x -> x.buffer() == buffer);
    }

    private static boolean isOverwritten(Instruction by, Buffer value) {
      return !by.accumulates() && by.targets().stream().anyMatch(y -> y.buffer() == value);
    }
  }
}

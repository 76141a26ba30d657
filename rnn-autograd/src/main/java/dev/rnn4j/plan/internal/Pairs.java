package dev.rnn4j.plan.internal;

import com.google.common.collect.ImmutableTable;
import dev.rnn4j.kernel.Pointwise;
import dev.rnn4j.plan.internal.Instruction.Elementwise;
import dev.rnn4j.plan.internal.Instruction.Fold;
import dev.rnn4j.plan.internal.Instruction.Loop;
import dev.rnn4j.plan.internal.Instruction.Timed;
import dev.rnn4j.tensor.Layout;
import dev.rnn4j.tensor.Shape;
import java.util.ArrayList;
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

  private final Temporaries temporaries;

  /** Prepares to join instructions of a program. */
  Pairs(Temporaries temporaries) {
    this.temporaries = temporaries;
  }

  /** Returns instructions that run one after the other, with pairs as one. */
  List<Instruction> join(List<Instruction> code) {
    List<Timed> timed =
        code.stream()
            .map(i -> i instanceof Loop loop ? joined(loop) : i)
            .map(Timed::always)
            .toList();
    return joinTimed(timed).stream().map(Timed::instruction).toList();
  }

  private Loop joined(Loop loop) {
    List<Timed> body = joinTimed(loop.body());
    return new Loop(loop.node(), loop.from(), loop.to(), loop.ascending(), body);
  }

  private List<Timed> joinTimed(List<Timed> code) {
    Set<Buffer> own = temporaries.in(code);
    List<Timed> joined = new ArrayList<>(code);
    for (int second = 1; second < joined.size(); second++) {
      for (int first = second - 1; first >= 0; first--) {
        Instruction pair = pair(joined, first, second, own);
        if (pair != null) {
          second = join(joined, first, second, pair);
          break;
        }
      }
    }
    return joined;
  }

  /** Puts a pair where the second was; what only one of them does at some time steps stays. */
  private static int join(List<Timed> code, int first, int second, Instruction pair) {
    Timed a = code.get(first);
    Timed b = code.get(second);
    List<Timed> before = without(a, b);
    code.remove(second);
    code.addAll(second, without(b, a));
    code.add(second, common(a, b, pair));
    code.remove(first);
    code.addAll(first, before);
    return second + before.size() - 1;
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

  /** Returns one instruction for two of a list, or null where they stay apart. */
  private static Instruction pair(List<Timed> code, int first, int second, Set<Buffer> own) {
    Instruction outer = code.get(second).instruction();
    boolean known = outer instanceof Elementwise || outer instanceof Fold;
    if (!known
        || !(code.get(first).instruction() instanceof Elementwise inner)
        || !own.contains(inner.target().buffer())
        || !isReadOnce(code, first, second)) {
      return null;
    }
    int position = 0;
    while (outer.operands().get(position).buffer() != inner.target().buffer()) {
      position++;
    }
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

  /**
   * Returns whether the second is the only one to read what the first writes at the time steps that
   * they have in common, and then still finds what the first reads.
   */
  private static boolean isReadOnce(List<Timed> code, int first, int second) {
    Instruction inner = code.get(first).instruction();
    Instruction outer = code.get(second).instruction();
    Buffer value = inner.target().buffer();
    if (!meet(code.get(first), code.get(second))
        || outer.operands().stream().filter(x -> x.buffer() == value).count() != 1) {
      return false;
    }
    Timed both = common(code.get(first), code.get(second), outer);
    for (int i = first + 1; i < second; i++) {
      for (Instruction between : code.get(i).instruction().flat()) {
        boolean disturbs =
            between.places().stream().anyMatch(x -> x.buffer() == value)
                || between.targets().stream()
                    .anyMatch(y -> inner.operands().stream().anyMatch(x -> !x.isApartFrom(y)));
        if (disturbs && meet(code.get(i), both)) {
          return false;
        }
      }
    }
    return isOverwritten(outer, value)
        || !isRead(value, both, code.subList(second + 1, code.size()));
  }

  private static boolean isOverwritten(Instruction by, Buffer value) {
    return !by.accumulates() && by.targets().stream().anyMatch(y -> y.buffer() == value);
  }

  /** Returns whether instructions read a value of some time steps before they write another. */
  private static boolean isRead(Buffer value, Timed steps, List<Timed> code) {
    for (Timed entry : code) {
      for (Instruction after : entry.instruction().flat()) {
        boolean touches = after.places().stream().anyMatch(x -> x.buffer() == value);
        boolean reads =
            after.operands().stream().anyMatch(x -> x.buffer() == value)
                || !isOverwritten(after, value);
        if (touches && reads && meet(entry, steps)) {
          return true;
        }
        if (touches && entry.from() <= steps.from() && steps.to() <= entry.to()) {
          return false;
        }
      }
    }
    return false;
  }
}

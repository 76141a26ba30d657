package dev.rnn4j.plan.internal;

import dev.rnn4j.plan.internal.Instruction.Elementwise;
import dev.rnn4j.plan.internal.Instruction.Loop;
import dev.rnn4j.plan.internal.Instruction.Timed;
import dev.rnn4j.tensor.Layout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Elementwise instructions over whole sequences, whose results one time loop reads step by step,
 * move into that loop: the sequence is never written down.
 */
final class Sinking {
  /** Steps with fewer elements are quicker done all at once. */
  private static final int SMALL = 256;

  private final Set<Buffer> lasting;
  private final Map<Buffer, Set<Integer>> touchedAt = new HashMap<>();
  private final List<Instruction> code;
  private final int split;

  /**
   * Prepares to sink instructions.
   *
   * @param split where one part of the code ends that may run without the other
   * @param lasting buffers that must keep their value
   */
  Sinking(List<Instruction> code, int split, Set<Buffer> lasting) {
    this.code = new ArrayList<>(code);
    this.split = split;
    this.lasting = lasting;
    for (int i = 0; i < code.size(); i++) {
      for (Instruction instruction : code.get(i).flat()) {
        for (Place place : instruction.places()) {
          touchedAt.computeIfAbsent(place.buffer(), absent -> new HashSet<>()).add(i);
        }
      }
    }
    for (int i = code.size() - 1; i >= 0; i--) {
      if (code.get(i) instanceof Elementwise elementwise) {
        int loop = onlyLoop(elementwise, i);
        if (loop > 0) {
          sink(elementwise, i, loop);
        }
      }
    }
  }

  /** Returns the instructions of a part of the code, without those that have moved away. */
  List<Instruction> code(int from, int to) {
    return code.subList(from, to).stream().filter(Objects::nonNull).toList();
  }

  /** Returns the position of the one loop that reads a result, or −1. */
  private int onlyLoop(Elementwise elementwise, int at) {
    Buffer buffer = elementwise.target().buffer();
    Set<Integer> touching = touchedAt.get(buffer);
    if (buffer.kind() != Buffer.Kind.WORK || lasting.contains(buffer) || touching.size() != 2) {
      return -1;
    }
    int other = touching.stream().mapToInt(i -> i).max().orElseThrow();
    boolean sameSide = at < split == other < split;
    return other > at && sameSide && code.get(other) instanceof Loop ? other : -1;
  }

  private void sink(Elementwise elementwise, int from, int to) {
    Loop loop = (Loop) code.get(to);
    Place target = null;
    for (Instruction instruction : loop.flat()) {
      for (Place place : instruction.places()) {
        if (place.buffer() == elementwise.target().buffer()) {
          if (target != null && !target.covers(place)) {
            return;
          }
          target = place;
        }
      }
    }
    Place whole = elementwise.target();
    int step = target.perStep();
    if (step < SMALL
        || whole.shape().rank() == 0
        || whole.layout().stride(0) != step
        || target.shape().elements() != step
        || !target.layout().isDense()
        || (whole.layout().offset() - target.layout().offset()) % step != 0) {
      return;
    }
    int first = (whole.layout().offset() - target.layout().offset()) / step;
    if (first > loop.from() || first + whole.shape().size(0) - 1 < loop.to()) {
      return;
    }
    Elementwise sunk = inStep(elementwise, target, first);
    if (sunk == null || isDisturbed(sunk, from, to)) {
      return;
    }
    List<Timed> body = new ArrayList<>(loop.body());
    int reader = 0;
    while (!body.get(reader).instruction().places().contains(target)) {
      reader++; // so that it can be part of the reader's block
    }
    body.add(reader, new Timed(sunk, loop.from(), loop.to()));
    Loop longer = new Loop(loop.node(), loop.from(), loop.to(), loop.ascending(), body);
    code.set(from, null);
    code.set(to, longer);
    for (Place place : sunk.places()) {
      touchedAt.get(place.buffer()).remove(from);
      touchedAt.get(place.buffer()).add(to);
    }
  }

  /** Returns the instruction for one time step, or null where that cannot be told. */
  private static Elementwise inStep(Elementwise elementwise, Place target, int first) {
    List<Place> operands = new ArrayList<>();
    for (Place x : elementwise.operands()) {
      Layout layout = x.layout().step(0);
      int stride = x.layout().stride(0);
      Place moving = new Place(x.buffer(), layout.shifted(-first * stride), stride);
      var shaped = moving.layout().reshaped(target.shape());
      if (shaped.isEmpty()) {
        return null;
      }
      operands.add(moving.with(shaped.get()));
    }
    return new Elementwise(elementwise.node(), elementwise.op(), target, operands);
  }

  /** Returns whether an operand changes between where an instruction was and where it would be. */
  private boolean isDisturbed(Elementwise sunk, int from, int to) {
    for (int i = from + 1; i <= to; i++) {
      if (code.get(i) != null) {
        for (Instruction between : code.get(i).flat()) {
          for (Place x : sunk.operands()) {
            if (between.targets().stream().anyMatch(y -> y.buffer() == x.buffer())) {
              return true;
            }
          }
        }
      }
    }
    return false;
  }
}

package dev.rnn4j.plan.internal;

import dev.rnn4j.plan.internal.Program.Array;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;

/** Gives each buffer an array; work buffers that do not live at the same time share one. */
public final class MemoryPlan {
  /**
   * How many elements work buffers have, and how many the arrays that they share.
   *
   * @param buffers the elements of all work buffers
   * @param arrays the elements of the arrays that hold them
   */
  public record Summary(long buffers, long arrays) {}

  private static final class Life {
    private int first = Integer.MAX_VALUE;
    private int last = -1;
    private int loop = -1; // where the loop begins that it lives in a step of

    void include(int position) {
      first = Math.min(first, position);
      last = Math.max(last, position);
    }
  }

  private static final int SEVERAL = -1;

  private final List<Array> arrays = new ArrayList<>();
  private final Map<Buffer, Life> lives = new LinkedHashMap<>();
  private final Map<Integer, Buffer> holders = new HashMap<>();
  private int position;

  /**
   * Plans the memory of instructions.
   *
   * @param lasting buffers that must keep their value to the end
   * @param share whether buffers share arrays
   */
  MemoryPlan(List<Instruction> code, Set<Buffer> lasting, boolean share) {
    Map<Buffer, Integer> outside = new HashMap<>();
    for (int top = 0; top < code.size(); top++) {
      for (Instruction instruction : code.get(top).flat()) {
        for (Place place : instruction.places()) {
          outside.merge(place.buffer(), top, (a, b) -> a.equals(b) ? a : SEVERAL);
        }
      }
    }
    for (List<Instruction> phase : Phases.of(code, buffer -> buffer)) {
      if (phase.get(0) instanceof Instruction.Loop loop) {
        touchLoop(loop, outside);
      } else {
        phase.forEach(top -> top.places().forEach(place -> touch(place.buffer(), position)));
        position++;
      }
    }
    lasting.forEach(buffer -> touch(buffer, position));
    if (!share) {
      lives.values().forEach(life -> life.include(position));
    }
    share();
  }

  /**
   * A buffer lives through a whole loop, unless it is written first and then read within each step
   * of it.
   */
  private void touchLoop(Instruction.Loop loop, Map<Buffer, Integer> outside) {
    int begin = position;
    int end = position + loop.body().size();
    Set<Buffer> written = new HashSet<>();
    for (Instruction instruction : loop.flat()) {
      for (Instruction part : instruction.parts()) {
        for (Place x : part.operands()) {
          touchStep(x, written.contains(x.buffer()), outside, begin, end);
        }
        Buffer target = part.target().buffer();
        boolean fresh = !part.accumulates() || written.contains(target);
        touchStep(part.target(), fresh, outside, begin, end);
        written.add(target);
      }
      position++;
    }
    position++;
  }

  private void touchStep(
      Place place, boolean fresh, Map<Buffer, Integer> outside, int begin, int end) {
    boolean within = fresh && place.perStep() == 0 && outside.get(place.buffer()) != SEVERAL;
    touch(place.buffer(), within ? position : begin);
    touch(place.buffer(), within ? position : end);
    if (within && place.buffer().kind() != Buffer.Kind.TILE) {
      lives.get(place.buffer()).loop = begin;
    }
  }

  private void touch(Buffer buffer, int at) {
    if (buffer.kind() == Buffer.Kind.TILE) {
      return;
    }
    lives.computeIfAbsent(buffer, absent -> new Life()).include(at);
  }

  private void share() {
    PriorityQueue<Buffer> open =
        new PriorityQueue<>(Comparator.comparingInt(buffer -> lives.get(buffer).last));
    NavigableMap<Integer, Deque<Integer>> free = new TreeMap<>();
    List<Buffer> order = new ArrayList<>(lives.keySet());
    order.sort(Comparator.comparingInt(buffer -> lives.get(buffer).first));
    for (Buffer buffer : order) {
      if (buffer.kind() != Buffer.Kind.WORK) {
        buffer.slot(arrays.size());
        arrays.add(new Array(buffer.kind(), buffer.size(), buffer.source()));
        continue;
      }
      while (!open.isEmpty() && lives.get(open.peek()).last < lives.get(buffer).first) {
        int slot = open.remove().slot();
        free.computeIfAbsent(arrays.get(slot).size(), size -> new ArrayDeque<>()).add(slot);
      }
      buffer.slot(slotFor(buffer, free));
      holders.put(buffer.slot(), buffer);
      open.add(buffer);
    }
  }

  /** Returns the free slot that fits best, or the largest one made larger, or a new one. */
  private int slotFor(Buffer buffer, NavigableMap<Integer, Deque<Integer>> free) {
    int size = buffer.size();
    for (NavigableMap<Integer, Deque<Integer>> sizes :
        List.of(free.tailMap(size, true), free.headMap(size, false).descendingMap())) {
      for (Map.Entry<Integer, Deque<Integer>> slots : sizes.entrySet()) {
        for (int slot : slots.getValue()) {
          if (suits(buffer, holders.get(slot))) {
            int larger = Math.max(size, arrays.get(slot).size());
            arrays.set(slot, new Array(Buffer.Kind.WORK, larger, null));
            slots.getValue().remove(slot);
            if (slots.getValue().isEmpty()) {
              free.remove(slots.getKey());
            }
            return slot;
          }
        }
      }
    }
    arrays.add(new Array(Buffer.Kind.WORK, size, null));
    return arrays.size() - 1;
  }

  /** In a step of a loop only equals share: so that threads may be at different instructions. */
  private boolean suits(Buffer next, Buffer before) {
    int loop = lives.get(next).loop;
    return loop < 0 || loop != lives.get(before).loop || next.size() == before.size();
  }

  /** Returns the arrays by slot. */
  List<Array> arrays() {
    return List.copyOf(arrays);
  }

  /** Returns what sharing saved. */
  Summary summary() {
    long buffers =
        lives.keySet().stream()
            .filter(b -> b.kind() == Buffer.Kind.WORK)
            .mapToLong(Buffer::size)
            .sum();
    long shared =
        arrays.stream().filter(a -> a.kind() == Buffer.Kind.WORK).mapToLong(Array::size).sum();
    return new Summary(buffers, shared);
  }
}

package dev.rnn4j.plan.internal.passes;

import dev.rnn4j.plan.Pass;
import dev.rnn4j.plan.internal.passes.Liveness.Access;
import dev.rnn4j.plan.internal.program.Along;
import dev.rnn4j.plan.internal.program.Buffer;
import dev.rnn4j.plan.internal.program.Draft;
import dev.rnn4j.plan.internal.program.Instruction;
import dev.rnn4j.plan.internal.program.Instruction.Loop;
import dev.rnn4j.plan.internal.program.Phases;
import dev.rnn4j.plan.internal.program.Program;
import dev.rnn4j.plan.internal.program.Program.Array;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.PriorityQueue;
import java.util.TreeMap;

/**
 * Gives each buffer an array; work buffers that do not live at the same time share one. What {@link
 * Along} a loop an instruction touches lives through it.
 */
public final class MemoryPlan {
  private static final class Life {
    private int first = Integer.MAX_VALUE;
    private int last = -1;
    private int loop = -1; // where the loop begins that it lives in a step of

    void include(int position) {
      first = Math.min(first, position);
      last = Math.max(last, position);
    }
  }

  private final List<Array> arrays = new ArrayList<>();
  private final Map<Buffer, Life> lives = new LinkedHashMap<>();
  private final Map<Integer, Buffer> holders = new HashMap<>();

  /** Returns the program of a draft. */
  public static Program of(Draft draft) {
    MemoryPlan plan = new MemoryPlan();
    Along along = new Along(draft);
    int end = plan.live(draft, along);
    draft.lasting().forEach(buffer -> plan.lifeOf(buffer).include(end));
    if (!draft.passes().contains(Pass.SHARE)) {
      plan.lives.values().forEach(life -> life.include(end));
    }
    plan.share();
    return new Program(
        draft.code(),
        along,
        draft.compute().size(),
        List.copyOf(plan.arrays),
        draft.places(),
        plan.memory(),
        draft.passes(),
        draft.nodes());
  }

  /** Finds when buffers live, in phases and in instructions of loops; returns when all ends. */
  private int live(Draft draft, Along along) {
    List<Instruction> code = draft.code();
    List<Integer> begins = new ArrayList<>();
    int position = 0;
    for (List<Instruction> phase : Phases.of(code, buffer -> buffer)) {
      begins.addAll(Collections.nCopies(phase.size(), position));
      position += phase.get(0) instanceof Loop loop ? loop.body().size() + 1 : 1;
    }
    Liveness liveness = new Liveness(draft);
    for (Buffer buffer : liveness.buffers()) {
      if (buffer.kind() != Buffer.Kind.TILE) {
        List<Access> accesses = liveness.all(buffer);
        boolean within = isWithinSteps(accesses, code);
        for (Access access : accesses) {
          Life life = lifeOf(buffer);
          include(life, access, begins.get(access.at()), within, code);
          int loop = along.loop(access.at());
          if (loop != Along.NONE) {
            include(life, begins.get(loop), code.get(loop));
          }
        }
      }
    }
    return position;
  }

  private Life lifeOf(Buffer buffer) {
    return lives.computeIfAbsent(buffer, absent -> new Life());
  }

  /** Returns whether a buffer is written first and then read within each step of one loop. */
  private static boolean isWithinSteps(List<Access> accesses, List<Instruction> code) {
    Access first = accesses.get(0);
    return first.writes()
        && code.get(first.at()) instanceof Loop
        && accesses.stream().allMatch(x -> x.at() == first.at() && x.place().perStep() == 0);
  }

  /** Lets a buffer live where it is touched: through the whole of a loop, if not in its steps. */
  private static void include(
      Life life, Access access, int begin, boolean within, List<Instruction> code) {
    if (within) {
      life.loop = begin;
      life.include(begin + access.inLoop());
    } else {
      include(life, begin, code.get(access.at()));
    }
  }

  /** Lets a buffer live through the whole of an instruction. */
  private static void include(Life life, int begin, Instruction instruction) {
    life.include(begin);
    life.include(instruction instanceof Loop loop ? begin + loop.body().size() : begin);
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

  private Program.Memory memory() {
    long buffers =
        lives.keySet().stream()
            .filter(b -> b.kind() == Buffer.Kind.WORK)
            .mapToLong(Buffer::size)
            .sum();
    long shared =
        arrays.stream().filter(a -> a.kind() == Buffer.Kind.WORK).mapToLong(Array::size).sum();
    return new Program.Memory(buffers, shared);
  }
}

package dev.rnn4j.plan.internal;

import dev.rnn4j.plan.internal.Program.Array;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

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
    private final int first;
    private int last;

    Life(int first) {
      this.first = first;
      this.last = first;
    }
  }

  private final List<Array> arrays = new ArrayList<>();
  private final Map<Buffer, Life> lives = new HashMap<>();
  private final List<Buffer> order = new ArrayList<>();

  /**
   * Plans the memory of instructions.
   *
   * @param lasting buffers that must keep their value to the end
   */
  MemoryPlan(List<Instruction> code, Set<Buffer> lasting) {
    for (int i = 0; i < code.size(); i++) {
      touch(code.get(i).target().buffer(), i);
      for (Place operand : code.get(i).operands()) {
        touch(operand.buffer(), i);
      }
    }
    for (Buffer buffer : lasting) {
      touch(buffer, code.size());
    }
    share();
  }

  private void touch(Buffer buffer, int instruction) {
    Life life = lives.get(buffer);
    if (life == null) {
      lives.put(buffer, new Life(instruction));
      order.add(buffer);
    } else {
      life.last = instruction;
    }
  }

  private void share() {
    List<Buffer> open = new ArrayList<>();
    List<Integer> free = new ArrayList<>();
    for (Buffer buffer : order) {
      if (buffer.kind() != Buffer.Kind.WORK) {
        buffer.slot(arrays.size());
        arrays.add(new Array(buffer.kind(), buffer.size(), buffer.source()));
        continue;
      }
      int now = lives.get(buffer).first;
      open.removeIf(
          other -> {
            boolean over = lives.get(other).last < now;
            if (over) {
              free.add(other.slot());
            }
            return over;
          });
      buffer.slot(slotFor(buffer.size(), free));
      open.add(buffer);
    }
  }

  /** Returns the free slot that fits best, or the largest one made larger, or a new one. */
  private int slotFor(int size, List<Integer> free) {
    Comparator<Integer> bySize = Comparator.comparingInt(slot -> arrays.get(slot).size());
    Integer chosen =
        free.stream()
            .filter(slot -> arrays.get(slot).size() >= size)
            .min(bySize)
            .or(() -> free.stream().max(bySize))
            .orElse(null);
    if (chosen == null) {
      arrays.add(new Array(Buffer.Kind.WORK, size, null));
      return arrays.size() - 1;
    }
    free.remove(chosen);
    int grown = Math.max(size, arrays.get(chosen).size());
    arrays.set(chosen, new Array(Buffer.Kind.WORK, grown, null));
    return chosen;
  }

  /** Returns the arrays by slot. */
  List<Array> arrays() {
    return List.copyOf(arrays);
  }

  /** Returns what sharing saved. */
  Summary summary() {
    long buffers =
        order.stream().filter(b -> b.kind() == Buffer.Kind.WORK).mapToLong(Buffer::size).sum();
    long shared =
        arrays.stream().filter(a -> a.kind() == Buffer.Kind.WORK).mapToLong(Array::size).sum();
    return new Summary(buffers, shared);
  }
}

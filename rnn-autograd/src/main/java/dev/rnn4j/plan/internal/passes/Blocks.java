package dev.rnn4j.plan.internal.passes;

import dev.rnn4j.plan.internal.program.Block;
import dev.rnn4j.plan.internal.program.Buffer;
import dev.rnn4j.plan.internal.program.Draft;
import dev.rnn4j.plan.internal.program.Instruction;
import dev.rnn4j.plan.internal.program.Instruction.Elementwise;
import dev.rnn4j.plan.internal.program.Instruction.Timed;
import dev.rnn4j.plan.internal.program.Loops;
import dev.rnn4j.plan.internal.program.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Pointwise blocks: neighbouring elementwise instructions over one shape run together, tile by
 * tile, and what only they read never leaves the tile. Each part rounds as it does alone: what a
 * plan computes besides changes no bit.
 */
final class Blocks {
  /** More parts than this gain nothing, and take long to fit together. */
  private static final int LONG = 64;

  private final Liveness liveness;

  /** Prepares to fuse instructions of a program. */
  Blocks(Draft draft) {
    liveness = new Liveness(draft);
  }

  /** Returns instructions that run one after the other, fused. */
  List<Timed> fuse(List<Timed> code) {
    List<Timed> fused = new ArrayList<>();
    List<Timed> open = new ArrayList<>();
    for (Timed next : code) {
      if (!fits(open, next)) {
        close(open, fused);
      }
      if (next.instruction() instanceof Elementwise) {
        open.add(next);
      } else {
        fused.add(next);
      }
    }
    close(open, fused);
    return fused;
  }

  // ---------------------------------------------------------------- what fits together

  private static boolean fits(List<Timed> open, Timed next) {
    if (open.isEmpty() || open.size() == LONG || !(next.instruction() instanceof Elementwise)) {
      return false;
    }
    List<Place> places = new ArrayList<>(next.instruction().places());
    for (Timed part : open) {
      if (!part.instruction().target().shape().equals(next.instruction().target().shape())
          || clash(part.instruction(), next.instruction())
          || clash(next.instruction(), part.instruction())) {
        return false;
      }
      places.addAll(part.instruction().places());
    }
    return Loops.areFew(places);
  }

  /** Returns whether one writes elements that the other touches at another position. */
  private static boolean clash(Instruction writer, Instruction other) {
    Place target = writer.target();
    return other.places().stream()
        .anyMatch(
            place ->
                place.buffer() == target.buffer()
                    && !place.equals(target)
                    && !target.isApartFrom(place));
  }

  // ---------------------------------------------------------------- blocks

  private void close(List<Timed> open, List<Timed> fused) {
    if (open.size() == 1) {
      fused.add(open.get(0));
    } else if (!open.isEmpty()) {
      List<Timed> parts = List.copyOf(open);
      fused.add(Timed.spanning(parts, new Block(inTiles(parts))));
    }
    open.clear();
  }

  /** Lets temporary values live in tiles, as few as will do. */
  private List<Timed> inTiles(List<Timed> parts) {
    Set<Buffer> own = liveness.temporaries(parts);
    Liveness inside = liveness.of(parts);
    Map<Buffer, Buffer> tiles = new HashMap<>();
    List<Buffer> free = new ArrayList<>();
    int[] count = {0};
    List<Timed> result = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      Timed part = parts.get(i);
      for (Place x : part.instruction().operands()) {
        boolean last = own.contains(x.buffer()) && inside.of(x.buffer()).lastKey() == i;
        if (last && !free.contains(tiles.get(x.buffer()))) {
          free.add(tiles.get(x.buffer()));
        }
      }
      Place target = part.instruction().target();
      if (own.contains(target.buffer()) && !tiles.containsKey(target.buffer())) {
        tiles.put(
            target.buffer(),
            free.isEmpty() ? Buffer.tile(target.buffer(), count[0]++) : free.remove(0));
      }
      result.add(
          new Timed(
              part.instruction().map(p -> p.in(tiles.getOrDefault(p.buffer(), p.buffer()))),
              part.from(),
              part.to()));
    }
    return result;
  }
}

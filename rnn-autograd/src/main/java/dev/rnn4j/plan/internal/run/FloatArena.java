package dev.rnn4j.plan.internal.run;

import dev.rnn4j.kernel.FloatKernels;
import dev.rnn4j.kernel.FloatPacked;
import dev.rnn4j.plan.internal.program.Instruction;
import dev.rnn4j.plan.internal.program.Place;
import dev.rnn4j.plan.internal.run.FloatSites.Site;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The arrays of one run at a time, and the scratch of its instructions. */
final class FloatArena {
  private record Size(int k, int n) {}

  final FloatKernels kernels;

  /** The packed weights that instructions read. */
  final Set<FloatStore.Pack> packs;

  /** Those of the program, then tiles. */
  float[][] arrays;

  /** The threads that help with the run under way. */
  Team team;

  private final int own;
  private final FloatPool pool;

  /** Which of the arenas of an executable this is. */
  private final int number;

  private final FloatSites sites;

  /** Where what is in a slot lies; null for arrays of its own. */
  private final List<Site> places;

  private final Map<Size, FloatPacked> scratch = new HashMap<>();

  /** What scratch will hold at this point of the program; nothing that is sure within a loop. */
  private final Map<Size, Place> held = new HashMap<>();

  private boolean looping;

  /** Creates an arena of arrays, and of places for those that are null. */
  FloatArena(
      FloatKernels kernels, FloatPool pool, float[][] arrays, FloatSites sites, List<Site> places) {
    this(kernels, pool, 0, arrays, sites, places, new LinkedHashSet<>());
  }

  private FloatArena(
      FloatKernels kernels,
      FloatPool pool,
      int number,
      float[][] arrays,
      FloatSites sites,
      List<Site> places,
      Set<FloatStore.Pack> packs) {
    this.kernels = kernels;
    this.pool = pool;
    this.number = number;
    this.arrays = arrays;
    this.own = arrays.length;
    this.sites = sites;
    this.places = new ArrayList<>(places);
    this.packs = packs;
  }

  /** Returns an arena of the same arrays, with tiles and scratch of its own. */
  FloatArena another(int another) {
    return new FloatArena(
        kernels, pool, another, Arrays.copyOf(arrays, own), sites, places.subList(0, own), packs);
  }

  /** Returns the slot of a tile; asked for while emitting only. */
  int tile(int number) {
    int slot = own + number;
    while (places.size() <= slot) {
      places.add(sites.place(FloatBlock.TILE));
    }
    return slot;
  }

  /** Returns where a tile begins in its array. */
  int startOf(int slot) {
    return places.get(slot).start();
  }

  /** Allocates what has been placed. */
  void allocate() {
    arrays = Arrays.copyOf(arrays, places.size());
    for (int slot = 0; slot < arrays.length; slot++) {
      if (arrays[slot] == null) {
        arrays[slot] = sites.array(places.get(slot));
      }
    }
  }

  /** Says that a loop begins or ends here; asked for while emitting only, as all that follows. */
  void loop(boolean begins) {
    looping = begins;
    held.clear();
  }

  /** Says what an instruction writes. */
  void written(Instruction instruction) {
    for (Instruction each : instruction.flat()) {
      each.targets()
          .forEach(y -> held.values().removeIf(x -> x.buffer().slot() == y.buffer().slot()));
    }
  }

  /** Returns whether scratch holds a matrix already, as from now on it does. */
  boolean holds(Place matrix) {
    Size size = new Size(matrix.shape().size(1), matrix.shape().size(2));
    boolean one = matrix.shape().size(0) == 1 && !looping;
    return one & matrix.equals(one ? held.put(size, matrix) : held.remove(size));
  }

  /** Returns scratch for a packed matrix, one for each size. */
  FloatPacked scratch(int k, int n) {
    return scratch.computeIfAbsent(
        new Size(k, n), absent -> pool.packed(number, scratch.size(), kernels, k, n));
  }
}

package dev.rnn4j.plan.internal.run;

import dev.rnn4j.kernel.FloatKernels;
import dev.rnn4j.kernel.FloatPacked;
import dev.rnn4j.plan.internal.program.Buffer;
import dev.rnn4j.plan.internal.program.Instruction;
import dev.rnn4j.plan.internal.program.Instruction.Loop;
import dev.rnn4j.plan.internal.program.Place;
import dev.rnn4j.plan.internal.run.FloatGather.Span;
import dev.rnn4j.plan.internal.run.FloatSites.Site;
import dev.rnn4j.runtime.Team;
import dev.rnn4j.tensor.Layout;
import dev.rnn4j.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/** The arrays of one run at a time, and the scratch of its instructions. */
final class FloatArena {
  private record Size(int k, int n) {}

  /** More tiles would take the cache from the rest. */
  private static final int MOST_KEPT = 32;

  final FloatKernels kernels;

  /** The packed weights that instructions read. */
  final Set<FloatStore.Pack> packs;

  /** Those of the program, then tiles. */
  float[][] arrays;

  /** The threads that help with the run under way. */
  Team team;

  /** The slots of weights and inputs that instructions write. */
  final Set<Integer> assigned;

  private final int own;

  /** Which of the arenas of an executable this is. */
  private final int number;

  private final FloatSites sites;

  /** Where what is in a slot lies; null for arrays of its own. */
  private final List<Site> places;

  /** The numbers of scratch for packed matrices, by their sizes. */
  private final Map<Size, Integer> packed = new LinkedHashMap<>();

  /** Scratch for packed matrices. */
  FloatPacked[] scratch = {};

  /** The slot of what products side by side give before it goes to its places, and its elements. */
  private int results = -1;

  private int roomForResults;

  private int mostResults;

  /** What scratch will hold at this point of the program; nothing that is sure within a loop. */
  private final Map<Size, Place> held = new HashMap<>();

  /** The loop whose instructions are emitted, or null. */
  private Loop loop;

  /** The slots of tiles by number; below 0 those that keep what is in them through a loop. */
  private final Map<Integer, Integer> tiles = new HashMap<>();

  private int keeping;

  /** The tiles full of one number, by where the number lies. */
  private final Map<Place, FloatGather> numbers = new HashMap<>();

  /** How many runs, loops, blocks and tiles have begun, each at its span's ordinal. */
  final long[] begun = new long[Span.values().length];

  /**
   * Creates an arena.
   *
   * @param number which of those of an executable it is
   * @param assigned the slots of weights and inputs that instructions write
   * @param arrays those that are not of the pool, and null for others
   * @param packs to which packed weights are added
   */
  FloatArena(
      FloatKernels kernels,
      int number,
      Set<Integer> assigned,
      float[][] arrays,
      FloatSites sites,
      List<Site> places,
      Set<FloatStore.Pack> packs) {
    this.kernels = kernels;
    this.number = number;
    this.assigned = assigned;
    this.arrays = arrays;
    this.own = arrays.length;
    this.sites = sites;
    this.places = new ArrayList<>(places);
    this.packs = packs;
  }

  /** Returns an arena of the same arrays, with tiles and scratch of its own. */
  FloatArena another(int another) {
    float[][] others = Arrays.copyOf(arrays, own);
    List<Site> first = places.subList(0, own);
    return new FloatArena(kernels, another, assigned, others, sites, first, packs);
  }

  /** Returns the slot of a tile; asked for while emitting only. */
  int tile(int number) {
    return tiles.computeIfAbsent(number, absent -> slot(FloatBlock.TILE));
  }

  private int slot(int size) {
    places.add(sites.place(size));
    return places.size() - 1;
  }

  /**
   * Returns the slot of a tile that nothing else in the loop uses, for what is the same at all its
   * steps; empty for what is not, and where there are many.
   */
  OptionalInt keptTile(Place x) {
    boolean stays = loop != null && x.perStep() == 0;
    boolean same = stays && !loop.written().contains(x.buffer().slot());
    return same && keeping < MOST_KEPT ? OptionalInt.of(tile(- ++keeping)) : OptionalInt.empty();
  }

  /** Returns whether a tile keeps a number that no instruction writes through a run. */
  boolean keepsNumber(Place x) {
    boolean given = x.buffer().kind() != Buffer.Kind.WORK && x.perStep() == 0;
    return given && !assigned.contains(x.buffer().slot()) && numbers.size() < MOST_KEPT;
  }

  /** Returns the tile full of such a number, the same for all blocks. */
  FloatGather number(Place x) {
    Place number = x.with(Layout.dense(Shape.scalar()).shifted(x.layout().offset()));
    return numbers.computeIfAbsent(
        number, absent -> new FloatGather(x, new int[1], slot(FloatBlock.TILE), this, Span.RUN));
  }

  /** Begins a run, a loop, a block or a tile. */
  void begin(Span span) {
    begun[span.ordinal()]++;
  }

  /** Returns where a tile begins in its array. */
  int startOf(int slot) {
    return places.get(slot).start();
  }

  /** Makes room for so many results of products side by side; while emitting only. */
  void results(int size) {
    mostResults = Math.max(mostResults, size);
  }

  /** Returns the slot of results of products side by side. */
  int results() {
    return results;
  }

  /** Places what is as large as the largest asked for; after emitting. */
  void place() {
    if (mostResults > roomForResults) {
      results = slot(mostResults);
      roomForResults = mostResults;
    }
  }

  /** Takes arrays of a pool for all that has been placed. */
  void bind(FloatPool pool) {
    begin(Span.RUN);
    arrays = Arrays.copyOf(arrays, places.size());
    for (int slot = 0; slot < arrays.length; slot++) {
      Site site = places.get(slot);
      if (site != null) {
        arrays[slot] = pool.array(site.array(), sites.size(site.array()));
      }
    }
    FloatPacked[] taken = new FloatPacked[packed.size()]; // the pool may have all let go meanwhile
    Map<Integer, Integer> alike = new HashMap<>();
    packed.forEach(
        (size, each) -> {
          int among = alike.merge(size.n(), 1, Integer::sum);
          taken[each] = pool.packed(number, among, kernels, size.k(), size.n());
        });
    scratch = taken;
  }

  /** Lets go of all arrays that {@link #bind} took. */
  void letGo() {
    for (int slot = 0; slot < arrays.length; slot++) {
      if (slot < places.size() && places.get(slot) != null) {
        arrays[slot] = null;
      }
    }
    scratch = new FloatPacked[0];
  }

  /** Returns the elements of all scratch for packed matrices. */
  long scratchElements() {
    return packed.keySet().stream().mapToLong(size -> (long) size.k() * size.n()).sum();
  }

  /** Says which loop begins, or null where one ends; while emitting only, as all that follows. */
  void loop(Loop now) {
    loop = now;
    keeping = 0;
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
    boolean one = matrix.shape().size(0) == 1 && loop == null;
    return one & matrix.equals(one ? held.put(size, matrix) : held.remove(size));
  }

  /** Returns the number of scratch for matrices of a size, and forgets what it held. */
  int anew(int k, int n) {
    held.remove(new Size(k, n));
    return scratch(k, n);
  }

  /** Returns the number of scratch for a packed matrix, one for each size; while emitting only. */
  int scratch(int k, int n) {
    return packed.computeIfAbsent(new Size(k, n), absent -> packed.size());
  }
}

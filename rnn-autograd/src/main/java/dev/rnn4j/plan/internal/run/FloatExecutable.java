package dev.rnn4j.plan.internal.run;

import dev.rnn4j.graph.Parameter;
import dev.rnn4j.graph.Trace;
import dev.rnn4j.kernel.FloatKernels;
import dev.rnn4j.kernel.FloatMoves;
import dev.rnn4j.plan.internal.program.Along;
import dev.rnn4j.plan.internal.program.Buffer;
import dev.rnn4j.plan.internal.program.Instruction;
import dev.rnn4j.plan.internal.program.Instruction.Loop;
import dev.rnn4j.plan.internal.program.Loops;
import dev.rnn4j.plan.internal.program.Phases;
import dev.rnn4j.plan.internal.program.Place;
import dev.rnn4j.plan.internal.program.Program;
import dev.rnn4j.plan.internal.run.FloatSites.Site;
import dev.rnn4j.runtime.Team;
import dev.rnn4j.tensor.Layout;
import dev.rnn4j.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A program in float32, bound to arrays. */
public final class FloatExecutable implements Executable {
  /** What the code of an instruction takes on average: measured. */
  private static final int CODE_BYTES = 350;

  private final Program program;
  private final FloatStore store;

  /** The slots of parameters and inputs that updates change. */
  private final List<Integer> assigned;

  /** The stores whose values updates change. */
  private final FloatStore[] changing;

  private final FloatSites sites;

  /** Where what is in a slot lies; null for what is not computed. */
  private final List<Site> places = new ArrayList<>();

  private final FloatPool pool;
  private final FloatArena arena;

  /** That one, and those of the threads that help. */
  private final List<FloatArena> arenas = new ArrayList<>();

  private final FloatEmitter emitter;
  private final List<List<Instruction>> phases;
  private final int split;
  private final boolean findNaN;
  private final int threads;
  private final FloatCode[] code;

  /** Packs the weights that have changed, before threads read them. */
  private final Team.Job packing;

  private FloatCode[] alone;

  /** Whether it has arrays of the pool. */
  private boolean bound;

  /**
   * Creates the executable.
   *
   * @param pool where it takes its arrays from, when it is first used
   * @param findNaN whether to stop at the first instruction that produces NaN, on one thread
   * @param threads how many threads may run it, where the team is free
   */
  public FloatExecutable(
      Program program,
      FloatStore store,
      FloatKernels kernels,
      boolean findNaN,
      int threads,
      FloatPool pool) {
    this.program = program;
    this.store = store;
    this.findNaN = findNaN;
    this.pool = pool;
    this.sites = new FloatSites();
    float[][] arrays = new float[program.arrays().size()][];
    for (int slot = 0; slot < arrays.length; slot++) {
      Program.Array array = program.arrays().get(slot);
      places.add(site(array));
      arrays[slot] = ownArray(array);
    }
    this.assigned = assigned();
    Set<Integer> written = Set.copyOf(assigned);
    this.arena = new FloatArena(kernels, 0, written, arrays, sites, places, new LinkedHashSet<>());
    arenas.add(arena);
    this.emitter = new FloatEmitter(program, store, findNaN);
    List<Instruction> all = program.instructions();
    this.phases = new ArrayList<>(Phases.of(all.subList(0, program.split()), Buffer::slot));
    this.split = phases.size();
    phases.addAll(Phases.of(all.subList(program.split(), all.size()), Buffer::slot));
    this.changing = changing();
    this.code = split(new Split(findNaN ? 1 : threads));
    boolean parted = Arrays.stream(code).anyMatch(FloatSplit.class::isInstance);
    this.threads = parted ? threads : 1;
    FloatStore.Pack[] packs = arena.packs.toArray(FloatStore.Pack[]::new);
    this.packing =
        index -> {
          for (int i = index; i < packs.length; i += threads) {
            packs[i].refresh(kernels);
          }
        };
  }

  /** Returns the slots of parameters and inputs that get new values. */
  private List<Integer> assigned() {
    return program.instructions().stream()
        .flatMap(instruction -> instruction.flat().stream())
        .flatMap(instruction -> instruction.targets().stream())
        .map(Place::buffer)
        .filter(buffer -> buffer.kind() == Buffer.Kind.WEIGHT || buffer.kind() == Buffer.Kind.INPUT)
        .map(Buffer::slot)
        .distinct()
        .toList();
  }

  private FloatStore[] changing() {
    return assigned.stream()
        .map(program.arrays()::get)
        .filter(array -> array.kind() == Buffer.Kind.WEIGHT)
        .map(array -> store.of((Parameter) array.source()))
        .distinct()
        .toArray(FloatStore[]::new);
  }

  private FloatCode[] split(Split split) {
    List<FloatArena> others = new ArrayList<>();
    List<FloatCode> codes = new ArrayList<>();
    int at = 0;
    for (List<Instruction> phase : phases) {
      if (codes.isEmpty() || codes.size() == this.split) { // what may run next after anything
        arena.loop(null);
        others.forEach(other -> other.loop(null));
      }
      codes.add(split.isForOne() && !findNaN ? alone(phase, at) : inParts(split.of(phase), others));
      at += phase.size();
      for (Instruction instruction : phase) {
        Instruction whole = instruction.map(this::placed);
        arena.written(whole);
        others.forEach(other -> other.written(whole));
      }
    }
    arenas.addAll(others);
    arenas.forEach(FloatArena::place);
    sites.close();
    return codes.toArray(FloatCode[]::new);
  }

  /** Returns the code of a phase on one thread: with a loop goes what can run along with it. */
  private FloatCode alone(List<Instruction> phase, int at) {
    Along along = program.along();
    if (phase.get(0) instanceof Loop loop) {
      Loop placed = (Loop) loop.map(this::placed);
      return emitter.along(placed(along.ahead(at)), placed, placed(along.behind(at)), arena);
    }
    List<Instruction> others = new ArrayList<>(phase);
    for (int i = phase.size() - 1; i >= 0; i--) {
      if (along.loop(at + i) != Along.NONE) {
        others.remove(i);
      }
    }
    return emitter.sequence(placed(others), arena);
  }

  private List<Instruction> placed(List<Instruction> instructions) {
    return instructions.stream().map(instruction -> instruction.map(this::placed)).toList();
  }

  /** Returns a place as it lies in its array. */
  private Place placed(Place place) {
    return place.with(place.layout().shifted(startOf(place)));
  }

  /** Returns where the buffer of a place begins in its array. */
  private int startOf(Place place) {
    Buffer buffer = place.buffer();
    return buffer.kind() == Buffer.Kind.WORK ? places.get(buffer.slot()).start() : 0;
  }

  private FloatCode inParts(List<List<Instruction>> parts, List<FloatArena> others) {
    if (parts.size() == 1) {
      return emitter.sequence(placed(parts.get(0)), arena);
    }
    while (others.size() < parts.size()) {
      others.add(arena.another(1 + others.size()));
    }
    FloatCode[] emitted = new FloatCode[parts.size()];
    for (int i = 0; i < emitted.length; i++) {
      emitted[i] = emitter.sequence(placed(parts.get(i)), others.get(i));
    }
    return new FloatSplit(emitted, others.subList(0, emitted.length).toArray(FloatArena[]::new));
  }

  /** Returns the array of a parameter or constant; null for what the pool has arrays for. */
  private float[] ownArray(Program.Array array) {
    return switch (array.kind()) {
      case WEIGHT -> store.array((Parameter) array.source());
      case CONSTANT -> array.source().eval().toFloats();
      default -> null;
    };
  }

  /** Returns where in the pool's arrays an input or a result lies; null for others. */
  private Site site(Program.Array array) {
    return switch (array.kind()) {
      case INPUT -> sites.own(array.size());
      case WORK -> sites.place(array.size());
      default -> null;
    };
  }

  /** Takes arrays of the pool, where it has none, or had to let go of them. */
  private void bind() {
    if (bound) {
      return;
    }
    while (!bound) { // it lets go again where something grows that it has already
      bound = true;
      arenas.forEach(each -> each.bind(pool));
    }
    pool.enter(this);
  }

  /** Lets go of the arrays of the pool. */
  void letGo() {
    bound = false;
    arenas.forEach(FloatArena::letGo);
  }

  @Override
  public void compute() {
    run(0, split);
  }

  @Override
  public void update() {
    if (split == code.length) {
      return;
    }
    bind();
    List<float[]> before = findNaN ? assigned.stream().map(this::copy).toList() : List.of();
    try {
      run(split, code.length);
    } catch (RuntimeException e) {
      for (int i = 0; i < before.size(); i++) {
        float[] values = before.get(i);
        System.arraycopy(values, 0, arena.arrays[assigned.get(i)], 0, values.length);
      }
      throw e;
    } finally {
      for (FloatStore each : changing) {
        each.changed();
      }
    }
  }

  private float[] copy(int slot) {
    return Arrays.copyOf(arena.arrays[slot], program.arrays().get(slot).size());
  }

  private void run(int from, int to) {
    bind();
    arenas.forEach(each -> each.begin(FloatGather.Span.RUN));
    Team team = threads == 1 ? null : Team.enter(threads);
    if (team == null) {
      runAlone(from, to);
      return;
    }
    int next = from;
    try {
      arena.team = team;
      team.run(packing, threads);
      for (; next < to; next++) {
        code[next].run(arena, Trace.NO_STEP);
      }
    } catch (RuntimeException e) {
      if (code[next] instanceof FloatSplit) {
        runAlone(next, next + 1); // fails in the words of whole instructions
      }
      throw e;
    } finally {
      arena.team = null;
      team.leave();
    }
  }

  private void runAlone(int from, int to) {
    if (alone == null) {
      alone = threads == 1 ? code : split(new Split(1));
      bound &= threads == 1; // it may have placed more
      bind();
    }
    for (int i = from; i < to; i++) {
      alone[i].run(arena, Trace.NO_STEP);
    }
  }

  @Override
  public void write(Place place, Tensor value, int from) {
    bind();
    value.copyTo(from, place.shape().elements(), arena.arrays[place.buffer().slot()]);
  }

  @Override
  public void write(Place place, int position, double value) {
    bind();
    int at = startOf(place) + place.layout().offset() + position;
    arena.arrays[place.buffer().slot()][at] = (float) value;
  }

  @Override
  public double read(Place place, int position) {
    bind();
    int at = startOf(place) + place.layout().positionOf(position);
    return arena.arrays[place.buffer().slot()][at];
  }

  @Override
  public Tensor read(Place place) {
    bind();
    float[] values = new float[place.shape().elements()];
    Loops loops = Loops.over(List.of(Layout.dense(place.shape()), place.layout()));
    int[][] strides = loops.strides();
    float[] x = arena.arrays[place.buffer().slot()];
    int from = startOf(place) + place.layout().offset();
    FloatMoves.copy(loops.sizes(), x, from, strides[1], values, 0, strides[0]);
    return Tensor.of(place.shape(), values);
  }

  @Override
  public long bytes() {
    long constants =
        program.arrays().stream()
            .filter(array -> array.kind() == Buffer.Kind.CONSTANT)
            .mapToLong(Program.Array::size)
            .sum();
    return constants * Float.BYTES + CODE_BYTES * (long) program.size() * arenas.size();
  }

  @Override
  public long sharedBytes() {
    long scratch = arenas.stream().mapToLong(FloatArena::scratchElements).sum();
    return (sites.elements() + scratch) * Float.BYTES;
  }
}

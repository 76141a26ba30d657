package dev.rnn4j.plan.internal.run;

import dev.rnn4j.graph.Parameter;
import dev.rnn4j.graph.Trace;
import dev.rnn4j.graph.op.Constant;
import dev.rnn4j.graph.op.EuclideanNorm;
import dev.rnn4j.kernel.FloatKernels;
import dev.rnn4j.plan.Pass;
import dev.rnn4j.plan.internal.program.Block;
import dev.rnn4j.plan.internal.program.Buffer;
import dev.rnn4j.plan.internal.program.Group;
import dev.rnn4j.plan.internal.program.Instruction;
import dev.rnn4j.plan.internal.program.Loops;
import dev.rnn4j.plan.internal.program.Phases;
import dev.rnn4j.plan.internal.program.Place;
import dev.rnn4j.plan.internal.program.Program;
import dev.rnn4j.plan.internal.run.FloatSites.Site;
import dev.rnn4j.tensor.Layout;
import dev.rnn4j.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** A program in float32, bound to arrays. */
public final class FloatExecutable implements Executable {
  private final Program program;
  private final FloatStore store;

  /** The stores whose values updates change. */
  private final FloatStore[] changing;

  private final FloatSites sites;

  /** Where what is in a slot lies; null for arrays of its own. */
  private final List<Site> places = new ArrayList<>();

  private final FloatArena arena;
  private final List<List<Instruction>> phases;
  private final int split;
  private final boolean findNaN;
  private final int threads;
  private final FloatCode[] code;
  private final FloatPacking packing;
  private FloatCode[] alone;

  /**
   * Creates the executable.
   *
   * @param pool where it takes its arrays from
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
    this.sites = new FloatSites(pool, program.arrays().size());
    float[][] arrays = new float[program.arrays().size()][];
    for (int slot = 0; slot < arrays.length; slot++) {
      Program.Array array = program.arrays().get(slot);
      boolean work = array.kind() == Buffer.Kind.WORK;
      places.add(work ? sites.place(array.size()) : null);
      arrays[slot] = work ? null : array(slot, pool);
    }
    this.arena = new FloatArena(kernels, pool, arrays, sites, places);
    this.phases = new ArrayList<>(phases(program.instructions().subList(0, program.split())));
    this.split = phases.size();
    phases.addAll(
        phases(program.instructions().subList(program.split(), program.instructions().size())));
    this.changing = changing();
    this.code = split(new Split(findNaN ? 1 : threads));
    boolean parted = Arrays.stream(code).anyMatch(FloatSplit.class::isInstance);
    this.threads = parted ? threads : 1;
    this.packing = new FloatPacking(kernels, arena.packs, threads);
  }

  private FloatStore[] changing() {
    return program.instructions().stream()
        .flatMap(instruction -> instruction.flat().stream())
        .flatMap(instruction -> instruction.targets().stream())
        .map(Place::buffer)
        .filter(buffer -> buffer.kind() == Buffer.Kind.WEIGHT)
        .map(buffer -> store.of((Parameter) program.arrays().get(buffer.slot()).source()))
        .distinct()
        .toArray(FloatStore[]::new);
  }

  private static List<List<Instruction>> phases(List<Instruction> instructions) {
    return Phases.of(instructions, Buffer::slot);
  }

  private FloatCode[] split(Split split) {
    List<FloatArena> arenas = new ArrayList<>();
    List<FloatCode> codes = new ArrayList<>();
    for (List<Instruction> phase : phases) {
      codes.add(inParts(split.of(phase), arenas));
      for (Instruction instruction : phase) {
        Instruction whole = instruction.map(this::placed);
        arena.written(whole);
        arenas.forEach(other -> other.written(whole));
      }
    }
    arena.allocate();
    arenas.forEach(FloatArena::allocate);
    return codes.toArray(FloatCode[]::new);
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

  private FloatCode inParts(List<List<Instruction>> parts, List<FloatArena> arenas) {
    if (parts.size() == 1) {
      return sequence(parts.get(0), arena);
    }
    while (arenas.size() < parts.size()) {
      arenas.add(arena.another(1 + arenas.size()));
    }
    FloatCode[] emitted = new FloatCode[parts.size()];
    for (int i = 0; i < emitted.length; i++) {
      emitted[i] = sequence(parts.get(i), arenas.get(i));
    }
    return new FloatSplit(emitted, List.copyOf(arenas.subList(0, emitted.length)));
  }

  private FloatCode sequence(List<Instruction> instructions, FloatArena scratch) {
    FloatCode[] codes =
        instructions.stream()
            .map(i -> emit(i.map(this::placed), scratch))
            .toArray(FloatCode[]::new);
    return codes.length == 1 ? codes[0] : new FloatSequence(codes);
  }

  private float[] array(int slot, FloatPool pool) {
    Program.Array array = program.arrays().get(slot);
    if (array.kind() == Buffer.Kind.WEIGHT) {
      return store.array((Parameter) array.source());
    }
    if (array.kind() != Buffer.Kind.CONSTANT) {
      return pool.array(slot, array.size());
    }
    Constant constant = (Constant) array.source().op();
    double[] values = new double[array.source().shape().elements()];
    constant.forward(array.source(), new double[0][], values);
    return Tensor.of(array.source().shape(), values).toFloats();
  }

  private FloatCode emit(Instruction instruction, FloatArena scratch) {
    FloatCode plain = emitPlain(instruction, scratch);
    return findNaN && !(instruction instanceof Instruction.Loop)
        ? new FloatNaNCheck(instruction, plain, program.places())
        : plain;
  }

  private FloatCode emitPlain(Instruction instruction, FloatArena scratch) {
    if (instruction instanceof Instruction.Elementwise) {
      return new FloatBlock(List.of(Instruction.Timed.always(instruction)), scratch);
    }
    if (instruction instanceof Block block) {
      return new FloatBlock(block.body(), scratch);
    }
    if (instruction instanceof Instruction.Product product) {
      return FloatProduct.of(product, scratch, store, program.passes().contains(Pass.PACK));
    }
    if (instruction instanceof Group group) {
      FloatStore.Pack pack =
          store.pack(
              group.products().stream().map(Instruction.Product::b).toList(), scratch.kernels);
      scratch.packs.add(pack);
      return new FloatGroup(group.products(), pack);
    }
    if (instruction instanceof Instruction.Fold fold) {
      return FloatFold.of(fold);
    }
    if (instruction instanceof Instruction.Rowwise rowwise) {
      return FloatRowwise.of(rowwise);
    }
    if (instruction instanceof Instruction.Copy copy) {
      return FloatMoving.copy(copy);
    }
    if (instruction instanceof Instruction.Lookup lookup) {
      return FloatMoving.lookup(lookup);
    }
    if (instruction instanceof Instruction.Scatter scatter) {
      return FloatMoving.scatter(scatter);
    }
    if (instruction instanceof Instruction.Loop loop) {
      scratch.loop(loop);
      Stream<FloatCode> body = loop.flat().stream().map(each -> emit(each, scratch));
      FloatLoop code = new FloatLoop(loop, body.toArray(FloatCode[]::new));
      scratch.loop(null);
      return code;
    }
    if (instruction instanceof Instruction.Draw draw) {
      return new FloatDraw(draw);
    }
    return instruction.node().op() instanceof EuclideanNorm
        ? new FloatNorm((Instruction.Call) instruction)
        : new FloatCall((Instruction.Call) instruction);
  }

  @Override
  public void compute() {
    run(0, split);
  }

  @Override
  public void update() {
    if (split < code.length) {
      run(split, code.length);
      for (FloatStore each : changing) {
        each.changed();
      }
    }
  }

  private void run(int from, int to) {
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
    }
    for (int i = from; i < to; i++) {
      alone[i].run(arena, Trace.NO_STEP);
    }
  }

  @Override
  public void write(Place place, Tensor value) {
    float[] array = arena.arrays[place.buffer().slot()];
    value.copyTo(array);
  }

  @Override
  public void write(Place place, int position, double value) {
    int at = startOf(place) + place.layout().offset() + position;
    arena.arrays[place.buffer().slot()][at] = (float) value;
  }

  @Override
  public double read(Place place, int position) {
    int at = startOf(place) + place.layout().positionOf(position);
    return arena.arrays[place.buffer().slot()][at];
  }

  @Override
  public Tensor read(Place place) {
    float[] values = new float[place.shape().elements()];
    Layout dense = Layout.dense(place.shape());
    Loops loops = Loops.over(List.of(dense, place.layout()));
    dev.rnn4j.kernel.FloatMoves.copy(
        loops.sizes(),
        arena.arrays[place.buffer().slot()],
        startOf(place) + place.layout().offset(),
        loops.strides()[1],
        values,
        0,
        loops.strides()[0]);
    return Tensor.of(place.shape(), values);
  }

  @Override
  public long bytes() {
    long own =
        program.arrays().stream()
            .filter(array -> array.kind() != Buffer.Kind.WORK)
            .mapToLong(Program.Array::size)
            .sum();
    return (own + sites.elements()) * Float.BYTES;
  }
}

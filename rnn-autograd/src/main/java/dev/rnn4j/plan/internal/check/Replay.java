package dev.rnn4j.plan.internal.check;

import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.op.Constant;
import dev.rnn4j.plan.internal.program.Along;
import dev.rnn4j.plan.internal.program.Block;
import dev.rnn4j.plan.internal.program.Buffer;
import dev.rnn4j.plan.internal.program.Call;
import dev.rnn4j.plan.internal.program.Draft;
import dev.rnn4j.plan.internal.program.Group;
import dev.rnn4j.plan.internal.program.Instruction;
import dev.rnn4j.plan.internal.program.Instruction.Timed;
import dev.rnn4j.plan.internal.program.Place;
import dev.rnn4j.plan.internal.program.Program;
import dev.rnn4j.tensor.Layout;
import dev.rnn4j.tensor.Shape;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/**
 * Runs instructions on {@link Residues}, one after the other and step by step, and stops at the
 * first that reads what nobody wrote, leaves its array, writes where it may not, or has operands of
 * another shape than it takes.
 */
public final class Replay {
  /** Sees what instructions compute. */
  public interface Watcher {
    void computed(Instruction instruction, int t, int[] values);
  }

  private static final int UNWRITTEN = -1;

  private final List<Instruction> compute;
  private final List<Instruction> update;
  private final Along along;
  private final Function<Buffer, Object> arrayOf;
  private final ToIntFunction<Buffer> sizeOf;
  private final Residues.Product product;
  private final Watcher watcher;
  private final Map<Object, int[]> arrays = new HashMap<>();
  private final Map<Layout, int[]> positions = new IdentityHashMap<>();
  private final Map<Instruction, List<? extends Instruction>> apart = new IdentityHashMap<>();
  private boolean updating;

  private Replay(
      List<Instruction> compute,
      List<Instruction> update,
      Along along,
      Function<Buffer, Object> arrayOf,
      ToIntFunction<Buffer> sizeOf,
      Residues.Product product,
      Watcher watcher) {
    this.compute = compute;
    this.update = update;
    this.along = along;
    this.arrayOf = arrayOf;
    this.sizeOf = sizeOf;
    this.product = product;
    this.watcher = watcher;
  }

  /** Prepares to run a draft, whose buffers have arrays of their own. */
  static Replay of(Draft draft, Residues.Product product) {
    Watcher nobody = (instruction, t, values) -> {};
    Along along = new Along(draft);
    return new Replay(
        draft.compute(), draft.update(), along, b -> b, Buffer::size, product, nobody);
  }

  /** Prepares to run a program, whose buffers share arrays. */
  public static Replay of(Program program, Residues.Product product, Watcher watcher) {
    List<Instruction> all = program.instructions();
    return new Replay(
        all.subList(0, program.split()),
        all.subList(program.split(), all.size()),
        program.along(),
        buffer -> isTile(buffer) ? buffer : (Object) buffer.slot(),
        buffer -> program.arrays().get(buffer.slot()).size(),
        product,
        watcher);
  }

  private static boolean isTile(Buffer buffer) {
    return buffer.kind() == Buffer.Kind.TILE;
  }

  /** Runs the first part, which changes no input or weight. */
  public void compute() {
    run(compute, 0);
  }

  /** Runs the second part. */
  public void update() {
    updating = true;
    run(update, compute.size());
  }

  private void run(List<Instruction> code, int begin) {
    for (int at = 0; at < code.size(); at++) {
      positions.clear();
      apart.clear();
      if (code.get(at) instanceof Instruction.Loop loop) {
        List<Instruction> ahead = along.ahead(begin + at);
        List<Instruction> behind = along.behind(begin + at);
        checkApart(ahead, behind);
        List<List<int[]>> read = ahead.stream().map(this::operands).toList();
        behind.forEach(sum -> write(sum.target(), unwritten(sum), sum, 0));
        run(loop);
        for (int i = 0; i < ahead.size(); i++) {
          checkAlong(ahead.get(i), read.get(i), operands(ahead.get(i)));
        }
        behind.forEach(sum -> checkAlong(sum, List.of(unwritten(sum)), List.of(target(sum))));
      } else {
        execute(code.get(at), 0);
      }
    }
  }

  private void run(Instruction.Loop loop) {
    for (int i = 0; i <= loop.to() - loop.from(); i++) {
      int t = loop.ascending() ? loop.from() + i : loop.to() - i;
      loop.body().stream()
          .filter(entry -> runs(entry, t))
          .forEach(entry -> execute(entry.instruction(), t));
    }
  }

  // What runs along with a loop is run before and after it here, but what it reads and writes is
  // watched through the loop.

  private List<int[]> operands(Instruction instruction) {
    return instruction.operands().stream().map(place -> read(place, instruction, 0)).toList();
  }

  private int[] target(Instruction instruction) {
    int[] array = array(instruction.target());
    return Arrays.stream(positions(instruction.target())).map(i -> array[i]).toArray();
  }

  /** Checks that what runs behind a loop reads no element that is computed ahead of it. */
  private void checkApart(List<Instruction> ahead, List<Instruction> behind) {
    for (Instruction sum : behind) {
      for (Instruction product : ahead) {
        Place target = product.target();
        for (Place place : sum.operands()) {
          if (arrayOf(place).equals(arrayOf(target)) && meet(target, place, 0)) {
            throw fault(sum, 0, "runs along with a loop, and so does what writes what it reads");
          }
        }
      }
    }
  }

  private static int[] unwritten(Instruction instruction) {
    int[] values = new int[instruction.target().shape().elements()];
    Arrays.fill(values, UNWRITTEN);
    return values;
  }

  private static void checkAlong(Instruction by, List<int[]> before, List<int[]> after) {
    for (int i = 0; i < before.size(); i++) {
      if (!Arrays.equals(before.get(i), after.get(i))) {
        throw fault(by, 0, "runs along with a loop that writes what it needs");
      }
    }
  }

  private static boolean runs(Timed entry, int t) {
    return entry.from() <= t && t <= entry.to();
  }

  private void execute(Instruction instruction, int t) {
    List<? extends Instruction> parts = List.of(instruction);
    if (instruction instanceof Block block) {
      block.places().stream().map(Place::buffer).filter(Replay::isTile).forEach(arrays::remove);
      parts = block.body().stream().filter(part -> runs(part, t)).map(Timed::instruction).toList();
    } else if (instruction instanceof Group group) {
      parts = group.products();
    }
    if (!parts.equals(apart.get(instruction)) && checkAliases(parts, t)) {
      apart.put(instruction, parts);
    }
    for (Instruction part : parts) {
      compute(part, t);
    }
  }

  private void compute(Instruction instruction, int t) {
    List<Place> operands = instruction.operands();
    int[][] x = new int[operands.size()][];
    for (int i = 0; i < x.length; i++) {
      x[i] = read(operands.get(i), instruction, t);
    }
    Place target = instruction.target();
    if (!target.layout().isDense() && !(instruction instanceof Instruction.Copy)) {
      throw fault(instruction, t, "writes to " + target + ", which is not dense");
    }
    if (!Forms.fit(instruction)) {
      throw fault(instruction, t, "has operands of shapes that it does not take");
    }
    int[] y = result(instruction, x, t);
    write(target, y, instruction, t);
    watcher.computed(instruction, t, y);
  }

  // ---------------------------------------------------------------- arrays

  /** Returns what lies at a place. */
  public int[] read(Place place) {
    return read(place, null, 0);
  }

  /** Returns a place; in a tile, elements lie in their order, wherever the place was before. */
  private static Place seen(Place place) {
    return isTile(place.buffer()) ? place.still(place.buffer()) : place;
  }

  private int[] read(Place seen, Instruction by, int t) {
    Place place = seen(seen);
    int[] array = array(place);
    int[] at = positions(place);
    int[] values = new int[at.length];
    for (int i = 0; i < at.length; i++) {
      values[i] = array[checked(at[i] + t * place.perStep(), array, place, by, t)];
      if (values[i] == UNWRITTEN) {
        throw fault(by, t, "reads " + place + ", whose element " + i + " nobody has written");
      }
    }
    return values;
  }

  private void write(Place seen, int[] values, Instruction by, int t) {
    Place place = seen(seen);
    Buffer.Kind kind = place.buffer().kind();
    boolean leaf = kind == Buffer.Kind.INPUT || kind == Buffer.Kind.WEIGHT;
    if (kind == Buffer.Kind.CONSTANT || leaf && !updating) {
      throw fault(by, t, "writes to " + place + ", which keeps its value");
    }
    int[] array = array(place);
    int[] at = positions(place);
    for (int i = 0; i < at.length; i++) {
      array[checked(at[i] + t * place.perStep(), array, place, by, t)] = values[i];
    }
  }

  private static int checked(int position, int[] array, Place place, Instruction by, int t) {
    if (position < 0 || position >= array.length) {
      throw fault(by, t, "touches " + place + ", of which " + array.length + " elements are there");
    }
    return position;
  }

  private int[] array(Place place) {
    return arrays.computeIfAbsent(arrayOf(place), key -> fresh(place));
  }

  private int[] fresh(Place place) {
    Buffer buffer = place.buffer();
    if (buffer.kind() != Buffer.Kind.WORK && !isTile(buffer)) {
      return leaf(buffer.source(), buffer.size());
    }
    int[] array = new int[isTile(buffer) ? place.shape().elements() : sizeOf.applyAsInt(buffer)];
    Arrays.fill(array, UNWRITTEN);
    return array;
  }

  /** Returns the value of an input, parameter or constant. */
  public static int[] leaf(Node node, int size) {
    if (node.op() instanceof Constant) {
      return Arrays.stream(node.eval().toDoubles()).mapToInt(Residues::of).toArray();
    }
    return IntStream.range(0, size).map(i -> Residues.hash(node.id(), i)).toArray();
  }

  private int[] positions(Place place) {
    return positions.computeIfAbsent(place.layout(), Replay::positions);
  }

  /** Returns the position of each element of a layout, in row-major order. */
  public static int[] positions(Layout layout) {
    int[] at = {layout.offset()};
    for (int axis = 0; axis < layout.shape().rank(); axis++) {
      int size = layout.shape().size(axis);
      int[] before = at;
      int[] next = new int[at.length * size];
      int stride = layout.stride(axis);
      Arrays.setAll(next, i -> before[i / size] + i % size * stride);
      at = next;
    }
    return at;
  }

  // ---------------------------------------------------------------- aliases

  /**
   * Checks that what runs at once, in any order, writes no element that it also touches as another
   * one; as the same one, only where the instruction may replace an operand. Returns whether that
   * holds for all time steps: places in one array move alike.
   */
  private boolean checkAliases(List<? extends Instruction> parts, int t) {
    boolean alike = true;
    for (Instruction part : parts) {
      Place target = seen(part.target());
      for (Instruction other : parts) {
        boolean replaces = part.mayReplace() && other.mayReplace();
        for (Place place : other.places()) {
          Place x = seen(place);
          boolean near = place != part.target() && arrayOf(x).equals(arrayOf(target));
          alike &= !near || x.perStep() == target.perStep();
          if (near && !(replaces && sameElements(x, target)) && meet(x, target, t)) {
            throw fault(part, t, "writes to " + target + ", which " + x + " overlaps");
          }
        }
      }
    }
    return alike;
  }

  private Object arrayOf(Place place) {
    return arrayOf.apply(place.buffer());
  }

  private static boolean sameElements(Place a, Place b) {
    boolean equal = a.perStep() == b.perStep() && a.layout().equals(b.layout());
    return equal || a.in(b.buffer()).covers(b);
  }

  private boolean meet(Place a, Place b, int t) {
    int distance = t * (a.perStep() - b.perStep());
    int[] sorted = positions(b).clone();
    Arrays.sort(sorted);
    return Arrays.stream(positions(a))
        .anyMatch(p -> Arrays.binarySearch(sorted, p + distance) >= 0);
  }

  // ---------------------------------------------------------------- values

  private int[] result(Instruction instruction, int[][] x, int t) {
    Shape shape = instruction.target().shape();
    int[] y = new int[shape.elements()];
    if (instruction instanceof Instruction.Elementwise e) {
      for (int i = 0; i < y.length; i++) {
        int b = x.length > 1 ? x[1][i] : 0;
        y[i] = Residues.apply(e.op(), x[0][i], b, x.length > 2 ? x[2][i] : 0);
      }
    } else if (instruction instanceof Instruction.Product p) {
      y = p.accumulates() ? read(p.target(), p, t) : y;
      Residues.multiply(shape.size(0), p.a().shape().size(2), x[0], x[1], y, product);
    } else if (instruction instanceof Instruction.Fold fold) {
      fold(fold, x, y);
    } else if (instruction instanceof Instruction.Copy) {
      return x[0];
    } else {
      boolean batched = instruction instanceof Call call && call.batched();
      int width = shape.rank() == 0 ? 1 : shape.size(-1);
      return Residues.apply(
          instruction.node().op(), batched ? shape.size(0) : 1, x, width, y.length);
    }
    return y;
  }

  private static void fold(Instruction.Fold fold, int[][] x, int[] y) {
    int axis = fold.shape().size(1);
    int inner = fold.shape().size(2);
    for (int i = 0; i < x[0].length; i++) {
      int to = i / (axis * inner) * inner + i % inner;
      int next = x.length > 1 ? Residues.multiply(x[0][i], x[1][i]) : x[0][i];
      y[to] = fold.max() ? Math.max(y[to], next) : Residues.add(y[to], next);
    }
  }

  private static IllegalStateException fault(Instruction instruction, int t, String what) {
    String name = instruction == null ? "the end of the program" : instruction.name();
    String node = instruction == null ? "" : " (" + instruction.node() + ") at time step " + t;
    return new IllegalStateException(name + node + " " + what);
  }
}

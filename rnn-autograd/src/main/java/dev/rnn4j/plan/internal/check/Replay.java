package dev.rnn4j.plan.internal.check;

import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.op.Constant;
import dev.rnn4j.plan.internal.program.Block;
import dev.rnn4j.plan.internal.program.Buffer;
import dev.rnn4j.plan.internal.program.Call;
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
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/**
 * Runs instructions on {@link Residues}, one after the other and step by step, and stops at the
 * first that reads what nobody wrote, leaves its array, writes where it may not, or has operands of
 * another shape than it takes.
 */
public final class Replay {
  /** A product of a {@code [M, K]} and b {@code [K, N]}, added to y. */
  public interface Product {
    void add(int[] a, int[] b, int[] y, int k);
  }

  /** Sees what instructions compute. */
  public interface Watcher {
    void computed(Instruction instruction, int t, int[] values);
  }

  /** Where the elements of a layout lie. */
  private record Positions(int[] all, int least, int most) {
    static Positions of(Layout layout) {
      int[] all = positions(layout);
      IntSummaryStatistics range = Arrays.stream(all).summaryStatistics();
      return new Positions(all, range.getMin(), range.getMax());
    }
  }

  private static final int UNWRITTEN = -1;

  private final Function<Buffer, Object> arrayOf;
  private final ToIntFunction<Buffer> sizeOf;
  private final Product product;
  private final Watcher watcher;
  private final Map<Object, int[]> arrays = new HashMap<>();
  private final Map<Layout, Positions> positions = new IdentityHashMap<>();
  private final Map<Instruction, List<? extends Instruction>> apart = new IdentityHashMap<>();
  private boolean updating;

  private Replay(
      Function<Buffer, Object> arrayOf,
      ToIntFunction<Buffer> sizeOf,
      Product product,
      Watcher watcher) {
    this.arrayOf = arrayOf;
    this.sizeOf = sizeOf;
    this.product = product;
    this.watcher = watcher;
  }

  /** Prepares to run a draft, whose buffers have arrays of their own. */
  static Replay of(Product product) {
    return new Replay(buffer -> buffer, Buffer::size, product, (instruction, t, values) -> {});
  }

  /** Prepares to run a program, whose buffers share arrays. */
  public static Replay of(Program program, Product product, Watcher watcher) {
    return new Replay(
        buffer -> isTile(buffer) ? buffer : (Object) buffer.slot(),
        buffer -> program.arrays().get(buffer.slot()).size(),
        product,
        watcher);
  }

  private static boolean isTile(Buffer buffer) {
    return buffer.kind() == Buffer.Kind.TILE;
  }

  /** Runs the first part of a program, which changes no input or weight, or the second. */
  public void run(List<Instruction> code, boolean update) {
    updating = update;
    for (Instruction top : code) {
      positions.clear();
      apart.clear();
      if (top instanceof Instruction.Loop loop) {
        for (int i = 0; i <= loop.to() - loop.from(); i++) {
          int t = loop.ascending() ? loop.from() + i : loop.to() - i;
          loop.body().stream()
              .filter(entry -> runs(entry, t))
              .forEach(entry -> execute(entry.instruction(), t));
        }
      } else {
        execute(top, 0);
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
    int[] at = positions(place, by, t);
    int move = t * place.perStep();
    int[] values = new int[at.length];
    for (int i = 0; i < at.length; i++) {
      values[i] = array[at[i] + move];
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
    int[] at = positions(place, by, t);
    int move = t * place.perStep();
    for (int i = 0; i < at.length; i++) {
      array[at[i] + move] = values[i];
    }
  }

  private int[] array(Place place) {
    return arrays.computeIfAbsent(arrayOf(place), key -> fresh(place));
  }

  private int[] fresh(Place place) {
    Buffer buffer = place.buffer();
    boolean work = buffer.kind() == Buffer.Kind.WORK || isTile(buffer);
    int[] array = work ? new int[size(place)] : leaf(buffer.source(), buffer.size());
    if (work) {
      Arrays.fill(array, UNWRITTEN);
    }
    return array;
  }

  private int size(Place place) {
    boolean tile = isTile(place.buffer());
    return tile ? place.shape().elements() : sizeOf.applyAsInt(place.buffer());
  }

  /** Returns the value of an input, parameter or constant. */
  public static int[] leaf(Node node, int size) {
    int[] value = new int[size];
    if (node.op() instanceof Constant) {
      double[] numbers = new double[value.length];
      node.op().forward(node, new double[0][], numbers);
      Arrays.setAll(value, i -> Residues.of(numbers[i]));
    } else {
      Arrays.setAll(value, i -> Residues.hash(node.id(), i));
    }
    return value;
  }

  /** Returns the positions of a place's elements at time step 0, checked at another. */
  private int[] positions(Place place, Instruction by, int t) {
    Positions at = positions.computeIfAbsent(place.layout(), Positions::of);
    int size = size(place);
    int move = t * place.perStep();
    boolean none = at.all().length == 0;
    if (!none && (at.least() + move < 0 || at.most() + move >= size)) {
      throw fault(by, t, "touches " + place + ", of which " + size + " elements are there");
    }
    return at.all();
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
          if (near && !(replaces && sameElements(x, target)) && meet(x, target, part, t)) {
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

  private boolean meet(Place a, Place b, Instruction by, int t) {
    int distance = t * (a.perStep() - b.perStep());
    int[] positionsOfA = positions(a, by, t);
    int[] sorted = positions(b, by, t).clone();
    Arrays.sort(sorted);
    return Arrays.stream(positionsOfA)
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
      multiply(p, x[0], x[1], y);
    } else if (instruction instanceof Instruction.Fold fold) {
      fold(fold, x, y);
    } else if (instruction instanceof Instruction.Copy) {
      return x[0];
    } else if (instruction instanceof Instruction.Lookup) {
      return Residues.lookup(x[0], x[1], shape.size(-1));
    } else if (instruction instanceof Instruction.Scatter) {
      return Residues.scatter(x[0], x[1], shape.size(-1), y.length);
    } else if (instruction instanceof Instruction.Rowwise) {
      return Residues.rows(instruction.node().op(), x, shape.size(-1));
    } else {
      boolean batched = instruction instanceof Call call && call.batched();
      int steps = batched ? shape.size(0) : 1;
      return Residues.calls(instruction.node().op(), steps, x, y.length);
    }
    return y;
  }

  private void multiply(Instruction.Product p, int[] a, int[] b, int[] y) {
    Shape shape = p.target().shape();
    int matrices = shape.size(0);
    int k = p.a().shape().size(2);
    for (int i = 0; i < matrices; i++) {
      int[] sum = Residues.part(y, i, matrices);
      product.add(Residues.part(a, i, matrices), Residues.part(b, i, matrices), sum, k);
      System.arraycopy(sum, 0, y, i * sum.length, sum.length);
    }
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

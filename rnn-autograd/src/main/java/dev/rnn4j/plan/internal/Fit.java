package dev.rnn4j.plan.internal;

import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.op.Constant;
import dev.rnn4j.plan.internal.Instruction.Call;
import dev.rnn4j.plan.internal.Instruction.Copy;
import dev.rnn4j.plan.internal.Instruction.Elementwise;
import dev.rnn4j.plan.internal.Instruction.Fold;
import dev.rnn4j.plan.internal.Instruction.Lookup;
import dev.rnn4j.plan.internal.Instruction.Loop;
import dev.rnn4j.plan.internal.Instruction.Product;
import dev.rnn4j.plan.internal.Instruction.Rowwise;
import dev.rnn4j.plan.internal.Instruction.Scatter;
import dev.rnn4j.plan.internal.Instruction.Timed;
import dev.rnn4j.tensor.Layout;
import dev.rnn4j.tensor.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/**
 * One program for all lengths T. Programs of a few short lengths have the same instructions, in
 * which every size, offset, stride and time step is a + b·T; with a and b known, the program of any
 * other length is written down without its graph.
 */
public final class Fit {
  /** Thrown where programs of different lengths are not alike. */
  private static final class Unlike extends RuntimeException {
    private static final long serialVersionUID = 1;

    Unlike(String what) {
      super(what, null, false, false);
    }
  }

  private final List<Draft> samples;
  private final int[] lengths;
  private final int length;
  private final Map<Buffer, Buffer> buffers = new HashMap<>();

  private Fit(List<Draft> samples, int[] lengths, int length) {
    this.samples = samples;
    this.lengths = lengths;
    this.length = length;
  }

  /**
   * Returns the program of a length, whose inputs and outputs are those of the first sample; empty
   * where the samples are not alike.
   *
   * @param samples programs of the same model
   * @param lengths their lengths T, at least three
   * @param length the length T of the program wanted
   */
  public static Optional<Draft> of(List<Draft> samples, int[] lengths, int length) {
    try {
      return Optional.of(new Fit(samples, lengths, length).draft());
    } catch (Unlike e) {
      return Optional.empty();
    }
  }

  private Draft draft() {
    List<Instruction> code = each(samples, Draft::code, this::instruction);
    Map<Node, Place> places = new LinkedHashMap<>();
    List<List<Node>> nodes = samples.stream().map(s -> List.copyOf(s.places().keySet())).toList();
    require(nodes.stream().allMatch(n -> n.size() == nodes.get(0).size()), "outputs");
    for (int i = 0; i < nodes.get(0).size(); i++) {
      List<Place> sampled = new ArrayList<>();
      for (int s = 0; s < samples.size(); s++) {
        sampled.add(samples.get(s).places().get(nodes.get(s).get(i)));
      }
      places.put(nodes.get(0).get(i), place(sampled));
    }
    Set<Buffer> lasting = new HashSet<>();
    samples.get(0).lasting().stream()
        .filter(buffers::containsKey)
        .forEach(buffer -> lasting.add(buffers.get(buffer)));
    return new Draft(code, whole(samples, Draft::split), places, lasting, samples.get(0).passes());
  }

  // ---------------------------------------------------------------- instructions

  private Instruction instruction(List<Instruction> s) {
    Instruction first = s.get(0);
    require(s.stream().allMatch(i -> i.getClass() == first.getClass()), first.name());
    if (first instanceof Loop loop) {
      List<Loop> loops = s.stream().map(Loop.class::cast).toList();
      require(loops.stream().allMatch(l -> l.ascending() == loop.ascending()), "directions");
      return new Loop(
          loop.node(),
          whole(loops, Loop::from),
          whole(loops, Loop::to),
          loop.ascending(),
          each(loops, Loop::body, this::timed));
    }
    if (first instanceof Group) {
      List<Instruction> products = each(s, Instruction::parts, this::instruction);
      return new Group(products.stream().map(Product.class::cast).toList());
    }
    if (first instanceof Block) {
      return new Block(each(s, i -> ((Block) i).body(), this::timed));
    }
    require(s.stream().allMatch(i -> i.name().equals(first.name())), first.name());
    Node node = first.node();
    Place target = place(s.stream().map(Instruction::target).toList());
    List<Place> x = each(s, Instruction::operands, this::place);
    if (first instanceof Elementwise elementwise) {
      return new Elementwise(node, elementwise.op(), target, x);
    }
    if (first instanceof Product product) {
      return new Product(node, target, x.get(0), x.get(1), product.accumulates());
    }
    if (first instanceof Fold fold) {
      return new Fold(node, fold.max(), target, x);
    }
    if (first instanceof Rowwise rowwise) {
      double epsilon = rowwise.epsilon();
      require(s.stream().allMatch(i -> ((Rowwise) i).epsilon() == epsilon), first.name());
      return new Rowwise(node, epsilon, target, x);
    }
    if (first instanceof Copy) {
      return new Copy(node, target, x.get(0));
    }
    if (first instanceof Lookup) {
      return new Lookup(node, target, x.get(0), x.get(1));
    }
    if (first instanceof Scatter) {
      return new Scatter(node, target, x.get(0), x.get(1));
    }
    boolean alike =
        s.stream()
            .map(Instruction::node)
            .allMatch(n -> n.op().isLike(node.op()) && sameShapes(n, node));
    require(alike, "calls");
    return new Call(node, target, x);
  }

  private static boolean sameShapes(Node a, Node b) {
    return a.shape().equals(b.shape())
        && a.operands().stream()
            .map(Node::shape)
            .toList()
            .equals(b.operands().stream().map(Node::shape).toList());
  }

  private Timed timed(List<Timed> s) {
    Instruction instruction = instruction(s.stream().map(Timed::instruction).toList());
    return new Timed(instruction, whole(s, Timed::from), whole(s, Timed::to));
  }

  // ---------------------------------------------------------------- places

  private Place place(List<Place> s) {
    Buffer buffer = buffer(s.stream().map(Place::buffer).toList());
    List<Layout> layouts = s.stream().map(Place::layout).toList();
    int rank = layouts.get(0).shape().rank();
    require(layouts.stream().allMatch(layout -> layout.shape().rank() == rank), "ranks");
    int[] sizes = new int[rank];
    int[] strides = new int[rank];
    for (int axis = 0; axis < rank; axis++) {
      int a = axis;
      sizes[axis] = Math.max(0, whole(layouts, layout -> layout.shape().size(a)));
      strides[axis] = whole(layouts, layout -> layout.stride(a));
    }
    Layout layout = Layout.of(Shape.of(sizes), whole(layouts, Layout::offset), strides);
    return new Place(buffer, layout, whole(s, Place::perStep));
  }

  private Buffer buffer(List<Buffer> s) {
    Buffer first = s.get(0);
    Buffer known = buffers.get(first);
    if (known != null) {
      return known;
    }
    require(s.stream().allMatch(buffer -> buffer.kind() == first.kind()), "buffers");
    int size = Math.max(0, whole(s, Buffer::size));
    Buffer buffer;
    if (first.kind() == Buffer.Kind.TILE) {
      int number = first.slot();
      require(s.stream().allMatch(tile -> tile.slot() == number), "tiles");
      buffer = Buffer.tile(first, number);
    } else if (first.kind() == Buffer.Kind.CONSTANT) {
      buffer =
          new Buffer(first.kind(), size, constant(s.stream().map(Buffer::source).toList(), size));
    } else {
      Node source = first.source();
      boolean own = first.kind() == Buffer.Kind.WORK || source instanceof Input;
      require(own || s.stream().allMatch(b -> b.source() == source), "parameters");
      buffer = new Buffer(first.kind(), size, source);
    }
    buffers.put(first, buffer);
    return buffer;
  }

  /** Returns a constant: the same at all lengths, or a number over the length, as in a mean. */
  private Node constant(List<Node> s, int size) {
    List<Constant> constants = s.stream().map(node -> (Constant) node.op()).toList();
    Constant first = constants.get(0);
    if (constants.stream().allMatch(c -> c.isLike(first))) {
      return s.get(0);
    }
    require(constants.stream().allMatch(Constant::isFilled), "constants");
    Shape shape = s.get(0).shape().rank() == 0 ? Shape.scalar() : Shape.of(size);
    for (int over = 1; over <= 4; over++) {
      double times = Math.rint(over / (first.fill() * lengths[0]));
      boolean fits = true;
      for (int i = 0; i < lengths.length; i++) {
        fits &= constants.get(i).fill() == over / (times * lengths[i]);
      }
      if (fits) {
        return Node.apply(Constant.filled(shape, over / (times * length)));
      }
    }
    throw new Unlike("constants");
  }

  // ---------------------------------------------------------------- a + b·T

  private <S> int whole(List<S> s, ToIntFunction<S> value) {
    long first = value.applyAsInt(s.get(0));
    long rise = value.applyAsInt(s.get(1)) - first;
    long run = lengths[1] - lengths[0];
    for (int i = 2; i < lengths.length; i++) {
      require(
          (value.applyAsInt(s.get(i)) - first) * run == rise * (lengths[i] - lengths[0]), "sizes");
    }
    long scaled = rise * (length - lengths[0]);
    require(scaled % run == 0, "sizes");
    return Math.toIntExact(first + scaled / run);
  }

  private static <S, E, R> List<R> each(
      List<S> s, Function<S, List<E>> list, Function<List<E>, R> one) {
    List<List<E>> lists = s.stream().map(list).toList();
    require(lists.stream().allMatch(l -> l.size() == lists.get(0).size()), "numbers");
    List<R> result = new ArrayList<>();
    for (int i = 0; i < lists.get(0).size(); i++) {
      int at = i;
      result.add(one.apply(lists.stream().map(l -> l.get(at)).toList()));
    }
    return result;
  }

  private static void require(boolean alike, String what) {
    if (!alike) {
      throw new Unlike(what);
    }
  }
}

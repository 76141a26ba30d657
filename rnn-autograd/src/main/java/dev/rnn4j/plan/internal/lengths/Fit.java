package dev.rnn4j.plan.internal.lengths;

import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.op.Constant;
import dev.rnn4j.plan.internal.program.Block;
import dev.rnn4j.plan.internal.program.Buffer;
import dev.rnn4j.plan.internal.program.Draft;
import dev.rnn4j.plan.internal.program.Group;
import dev.rnn4j.plan.internal.program.Instruction;
import dev.rnn4j.plan.internal.program.Instruction.Call;
import dev.rnn4j.plan.internal.program.Instruction.Loop;
import dev.rnn4j.plan.internal.program.Instruction.Product;
import dev.rnn4j.plan.internal.program.Instruction.Rowwise;
import dev.rnn4j.plan.internal.program.Instruction.Timed;
import dev.rnn4j.plan.internal.program.Place;
import dev.rnn4j.tensor.Layout;
import dev.rnn4j.tensor.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
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
    List<Instruction> compute = each(samples, Draft::compute, this::instruction);
    List<Instruction> update = each(samples, Draft::update, this::instruction);
    List<Place> fitted = each(samples, s -> List.copyOf(s.places().values()), this::place);
    Iterator<Place> next = fitted.iterator();
    Map<Node, Place> places = new LinkedHashMap<>();
    samples.get(0).places().keySet().forEach(node -> places.put(node, next.next()));
    return new Draft(compute, update, places, samples.get(0).passes());
  }

  // ---------------------------------------------------------------- instructions

  private Instruction instruction(List<Instruction> s) {
    Instruction first = s.get(0);
    require(all(s, i -> i.getClass() == first.getClass()), "instructions");
    if (first instanceof Loop loop) {
      List<Loop> loops = map(s, Loop.class::cast);
      require(all(loops, l -> l.ascending() == loop.ascending()), "directions");
      return new Loop(
          loop.node(),
          whole(loops, Loop::from),
          whole(loops, Loop::to),
          loop.ascending(),
          each(loops, Loop::body, this::timed));
    }
    if (first instanceof Group) {
      List<Instruction> products = each(s, Instruction::parts, this::instruction);
      return new Group(map(products, Product.class::cast));
    }
    if (first instanceof Block) {
      return new Block(each(s, i -> ((Block) i).body(), this::timed));
    }
    String name = first.name();
    require(all(s, i -> i.name().equals(name)), name);
    Node node = first.node();
    Place target = place(map(s, Instruction::target));
    List<Place> x = each(s, Instruction::operands, this::place);
    if (first instanceof Rowwise rowwise) {
      require(all(s, i -> ((Rowwise) i).epsilon() == rowwise.epsilon()), name);
    }
    if (first instanceof Call) {
      require(all(s, i -> i.node().op().isLike(node.op()) && sameShapes(i.node(), node)), name);
    }
    return first.with(target, x);
  }

  private static boolean sameShapes(Node a, Node b) {
    return a.shape().equals(b.shape())
        && map(a.operands(), Node::shape).equals(map(b.operands(), Node::shape));
  }

  private Timed timed(List<Timed> s) {
    Instruction instruction = instruction(map(s, Timed::instruction));
    int from = whole(s, Timed::from);
    int to = whole(s, Timed::to);
    require((long) to - from >= -1, "steps");
    return new Timed(instruction, from, to);
  }

  // ---------------------------------------------------------------- places

  private Place place(List<Place> s) {
    Buffer buffer = buffer(map(s, Place::buffer));
    List<Layout> layouts = map(s, Place::layout);
    int rank = layouts.get(0).shape().rank();
    require(all(layouts, layout -> layout.shape().rank() == rank), "ranks");
    int[] sizes = new int[rank];
    int[] strides = new int[rank];
    for (int axis = 0; axis < rank; axis++) {
      int a = axis;
      sizes[axis] = size(layouts, layout -> layout.shape().size(a));
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
    require(all(s, buffer -> buffer.kind() == first.kind()), "buffers");
    int size = size(s, Buffer::size);
    Buffer buffer;
    if (first.kind() == Buffer.Kind.TILE) {
      int number = first.slot();
      require(all(s, tile -> tile.slot() == number), "tiles");
      buffer = Buffer.tile(first, number);
    } else if (first.kind() == Buffer.Kind.CONSTANT) {
      buffer = new Buffer(first.kind(), size, constant(map(s, Buffer::source), size));
    } else {
      Node source = first.source();
      boolean own = first.kind() == Buffer.Kind.WORK || source instanceof Input;
      require(own || all(s, b -> b.source() == source), "parameters");
      buffer = new Buffer(first.kind(), size, source);
    }
    buffers.put(first, buffer);
    return buffer;
  }

  /** Returns a constant: the same at all lengths, or a number over the length, as in a mean. */
  private Node constant(List<Node> s, int size) {
    List<Constant> constants = map(s, node -> (Constant) node.op());
    Constant first = constants.get(0);
    if (all(constants, c -> c.isLike(first))) {
      return s.get(0);
    }
    require(all(constants, Constant::isFilled), "constants");
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

  /** Returns a size; a program in which one would be negative is another one. */
  private <S> int size(List<S> s, ToIntFunction<S> value) {
    int size = whole(s, value);
    require(size >= 0, "sizes");
    return size;
  }

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
    List<List<E>> lists = map(s, list);
    require(all(lists, l -> l.size() == lists.get(0).size()), "numbers");
    List<R> result = new ArrayList<>();
    for (int i = 0; i < lists.get(0).size(); i++) {
      int at = i;
      result.add(one.apply(map(lists, l -> l.get(at))));
    }
    return result;
  }

  /** Returns the results for a few elements: streams would take longer than all the rest. */
  private static <E, R> List<R> map(List<E> list, Function<? super E, ? extends R> one) {
    List<R> results = new ArrayList<>(list.size());
    for (int i = 0; i < list.size(); i++) {
      results.add(one.apply(list.get(i)));
    }
    return results;
  }

  private static <E> boolean all(List<E> list, Predicate<? super E> condition) {
    for (int i = 0; i < list.size(); i++) {
      if (!condition.test(list.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static void require(boolean alike, String what) {
    if (!alike) {
      throw new Unlike(what);
    }
  }
}

package dev.rnn4j.fuzz;

import dev.rnn4j.grad.Gradients;
import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.graph.Parameters;
import dev.rnn4j.pass.ForwardPass;
import dev.rnn4j.pass.Layer;
import dev.rnn4j.pass.RandomKey;
import dev.rnn4j.pass.Signal;
import dev.rnn4j.plan.Pass;
import dev.rnn4j.plan.Plan;
import dev.rnn4j.plan.Session;
import dev.rnn4j.plan.internal.Compiler;
import dev.rnn4j.plan.internal.program.Along;
import dev.rnn4j.plan.internal.program.Program;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * One graph: a drawn model at one length, with gradients. Its plan under drawn settings is compared
 * with what the graph means, and then looked at in one more way, drawn as well.
 */
public final class Trial {
  /** How many genes a trial reads. */
  public static final int GENES = 130;

  private static final int[] LENGTHS = {3, 1, 2, 4, 5, 6, 7, 8, 9, 7, 4, 5, 6, 2, 3, 1};
  private static final int LONG = 50;

  /** Of more rows, of all steps together, some instructions run along with loops. */
  private static final int ROWS = 256;

  private static final int[] LENGTHS_OF_MANY_ROWS = {6, 2, 3, 4, 5, 7, 8, 9, 10, 12, 33, 50};
  private static final int[] THREADS = {1, 2, 7};
  private static final double TOLERANCE = 1e-9;
  private static final double STILL = 1e-11;
  private static final double ROUNDING = 0x1p-51;

  private final Genes genes;
  private final Input x;
  private final List<Node> outputs = new ArrayList<>();
  private final Map<Node, Node> updates = new LinkedHashMap<>();
  private final Map<Node, Tensor> values = new LinkedHashMap<>();
  private final Set<Pass> left = EnumSet.noneOf(Pass.class);
  private final boolean plain;
  private final boolean small;
  private final int threads;
  private final More more;
  private int apart;

  /** What else is looked at; many graphs see all of it under all settings. */
  private enum More {
    /** The program, after each pass and as a whole, on residues. */
    TRANSLATION,
    FLOAT32,
    /** The bits, on another number of threads. */
    THREADS,
    NOTHING
  }

  private Trial(Genes genes) {
    this.genes = genes;
    Genes draw = genes.part(88, 100);
    Genes rows = genes.part(126, GENES);
    boolean many = rows.rare(6);
    plain = many && !rows.rare(4);
    DrawnModel drawn = DrawnModel.of(genes);
    Layer model = plain ? PlainModel.of(genes.part(0, 24)) : drawn;
    DrawnModel.Sizes sizes = drawn.sizes();
    int length = draw.rare(8) ? sizes.n() : LENGTHS[draw.pick(LENGTHS.length)];
    length = draw.rare(60) ? LONG : length;
    length = many ? LENGTHS_OF_MANY_ROWS[rows.pick(LENGTHS_OF_MANY_ROWS.length)] : length;
    int sequences = many ? ROWS / length + 1 + rows.pick(1 + ROWS / length) : sizes.n();
    x = Input.of("x", length, sequences, plain ? PlainModel.INPUTS : sizes.i());
    values.put(x, genes.values(9, x.shape()));
    List<Node> leaves = new ArrayList<>(Set.copyOf(Parameters.of(model).values()));
    leaves.sort(java.util.Comparator.comparingLong(Node::id));
    leaves.add(x);
    Signal signal = signal(genes.part(100, 106));
    Node y = plain ? model.apply(signal).values() : drawn.of(signal);
    int kind = draw.pick(3);
    Node loss =
        kind == 0 ? y.square().sum() : kind == 1 ? y.tanh().mean() : y.times(y.sigmoid()).mean();
    List<Node> gradients = Gradients.of(loss, leaves);
    choose(draw, y, loss, leaves, gradients);
    outputs.addAll(signal.pass().isCarried() ? signal.pass().finalStates().values() : List.of());
    Genes settings = genes.part(106, 126);
    more = More.values()[settings.rare(2) ? More.NOTHING.ordinal() : settings.pick(3)];
    small = settings.pick(2) == 1;
    threads = THREADS[settings.pick(THREADS.length)];
    int passes = settings.pick(4);
    for (Pass pass : Pass.values()) {
      if (passes == 1 && settings.pick(2) == 1 || passes == 2) {
        left.add(pass);
      }
    }
    if (plain) {
      left.remove(Pass.FAMILIES); // without it there is no loop
    }
  }

  /**
   * Returns the sequence as a batch of a training may have it: masked, to be dropped, carried on.
   */
  private Signal signal(Genes draw) {
    int masked = draw.pick(4);
    ForwardPass pass = ForwardPass.inference();
    if (draw.pick(3) == 1) {
      Input key = RandomKey.input();
      values.put(key, RandomKey.of(draw.pick(2000), 1, 0, 0));
      pass = ForwardPass.training(key);
    }
    if (draw.pick(4) == 1) {
      pass = pass.carrying((name, own) -> given("state " + name, genes.values(7, own.shape())));
    }
    Signal all = Signal.of(x, pass);
    if (masked == 0) {
      return all;
    }
    double[] counts = new double[x.size(0) * x.size(1)];
    Tensor numbers = genes.values(6, Shape.of(counts.length));
    for (int i = 0; i < counts.length; i++) {
      int length = Math.floorMod(i % x.size(1) * 3 + masked, x.size(0) + 1);
      boolean inside = masked == 3 ? numbers.at(i) > -0.3 : i / x.size(1) < length;
      counts[i] = inside ? 1 : 0;
    }
    return all.masked(given("mask", Tensor.of(Shape.of(x.size(0), x.size(1)), counts)));
  }

  private Input given(String name, Tensor value) {
    Input input = Input.of(name, value.shape().toArray());
    values.put(input, value);
    return input;
  }

  private void choose(Genes draw, Node y, Node loss, List<Node> leaves, List<Node> gradients) {
    int which = draw.pick(7);
    int one = draw.pick(gradients.size());
    if (which == 0 || which == 2) {
      outputs.addAll(List.of(y, loss));
    }
    if (which <= 1) {
      outputs.addAll(gradients);
    }
    if (which == 3) {
      outputs.add(gradients.get(one));
    }
    if (which == 4) {
      for (int i = 0; i < leaves.size() - 1; i++) {
        updates.put(leaves.get(i), leaves.get(i).minus(gradients.get(i).times(0.25)));
      }
      outputs.addAll(List.of(loss, gradients.get(one)));
    }
    if (which >= 5) {
      Node second = Node.sum(gradients.stream().map(g -> g.square().sum()).toList());
      List<Node> more = Gradients.of(second, leaves);
      outputs.addAll(which == 5 ? more : List.of(more.get(one), gradients.get(one)));
    }
  }

  /** Returns genes of a graph of many rows, of layers with which work runs along. */
  static int[] ofManyRows(int[] genes) {
    int[] many = genes.clone();
    many[126] = 5;
    many[127] = 0;
    return many;
  }

  /**
   * Compares one graph.
   *
   * @return how many of its tensors were compared, how many have no value to compare, and how many
   *     of its instructions run along with loops
   * @throws AssertionError where anything differs
   */
  public static int[] run(Genes genes) {
    Trial trial = new Trial(genes);
    try {
      return trial.run();
    } catch (AssertionError e) {
      throw e;
    } catch (RuntimeException e) {
      throw new AssertionError(e + ": " + trial, e);
    }
  }

  private int[] run() {
    List<Node> nodes = new ArrayList<>(outputs);
    nodes.addAll(updates.values());
    Reference reference = new Reference(nodes, values);
    List<double[]> found = compare(nodes, reference, Precision.FLOAT64);
    switch (more) {
      case TRANSLATION -> translate();
      case FLOAT32 -> compare(nodes, reference, Precision.FLOAT32);
      case THREADS -> {
        List<double[]> again = run(Precision.FLOAT64, threads == 1 ? 2 : 1);
        for (int i = 0; i < found.size(); i++) {
          if (!Arrays.equals(found.get(i), again.get(i))) {
            throw new AssertionError("other bits of " + nodes.get(i) + ": " + this);
          }
        }
      }
      default -> {}
    }
    int along = along();
    boolean sunk = small; // what moves into a loop does not run along with it
    if (plain && left.isEmpty() && !sunk && along == 0) {
      throw new AssertionError("nothing runs along with loops: " + this);
    }
    return new int[] {nodes.size(), apart, along};
  }

  private void translate() {
    Set<Pass> passes = EnumSet.allOf(Pass.class);
    passes.removeAll(left);
    Program program = under(Map.of("rnn.checks", "plan"), () -> program(passes));
    Translation.check(outputs, updates, program, passes.contains(Pass.SIMPLIFY));
  }

  private int along() {
    if (x.size(0) * x.size(1) <= ROWS) {
      return 0;
    }
    Set<Pass> passes = EnumSet.allOf(Pass.class);
    passes.removeAll(left);
    Program program = under(switches(), () -> program(passes));
    Along along = program.along();
    int loops = program.instructions().size();
    return IntStream.range(0, loops).map(i -> along.ahead(i).size() + along.behind(i).size()).sum();
  }

  private Program program(Set<Pass> passes) {
    return Compiler.program(outputs, Set.of(x), updates, passes);
  }

  /** Runs the plan; where a result differs, it is asked whether rounding may move it as far. */
  private List<double[]> compare(List<Node> nodes, Reference reference, Precision precision) {
    boolean exact = precision == Precision.FLOAT64;
    List<double[]> found = run(precision, threads);
    for (int i = 0; i < nodes.size(); i++) {
      Node node = nodes.get(i);
      double distance = Reference.distance(found.get(i), reference.of(node));
      if (distance <= (exact ? TOLERANCE : 1e-3)) {
        continue;
      }
      if (reference.moves(node, exact ? ROUNDING : 0x1p-22) <= (exact ? STILL : 2e-5)) {
        throw new AssertionError(
            "in %s, output %s %s is off by %s: %s".formatted(precision, i, node, distance, this));
      }
      apart += exact ? 1 : 0;
    }
    return found;
  }

  private List<double[]> run(Precision precision, int count) {
    Plan.Builder builder = Plan.of(outputs).without(left.toArray(Pass[]::new)).threads(count);
    updates.forEach((leaf, to) -> builder.update((Parameter) leaf, to));
    values.keySet().forEach(input -> builder.inputs((Input) input));
    Session session = session(builder, precision);
    values.forEach((input, value) -> session.set((Input) input, value));
    session.run();
    List<double[]> found = new ArrayList<>();
    outputs.forEach(node -> found.add(session.get(node).toDoubles()));
    updates.keySet().forEach(leaf -> found.add(session.get(leaf).toDoubles()));
    return found;
  }

  /** Returns a session in which small work, too, is shared and moved into loops where drawn. */
  private Session session(Plan.Builder builder, Precision precision) {
    return under(switches(), () -> builder.compile(precision).session());
  }

  private Map<String, String> switches() {
    return small ? Map.of("rnn.threads.work", "1", "rnn.sinking.least", "0") : Map.of();
  }

  private static <T> T under(Map<String, String> switches, Supplier<T> work) {
    Map<String, String> before = new HashMap<>();
    switches.forEach((name, value) -> before.put(name, System.setProperty(name, value)));
    try {
      return work.get();
    } finally {
      before.forEach(Trial::restore);
    }
  }

  private static void restore(String name, String value) {
    if (value == null) {
      System.clearProperty(name);
    } else {
      System.setProperty(name, value);
    }
  }

  /** Returns the shape of the sequence, which is what most faults depend on. */
  Shape shape() {
    return x.shape();
  }

  @Override
  public String toString() {
    return "x %s, without %s, %d threads, %s, small %s, %s"
        .formatted(x.shape(), left, threads, more, small, genes);
  }
}

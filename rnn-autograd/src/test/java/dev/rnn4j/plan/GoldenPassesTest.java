package dev.rnn4j.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rnn4j.cell.Cell;
import dev.rnn4j.cell.ElmanCell;
import dev.rnn4j.cell.Step;
import dev.rnn4j.grad.Gradients;
import dev.rnn4j.graph.Graphs;
import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.layer.Recurrent;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import dev.rnn4j.testing.Agreement;
import dev.rnn4j.testing.Draw;
import dev.rnn4j.testing.Golden;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Each pass on a small graph in which it does something: the plan without it and with it, word for
 * word (see {@link Golden}), what the difference is, and the interpreter's values either way.
 */
class GoldenPassesTest {
  private static final int N = 2;
  private static final int I = 3;
  private static final int H = 4;

  /** A cell whose output is its state. */
  private record Simple(int size, BinaryOperator<Node> equation) implements Cell<Node> {
    @Override
    public Node initialState(int batchSize) {
      return Node.zeros(batchSize, size);
    }

    @Override
    public Step<Node> step(Node x, Node h) {
      Node next = equation.apply(x, h);
      return new Step<>(next, next);
    }
  }

  /** A plan's words without a pass and with it. */
  private record Dumps(String without, String with) {
    /** Keeps both in one file, which the page about plans shows. */
    Dumps golden(Pass pass) {
      String name = pass.name().toLowerCase(java.util.Locale.ROOT);
      String text = "without " + pass + ":\n" + without + "\nwith " + pass + ":\n" + with;
      Golden.checkShown("how-the-plan-works.md", "pass-" + name + ".txt", text);
      return this;
    }
  }

  /** Returns both plans, after a look at what they compute, and at the pass alone. */
  private static Dumps dumps(Pass pass, List<Node> outputs) {
    Draw draw = new Draw(new Random(7));
    Map<Node, Tensor> values = new HashMap<>();
    for (Node leaf : Graphs.topological(outputs)) {
      if (leaf instanceof Input || leaf instanceof Parameter) {
        values.put(leaf, draw.uniform(leaf.shape(), -1, 1));
      }
    }
    Set<Pass> others = EnumSet.complementOf(EnumSet.of(pass));
    for (Set<Pass> left : List.of(EnumSet.noneOf(Pass.class), EnumSet.of(pass), others)) {
      Agreement.check(outputs, values, 0, left);
    }
    return new Dumps(explain(outputs, pass), explain(outputs));
  }

  private static String explain(List<Node> outputs, Pass... without) {
    return Plan.of(outputs).without(without).compile(Precision.FLOAT32).explain();
  }

  private static int count(String text, String pattern) {
    return (int) Pattern.compile(pattern).matcher(text).results().count();
  }

  /** Returns the lines before the first loop. */
  private static String beforeLoop(String text) {
    return text.substring(0, text.indexOf("for t ="));
  }

  /** Returns the lines of all loops: those further to the right. */
  private static String loops(String text) {
    return text.lines()
        .filter(line -> line.startsWith("         "))
        .reduce("", (a, b) -> a + b + "\n");
  }

  private static int workMemory(String text) {
    return text.lines()
        .filter(line -> line.startsWith("work memory"))
        .mapToInt(line -> Integer.parseInt(line.split(" ")[2]))
        .sum();
  }

  /** Returns how many arrays instructions write to. */
  private static int places(String text) {
    return (int)
        Pattern.compile(" (a\\d+)\\S*\\[.*?\\] = ")
            .matcher(text)
            .results()
            .map(found -> found.group(1))
            .distinct()
            .count();
  }

  /** Returns the outputs of an Elman network over T steps. */
  private static Node elman(int length) {
    return new Recurrent<>(ElmanCell.of(I, H, new Random(1))).apply(Input.of("x", length, N, I));
  }

  @Test
  void simplifyFoldsConstantsAndSharesWhatIsEqual() {
    Input x = Input.of("x", 2, 3);
    Node scale = Node.constant(2).times(Node.constant(3));
    Node once = x.times(scale).tanh();
    Node again = x.times(scale).tanh();
    Dumps dumps = dumps(Pass.SIMPLIFY, List.of(once.times(again))).golden(Pass.SIMPLIFY);
    assertEquals(2, count(dumps.without, "= tanh\\("));
    assertEquals(1, count(dumps.with, "= tanh\\("));
    assertTrue(dumps.without.contains("multiply(constant"), "2·3 at every run");
    assertFalse(dumps.with.contains("multiply(constant"), "6, once and for all");
  }

  @Test
  void withoutFamiliesAPlanGrowsWithTheSequence() {
    Dumps two = dumps(Pass.FAMILIES, List.of(elman(2))).golden(Pass.FAMILIES);
    Dumps six = dumps(Pass.FAMILIES, List.of(elman(6)));
    assertEquals(0, count(two.without, "for t ="));
    assertEquals(1, count(two.with, "for t ="));
    assertEquals(3 * count(two.without, " = "), count(six.without, " = "));
    assertEquals(count(two.with, " = "), count(six.with, " = "));
  }

  @Test
  void withoutDistributionNothingRunsForAllTimeStepsAtOnce() {
    Dumps dumps = dumps(Pass.DISTRIBUTE, List.of(elman(3))).golden(Pass.DISTRIBUTE);
    assertTrue(beforeLoop(dumps.with).contains("[1, 6, 4] = product("), "T·N rows");
    assertFalse(dumps.without.contains("[1, 6, "), "N rows");
    assertEquals(2, count(loops(dumps.without), "product"));
    assertEquals(1, count(loops(dumps.with), "product"));
  }

  @Test
  void contractionMakesOneProductOfASumOverTime() {
    Parameter w = matrix("w", I, H);
    Parameter v = matrix("v", I, H);
    Cell<Node> cell = new Simple(H, (x, h) -> x.matmul(w).plus(x.exp().matmul(v)));
    Node y = new Recurrent<>(cell).apply(Input.of("x", 3, N, I));
    Node gradient = Gradients.of(y, Input.of("g", 3, N, H), List.of(w)).get(0);
    Dumps dumps = dumps(Pass.CONTRACT, List.of(y, gradient)).golden(Pass.CONTRACT);
    assertEquals(1, count(dumps.with, "\\[1, 3, 4\\] = product\\(\\w+\\[1, 3, 6\\], "));
    assertEquals(1, count(dumps.without, "\\[3, 3, 4\\] = product\\("), "T products");
    assertEquals(1, count(dumps.without, " = sum\\("), "and their sum");
    assertEquals(1, count(dumps.with, "product \\+="), "x·w + e^x·v adds up in its place");
    assertEquals(0, count(dumps.without, "product \\+="));
  }

  @Test
  void sinkingMovesWorkIntoTheLoopThatReadsIt() {
    Parameter w = matrix("w", 64, 64);
    Cell<Node> leaky = new Simple(64, (x, h) -> x.sigmoid().times(h).plus(x.matmul(w)).tanh());
    Node h = new Recurrent<>(leaky).apply(Input.of("x", 3, 64, 64));
    Dumps dumps = dumps(Pass.SINK, List.of(h)).golden(Pass.SINK);
    assertTrue(beforeLoop(dumps.without).contains("[3, 64, 64] = sigmoid("), "the whole sequence");
    assertTrue(beforeLoop(dumps.without).contains("[1, 192, 64] = product("));
    assertFalse(beforeLoop(dumps.with).matches("(?s).*(sigmoid|product)\\(.*"));
    assertTrue(loops(dumps.with).contains("[64, 64] = sigmoid("), "one step");
    assertTrue(loops(dumps.with).contains("[1, 64, 64] = product("));
    assertTrue(workMemory(dumps.with) < workMemory(dumps.without), "no place for the sequence");
  }

  @Test
  void smallProductsOfAStepStayOutside() {
    for (int[] size : new int[][] {{15, 512}, {63, 64}}) {
      Parameter w = matrix("w", size[1], size[1]);
      Cell<Node> leaky = new Simple(size[1], (x, h) -> h.plus(x.matmul(w)).tanh());
      Node h = new Recurrent<>(leaky).apply(Input.of("x", 3, size[0], size[1]));
      assertTrue(beforeLoop(explain(List.of(h))).contains("product("), Arrays.toString(size));
    }
  }

  @Test
  void pairsAreOneInstruction() {
    Parameter u = matrix("u", H, H);
    Parameter b = Parameter.of("b", Tensor.zeros(Shape.of(H)));
    Cell<Node> cell =
        new Simple(H, (x, h) -> h.plus(h.matmul(u).plus(b).sigmoid().times(x.minus(h))));
    Node squares = new Recurrent<>(cell).apply(Input.of("x", 3, N, H)).square().sum();
    Dumps dumps = dumps(Pass.PAIR, List.of(squares)).golden(Pass.PAIR);
    assertEquals(1, count(dumps.with, "= sigmoid_of_sum\\("));
    assertEquals(1, count(dumps.with, "= add_product\\("));
    assertEquals(1, count(dumps.with, "= sum of products\\("), "no place for the squares");
    assertEquals(0, count(dumps.without, "of_sum|of products|add_product"));
  }

  /** h′ = h + sigmoid(h·U)·(x − h). */
  private static Cell<Node> gated() {
    Parameter u = matrix("u", H, H);
    return new Simple(H, (x, h) -> h.plus(h.matmul(u).sigmoid().times(x.minus(h))));
  }

  private static Parameter matrix(String name, int rows, int columns) {
    return Parameter.of(name, Tensor.zeros(Shape.of(rows, columns)));
  }

  @Test
  void fusionRunsElementwiseInstructionsInBlocks() {
    Node h = new Recurrent<>(gated()).apply(Input.of("x", 3, N, H));
    Dumps dumps = dumps(Pass.FUSE, List.of(h)).golden(Pass.FUSE);
    assertEquals(0, count(dumps.without, "block|r\\d+\\["));
    assertTrue(count(dumps.with, "block") > 0);
    assertEquals(0, count(dumps.with, "fma"), "bits do not depend on what stands together");
    assertTrue(count(dumps.with, "r0\\[") > 0, "what only the block reads stays in a tile");
  }

  @Test
  void groupingRunsProductsWithOneLeftSideTogether() {
    Parameter u = matrix("u", H, H);
    Parameter v = matrix("v", H, H);
    Cell<Node> gates =
        new Simple(H, (x, h) -> h.matmul(u).sigmoid().times(h.matmul(v).tanh()).plus(x));
    Node h = new Recurrent<>(gates).apply(Input.of("x", 3, N, H));
    Dumps dumps = dumps(Pass.GROUP, List.of(h)).golden(Pass.GROUP);
    assertEquals(0, count(dumps.without, "group"));
    assertEquals(1, count(dumps.with, "group"));
    assertEquals(2, count(dumps.with, "= product\\("), "its parts");
  }

  /** The sizes are such that it is worth while: what is smaller is read as it lies. */
  @Test
  void packingChangesNoInstruction() {
    Node h = new Recurrent<>(ElmanCell.of(9, 11, new Random(1))).apply(Input.of("x", 3, 5, 9));
    Dumps dumps = dumps(Pass.PACK, List.of(h));
    assertEquals(dumps.without, dumps.with);
  }

  @Test
  void sharingSavesMemory() {
    Node h = new Recurrent<>(gated()).apply(Input.of("x", 3, N, H));
    List<Node> parameters =
        Graphs.topological(List.of(h)).stream().filter(Parameter.class::isInstance).toList();
    List<Node> gradients = Gradients.of(h, Input.of("g", 3, N, H), parameters);
    Dumps dumps = dumps(Pass.SHARE, gradients).golden(Pass.SHARE);
    assertTrue(workMemory(dumps.with) < workMemory(dumps.without));
    assertTrue(dumps.without.contains("sharing saves 0 bytes"));
    assertTrue(places(dumps.without) > places(dumps.with), "values take the places of others");
    String handedOn =
        "(a\\d+)-8\\+8t\\[2, 4\\] = add\\(.*\\n.* \\1-8\\+8t\\[1, 2, 4\\] = product \\+=";
    assertEquals(1, count(dumps.without, handedOn), "the gradient of the state, for every step");
    assertEquals(0, count(dumps.with, handedOn), "and in one slot");
    assertEquals(count(dumps.without, " = "), count(dumps.with, " = "), "the same instructions");
  }

  @Test
  void withoutAnyPassEachNodeIsAnInstruction() {
    Pass[] all = Pass.values();
    String plain = explain(List.of(elman(3)), all);
    assertEquals(0, count(plain, "for t =|block|product \\+="));
    assertEquals(3, count(plain, "= tanh\\("));
    assertEquals(6, count(plain, "= product\\("));
    assertEquals(6, count(plain, "= add\\("));
  }
}

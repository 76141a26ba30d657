package dev.rnn4j.grad;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rnn4j.graph.Family;
import dev.rnn4j.graph.Graphs;
import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.graph.Trace;
import dev.rnn4j.graph.op.Add;
import dev.rnn4j.graph.op.State;
import dev.rnn4j.graph.op.SumOf;
import dev.rnn4j.usage.Zoo;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The copies of one line of a cell, and of the gradients that follow from it, are alike: so that
 * the compiler can roll them up again.
 */
class FamilyTest {
  private static List<Parameter> parameters(Node loss) {
    return Graphs.topological(List.of(loss)).stream()
        .filter(Parameter.class::isInstance)
        .map(Parameter.class::cast)
        .toList();
  }

  /** Returns the loss, its gradients, and the gradients of these, as three graphs in one. */
  private static List<Node> thrice(Node loss) {
    List<Node> all = new ArrayList<>(List.of(loss));
    List<Node> gradients = Gradients.of(loss, parameters(loss));
    all.addAll(gradients);
    Node norm = Node.sum(gradients.stream().map(g -> g.square().sum()).toList());
    all.addAll(Gradients.of(norm, parameters(loss)));
    return all;
  }

  private static Map<Family, List<Node>> families(List<Node> roots) {
    Map<Family, List<Node>> families = new LinkedHashMap<>();
    for (Node node : Graphs.topological(roots)) {
      families.computeIfAbsent(node.family(), absent -> new ArrayList<>()).add(node);
    }
    return families;
  }

  static Stream<Arguments> modelsAndLengths() {
    return Stream.of(Zoo.values())
        .flatMap(model -> IntStream.of(1, 2, 5).mapToObj(length -> Arguments.of(model, length)));
  }

  @ParameterizedTest
  @MethodSource("modelsAndLengths")
  void theMembersOfAFamilyAreAlike(Zoo model, int length) {
    families(thrice(model.loss(length)))
        .forEach(
            (family, members) -> {
              Node first = members.get(0);
              List<Integer> steps = members.stream().map(Node::step).sorted().toList();
              String what = family + " at " + steps;
              assertEquals(List.copyOf(new java.util.TreeSet<>(steps)), steps, what + ": twice");
              int gap = steps.get(steps.size() - 1) - steps.get(0) - (steps.size() - 1);
              assertEquals(0, gap, what + ": a step is missing");
              for (Node member : members) {
                assertEquals(first.op().getClass(), member.op().getClass(), what);
                assertEquals(first.shape(), member.shape(), what);
                assertEquals(first.operands().size(), member.operands().size(), what);
              }
            });
  }

  @ParameterizedTest
  @EnumSource(Zoo.class)
  void everyLineOfACellIsThereForEveryStep(Zoo model) {
    int length = 5;
    families(List.of(model.loss(length)))
        .forEach(
            (family, members) -> {
              List<Integer> steps = members.stream().map(Node::step).sorted().toList();
              if (steps.get(0) == Trace.NO_STEP) {
                assertEquals(1, steps.size(), family + " outside the loops");
              } else if (!(members.get(0).op() instanceof State)) {
                assertEquals(IntStream.range(0, length).boxed().toList(), steps, family::toString);
              } else {
                assertTrue(steps.size() >= length, family + " at " + steps);
              }
            });
  }

  @ParameterizedTest
  @EnumSource(Zoo.class)
  void thereAreAsManyFamiliesForAnyNumberOfSteps(Zoo model) {
    // Fewer steps than the longest lag leave some families without a use.
    long seven = loopFamilies(model.loss(7));
    assertNotEquals(0, seven);
    assertEquals(seven, loopFamilies(model.loss(11)));
  }

  private static long loopFamilies(Node loss) {
    return families(thrice(loss)).values().stream()
        .filter(members -> members.get(0).step() != Trace.NO_STEP)
        .count();
  }

  @ParameterizedTest
  @EnumSource(Zoo.class)
  void aParametersGradientIsOneSumOverTime(Zoo model) {
    int length = 5;
    Node loss = model.loss(length);
    for (Node gradient : Gradients.of(loss, parameters(loss))) {
      boolean used = gradient.op() instanceof SumOf && gradient.operands().size() >= length;
      boolean outside = gradient.step() == Trace.NO_STEP && parametersUsedOnce(loss, gradient);
      assertTrue(used || outside, gradient + " of " + gradient.operands());
    }
  }

  /** Returns whether the gradient belongs to a parameter that no loop uses. */
  private static boolean parametersUsedOnce(Node loss, Node gradient) {
    return Graphs.topological(List.of(loss)).stream()
        .filter(node -> node.step() == Trace.NO_STEP)
        .flatMap(node -> node.operands().stream())
        .anyMatch(x -> x instanceof Parameter && x.shape().equals(gradient.shape()));
  }

  @ParameterizedTest
  @EnumSource(Zoo.class)
  void gradientsAreNoChainsOfAdditions(Zoo model) {
    Node loss = model.loss(5);
    long ofLoss = additions(List.of(loss));
    long withGradients = additions(Gradients.of(loss, parameters(loss)));
    // A rule may add inside itself; contributions of several uses are added by one sum.
    assertTrue(withGradients <= 2 * ofLoss, withGradients + " additions, the loss has " + ofLoss);
  }

  private static long additions(List<Node> roots) {
    return Graphs.topological(roots).stream().filter(node -> node.op() instanceof Add).count();
  }

  @ParameterizedTest
  @EnumSource(Zoo.class)
  void inputsHaveOneStackOfGradients(Zoo model) {
    Node loss = model.loss(5);
    Input x =
        (Input)
            Graphs.topological(List.of(loss)).stream()
                .filter(node -> node instanceof Input input && input.name().equals("x"))
                .findFirst()
                .orElseThrow();
    Node gradient = Gradients.of(loss, List.of(x)).get(0);
    List<Node> terms = gradient.op() instanceof SumOf ? gradient.operands() : List.of(gradient);
    long stacks = terms.stream().filter(term -> term.op().name().equals("stack")).count();
    long uses = Graphs.topological(List.of(loss)).stream().filter(n -> isStepOf(n, x)).count() / 5;
    assertEquals(uses, stacks, gradient + " of " + gradient.operands());
  }

  private static boolean isStepOf(Node node, Node x) {
    return node.op().name().equals("step") && node.operand(0) == x;
  }
}

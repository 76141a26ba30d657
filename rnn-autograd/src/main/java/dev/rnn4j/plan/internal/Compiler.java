package dev.rnn4j.plan.internal;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Iterables;
import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.plan.Pass;
import dev.rnn4j.plan.internal.check.Verifier;
import dev.rnn4j.plan.internal.lines.Lines;
import dev.rnn4j.plan.internal.lowering.Drafting;
import dev.rnn4j.plan.internal.passes.Finish;
import dev.rnn4j.plan.internal.passes.MemoryPlan;
import dev.rnn4j.plan.internal.program.Draft;
import dev.rnn4j.plan.internal.program.Program;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** From nodes to a program: its lines, their instructions, passes over these, and arrays. */
public final class Compiler {
  private Compiler() {}

  /**
   * Returns the program of a graph.
   *
   * @param outputs what can be read after a run
   * @param inputs what can be set before one, besides what outputs depend on
   * @param assignments the new values that parameters and inputs get at the end of a run, all
   *     computed from the old ones
   * @param passes those that are not left out
   */
  public static Program program(
      List<Node> outputs, Set<Input> inputs, Map<Node, Node> assignments, Set<Pass> passes) {
    List<Node> roots = ImmutableList.copyOf(Iterables.concat(outputs, assignments.values()));
    Lines lines = new Lines(roots, passes.contains(Pass.FAMILIES), passes.contains(Pass.SIMPLIFY));
    Draft draft = Drafting.of(lines, outputs, inputs, assignments, passes);
    Verifier verifier = new Verifier();
    return verifier.after("sharing arrays", MemoryPlan.of(Finish.of(draft, verifier)));
  }
}

package dev.rnn4j.plan.internal.check;

import com.google.common.primitives.Ints;
import dev.rnn4j.graph.Node;
import dev.rnn4j.kernel.Switch;
import dev.rnn4j.plan.internal.program.Draft;
import dev.rnn4j.plan.internal.program.Place;
import dev.rnn4j.plan.internal.program.Program;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Watches a program on its way through the passes: after each one it must be sound, and all that
 * can be read when it has run must be what it was before. So a pass that lets a value be
 * overwritten too soon, or a step go missing, is named. Costs about as much as some hundred runs of
 * the program, and nothing where the system property {@code rnn.checks} does not have {@code plan}.
 */
public final class Verifier {
  private final boolean on = Switch.CHECKS.lists("plan");
  private Map<Node, int[]> values;

  /** Returns a draft as it was given, checked. */
  public Draft after(String stage, Draft draft) {
    if (on) {
      check(stage, Replay.of(draft, Residues::addLikeProduct), draft.places());
    }
    return draft;
  }

  /** Returns the program of the last draft as it was given, checked. */
  public Program after(String stage, Program program) {
    if (on) {
      Replay.Watcher nobody = (instruction, t, values) -> {};
      check(stage, Replay.of(program, Residues::addLikeProduct, nobody), program.places());
    }
    return program;
  }

  private void check(String stage, Replay replay, Map<Node, Place> places) {
    try {
      replay.compute();
      Map<Node, int[]> found = new HashMap<>();
      places.forEach((node, place) -> found.put(node, replay.read(place)));
      replay.update();
      places.forEach((node, place) -> found.merge(node, replay.read(place), Ints::concat));
      places.keySet().forEach(node -> compare(node, found.get(node)));
      values = found;
    } catch (IllegalStateException e) {
      throw new IllegalStateException(
          "the compiler is at fault, please report it: after "
              + stage
              + ", "
              + e.getMessage()
              + "; a plan without some of its passes may be right",
          e);
    }
  }

  private void compare(Node node, int[] found) {
    if (values != null && !Arrays.equals(found, values.get(node))) {
      throw new IllegalStateException(node + " has another value than before");
    }
  }
}

package dev.rnn4j.pass;

import com.google.common.collect.ImmutableList;
import dev.rnn4j.graph.Node;
import java.util.List;

/**
 * One step of an unrolled cell, as a graph: output and states after it, computed from x and the
 * states before it. Whatever else it is computed from stands outside the loop, or is one step of a
 * sequence that does.
 *
 * @param path the path of the module that was unrolled
 * @param reversed whether the sequence is read from its end
 * @param sequence what is read, {@code [T, N, I]}
 * @param t the position of this step in it, the first that is read
 * @param x the input of the step, {@code [N, I]}
 * @param names the names of the states' components: {@code h}, {@code c}
 * @param before the states before the step, in the order of the names
 * @param output what the step shows
 * @param after the states after it
 */
public record StepBody(
    String path,
    boolean reversed,
    Node sequence,
    int t,
    Node x,
    List<String> names,
    List<Node> before,
    Node output,
    List<Node> after) {
  /** Creates the step from copies of the lists. */
  public StepBody {
    names = ImmutableList.copyOf(names);
    before = ImmutableList.copyOf(before);
    after = ImmutableList.copyOf(after);
  }
}

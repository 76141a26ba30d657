package dev.rnn4j.pass;

import static com.google.common.base.Preconditions.checkState;

import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Scope;
import dev.rnn4j.graph.Trace;
import dev.rnn4j.graph.op.RandomUniform;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.ShapeException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The random nodes of a forward pass. Each is of a stream of its own, which is named by the path of
 * the module, the number of the draw there, and within a loop the number of the loop and of the
 * draw within a step. What is drawn within a step is one node for all steps, outside the loop.
 */
final class Draws {
  private final Node key;
  private final Map<String, Integer> alone = new HashMap<>();
  private final Map<String, Integer> loops = new HashMap<>();
  private Loop loop;

  Draws(Node key) {
    this.key = key;
  }

  private static final class Loop {
    final Loop outer;
    final String name;
    final int steps;
    final List<Node> drawn = new ArrayList<>();
    int t;
    int next;

    Loop(Loop outer, String name, int steps) {
      this.outer = outer;
      this.name = name;
      this.steps = steps;
    }
  }

  void begin(int steps) {
    String path = Scope.path();
    int number = loops.merge(path, 1, Integer::sum) - 1;
    loop = new Loop(loop, path + "#" + number, steps);
  }

  void at(int t) {
    loop.t = t;
    loop.next = 0;
  }

  void end() {
    loop = loop.outer;
  }

  /** Draws at the step that is being built, or once where none is. */
  Node now(boolean overBatch, int... sizes) {
    Shape shape = Shape.of(sizes);
    return loop == null ? node(stream(), shape, false, overBatch) : inStep(shape, overBatch);
  }

  Node overTime(int... sizes) {
    checkState(
        loop == null,
        "within a step of a sequence there is no time axis to draw over: draw without it, and it is"
            + " drawn anew at each step");
    return node(stream(), Shape.of(sizes), true, true);
  }

  private Node inStep(Shape shape, boolean overBatch) {
    int number = loop.next++;
    if (number == loop.drawn.size()) {
      Shape all = shape.insert(0, loop.steps);
      String stream = loop.name + "." + number;
      loop.drawn.add(Trace.outside(() -> node(stream, all, true, overBatch)));
    }
    Node all = loop.drawn.get(number);
    if (!all.shape().equals(shape.insert(0, loop.steps))) {
      throw new ShapeException(
          "draw "
              + number
              + " of a step of "
              + loop.name
              + " was "
              + all.shape().without(0)
              + ", and is "
              + shape
              + " at time step "
              + loop.t
              + "; a step draws the same at every time step");
    }
    return all.step(loop.t);
  }

  private String stream() {
    String path = Scope.path();
    return path + "#" + (alone.merge(path, 1, Integer::sum) - 1);
  }

  private Node node(String stream, Shape shape, boolean overTime, boolean overBatch) {
    checkState(
        key != null, "nothing is drawn in inference: ask isTraining() of the forward pass first");
    return Node.apply(new RandomUniform(stream, shape, overTime, overBatch), key);
  }
}

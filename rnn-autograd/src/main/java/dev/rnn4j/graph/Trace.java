package dev.rnn4j.graph;

import com.google.common.collect.ImmutableSet;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Gives nodes their family and time step. A piece of code that builds the same nodes for several
 * time steps runs inside {@link #at}: the k-th node that it builds at one step belongs to the same
 * family as the k-th node at every other.
 */
public final class Trace {
  /** The time step of nodes outside every loop. */
  public static final int NO_STEP = Integer.MIN_VALUE;

  private static final ThreadLocal<Trace> CURRENT = new ThreadLocal<>();
  private static final ImmutableSet<String> OWN_PACKAGES =
      ImmutableSet.of(
          "dev.rnn4j.graph",
          "dev.rnn4j.graph.op",
          "dev.rnn4j.grad",
          "dev.rnn4j.layer",
          "dev.rnn4j.cell",
          "dev.rnn4j.loss",
          "dev.rnn4j.optimizer",
          "dev.rnn4j.clip",
          "dev.rnn4j.train");

  private final List<Family> families = new ArrayList<>();
  private final boolean derived;
  private int next;
  private int step = NO_STEP;

  private Trace(boolean derived) {
    this.derived = derived;
  }

  /** Returns a trace for one unrolled loop. */
  public static Trace ofLoop() {
    return new Trace(false);
  }

  /** Returns a trace for nodes that a machine derives from others: no source lines are kept. */
  public static Trace derived() {
    return new Trace(true);
  }

  /** Runs {@code body}, whose nodes belong to time step {@code step} of this trace. */
  public <R> R at(int step, Supplier<R> body) {
    Trace outer = CURRENT.get();
    CURRENT.set(this);
    this.step = step;
    this.next = 0;
    try {
      return body.get();
    } finally {
      this.step = NO_STEP;
      CURRENT.set(outer);
    }
  }

  /** Returns the time step that nodes built now belong to. */
  static int currentStep() {
    Trace trace = CURRENT.get();
    return trace == null ? NO_STEP : trace.step;
  }

  /** Returns the family that a node built now belongs to. */
  static Family familyOf(Op op, List<Node> operands) {
    Trace trace = CURRENT.get();
    if (trace == null) {
      return new Family(Scope.label(op.name(), operands), userLine());
    }
    if (trace.next == trace.families.size()) {
      StackTraceElement line = trace.derived ? null : userLine();
      trace.families.add(new Family(Scope.label(op.name(), operands), line));
    }
    return trace.families.get(trace.next++);
  }

  /** Returns the innermost line outside the framework and its libraries, or null. */
  static StackTraceElement userLine() {
    return StackWalker.getInstance()
        .walk(
            frames ->
                frames
                    .filter(frame -> isUsers(packageOf(frame.getClassName())))
                    .findFirst()
                    .map(StackWalker.StackFrame::toStackTraceElement)
                    .orElse(null));
  }

  private static boolean isUsers(String name) {
    boolean library = name.startsWith("java.") || name.startsWith("com.google.common.");
    return !library && !OWN_PACKAGES.contains(name);
  }

  private static String packageOf(String className) {
    int dot = className.lastIndexOf('.');
    return dot < 0 ? "" : className.substring(0, dot);
  }
}

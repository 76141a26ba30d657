package dev.rnn4j.graph;

import com.google.common.collect.ImmutableSet;
import dev.rnn4j.tensor.Shape;
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

  /** What nodes belong to outside every loop: each is a family of its own. */
  private static final Trace OUTSIDE = new Trace(true, false, null);

  /** Null outside every loop: a thread keeps nothing of this library when it leaves. */
  private static final ThreadLocal<Trace> CURRENT = new ThreadLocal<>();

  private static final ImmutableSet<String> OWN_PACKAGES =
      ImmutableSet.of(
          "dev.rnn4j.cell",
          "dev.rnn4j.clip",
          "dev.rnn4j.contract",
          "dev.rnn4j.grad",
          "dev.rnn4j.graph",
          "dev.rnn4j.graph.op",
          "dev.rnn4j.layer",
          "dev.rnn4j.loss",
          "dev.rnn4j.optimizer",
          "dev.rnn4j.part",
          "dev.rnn4j.pass",
          "dev.rnn4j.plan",
          "dev.rnn4j.report",
          "dev.rnn4j.schedule",
          "dev.rnn4j.torch",
          "dev.rnn4j.train");

  /** Where the compiler is, and what calls for others: the JDK, Guava. */
  private static final ImmutableSet<String> NOT_USERS =
      ImmutableSet.of(
          "dev.rnn4j.plan.internal.",
          "dev.rnn4j.train.internal.",
          "java.",
          "jdk.",
          "sun.",
          "com.google.common.");

  private final List<Family> families = new ArrayList<>();
  private final boolean withLines;
  private final boolean loop;
  private final Family source;
  private int next;
  private int step = NO_STEP;

  private Trace(boolean withLines, boolean loop, Family source) {
    this.withLines = withLines;
    this.loop = loop;
    this.source = source;
  }

  /** Returns a trace for one unrolled loop. */
  public static Trace ofLoop() {
    return new Trace(current().withLines, true, null);
  }

  /** Returns a trace for the nodes of a gradient: they belong to the line of what it is of. */
  public static Trace derived(Family source) {
    return new Trace(false, true, source);
  }

  /** Runs {@code body}, whose nodes stand outside every loop, also where one is being written. */
  public static <R> R outside(Supplier<R> body) {
    return within(null, body);
  }

  /**
   * Runs {@code body}, whose nodes stand where they would without this: so that many short calls of
   * {@link #at} within it cost little.
   */
  public static <R> R here(Supplier<R> body) {
    return within(current(), body);
  }

  /** Runs {@code body}, whose nodes belong to time step {@code step} of this trace. */
  public <R> R at(int step, Supplier<R> body) {
    this.step = step;
    this.next = 0;
    try {
      return within(this, body);
    } finally {
      this.step = NO_STEP;
    }
  }

  private static <R> R within(Trace trace, Supplier<R> body) {
    Trace outer = CURRENT.get();
    set(trace);
    try {
      return body.get();
    } finally {
      set(outer);
    }
  }

  private static void set(Trace trace) {
    if (trace == null) {
      CURRENT.remove();
    } else {
      CURRENT.set(trace);
    }
  }

  /** Returns the trace that nodes built now belong to. */
  static Trace current() {
    Trace current = CURRENT.get();
    return current == null ? OUTSIDE : current;
  }

  /** Returns the time step that nodes built now belong to. */
  int step() {
    return step;
  }

  /** Builds the next node. */
  Node node(Op op, List<Node> operands) {
    if (next < families.size()) {
      Node node = families.get(next).member(op, operands, step);
      next++;
      return node;
    }
    Shape shape = Node.shapeOf(op, operands);
    Family family = newFamily(op, operands);
    if (loop) {
      families.add(family);
      next++;
    }
    return family.first(new Node(op, operands, shape, family, step));
  }

  /** Returns the family of a node that is the first of its kind. */
  Family newFamily(Op op, List<Node> operands) {
    return new Family(Scope.label(op.name(), operands), withLines ? userLine() : null, source);
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
    return !OWN_PACKAGES.contains(name) && NOT_USERS.stream().noneMatch((name + ".")::startsWith);
  }

  private static String packageOf(String className) {
    int dot = className.lastIndexOf('.');
    return dot < 0 ? "" : className.substring(0, dot);
  }
}

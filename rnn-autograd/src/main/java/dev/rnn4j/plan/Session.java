package dev.rnn4j.plan;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.plan.internal.program.Buffer;
import dev.rnn4j.plan.internal.program.Place;
import dev.rnn4j.plan.internal.run.Executable;
import dev.rnn4j.plan.internal.run.Turn;
import dev.rnn4j.tensor.Tensor;
import java.util.Objects;

/**
 * The arrays of one run of a plan at a time. Give the inputs, run, read the outputs; a run
 * allocates nothing. Inputs keep their values from run to run, and begin with zeros. Outputs are
 * those of the last run, whatever inputs were set since; before the first one there are none, and
 * they are refused. Not thread-safe: a session belongs to one thread at a time, and refuses to be
 * run by two at once.
 */
public final class Session {
  private final Plan plan;
  private final Executable executable;
  private final Turn turn;
  private final boolean shares;
  private Outputs outputs = Outputs.NONE;

  /** What there is to read, and to update from. */
  private enum Outputs {
    NONE,
    /** Some of one run, and the others of the run before. */
    SOME,
    ALL
  }

  /**
   * Creates the session.
   *
   * @param turn that of all sessions with the same arrays
   * @param shares whether there may be others
   */
  Session(Plan plan, Executable executable, Turn turn, boolean shares) {
    this.plan = plan;
    this.executable = executable;
    this.turn = turn;
    this.shares = shares;
  }

  /** Sets the value of an input. */
  public Session set(Input input, Tensor value) {
    Place place = plan.placeOfInput(input);
    checkGiven(input, value);
    checkArgument(
        value.shape().equals(place.shape()),
        "the input %s %s was given a value of shape %s",
        input.name(),
        place.shape(),
        value.shape());
    turn.write(this);
    executable.write(place, value, 0);
    return this;
  }

  /**
   * Sets the value of an input from a part of a tensor: as many of its elements in row-major order
   * as the input has, some steps of a sequence for example; allocates nothing.
   *
   * @param from the position of the first one
   * @throws IndexOutOfBoundsException where there are not as many
   */
  public Session set(Input input, Tensor values, int from) {
    Place place = plan.placeOfInput(input);
    checkGiven(input, values);
    turn.write(this);
    executable.write(place, values, from);
    return this;
  }

  /** Sets the value of an input from numbers in row-major order; allocates nothing. */
  public Session set(Input input, double... values) {
    Place place = plan.placeOfInput(input);
    checkGiven(input, values);
    checkCount(input, place, values.length);
    turn.write(this);
    for (int i = 0; i < values.length; i++) {
      executable.write(place, i, values[i]);
    }
    return this;
  }

  /** Sets the value of an input from numbers in row-major order; allocates nothing. */
  public Session set(Input input, float[] values) {
    Place place = plan.placeOfInput(input);
    checkGiven(input, values);
    checkCount(input, place, values.length);
    turn.write(this);
    for (int i = 0; i < values.length; i++) {
      executable.write(place, i, values[i]);
    }
    return this;
  }

  private static void checkGiven(Input input, Object value) {
    checkNotNull(value, "the input %s was given null as its value", input);
  }

  /** Without checkArgument, whose arguments would be objects at every call. */
  private static void checkCount(Input input, Place place, int count) {
    int elements = place.shape().elements();
    if (count != elements) {
      throw new IllegalArgumentException(
          "the input "
              + input.name()
              + " "
              + place.shape()
              + " takes "
              + elements
              + " numbers, and was given "
              + count);
    }
  }

  /**
   * Computes the outputs, then updates parameters and carried inputs.
   *
   * @throws IllegalStateException where another thread runs this session, or one that it shares
   *     arrays with
   */
  public Session run() {
    return run(true, true);
  }

  /**
   * Computes the outputs only: no parameter changes.
   *
   * @throws IllegalStateException as {@link #run} does
   */
  public Session compute() {
    return run(true, false);
  }

  /**
   * Updates parameters and carried inputs from what was computed last. What updates alone need is
   * computed now: a rate that was set meanwhile counts. A plan without outputs computes all here,
   * and nothing before.
   *
   * @throws IllegalStateException as {@link #run} does, where that ended with an exception, and
   *     before outputs were computed for the first time
   */
  public Session update() {
    return run(false, true);
  }

  private Session run(boolean computes, boolean updates) {
    if (!computes) {
      turn.checkLast(this);
    }
    turn.begin(this);
    try {
      if (computes) {
        outputs = Outputs.SOME;
        executable.compute();
        outputs = Outputs.ALL;
      }
      if (updates) {
        if (plan.hasOutputs() || outputs == Outputs.SOME) {
          checkComputed();
        }
        executable.update();
      }
    } finally {
      turn.end();
    }
    return this;
  }

  private void checkComputed() {
    if (outputs != Outputs.ALL) {
      throw new IllegalStateException(
          outputs == Outputs.SOME
              ? "the last run stopped half-way: compute again first"
              : "nothing was computed yet: call compute() or run() first");
    }
  }

  /**
   * Returns the value of an output, input or parameter, in a new tensor.
   *
   * @throws IllegalStateException for an output where none was computed yet, the last run ended
   *     with an exception, or another session that shares the arrays was set or ran since; as do
   *     all that read one
   */
  public Tensor get(Node node) {
    return executable.read(readable(node));
  }

  /**
   * Writes the value of an output, input or parameter into an array, in row-major order; allocates
   * nothing.
   *
   * @throws IllegalArgumentException where it has not as many elements as the array
   */
  public void get(Node node, float[] into) {
    Place place = readable(node);
    checkRoom(node, into.length);
    for (int i = 0; i < into.length; i++) {
      into[i] = (float) executable.read(place, i);
    }
  }

  /**
   * Writes the value of an output, input or parameter into an array, in row-major order; allocates
   * nothing.
   *
   * @throws IllegalArgumentException where it has not as many elements as the array
   */
  public void get(Node node, double[] into) {
    Place place = readable(node);
    checkRoom(node, into.length);
    for (int i = 0; i < into.length; i++) {
      into[i] = executable.read(place, i);
    }
  }

  /**
   * Writes the value of an output, input or parameter into a part of an array, in row-major order;
   * allocates nothing.
   *
   * @param at where the first element goes
   * @throws IndexOutOfBoundsException where there is no room
   */
  public void get(Node node, float[] into, int at) {
    Place place = readable(node);
    int elements = node.shape().elements();
    Objects.checkFromIndexSize(at, elements, into.length);
    for (int i = 0; i < elements; i++) {
      into[at + i] = (float) executable.read(place, i);
    }
  }

  /**
   * Writes the value of an output, input or parameter into a part of an array, in row-major order;
   * allocates nothing.
   *
   * @param at where the first element goes
   * @throws IndexOutOfBoundsException where there is no room
   */
  public void get(Node node, double[] into, int at) {
    Place place = readable(node);
    int elements = node.shape().elements();
    Objects.checkFromIndexSize(at, elements, into.length);
    for (int i = 0; i < elements; i++) {
      into[at + i] = executable.read(place, i);
    }
  }

  private static void checkRoom(Node node, int length) {
    if (node.shape().elements() != length) {
      throw new IllegalArgumentException(
          node + " is written into an array of as many elements, and not of " + length);
    }
  }

  /** Returns the value of an output with one element; allocates nothing. */
  public double value(Node node) {
    if (node.shape().elements() != 1) {
      throw new IllegalArgumentException(node + " has not one element: use get");
    }
    return executable.read(readable(node), 0);
  }

  /** Returns the place of a node whose value is there. */
  private Place readable(Node node) {
    turn.checkFree();
    Place place = plan.placeOf(node);
    if (place.buffer().kind() != Buffer.Kind.WEIGHT) {
      turn.checkLast(this);
    }
    if (place.buffer().kind() == Buffer.Kind.WORK) {
      checkComputed();
    }
    return place;
  }

  /** Returns the plan. */
  public Plan plan() {
    return plan;
  }

  /**
   * Returns the bytes that this session has alone: of its code, about, and of its arrays or, where
   * it shares the others, of its constants. The weights are not among them.
   */
  public long bytes() {
    return executable.bytes() + (shares ? 0 : executable.sharedBytes());
  }

  /**
   * Returns the bytes of the arrays that a run needs, its own or shared ones: known before it has
   * any.
   */
  public long neededBytes() {
    return executable.sharedBytes();
  }
}

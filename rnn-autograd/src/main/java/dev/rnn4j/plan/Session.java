package dev.rnn4j.plan;

import static com.google.common.base.Preconditions.checkArgument;

import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.plan.internal.program.Place;
import dev.rnn4j.plan.internal.run.Executable;
import dev.rnn4j.tensor.Tensor;

/**
 * The arrays of one run of a plan at a time. Give the inputs, run, read the outputs; a run
 * allocates nothing. Inputs keep their values from run to run, and begin with zeros. Not
 * thread-safe: a session belongs to one thread.
 */
public final class Session {
  private final Plan plan;
  private final Executable executable;

  Session(Plan plan, Executable executable) {
    this.plan = plan;
    this.executable = executable;
  }

  /** Sets the value of an input. */
  public Session set(Input input, Tensor value) {
    Place place = plan.placeOfInput(input);
    checkArgument(
        value.shape().equals(place.shape()),
        "the input %s %s was given a value of shape %s",
        input.name(),
        place.shape(),
        value.shape());
    executable.write(place, value);
    return this;
  }

  /** Sets the value of an input from numbers in row-major order; allocates nothing. */
  public Session set(Input input, double... values) {
    Place place = plan.placeOfInput(input);
    checkCount(input, place, values.length);
    for (int i = 0; i < values.length; i++) {
      executable.write(place, i, values[i]);
    }
    return this;
  }

  /** Sets the value of an input from numbers in row-major order; allocates nothing. */
  public Session set(Input input, float[] values) {
    Place place = plan.placeOfInput(input);
    checkCount(input, place, values.length);
    for (int i = 0; i < values.length; i++) {
      executable.write(place, i, values[i]);
    }
    return this;
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

  /** Computes the outputs, then updates parameters and carried inputs. */
  public Session run() {
    executable.compute();
    executable.update();
    return this;
  }

  /** Computes the outputs only: no parameter changes. */
  public Session compute() {
    executable.compute();
    return this;
  }

  /** Updates parameters and carried inputs from what was computed last. */
  public Session update() {
    executable.update();
    return this;
  }

  /** Returns the value of an output, input or parameter, in a new tensor. */
  public Tensor get(Node node) {
    return executable.read(plan.placeOf(node));
  }

  /** Returns the value of an output with one element; allocates nothing. */
  public double value(Node node) {
    checkArgument(node.shape().elements() == 1, "%s has not one element: use get", node);
    return executable.read(plan.placeOf(node), 0);
  }

  /** Returns the plan. */
  public Plan plan() {
    return plan;
  }

  /** Returns the bytes of all arrays, the weights among them. */
  public long bytes() {
    return executable.bytes();
  }
}

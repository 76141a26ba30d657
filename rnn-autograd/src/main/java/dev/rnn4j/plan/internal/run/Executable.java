package dev.rnn4j.plan.internal.run;

import dev.rnn4j.plan.internal.program.Place;
import dev.rnn4j.tensor.Tensor;

/** A program in one precision, with arrays: what a session runs. Not thread-safe. */
public interface Executable {
  /** Runs the instructions up to the split: outputs. */
  void compute();

  /** Runs the instructions after it: new values of parameters and inputs. */
  void update();

  /** Writes as much of a tensor as a dense place holds, from an element on. */
  void write(Place place, Tensor value, int from);

  /** Writes one element of a dense place, in row-major order. */
  void write(Place place, int position, double value);

  /** Returns one element, in row-major order. */
  double read(Place place, int position);

  /** Returns the value at a place in a new tensor. */
  Tensor read(Place place);

  /** Returns the bytes of what nobody else has: its constants, and about those of its code. */
  long bytes();

  /** Returns the bytes that it needs of its pool, about. */
  long sharedBytes();
}

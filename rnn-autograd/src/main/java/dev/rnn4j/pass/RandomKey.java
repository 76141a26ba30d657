package dev.rnn4j.pass;

import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.op.RandomUniform;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.ShapeException;
import dev.rnn4j.tensor.Tensor;

/**
 * What the random numbers of a run follow from: a seed, the number of the update, the time step at
 * which sequences begin (those that go on from an earlier run begin later than 0), and the number
 * of the batch's first sequence among those of the update. A node has them in pieces of 16 bits,
 * least significant first, each of them exact in float32.
 */
public final class RandomKey {
  /** The number of pieces: 4 of the seed, 4 of the update, 2 of the step, 2 of the sequence. */
  public static final int SIZE = RandomUniform.KEY_SIZE;

  private RandomKey() {}

  /** Returns an input for a key. */
  public static Input input() {
    return Input.of("random key", SIZE);
  }

  /** Returns the key as the value of an input. */
  public static Tensor of(long seed, long update, int firstStep, int firstSequence) {
    double[] pieces = new double[SIZE];
    for (int i = 0; i < SIZE; i++) {
      pieces[i] = piece(i, seed, update, firstStep, firstSequence);
    }
    return Tensor.of(Shape.of(SIZE), pieces);
  }

  /** Writes the key into an array of {@link #SIZE} elements. */
  public static void write(
      long seed, long update, int firstStep, int firstSequence, float[] pieces) {
    for (int i = 0; i < SIZE; i++) {
      pieces[i] = piece(i, seed, update, firstStep, firstSequence);
    }
  }

  private static int piece(int i, long seed, long update, int firstStep, int firstSequence) {
    long whole =
        i < 4
            ? seed >>> 16 * i
            : i < 8
                ? update >>> 16 * (i - 4)
                : i < 10 ? firstStep >>> 16 * (i - 8) : firstSequence >>> 16 * (i - 10);
    return (int) (whole & 0xffff);
  }

  static Node checked(Node key) {
    if (!key.shape().equals(Shape.of(SIZE))) {
      throw new ShapeException(
          "a key for random numbers is [" + SIZE + "], as RandomKey.input() is, not " + key);
    }
    return key;
  }
}

package dev.rnn4j.graph.op;

import com.google.common.hash.Hashing;
import dev.rnn4j.graph.Node;
import dev.rnn4j.random.Philox;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.ShapeException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * Uniform random numbers in [0, 1), multiples of 2⁻²⁴ in either precision, that follow from a key,
 * a stream and the element's place.
 *
 * <p>The one operand is the key {@code [12]}, in pieces of 16 bits, least significant first: 4 of
 * the seed, 4 of the update, 2 of the first time step, 2 of the first sequence. Element j of the
 * row of sequence n at time step t is word (j mod 64) / 16 of Philox4x32-10 with the counter
 * (16·⌊j/64⌋ + j mod 16, 0, first step + t, first sequence + n), and with a key of the first two
 * words of Philox with the seed as the key and the counter (update, hash of the stream). So it
 * depends neither on the lengths of time and batch nor on how they are cut in parts.
 */
public final class RandomUniform extends BuiltIn {
  /** The pieces of a key. */
  public static final int KEY_SIZE = 12;

  private static final int GROUP = 64;
  private static final int COUNTERS = GROUP / 4;

  private final String stream;
  private final long hash;
  private final Shape shape;
  private final boolean overTime;
  private final boolean overBatch;

  /**
   * Creates the op.
   *
   * @param stream the name of the stream: others have other numbers
   * @param shape of the result
   * @param overTime whether the first axis counts time steps; without it, one draw is for all
   * @param overBatch whether the next axis counts sequences
   */
  public RandomUniform(String stream, Shape shape, boolean overTime, boolean overBatch) {
    int axes = (overTime ? 1 : 0) + (overBatch ? 1 : 0);
    if (shape.rank() < axes) {
      throw new ShapeException("random numbers of the shape " + shape + " have no axis for that");
    }
    this.stream = stream;
    this.hash = Hashing.farmHashFingerprint64().hashString(stream, StandardCharsets.UTF_8).asLong();
    this.shape = shape;
    this.overTime = overTime;
    this.overBatch = overBatch;
  }

  /** Returns whether the first axis counts time steps. */
  public boolean isOverTime() {
    return overTime;
  }

  /** Returns whether the axis after that of time counts sequences. */
  public boolean isOverBatch() {
    return overBatch;
  }

  @Override
  Kind kind() {
    return Kind.DRAW;
  }

  @Override
  void visitReads(Node node, double[][] x, IntPredicate of, Reads.Visitor visitor) {}

  @Override
  public String name() {
    return "uniform " + stream;
  }

  @Override
  protected Object attributes() {
    return List.of(stream, shape, overTime, overBatch);
  }

  @Override
  public Shape shape(List<Node> operands) {
    if (operands.size() != 1 || !operands.get(0).shape().equals(Shape.of(KEY_SIZE))) {
      throw new ShapeException("random numbers follow from one key of [" + KEY_SIZE + "]");
    }
    return shape;
  }

  @Override
  public boolean differentiable(int operand) {
    return false;
  }

  @Override
  public List<Node> gradient(Node y, Node dy) {
    return gradients((Node) null);
  }

  /**
   * Returns the key of this stream's words.
   *
   * @param seed the seed of the key
   * @param update the number of the update
   * @param words receives what is computed on the way, 4 words
   */
  public long streamKey(long seed, long update, int[] words) {
    Philox.block(seed, hash, update, words);
    return words[0] & 0xFFFFFFFFL | (long) words[1] << 32;
  }

  @Override
  public void forward(Node node, double[][] x, double[] y) {
    int[] words = new int[4];
    long key = streamKey(whole(x[0], 0, 4), whole(x[0], 4, 4), words);
    int time = (int) whole(x[0], 8, 2);
    int sequence = (int) whole(x[0], 10, 2);
    int batch = overBatch ? shape.size(overTime ? 1 : 0) : 1;
    int steps = overTime ? shape.size(0) : 1;
    int row = y.length == 0 ? 0 : y.length / (steps * batch);
    for (int i = 0; i < y.length; i++) {
      int j = i % row;
      int n = overBatch ? sequence + i / row % batch : 0;
      int t = overTime ? time + i / row / batch : 0;
      long counter = (long) j / GROUP * COUNTERS + j % COUNTERS;
      Philox.block(key, t & 0xFFFFFFFFL | (long) n << 32, counter, words);
      y[i] = (words[j % GROUP / COUNTERS] >>> 8) * 0x1p-24;
    }
  }

  private static long whole(double[] pieces, int from, int count) {
    long whole = 0;
    for (int i = count - 1; i >= 0; i--) {
      whole = whole << 16 | (long) pieces[from + i];
    }
    return whole;
  }
}

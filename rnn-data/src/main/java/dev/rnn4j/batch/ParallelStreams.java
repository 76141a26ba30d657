package dev.rnn4j.batch;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import com.google.common.collect.ImmutableList;
import dev.rnn4j.io.Axes;
import dev.rnn4j.io.Batch;
import dev.rnn4j.io.BatchIterator;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * Long sequences that run side by side, in windows of so many steps: for training that carries
 * states from batch to batch (truncated backpropagation through time). One series or text is cut in
 * N streams; of several sequences, each stream reads one after the other, as they come.
 *
 * <pre>{@code
 * ParallelStreams text = ParallelStreams.following(characters, 32);
 * Trainer.of(step).epochs(5).run(() -> text.windows(64)); // step: carryStates()
 * }</pre>
 *
 * <p>Nothing is left out: a stream that ends within a window is padded there, and masked. A
 * sequence begins with a window, which {@linkplain Batch#begins marks} its stream, so that its
 * state begins anew; streams may be of different lengths. {@link #packed} lets it begin at any
 * step.
 */
public final class ParallelStreams {
  /**
   * A sequence.
   *
   * @param x its inputs, {@code [T, ...]}
   * @param y its targets, {@code [T, ...]}
   */
  private record Pair(Tensor x, Tensor y) {
    int steps() {
      return x.shape().size(0);
    }
  }

  private final List<Pair> sequences;
  private final int streams;
  private final boolean packed;

  private ParallelStreams(List<Pair> sequences, int streams, boolean packed) {
    checkArgument(streams > 0, "there cannot be %s streams", streams);
    checkArgument(
        sequences.size() >= streams,
        "%s sequences do not fill %s streams: take fewer",
        sequences.size(),
        streams);
    this.sequences = ImmutableList.copyOf(sequences);
    this.streams = streams;
    this.packed = packed;
  }

  /**
   * Cuts one series in N streams of equal length, or by one step shorter.
   *
   * @param x {@code [T, ...]}: {@code [T, I]}, or {@code [T]} of indices
   * @param y what is to be said at each step, {@code [T, ...]}
   * @throws IllegalArgumentException where T is not the same, or smaller than N
   */
  public static ParallelStreams cut(Tensor x, Tensor y, int streams) {
    int steps = checkedSteps(x, y, 0);
    checkArgument(
        streams > 0 && steps >= streams, "%s steps cannot be cut in %s streams", steps, streams);
    List<Pair> parts = new ArrayList<>();
    for (int n = 0; n < streams; n++) {
      int from = (int) ((long) n * steps / streams);
      int to = (int) ((long) (n + 1) * steps / streams);
      parts.add(new Pair(part(x, from, to), part(y, from, to)));
    }
    return new ParallelStreams(parts, streams, false);
  }

  /** Cuts one series in N streams, in which each step is to say the next one: y_t = x_t+1. */
  public static ParallelStreams following(Tensor series, int streams) {
    checkNotNull(series, "streams were given null as their series");
    int steps = series.shape().rank() == 0 ? 0 : series.shape().size(0);
    checkArgument(steps > 1, "a series of %s steps has none that follows", steps);
    return cut(part(series, 0, steps - 1), part(series, 1, steps), streams);
  }

  /**
   * Lets N streams read sequences of any lengths, one after the other.
   *
   * @param x one {@code [T, ...]} for each sequence, alike but for T
   * @param y one {@code [T, ...]} for each sequence
   */
  public static ParallelStreams of(List<Tensor> x, List<Tensor> y, int streams) {
    checkNotNull(x, "streams were given null as their inputs");
    checkNotNull(y, "streams were given null as their targets");
    checkArgument(
        x.size() == y.size(), "there are %s sequences and %s targets", x.size(), y.size());
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < x.size(); i++) {
      checkedSteps(x.get(i), y.get(i), i);
      checkAlike(x.get(0), x.get(i), i);
      checkAlike(y.get(0), y.get(i), i);
      pairs.add(new Pair(x.get(i), y.get(i)));
    }
    return new ParallelStreams(pairs, streams, false);
  }

  private static int checkedSteps(Tensor x, Tensor y, int sequence) {
    checkNotNull(x, "streams were given null as the inputs of sequence %s", sequence);
    checkNotNull(y, "streams were given null as the targets of sequence %s", sequence);
    checkArgument(
        x.shape().rank() > 0
            && y.shape().rank() > 0
            && x.shape().size(0) == y.shape().size(0)
            && x.shape().size(0) > 0,
        "sequence %s has inputs %s and targets %s: time comes first, and is the same",
        sequence,
        x.shape(),
        y.shape());
    return x.shape().size(0);
  }

  private static void checkAlike(Tensor first, Tensor other, int sequence) {
    checkArgument(
        first.shape().without(0).equals(other.shape().without(0)),
        "sequence %s is %s at each step, and the first one %s",
        sequence,
        other.shape().without(0),
        first.shape().without(0));
  }

  private static Tensor part(Tensor tensor, int from, int to) {
    int row = rowOf(tensor);
    double[] values = new double[(to - from) * row];
    for (int i = 0; i < values.length; i++) {
      values[i] = tensor.at(from * row + i);
    }
    return Tensor.of(tensor.shape().without(0).insert(0, to - from), values).to(tensor.precision());
  }

  private static int rowOf(Tensor tensor) {
    return tensor.shape().without(0).elements();
  }

  /**
   * Returns such streams without padding but at the end of all: a sequence begins at the step after
   * the one before it has ended, which the window {@linkplain Batch#begins marks}, {@code [T, N]}.
   */
  public ParallelStreams packed() {
    return new ParallelStreams(sequences, streams, true);
  }

  /** Returns N. */
  public int streams() {
    return streams;
  }

  /**
   * Returns windows of so many steps, the last ones shorter, once through all: x and y {@code [T,
   * N, ...]}, marks of sequences that begin, and lengths where something ends.
   */
  public Iterable<Batch> windows(int steps) {
    checkArgument(steps > 0, "a window cannot have %s steps", steps);
    return () -> new Windows(sequences, steps);
  }

  /** Returns windows as {@link #windows(int)} does, of the sequences in a new order. */
  public Iterable<Batch> windows(int steps, RandomGenerator random) {
    checkArgument(steps > 0, "a window cannot have %s steps", steps);
    List<Pair> shuffled = new ArrayList<>(sequences);
    for (int i = shuffled.size() - 1; i > 0; i--) {
      Collections.swap(shuffled, i, random.nextInt(i + 1));
    }
    return () -> new Windows(shuffled, steps);
  }

  /**
   * A part of a sequence in a window.
   *
   * @param stream where it is read
   * @param at the step of the window that it begins at
   * @param from the step of the sequence that it begins with
   * @param count its steps
   */
  private record Piece(int stream, int at, Pair sequence, int from, int count) {}

  /** Goes through all sequences: a stream that has ended takes the next one. */
  private final class Windows implements BatchIterator {
    private final Iterator<Pair> waiting;
    private final int steps;
    private final Pair[] current = new Pair[streams];
    private final int[] at = new int[streams];

    Windows(List<Pair> order, int steps) {
      this.waiting = order.iterator();
      this.steps = steps;
    }

    private boolean isOver(int stream) {
      return current[stream] == null || at[stream] == current[stream].steps();
    }

    @Override
    public boolean hasNext() {
      for (int n = 0; n < streams; n++) {
        if (!isOver(n)) {
          return true;
        }
      }
      return waiting.hasNext();
    }

    @Override
    public Batch next() {
      double[] begins = new double[streams];
      List<Piece> pieces = take(begins);
      int[] lengths = new int[streams];
      pieces.forEach(piece -> lengths[piece.stream] += piece.count);
      int longest = Arrays.stream(lengths).max().orElseThrow();
      Batch batch =
          Batch.empty()
              .input(Batch.X, stack(Pair::x, pieces, longest), Axes.TIME_BATCH)
              .target(Batch.Y, stack(Pair::y, pieces, longest), Axes.TIME_BATCH)
              .begins(packed ? marks(pieces, longest) : Tensor.of(begins));
      boolean padded = Arrays.stream(lengths).anyMatch(length -> length < longest);
      return padded ? batch.lengths(lengths) : batch;
    }

    @Override
    public void skip(long count) {
      for (long i = 0; i < count; i++) {
        take(new double[streams]);
      }
    }

    /** Takes what all streams have next, and marks those that begin a sequence with the window. */
    private List<Piece> take(double[] begins) {
      if (!hasNext()) {
        throw new NoSuchElementException("all streams have ended");
      }
      List<Piece> pieces = new ArrayList<>();
      int[] filled = new int[streams];
      for (int n = 0; n < streams; n++) {
        begins[n] = isOver(n) ? 1 : 0;
        if (isOver(n)) {
          begin(n);
        }
        filled[n] = take(n, 0, pieces);
      }
      while (packed && waiting.hasNext()) {
        int n = emptiest(filled);
        if (filled[n] == steps) {
          break;
        }
        begin(n);
        filled[n] += take(n, filled[n], pieces);
      }
      return pieces;
    }

    private void begin(int n) {
      current[n] = waiting.hasNext() ? waiting.next() : null;
      at[n] = 0;
    }

    /** Takes what a stream has for the rest of a window; returns the number of steps. */
    private int take(int n, int filled, List<Piece> pieces) {
      if (current[n] == null) {
        return 0;
      }
      int count = Math.min(steps - filled, current[n].steps() - at[n]);
      pieces.add(new Piece(n, filled, current[n], at[n], count));
      at[n] += count;
      return count;
    }

    private static int emptiest(int[] filled) {
      int least = 0;
      for (int n = 1; n < filled.length; n++) {
        least = filled[n] < filled[least] ? n : least;
      }
      return least;
    }

    private Tensor marks(List<Piece> pieces, int longest) {
      double[] marks = new double[longest * streams];
      for (Piece piece : pieces) {
        marks[piece.at * streams + piece.stream] = piece.from == 0 ? 1 : 0;
      }
      return Tensor.of(Shape.of(longest, streams), marks);
    }

    /** Returns what all streams have next, {@code [T, N, ...]}, zeros where one has ended. */
    private Tensor stack(Function<Pair, Tensor> side, List<Piece> pieces, int longest) {
      Tensor like = side.apply(sequences.get(0));
      int row = rowOf(like);
      double[] values = new double[longest * streams * row];
      for (Piece piece : pieces) {
        Tensor sequence = side.apply(piece.sequence);
        for (int t = 0; t < piece.count; t++) {
          for (int i = 0; i < row; i++) {
            values[((piece.at + t) * streams + piece.stream) * row + i] =
                sequence.at((piece.from + t) * row + i);
          }
        }
      }
      Shape shape = like.shape().without(0).insert(0, streams).insert(0, longest);
      return Tensor.of(shape, values).to(like.precision());
    }
  }
}

package dev.rnn4j.io;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Lists;
import dev.rnn4j.io.BatchSignature.Part;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What the first axes of a batch's tensors are: as said, or as the tensors fit together. Where they
 * fit in several ways, there are several answers.
 */
final class Reading {
  private static final int NONE = -1;
  private static final int DIFFERENT = -2;

  private final List<Part> parts;

  /** The axes of all parts, for each way in which they have one N; time first before others. */
  private final List<List<Axes>> oneN;

  /** The same for the ways in which they have one T, too, where there are any. */
  private final List<List<Axes>> ways;

  private final int sequences;
  private final int steps;

  Reading(List<Part> parts) {
    this.parts = parts;
    List<List<Axes>> withOneN = agreeing(all(), false);
    if (withOneN.isEmpty()) {
      throw new IllegalArgumentException(Disagreement.of(parts));
    }
    List<List<Axes>> withOneT = agreeing(withOneN, true);
    oneN = masked(withOneN);
    ways = withOneT.isEmpty() ? oneN : masked(withOneT);
    List<Axes> first = ways.get(0);
    int size = size(first, false);
    sequences = size == NONE ? 1 : size;
    int sequence = first.indexOf(Axes.TIME_BATCH);
    steps = sequence < 0 ? 1 : parts.get(sequence).shape().size(0);
  }

  private static List<Axes> possible(Part part) {
    if (part.axes().isPresent()) {
      return List.of(part.axes().get());
    }
    return switch (part.shape().rank()) {
      case 0 -> List.of(Axes.NONE);
      case 1 -> List.of(Axes.BATCH);
      case 2 -> List.of(Axes.TIME_BATCH, Axes.BATCH);
      default -> List.of(Axes.TIME_BATCH);
    };
  }

  /** Returns all combinations of axes that are possible: one, where all are said. */
  private List<List<Axes>> all() {
    List<List<Axes>> choices = new ArrayList<>(parts.size());
    List<Axes> only = new ArrayList<>(parts.size());
    for (Part part : parts) {
      List<Axes> possible = possible(part);
      choices.add(possible);
      only.add(possible.get(0));
    }
    boolean said = choices.stream().allMatch(possible -> possible.size() == 1);
    return said ? List.of(only) : Lists.cartesianProduct(choices);
  }

  /** Returns the ways in which all tensors have one N, or one T. */
  private List<List<Axes>> agreeing(List<List<Axes>> ways, boolean time) {
    List<List<Axes>> agreeing = new ArrayList<>(ways.size());
    for (List<Axes> way : ways) {
      if (size(way, time) != DIFFERENT) {
        agreeing.add(way);
      }
    }
    return agreeing;
  }

  /**
   * Returns the ways in which each mask has an input that it is for, where there are any: of {@code
   * [T, N]} and {@code [N, F]} of one shape, one at least has time.
   */
  private List<List<Axes>> masked(List<List<Axes>> ways) {
    List<List<Axes>> masked = new ArrayList<>(ways);
    for (Part mask : parts) {
      if (mask.role() == Batch.Role.MASK && masked.size() > 1) {
        List<List<Axes>> left = new ArrayList<>(masked);
        left.removeIf(way -> !isForOne(mask, way));
        masked = left.isEmpty() ? masked : left;
      }
    }
    return masked;
  }

  private boolean isForOne(Part mask, List<Axes> way) {
    return IntStream.range(0, parts.size())
        .anyMatch(i -> way.get(i) == Axes.TIME_BATCH && parts.get(i).isMaskedBy(mask));
  }

  /** Returns the T, or N, that tensors have if their axes are these; or that there is not one. */
  private int size(List<Axes> way, boolean time) {
    int size = NONE;
    for (int i = 0; i < parts.size(); i++) {
      Axes axes = way.get(i);
      if (axes == Axes.TIME_BATCH || (!time && axes == Axes.BATCH)) {
        int own = parts.get(i).shape().size(!time && axes == Axes.TIME_BATCH ? 1 : 0);
        if (size != NONE && size != own) {
          return DIFFERENT;
        }
        size = own;
      }
    }
    return size;
  }

  /** Returns whether anything tells N. */
  boolean hasSequences() {
    return size(ways.get(0), false) != NONE;
  }

  /** Returns whether anything tells T. */
  boolean hasSteps() {
    return ways.get(0).contains(Axes.TIME_BATCH);
  }

  int sequences() {
    return sequences;
  }

  int steps() {
    return steps;
  }

  /** Returns the axes of all parts; refuses to where a batch cannot be cut in time. */
  List<Axes> cutInSteps() {
    List<Axes> known = known(ways);
    checkArgument(
        size(known, true) >= 0, "a batch that is cut in time has one T, and %s not", parts);
    return known;
  }

  List<Batch.Part> steps(List<Batch.Part> batch, int from, int to) {
    List<Axes> axes = cutInSteps();
    checkRange("steps", from, to, steps);
    return IntStream.range(0, batch.size())
        .mapToObj(
            i -> {
              Batch.Part part = batch.get(i);
              return axes.get(i) == Axes.TIME_BATCH
                  ? part.with(cut(part.tensor(), 0, from, to))
                  : part;
            })
        .collect(ImmutableList.toImmutableList());
  }

  List<Batch.Part> sequences(List<Batch.Part> batch, int from, int to) {
    checkRange("sequences", from, to, sequences);
    // A target [N, N] may be labels [S, N], whose S is no T.
    List<Axes> known = known(oneN);
    return IntStream.range(0, batch.size())
        .mapToObj(
            i -> {
              Batch.Part part = batch.get(i);
              Axes axes = known.get(i);
              int axis = axes == Axes.TIME_BATCH ? 1 : 0;
              return axes == Axes.NONE ? part : part.with(cut(part.tensor(), axis, from, to));
            })
        .collect(ImmutableList.toImmutableList());
  }

  private static void checkRange(String what, int from, int to, int size) {
    checkArgument(
        0 <= from && from <= to && to <= size,
        "%s [%s, %s) are no part of a batch with %s",
        what,
        from,
        to,
        size);
    checkArgument(
        from < to, "%s [%s, %s) are none, and a part of a batch has some", what, from, to);
  }

  /** Returns the axes of all parts, where there is but one answer. */
  private List<Axes> known(List<List<Axes>> answers) {
    for (int i = 0; i < parts.size(); i++) {
      checkArgument(
          isKnown(answers, i),
          "to cut the batch, it must be known whether %s is [T, N] or [N, ...], and both fit: say"
              + " Axes.TIME_BATCH or Axes.BATCH behind the tensor",
          parts.get(i));
    }
    return answers.get(0);
  }

  private static boolean isKnown(List<List<Axes>> answers, int part) {
    return answers.stream().map(way -> way.get(part)).distinct().count() == 1;
  }

  /** Returns the axes of each part for which there is but one answer. */
  List<Optional<Axes>> axes() {
    return IntStream.range(0, parts.size())
        .mapToObj(i -> isKnown(ways, i) ? Optional.of(ways.get(0).get(i)) : Optional.<Axes>empty())
        .collect(ImmutableList.toImmutableList());
  }

  private static Tensor cut(Tensor tensor, int axis, int from, int to) {
    Shape shape = tensor.shape();
    int inner = IntStream.range(axis + 1, shape.rank()).map(shape::size).reduce(1, (a, b) -> a * b);
    int outer = axis == 0 ? 1 : shape.size(0);
    int old = shape.size(axis) * inner;
    int size = (to - from) * inner;
    Shape smaller = shape.with(axis, to - from);
    if (tensor.precision() == Precision.FLOAT32) {
      float[] row = new float[size];
      float[] cut = new float[outer * size];
      for (int i = 0; i < outer; i++) {
        tensor.copyTo(i * old + from * inner, size, row);
        System.arraycopy(row, 0, cut, i * size, size);
      }
      return Tensor.of(smaller, cut);
    }
    double[] row = new double[size];
    double[] cut = new double[outer * size];
    for (int i = 0; i < outer; i++) {
      tensor.copyTo(i * old + from * inner, size, row);
      System.arraycopy(row, 0, cut, i * size, size);
    }
    return Tensor.of(smaller, cut);
  }
}

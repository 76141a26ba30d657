package dev.rnn4j.io;

import static com.google.common.base.Preconditions.checkNotNull;

import com.google.common.collect.ImmutableList;
import dev.rnn4j.tensor.Shape;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What tells batches apart that need plans of their own: names, roles, shapes and axes, not values.
 * Its hash is computed once, so that looking a plan up costs next to nothing.
 */
public final class BatchSignature {
  /** All of a tensor but its values. */
  public record Part(String name, Batch.Role role, Shape shape, Optional<Axes> axes) {
    /** Returns whether this is an input or a target, which have names of their own. */
    boolean isNamed() {
      return role == Batch.Role.INPUT || role == Batch.Role.TARGET;
    }

    /** Returns whether this is an input that a mask is meant for, if it begins with T and N. */
    boolean isMaskedBy(Part mask) {
      return role == Batch.Role.INPUT
          && (mask.name.isEmpty() || mask.name.equals(name))
          && shape.startsWith(mask.shape);
    }

    @Override
    public String toString() {
      String what =
          switch (role) {
            case INPUT, TARGET -> name;
            case MASK -> name.isEmpty() ? "the mask" : "the mask of " + name;
            case WEIGHTS -> name.isEmpty() ? "the weights" : "the weights of " + name;
            case BEGINS -> "begins";
          };
      return what + " " + shape;
    }
  }

  private final List<Part> parts;
  private final int hash;

  BatchSignature(ImmutableList<Part> parts) {
    this.parts = parts;
    this.hash = parts.hashCode();
  }

  static BatchSignature of(List<Batch.Part> batch) {
    ImmutableList.Builder<Part> parts = ImmutableList.builderWithExpectedSize(batch.size());
    for (Batch.Part part : batch) {
      parts.add(part.form());
    }
    return new BatchSignature(parts.build());
  }

  /** Returns the parts, in the order of the batch's. */
  public List<Part> parts() {
    return parts;
  }

  /**
   * Returns N, the number of sequences.
   *
   * @throws IllegalArgumentException where the tensors disagree
   */
  public int sequences() {
    return new Reading(parts).sequences();
  }

  /**
   * Returns T, the number of steps of the first tensor {@code [T, N, ...]}; 1 where there is none.
   *
   * @throws IllegalArgumentException where the tensors disagree
   */
  public int steps() {
    return new Reading(parts).steps();
  }

  /**
   * Returns what the first axes of each tensor are, as was said or as the tensors fit together;
   * nothing for one that fits in two ways, as {@code [N, N]} may.
   *
   * @throws IllegalArgumentException where the tensors disagree
   */
  public List<Optional<Axes>> axes() {
    return new Reading(parts).axes();
  }

  /**
   * Returns what the first axes of an input or target are, as {@link #axes()} does; nothing where
   * there is none of that name.
   *
   * @throws IllegalArgumentException where the tensors disagree
   */
  public Optional<Axes> axes(Batch.Role role, String name) {
    checkNotNull(role, "a batch was asked for null as a role");
    checkNotNull(name, "a batch was asked for null as a name");
    return IntStream.range(0, parts.size())
        .filter(i -> parts.get(i).role == role && parts.get(i).name.equals(name))
        .mapToObj(axes()::get)
        .flatMap(Optional::stream)
        .findFirst();
  }

  /**
   * Returns what the first axes of each tensor are, where the batch can be cut in time.
   *
   * @throws IllegalArgumentException where it is not known what is to be cut, or T is not the same
   *     everywhere
   */
  public List<Axes> timeAxes() {
    return new Reading(parts).cutInSteps();
  }

  /**
   * Returns the signature of as many sequences of another length.
   *
   * @throws IllegalArgumentException as {@link #timeAxes} does
   */
  public BatchSignature withSteps(int steps) {
    List<Axes> axes = timeAxes();
    ImmutableList.Builder<Part> others = ImmutableList.builder();
    for (int i = 0; i < parts.size(); i++) {
      Part part = parts.get(i);
      boolean moves = axes.get(i) == Axes.TIME_BATCH;
      Shape shape = moves ? part.shape.with(0, steps) : part.shape;
      others.add(new Part(part.name, part.role, shape, Optional.of(axes.get(i))));
    }
    return new BatchSignature(others.build());
  }

  /** Returns whether another signature is the same, in the same order. */
  @Override
  public boolean equals(Object other) {
    return this == other
        || other instanceof BatchSignature that && hash == that.hash && isSame(that.parts);
  }

  /** Allocates nothing, as a comparison of lists by their iterators would. */
  private boolean isSame(List<Part> others) {
    boolean same = parts.size() == others.size();
    for (int i = 0; same && i < parts.size(); i++) {
      same = isSame(parts.get(i), others.get(i));
    }
    return same;
  }

  private static boolean isSame(Part a, Part b) {
    return a.role == b.role
        && a.name.equals(b.name)
        && a.shape.equals(b.shape)
        && a.axes.equals(b.axes);
  }

  @Override
  public int hashCode() {
    return hash;
  }

  @Override
  public String toString() {
    return parts.toString();
  }
}

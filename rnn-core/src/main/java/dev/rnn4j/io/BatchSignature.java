package dev.rnn4j.io;

import com.google.common.collect.ImmutableList;
import dev.rnn4j.tensor.Shape;
import java.util.List;
import java.util.Optional;

/**
 * What tells batches apart that need plans of their own: names, roles, shapes and axes, not values.
 * Its hash is computed once, so that looking a plan up costs next to nothing.
 */
public final class BatchSignature {
  /** All of a tensor but its values. */
  public record Part(String name, Batch.Role role, Shape shape, Optional<Axes> axes) {}

  private final List<Part> parts;
  private final int hash;

  BatchSignature(List<Batch.Part> batch) {
    parts =
        batch.stream()
            .map(part -> new Part(part.name(), part.role(), part.tensor().shape(), part.axes()))
            .collect(ImmutableList.toImmutableList());
    hash = parts.hashCode();
  }

  /** Returns the parts, in the order of the batch's. */
  public List<Part> parts() {
    return parts;
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

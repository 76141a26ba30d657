package dev.rnn4j.onnx.internal.file;

import com.google.common.collect.ImmutableMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The settings of an operation, by name. */
public final class Attributes {
  private final ImmutableMap<String, Object> values;

  /** Creates them of {@code Long}, {@code Double}, {@code String}, {@link Constant} and lists. */
  public Attributes(Map<String, Object> values) {
    this.values = ImmutableMap.copyOf(values);
  }

  /** Returns the names of those that are set. */
  public Set<String> names() {
    return new TreeSet<>(values.keySet());
  }

  /** Returns whether one is set. */
  public boolean has(String name) {
    return values.containsKey(name);
  }

  /** Returns a whole number. */
  public int integer(String name, int otherwise) {
    return find(name, Long.class).map(Math::toIntExact).orElse(otherwise);
  }

  /** Returns whether a switch is on. */
  public boolean flag(String name, boolean otherwise) {
    return integer(name, otherwise ? 1 : 0) != 0;
  }

  /** Returns a number. */
  public double number(String name, double otherwise) {
    return find(name, Double.class).orElse(otherwise);
  }

  /** Returns a text. */
  public String text(String name, String otherwise) {
    return find(name, String.class).orElse(otherwise);
  }

  /** Returns one of some texts, the first of them unless it is set. */
  public String choice(String name, String... choices) {
    String chosen = text(name, choices[0]);
    if (!List.of(choices).contains(chosen)) {
      throw new IllegalArgumentException(
          "the attribute " + name + " is " + chosen + ", and none of " + List.of(choices));
    }
    return chosen;
  }

  /** Returns whole numbers, where they are set. */
  public Optional<long[]> integers(String name) {
    return list(name, Long.class).map(list -> list.stream().mapToLong(Long::longValue).toArray());
  }

  /** Returns numbers; none where they are not set. */
  public double[] numbers(String name) {
    return list(name, Double.class).orElse(List.of()).stream()
        .mapToDouble(Double::doubleValue)
        .toArray();
  }

  /** Returns texts, where they are set. */
  public Optional<List<String>> texts(String name) {
    return list(name, String.class);
  }

  /** Returns a tensor, where it is set. */
  public Optional<Constant> tensor(String name) {
    return find(name, Constant.class);
  }

  /**
   * Returns the operations that one holds.
   *
   * @throws IllegalArgumentException where it is not set
   */
  public Graph graph(String name) {
    return find(name, Graph.class)
        .orElseThrow(() -> new IllegalArgumentException("it has no " + name));
  }

  private <V> Optional<List<V>> list(String name, Class<V> kind) {
    return find(name, List.class)
        .map(list -> ((List<?>) list).stream().map(each -> cast(name, each, kind)).toList());
  }

  private <V> Optional<V> find(String name, Class<V> kind) {
    return Optional.ofNullable(values.get(name)).map(value -> cast(name, value, kind));
  }

  private static <V> V cast(String name, Object value, Class<V> kind) {
    if (!kind.isInstance(value)) {
      throw new IllegalArgumentException(
          "the attribute " + name + " is of another type than this operator takes: " + value);
    }
    return kind.cast(value);
  }
}

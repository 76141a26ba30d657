package dev.rnn4j.examples.reference;

import dev.rnn4j.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The fields of a JSON object. A field that nobody has read is one that is not understood, and
 * {@link #requireAllRead} says so.
 */
final class Fields {
  private final String name;
  private final Map<String, Object> values = new LinkedHashMap<>();
  private final Set<String> unread = new LinkedHashSet<>();
  private final Map<String, Fields> inner = new LinkedHashMap<>();

  /**
   * Creates the fields of an object.
   *
   * @param name what errors call it
   */
  Fields(String name, Object object) {
    if (!(object instanceof Map<?, ?> map)) {
      throw new BadCaseException(name + " is no JSON object");
    }
    this.name = name;
    map.forEach((key, value) -> values.put((String) key, value));
    unread.addAll(values.keySet());
  }

  boolean has(String key) {
    return values.containsKey(key);
  }

  /** Returns the keys, in the order of the file. */
  Set<String> keys() {
    return values.keySet();
  }

  /** Returns whether the value of a field is not null. */
  boolean isGiven(String key) {
    if (!has(key)) {
      throw new BadCaseException(name + " lacks " + key);
    }
    unread.remove(key);
    return values.get(key) != null;
  }

  /** Takes notice of a field that says nothing here, and may be absent. */
  void skip(String key) {
    unread.remove(key);
  }

  double number(String key) {
    return as(Double.class, "a number", key);
  }

  /** Returns a number, or another one where the key is absent. */
  double number(String key, double otherwise) {
    return has(key) ? number(key) : otherwise;
  }

  int whole(String key) {
    double number = number(key);
    if (number != (int) number) {
      throw new BadCaseException(name + "." + key + " is no whole number: " + number);
    }
    return (int) number;
  }

  int whole(String key, int otherwise) {
    return has(key) ? whole(key) : otherwise;
  }

  boolean flag(String key) {
    return as(Boolean.class, "true or false", key);
  }

  boolean flag(String key, boolean otherwise) {
    return has(key) ? flag(key) : otherwise;
  }

  String text(String key) {
    return as(String.class, "a text", key);
  }

  String text(String key, String otherwise) {
    return has(key) ? text(key) : otherwise;
  }

  List<?> list(String key) {
    return as(List.class, "a list", key);
  }

  /** Returns numbers in nested lists of equal lengths. */
  Tensor tensor(String key) {
    return Nested.tensor(name + "." + key, as(Object.class, "a number or a list", key));
  }

  /** Returns a list of numbers. */
  Tensor vector(String key) {
    Tensor tensor = tensor(key);
    if (tensor.shape().rank() != 1) {
      throw new BadCaseException(name + "." + key + " is no list of numbers");
    }
    return tensor;
  }

  /** Returns a list of tensors, each of its own shape. */
  List<Tensor> tensors(String key) {
    return Nested.tensors(name + "." + key, list(key));
  }

  /** Returns an object within this one; its fields are to be read too. */
  Fields object(String key) {
    return inner.computeIfAbsent(
        key, absent -> new Fields(name + "." + key, as(Map.class, "an object", key)));
  }

  /** Refuses a value that has only one meaning here. */
  void require(String key, Object only) {
    Object value = as(only.getClass(), "like " + only, key);
    if (!value.equals(only)) {
      throw new BadCaseException(
          name + "." + key + " can only be " + only + " here, and is " + value);
    }
  }

  private <V> V as(Class<V> type, String what, String key) {
    unread.remove(key);
    if (!has(key)) {
      throw new BadCaseException(name + " lacks " + key);
    }
    Object value = values.get(key);
    if (!type.isInstance(value)) {
      throw new BadCaseException(name + "." + key + " is not " + what);
    }
    return type.cast(value);
  }

  /** Refuses fields that nobody asked for, here and within. */
  void requireAllRead() {
    if (!unread.isEmpty()) {
      throw new BadCaseException(name + " has " + unread + ", which is not understood");
    }
    inner.values().forEach(Fields::requireAllRead);
  }
}

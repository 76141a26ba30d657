package dev.rnn4j.train.internal.step;

import static com.google.common.base.Preconditions.checkArgument;

import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The tensors that make up the state of a training: read out, and set, as a whole. */
final class Checkpoint {
  private record Item(Shape shape, Supplier<Tensor> get, Consumer<Tensor> set) {}

  private final Map<String, Item> items = new LinkedHashMap<>();

  /** Adds a tensor that is part of the state. */
  void add(String name, Shape shape, Supplier<Tensor> get, Consumer<Tensor> set) {
    items.put(name, new Item(shape, get, set));
  }

  /** Returns the state of the moment by name. */
  Map<String, Tensor> read() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    items.forEach((name, item) -> tensors.put(name, item.get().get()));
    return Collections.unmodifiableMap(tensors);
  }

  /** Sets the state; where a name or shape does not fit, nothing. */
  void write(Map<String, Tensor> tensors) {
    check(tensors);
    items.forEach((name, item) -> item.set().accept(tensors.get(name)));
  }

  /** Refuses what does not fit. */
  void check(Map<String, Tensor> tensors) {
    items.forEach(
        (name, item) -> {
          Tensor tensor = tensors.get(name);
          checkArgument(
              tensor != null, "the checkpoint has no %s: it is one of another training", name);
          checkArgument(
              tensor.shape().equals(item.shape()),
              "the checkpoint has %s in shape %s, and this training in %s",
              name,
              tensor.shape(),
              item.shape());
        });
    for (String name : tensors.keySet()) {
      checkArgument(
          items.containsKey(name),
          "the checkpoint has %s, and this training does not: it is one of another training",
          name);
    }
  }
}

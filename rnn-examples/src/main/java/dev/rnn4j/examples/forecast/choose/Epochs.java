package dev.rnn4j.examples.forecast.choose;

import dev.rnn4j.examples.forecast.method.Learner;
import dev.rnn4j.tensor.Resumable;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A network's parameters after 0, 1, 2, … epochs, and the order of the data after the last. */
final class Epochs implements Resumable {
  private static final String VALUES = "values/";
  private static final String ORDER = "order/";

  private final Learner learner;
  private final List<Map<String, Tensor>> values = new ArrayList<>();

  /** Begins with a network before its first epoch. */
  Epochs(Learner learner) {
    this.learner = learner;
    values.add(learner.values());
  }

  /** Returns how many epochs there were. */
  int count() {
    return values.size() - 1;
  }

  /** Learns for one more. */
  void learn() {
    learner.learn();
    values.add(learner.values());
  }

  /** Returns the parameters after so many epochs. */
  Map<String, Tensor> after(int epochs) {
    return values.get(epochs);
  }

  @Override
  public Map<String, Tensor> state() {
    Map<String, Tensor> state = new LinkedHashMap<>();
    learner.order().state().forEach((name, tensor) -> state.put(ORDER + name, tensor));
    values.get(0).keySet().forEach(name -> state.put(VALUES + name, together(name)));
    return state;
  }

  private Tensor together(String name) {
    Tensor first = values.get(0).get(name);
    int size = first.shape().elements();
    double[] all = new double[values.size() * size];
    for (int epoch = 0; epoch < values.size(); epoch++) {
      System.arraycopy(values.get(epoch).get(name).toDoubles(), 0, all, epoch * size, size);
    }
    return Tensor.of(Shape.of(values.size(), size), all).to(first.precision());
  }

  @Override
  public void restore(Map<String, Tensor> state) {
    Map<String, Tensor> order = new LinkedHashMap<>();
    List<Map<String, Tensor>> restored = new ArrayList<>();
    state.forEach(
        (key, tensor) -> {
          if (key.startsWith(ORDER)) {
            order.put(key.substring(ORDER.length()), tensor);
          }
        });
    for (Map.Entry<String, Tensor> parameter : values.get(0).entrySet()) {
      String name = parameter.getKey();
      int size = parameter.getValue().shape().elements();
      Tensor all = state.get(VALUES + name);
      if (all == null || all.shape().rank() != 2 || all.shape().size(1) != size) {
        throw new IllegalArgumentException("the checkpoint has no " + name + " of this network");
      }
      double[] numbers = all.toDoubles();
      for (int epoch = 0; epoch < all.shape().size(0); epoch++) {
        if (epoch == restored.size()) {
          restored.add(new LinkedHashMap<>());
        }
        double[] some = Arrays.copyOfRange(numbers, epoch * size, (epoch + 1) * size);
        restored
            .get(epoch)
            .put(
                name,
                Tensor.of(parameter.getValue().shape(), some).to(parameter.getValue().precision()));
      }
    }
    learner.order().restore(order);
    values.clear();
    values.addAll(restored);
  }
}

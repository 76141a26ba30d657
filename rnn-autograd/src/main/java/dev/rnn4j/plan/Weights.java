package dev.rnn4j.plan;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import dev.rnn4j.graph.Parameter;
import dev.rnn4j.graph.Parameters;
import dev.rnn4j.plan.internal.run.DoubleStore;
import dev.rnn4j.plan.internal.run.FloatStore;
import dev.rnn4j.plan.internal.run.Store;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Tensor;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The values of parameters, in one precision: the one thing that training changes. Plans that share
 * weights see each other's updates: one trains, another predicts. A parameter begins with its
 * initial value.
 */
public final class Weights {
  private final Precision precision;
  private final Store store;

  private Weights(Precision precision, Store store) {
    this.precision = precision;
    this.store = store;
  }

  /** Returns weights in which every parameter has its initial value. */
  public static Weights of(Precision precision) {
    checkArgument(precision != null, "weights and plans are in FLOAT32 or FLOAT64, not null");
    return new Weights(
        precision, precision == Precision.FLOAT32 ? new FloatStore() : new DoubleStore());
  }

  /**
   * Returns weights that share the values of some parameters with these, and have their own for all
   * others: what belongs to a training, and not to its model. Each of the two sees every change of
   * what they share.
   */
  public Weights sharing(Collection<Parameter> common) {
    return new Weights(precision, store.sharing(Set.copyOf(common)));
  }

  /** Returns the parameters that were given values, or that plans were compiled for. */
  public Set<Parameter> parameters() {
    return store.parameters();
  }

  /** Returns the format of the values. */
  public Precision precision() {
    return precision;
  }

  /** Returns the value of a parameter. */
  public Tensor get(Parameter parameter) {
    return store.get(checkNotNull(parameter, "the value of null was asked for: give a parameter"));
  }

  /**
   * Sets the value of a parameter.
   *
   * @throws IllegalArgumentException for a value of another shape
   */
  public void set(Parameter parameter, Tensor value) {
    checkNotNull(parameter, "a value for null was given: give a parameter");
    checkNotNull(value, "the parameter %s was given null as its value", parameter);
    checkArgument(
        value.shape().equals(parameter.shape()),
        "%s was given a value of shape %s",
        parameter,
        value.shape());
    store.set(parameter, value);
  }

  /** Returns the values of a model's parameters by path: what a file keeps. */
  public Map<String, Tensor> values(Object model) {
    checkNotNull(model, "the values of null were asked for: give a model");
    Map<String, Tensor> values = new LinkedHashMap<>();
    Parameters.of(model).forEach((path, parameter) -> values.put(path, get(parameter)));
    return values;
  }

  /**
   * Sets the values of a model's parameters by path. Nothing is changed where names or shapes do
   * not fit.
   *
   * @throws IllegalArgumentException where a parameter has no value, a value no parameter, or the
   *     shapes differ
   */
  public void setAll(Object model, Map<String, Tensor> values) {
    checkNotNull(model, "values for null were given: give a model");
    checkNotNull(values, "a model was given null as the values of its parameters");
    Map<String, Parameter> parameters = Parameters.of(model);
    parameters.forEach(
        (path, parameter) -> {
          Tensor value = values.get(path);
          checkArgument(value != null, "there is no value for the parameter %s", path);
          checkArgument(
              value.shape().equals(parameter.shape()),
              "the parameter %s %s was given a value of shape %s",
              path,
              parameter.shape(),
              value.shape());
        });
    for (String path : values.keySet()) {
      checkArgument(
          parameters.containsKey(path),
          "the model has no parameter %s, only %s",
          path,
          parameters.keySet());
    }
    parameters.forEach((path, parameter) -> set(parameter, values.get(path)));
  }

  /** Returns the precision and the number of parameters. */
  @Override
  public String toString() {
    return "weights in " + precision + " of " + parameters().size() + " parameters";
  }

  Store store() {
    return store;
  }
}

package dev.rnn4j.train;

import static com.google.common.base.Preconditions.checkNotNull;

import dev.rnn4j.graph.Parameter;
import dev.rnn4j.graph.Parameters;
import dev.rnn4j.io.Safetensors;
import dev.rnn4j.plan.Weights;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Tensor;
import dev.rnn4j.train.internal.graph.Ownership;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * A model's parameters as a safetensors file, by their paths in the model. What else a program
 * needs to build the model again, sizes or the names of features, goes into the metadata; {@link
 * Safetensors#load} reads it before there is a model.
 */
public final class ModelFile {
  private ModelFile() {}

  /**
   * Writes the values of a model's parameters. The file is there as a whole, or as it was before.
   *
   * @param metadata texts to keep beside the parameters; may be empty
   * @throws IOException where the file cannot be written
   * @throws IllegalArgumentException where the weights are those of another model, or of another
   *     instance of this one
   */
  public static void save(Object model, Weights weights, Path file, Map<String, String> metadata)
      throws IOException {
    checkNotNull(model, "a model file was given null as its model");
    checkNotNull(weights, "a model file was given null as its weights");
    checkNotNull(file, "a model file was given null as its path");
    checkNotNull(metadata, "a model file was given null as its metadata");
    Ownership.checkInstance(model, weights);
    Safetensors.save(file, weights.values(model), metadata);
  }

  /**
   * Returns the values that a file has for a model's parameters, rounded where the file is more
   * precise.
   *
   * @throws IOException where the file cannot be read
   * @throws IllegalArgumentException where its names or shapes are not those of the model
   */
  public static Weights load(Object model, Path file, Precision precision) throws IOException {
    checkNotNull(model, "a model file was given null as its model");
    checkNotNull(file, "a model file was given null as its path");
    checkNotNull(precision, "a model file was given null as its precision");
    Map<String, Tensor> values = Safetensors.load(file).tensors();
    check(file, Parameters.of(model), values);
    Weights weights = Weights.of(precision);
    weights.setAll(model, values);
    return weights;
  }

  private static void check(
      Path file, Map<String, Parameter> parameters, Map<String, Tensor> values) {
    Map<Parameter, String> seen = new HashMap<>();
    parameters.forEach(
        (path, parameter) -> {
          Tensor value = values.get(path);
          if (value == null) {
            throw misfit(file, "it has no parameter " + path + ", only " + values.keySet());
          }
          if (!value.shape().equals(parameter.shape())) {
            String shapes = value.shape() + " in the file and " + parameter.shape();
            throw misfit(file, path + " is " + shapes + " in the model");
          }
          String other = seen.putIfAbsent(parameter, path);
          if (other != null && !value.sameAs(values.get(other))) {
            String both = other + " and " + path;
            throw misfit(file, both + " are one parameter in the model and differ in the file");
          }
        });
    for (String path : values.keySet()) {
      if (!parameters.containsKey(path)) {
        throw misfit(file, "it has " + path + ", and the model only " + parameters.keySet());
      }
    }
  }

  private static IllegalArgumentException misfit(Path file, String what) {
    return new IllegalArgumentException(
        "'"
            + file
            + "' is not of this model: "
            + what
            + "; build the model as it was when saved, or train this one anew");
  }
}

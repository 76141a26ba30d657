package dev.rnn4j.train;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkState;

import dev.rnn4j.graph.Parameter;
import dev.rnn4j.graph.Parameters;
import dev.rnn4j.optimizer.Optimizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which optimizer trains which parameter of a model, and at what rate. */
final class Assignment {
  private final Map<String, Parameter> parameters;
  private final Map<Parameter, List<String>> paths = new LinkedHashMap<>();
  private final Map<Parameter, Optimizer> optimizers = new LinkedHashMap<>();
  private boolean checked;

  Assignment(Object model) {
    parameters = Parameters.of(model);
    checkArgument(
        !parameters.isEmpty(),
        "the model has no parameters to train; a model is a record of parameters and layers");
    parameters.forEach(
        (path, parameter) ->
            paths.computeIfAbsent(parameter, absent -> new ArrayList<>()).add(path));
  }

  /** Puts all parameters under one rule. */
  void assign(Optimizer optimizer) {
    assign(optimizer, paths.keySet());
  }

  /** Puts the parameters of a part of the model under a rule. */
  void assign(Optimizer optimizer, Object part) {
    // A set in the order of the paths: the order decides the bits of the global norm.
    assign(optimizer, new LinkedHashSet<>(Parameters.of(part).values()));
  }

  private void assign(Optimizer optimizer, Set<Parameter> part) {
    checkState(!checked, "a step is compiled already: begin another one for other optimizers");
    checkArgument(!part.isEmpty(), "the part for %s has no parameters", optimizer);
    for (Parameter parameter : part) {
      checkArgument(
          paths.containsKey(parameter),
          "the parameter %s, which %s is to train, is not in the model, which has %s",
          parameter.name(),
          optimizer,
          parameters.keySet());
      Optimizer other = optimizers.get(parameter);
      checkArgument(
          other == null,
          "the parameter %s is under two optimizers, %s and %s: give each its own part",
          path(parameter),
          other,
          optimizer);
    }
    part.forEach(parameter -> optimizers.put(parameter, optimizer));
  }

  /** Returns all parameters of the model by path, trained or not. */
  Map<String, Parameter> parameters() {
    return parameters;
  }

  /** Returns the trained parameters, each once. */
  List<Parameter> trained() {
    return List.copyOf(optimizers.keySet());
  }

  /** Returns the rule for a trained parameter. */
  Optimizer optimizer(Parameter parameter) {
    return optimizers.get(parameter);
  }

  /** Returns the first path of a parameter. */
  String path(Parameter parameter) {
    return paths.get(parameter).get(0);
  }

  /** Returns the learning rate of parameters that have none of their own. */
  double rate() {
    return optimizers.values().iterator().next().rate();
  }

  /** Returns the learning rate of a trained parameter. */
  double rate(Parameter parameter) {
    Optimizer optimizer = optimizers.get(parameter);
    Map<String, Double> own = new LinkedHashMap<>();
    for (String path : paths.get(parameter)) {
      String fitting = longest(path, optimizer.ownRates().keySet());
      if (fitting != null) {
        own.put(fitting, optimizer.ownRates().get(fitting));
      }
    }
    checkArgument(
        new LinkedHashSet<>(own.values()).size() <= 1,
        "the parameter at %s is one, and has different learning rates: %s",
        paths.get(parameter),
        own);
    return own.isEmpty() ? optimizer.rate() : own.values().iterator().next();
  }

  private static String longest(String path, Set<String> prefixes) {
    String longest = null;
    for (String prefix : prefixes) {
      if (isAt(path, prefix) && (longest == null || prefix.length() > longest.length())) {
        longest = prefix;
      }
    }
    return longest;
  }

  private static boolean isAt(String path, String prefix) {
    return path.equals(prefix) || path.startsWith(prefix + ".");
  }

  /**
   * Refuses an assignment without optimizer, and learning rates for paths that do not exist. From
   * now on it stays as it is, for plans rely on it.
   */
  void check() {
    checkState(
        !optimizers.isEmpty(), "name an optimizer before compiling: optimizer(Sgd.rate(...))");
    for (Optimizer optimizer : new LinkedHashSet<>(optimizers.values())) {
      List<String> own =
          parameters.keySet().stream()
              .filter(path -> optimizers.get(parameters.get(path)) == optimizer)
              .toList();
      for (String path : optimizer.ownRates().keySet()) {
        checkArgument(
            own.stream().anyMatch(other -> isAt(other, path)),
            "a learning rate is given for %s, but %s trains %s",
            path,
            optimizer,
            own);
      }
    }
    checked = true;
  }
}

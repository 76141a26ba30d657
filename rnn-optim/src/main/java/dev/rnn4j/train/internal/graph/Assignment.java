package dev.rnn4j.train.internal.graph;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkState;

import com.google.common.collect.ImmutableList;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.graph.Parameters;
import dev.rnn4j.optimizer.Optimizer;
import dev.rnn4j.optimizer.PathPattern;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which optimizer trains which parameter of a model, and what is not trained. */
public final class Assignment {
  /**
   * A parameter that is trained.
   *
   * @param path the first of its paths
   * @param rule its optimizer, as it is for this parameter
   */
  public record Trained(Parameter parameter, String path, Optimizer rule) {}

  private final Map<String, Parameter> parameters;
  private final Map<Parameter, List<String>> paths = new LinkedHashMap<>();
  private final Map<Parameter, Optimizer> optimizers = new LinkedHashMap<>();
  private final Set<PathPattern> frozen = new LinkedHashSet<>();
  private final Set<Parameter> others = Collections.newSetFromMap(new IdentityHashMap<>());

  public Assignment(Object model) {
    parameters = Parameters.of(model);
    checkArgument(
        !parameters.isEmpty(),
        "the model has no parameters to train; a model is a record of parameters and layers");
    parameters.forEach(
        (path, parameter) ->
            paths.computeIfAbsent(parameter, absent -> new ArrayList<>()).add(path));
  }

  /** Puts all parameters under one rule. */
  public void assign(Optimizer optimizer) {
    assign(optimizer, paths.keySet());
  }

  /** Puts the parameters of a part of the model under a rule. */
  public void assign(Optimizer optimizer, Object part) {
    // A set in the order of the paths: the order decides the bits of the global norm.
    assign(optimizer, new LinkedHashSet<>(Parameters.of(part).values()));
  }

  private void assign(Optimizer optimizer, Set<Parameter> part) {
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
          paths.get(parameter).get(0),
          other,
          optimizer);
    }
    part.forEach(parameter -> optimizers.put(parameter, optimizer));
  }

  /** Leaves parameters as they are, whichever optimizer they are under. */
  public void freeze(String pattern) {
    PathPattern freezing = PathPattern.of(pattern);
    checkArgument(
        parameters.keySet().stream().anyMatch(freezing::fits),
        "%s is to be frozen, and the model has only %s%s",
        pattern,
        parameters.keySet(),
        NearPath.hint(pattern, parameters.keySet()));
    frozen.add(freezing);
  }

  /** Allows parameters that the model does not list, and that stay as they are. */
  public void frozen(Object module) {
    others.addAll(Parameters.of(module).values());
  }

  /** Returns all parameters of the model by path, trained or not. */
  public Map<String, Parameter> parameters() {
    return parameters;
  }

  /** Returns the parameters that a graph may reach. */
  public Set<Parameter> known() {
    Set<Parameter> known = Collections.newSetFromMap(new IdentityHashMap<>());
    known.addAll(paths.keySet());
    known.addAll(others);
    return known;
  }

  /** Returns the learning rate of parameters that have none of their own. */
  public double rate() {
    return optimizers.values().iterator().next().rate();
  }

  /**
   * Returns what is trained, each parameter once.
   *
   * @throws IllegalStateException without an optimizer
   * @throws IllegalArgumentException where nothing is trained, or a setting is given for paths that
   *     do not exist
   */
  public List<Trained> trained() {
    checkState(
        !optimizers.isEmpty(), "name an optimizer before compiling: optimizer(Sgd.rate(...))");
    checkPatterns();
    List<Trained> trained = new ArrayList<>();
    optimizers.forEach(
        (parameter, optimizer) -> {
          List<String> own = paths.get(parameter);
          if (frozen.stream().noneMatch(pattern -> own.stream().anyMatch(pattern::fits))) {
            trained.add(new Trained(parameter, own.get(0), optimizer.at(own)));
          }
        });
    checkArgument(
        !trained.isEmpty(), "all parameters are frozen by %s: nothing would be trained", frozen);
    return ImmutableList.copyOf(trained);
  }

  private void checkPatterns() {
    Set<Optimizer> all = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Optimizer optimizer : optimizers.values()) {
      if (all.add(optimizer)) {
        List<String> own =
            parameters.keySet().stream()
                .filter(path -> optimizers.get(parameters.get(path)) == optimizer)
                .toList();
        for (PathPattern pattern : optimizer.patterns()) {
          checkArgument(
              own.stream().anyMatch(pattern::fits),
              "a setting is given for %s, but %s trains %s%s",
              pattern,
              optimizer,
              own,
              NearPath.hint(pattern.toString(), own));
        }
      }
    }
  }
}

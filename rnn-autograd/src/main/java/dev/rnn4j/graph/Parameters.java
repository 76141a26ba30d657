package dev.rnn4j.graph;

import static com.google.common.base.Preconditions.checkNotNull;

import com.google.common.collect.ImmutableMap;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.BiConsumer;

/** The parameters of a module, named by their paths: {@code rnn.cell.forget.weightIh}. */
public final class Parameters {
  private Parameters() {}

  /**
   * Returns the parameters of a module in the order of its record components, by path. A module is
   * a record; its components are parameters, modules, lists of either (with indices in the path),
   * maps with an order of their own (with keys), or anything else, which is passed over: arrays,
   * {@code Optional}, lambdas and plain classes are not looked into. One parameter may stand at
   * several paths. A single parameter is a module too.
   *
   * @throws IllegalArgumentException where a record cannot be read because its module does not open
   *     it, and for parameters in a set or in a map whose order may be another one tomorrow
   */
  public static Map<String, Parameter> of(Object module) {
    checkNotNull(module, "the parameters of null were asked for: give a model");
    Map<String, Parameter> found = new LinkedHashMap<>();
    walk(
        module,
        (path, part) -> {
          if (part instanceof Parameter parameter) {
            found.put(path.isEmpty() ? parameter.name() : path, parameter);
          }
        });
    return Collections.unmodifiableMap(found);
  }

  /** Shows all parts of a module, itself first, with their paths: parameters, records, lists. */
  public static void walk(Object module, BiConsumer<String, Object> visitor) {
    new Walk(visitor).at("", module);
  }

  private static final class Walk {
    private final BiConsumer<String, Object> visitor;
    private int parameters;

    Walk(BiConsumer<String, Object> visitor) {
      this.visitor = visitor;
    }

    void at(String path, Object value) {
      if (value instanceof Parameter) {
        parameters++;
        visitor.accept(path, value);
      } else if (value instanceof List<?> list) {
        visitor.accept(path, value);
        for (int i = 0; i < list.size(); i++) {
          at(join(path, Integer.toString(i)), list.get(i));
        }
      } else if (value instanceof Map<?, ?> map) {
        int before = parameters;
        map.forEach((key, element) -> at(join(path, String.valueOf(key)), element));
        refuseUnless(hasOrder(map) || parameters == before, path, value);
      } else if (value instanceof Set<?> set) {
        int before = parameters;
        set.forEach(element -> at(path, element));
        refuseUnless(parameters == before, path, value);
      } else if (value instanceof Record module) {
        visitor.accept(path, value);
        Records.components(module).forEach((name, part) -> at(join(path, name), part));
      }
    }

    private static boolean hasOrder(Map<?, ?> map) {
      return map.size() < 2
          || map instanceof ImmutableMap
          || map instanceof LinkedHashMap
          || map instanceof SortedMap
          || map instanceof EnumMap;
    }

    private static void refuseUnless(boolean fine, String path, Object value) {
      if (!fine) {
        boolean map = value instanceof Map;
        throw new IllegalArgumentException(
            (path.isEmpty() ? "the module" : path)
                + " holds parameters in a "
                + value.getClass().getSimpleName()
                + (map
                    ? ", whose order may be another one in the next run: use an ImmutableMap, a"
                        + " LinkedHashMap, a TreeMap or an EnumMap"
                    : ", where they have no names: use a list"));
      }
    }

    private static String join(String path, String name) {
      return path.isEmpty() ? name : path + "." + name;
    }
  }

  /**
   * A parameter that results depend on.
   *
   * @param label what reads it first: path and op
   * @param line the line of user code that built that, where it is known
   */
  public record Reached(Parameter parameter, String label, Optional<StackTraceElement> line) {}

  /**
   * Returns the parameters that a gradient of nodes can reach, those that are read first coming
   * first.
   */
  public static List<Reached> reachedFrom(Collection<? extends Node> roots) {
    Order order = new Order(roots);
    boolean[] reached = new boolean[order.size()];
    roots.forEach(root -> reached[order.of(root)] = true);
    for (int i = order.size() - 1; i >= 0; i--) {
      Node node = order.node(i);
      for (int k = 0; reached[i] && k < node.operands().size(); k++) {
        reached[order.of(node.operand(k))] |= node.op().differentiable(k);
      }
    }
    Map<Parameter, Reached> first = new LinkedHashMap<>();
    for (int i = 0; i < order.size(); i++) {
      Node node = order.node(i);
      for (int k = 0; reached[i] && k < node.operands().size(); k++) {
        if (node.operand(k) instanceof Parameter parameter && node.op().differentiable(k)) {
          Family family = node.family();
          first.putIfAbsent(parameter, new Reached(parameter, family.label(), family.builtAt()));
        }
      }
    }
    for (Node root : roots) {
      if (root instanceof Parameter parameter) {
        first.putIfAbsent(parameter, new Reached(parameter, parameter.name(), Optional.empty()));
      }
    }
    return new ArrayList<>(first.values());
  }
}

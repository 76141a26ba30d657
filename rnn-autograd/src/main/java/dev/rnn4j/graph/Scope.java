package dev.rnn4j.graph;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * The module whose nodes are being built, so that errors and dumps can name paths. Entered around a
 * model's {@code apply}, and by each layer for its own part:
 *
 * <pre>{@code
 * try (Scope scope = Scope.enter(model)) {
 *   loss = meanSquaredError.of(model.apply(x), y);
 * }
 * }</pre>
 */
public final class Scope implements AutoCloseable {
  private static final ThreadLocal<Scope> CURRENT = new ThreadLocal<>();

  private final Scope outer;
  private final Map<Parameter, String> paths;
  private final String path;

  private Scope(Scope outer, Map<Parameter, String> paths, String path) {
    this.outer = outer;
    this.paths = paths;
    this.path = path;
  }

  /**
   * Enters a module: the outermost one names the parameters by their paths in it, a module within
   * keeps those names.
   */
  public static Scope enter(Object module) {
    Scope outer = CURRENT.get();
    Map<String, Parameter> own = Parameters.of(module);
    Scope entered = null;
    for (Map.Entry<String, Parameter> parameter : own.entrySet()) {
      String full = outer == null ? null : outer.paths.get(parameter.getValue());
      if (full != null && full.endsWith(parameter.getKey())) {
        String prefix = full.substring(0, full.length() - parameter.getKey().length());
        entered = new Scope(outer, outer.paths, prefix);
        break;
      }
    }
    if (entered == null) {
      Map<Parameter, String> paths = new IdentityHashMap<>();
      if (outer != null) {
        paths.putAll(outer.paths);
      }
      own.forEach((path, parameter) -> paths.putIfAbsent(parameter, path));
      entered = new Scope(outer, paths, outer == null ? "" : outer.path);
    }
    CURRENT.set(entered);
    return entered;
  }

  @Override
  public void close() {
    CURRENT.set(outer);
  }

  /** Returns the path of the module being built, {@code encoder.rnn}; empty outside of all. */
  public static String path() {
    Scope scope = CURRENT.get();
    return scope == null || scope.path.isEmpty()
        ? ""
        : scope.path.substring(0, scope.path.length() - 1);
  }

  /** Returns the parameter's path in the module being built, or its own name. */
  static String nameOf(Parameter parameter) {
    Scope scope = CURRENT.get();
    String path = scope == null ? null : scope.paths.get(parameter);
    return path == null ? parameter.name() : path;
  }

  /** Returns the label of a node: the path of the module it belongs to, and its op. */
  static String label(String op, List<Node> operands) {
    Scope scope = CURRENT.get();
    if (scope == null) {
      return op;
    }
    for (Node operand : operands) {
      String full = operand instanceof Parameter parameter ? scope.paths.get(parameter) : null;
      if (full != null && full.lastIndexOf('.') > 0) {
        return full.substring(0, full.lastIndexOf('.')) + "/" + op;
      }
    }
    String path = scope.path;
    return path.isEmpty() ? op : path.substring(0, path.length() - 1) + "/" + op;
  }
}

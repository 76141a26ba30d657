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

  /** The first path of each module and parameter, by identity. */
  private final Map<Object, String> paths;

  private final String path;

  private Scope(Scope outer, Map<Object, String> paths, String path) {
    this.outer = outer;
    this.paths = paths;
    this.path = path;
  }

  /**
   * Enters a module: the outermost one names all that it is made of by their paths in it, a module
   * within keeps those names. One that is not a part of the outermost, made on the way, is found by
   * its parameters.
   */
  public static Scope enter(Object module) {
    Scope outer = CURRENT.get();
    Scope entered = outer == null ? outermost(module) : within(outer, module);
    CURRENT.set(entered);
    return entered;
  }

  private static Scope outermost(Object module) {
    Map<Object, String> paths = new IdentityHashMap<>();
    name(module, paths);
    return new Scope(null, paths, "");
  }

  private static Scope within(Scope outer, Object module) {
    String known = outer.paths.get(module);
    if (known != null && !(module instanceof Parameter)) {
      return new Scope(outer, outer.paths, known);
    }
    for (Map.Entry<String, Parameter> own : Parameters.of(module).entrySet()) {
      String full = outer.paths.get(own.getValue());
      if (full != null && full.endsWith(own.getKey())) {
        String prefix = full.substring(0, full.length() - own.getKey().length());
        boolean whole = prefix.isEmpty() || prefix.endsWith(".");
        if (whole) {
          String path = prefix.isEmpty() ? "" : prefix.substring(0, prefix.length() - 1);
          return new Scope(outer, outer.paths, path);
        }
      }
    }
    Map<Object, String> paths = new IdentityHashMap<>(outer.paths);
    name(module, paths);
    paths.put(module, outer.path);
    return new Scope(outer, paths, outer.path);
  }

  private static void name(Object module, Map<Object, String> paths) {
    if (module instanceof Parameter parameter) {
      paths.putIfAbsent(parameter, parameter.name());
    } else {
      Parameters.walk(module, (path, part) -> paths.putIfAbsent(part, path));
    }
  }

  @Override
  public void close() {
    if (outer == null) {
      CURRENT.remove();
    } else {
      CURRENT.set(outer);
    }
  }

  /** Returns the path of the module being built, {@code encoder.rnn}; empty outside of all. */
  public static String path() {
    Scope scope = CURRENT.get();
    return scope == null ? "" : scope.path;
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
    return scope.path.isEmpty() ? op : scope.path + "/" + op;
  }
}

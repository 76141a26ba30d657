package dev.rnn4j.graph;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The parameters of a module, named by their paths: {@code rnn.cell.forget.weightIh}. */
public final class Parameters {
  private Parameters() {}

  /**
   * Returns the parameters of a module in the order of its record components, by path. A module is
   * a record; its components are parameters, modules, lists of either (with indices in the path) or
   * anything else, which is passed over. One parameter may stand at several paths. A single
   * parameter, or a lambda, is a module too.
   *
   * @throws IllegalArgumentException where a record cannot be read because its module does not open
   *     it
   */
  public static Map<String, Parameter> of(Object module) {
    Map<String, Parameter> found = new LinkedHashMap<>();
    collect("", module, found);
    return Collections.unmodifiableMap(found);
  }

  private static void collect(String path, Object value, Map<String, Parameter> found) {
    if (value instanceof Parameter parameter) {
      found.put(path.isEmpty() ? parameter.name() : path, parameter);
    } else if (value instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        collect(join(path, Integer.toString(i)), list.get(i), found);
      }
    } else if (value instanceof Map<?, ?> map) {
      map.forEach((key, element) -> collect(join(path, key.toString()), element, found));
    } else if (value instanceof Record module) {
      Records.components(module).forEach((name, part) -> collect(join(path, name), part, found));
    }
  }

  private static String join(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }
}

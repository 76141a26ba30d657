package dev.rnn4j.graph;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All the reflection there is: records are modules and states, and their components are read, and a
 * state is made anew from other nodes.
 */
public final class Records {
  private Records() {}

  /** Returns the components of a record by name, in order. */
  static Map<String, Object> components(Record record) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      values.put(component.getName(), read(record, component));
    }
    return values;
  }

  /**
   * Returns the nodes of a state in order: a node, or a record or list of states.
   *
   * @throws IllegalArgumentException for anything else
   */
  public static List<Node> nodes(Object state) {
    List<Node> nodes = new ArrayList<>();
    collect("state", state, nodes, new ArrayList<>());
    return nodes;
  }

  /** Returns the names of {@link #nodes}, in the same order: {@code h}, {@code memory.0}. */
  public static List<String> nodeNames(Object state) {
    List<String> names = new ArrayList<>();
    collect("", state, new ArrayList<>(), names);
    return names;
  }

  private static void collect(String path, Object state, List<Node> nodes, List<String> names) {
    String prefix = path.isEmpty() ? "" : path + ".";
    if (state instanceof Node node) {
      nodes.add(node);
      names.add(path.isEmpty() ? "state" : path);
    } else if (state instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        collect(prefix + i, list.get(i), nodes, names);
      }
    } else if (state instanceof Record record) {
      components(record).forEach((name, part) -> collect(prefix + name, part, nodes, names));
    } else {
      throw new IllegalArgumentException(
          "a state is made of nodes, and records or lists of them, but "
              + (path.isEmpty() ? "this state" : path)
              + " is "
              + (state == null ? "null" : "of the class " + state.getClass().getSimpleName()));
    }
  }

  /** Returns a state like {@code state} with other nodes, given in the order of {@link #nodes}. */
  public static <S> S withNodes(S state, List<Node> nodes) {
    Iterator<Node> rest = nodes.iterator();
    @SuppressWarnings("unchecked") // rebuild returns the class that it is given
    S rebuilt = (S) rebuild(state, rest);
    return rebuilt;
  }

  private static Object rebuild(Object state, Iterator<Node> nodes) {
    if (state instanceof Node) {
      return nodes.next();
    }
    if (state instanceof List<?> list) {
      List<Object> parts = new ArrayList<>();
      list.forEach(part -> parts.add(rebuild(part, nodes)));
      return List.copyOf(parts);
    }
    Record record = (Record) state;
    Object[] parts =
        components(record).values().stream().map(part -> rebuild(part, nodes)).toArray();
    return create(record.getClass(), parts);
  }

  private static Object create(Class<? extends Record> type, Object[] parts) {
    Class<?>[] types =
        Arrays.stream(type.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    try {
      Constructor<? extends Record> constructor = type.getDeclaredConstructor(types);
      open(constructor, type);
      return constructor.newInstance(parts);
    } catch (InvocationTargetException e) {
      throw asUnchecked(e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot make a " + type.getName(), e);
    }
  }

  private static Object read(Record record, RecordComponent component) {
    Method accessor = component.getAccessor();
    try {
      open(accessor, record.getClass());
      return accessor.invoke(record);
    } catch (InvocationTargetException e) {
      throw asUnchecked(e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(
          "cannot read " + component.getName() + " of " + record.getClass().getName(), e);
    }
  }

  private static void open(java.lang.reflect.AccessibleObject member, Class<?> type) {
    if (!member.trySetAccessible()) {
      throw new IllegalArgumentException(
          "the record "
              + type.getName()
              + " cannot be read; add to module-info.java of "
              + type.getModule().getName()
              + ": opens "
              + type.getPackageName()
              + " to dev.rnn4j.autograd;");
    }
  }

  private static RuntimeException asUnchecked(Throwable cause) {
    if (cause instanceof RuntimeException unchecked) {
      return unchecked;
    }
    if (cause instanceof Error error) {
      throw error;
    }
    return new IllegalStateException(cause);
  }
}

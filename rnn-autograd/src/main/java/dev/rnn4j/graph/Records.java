package dev.rnn4j.graph;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All the reflection there is: records are modules and states, and their components are read, and a
 * state is made anew from other nodes. What is looked up for a class is kept: that takes longer
 * than the rest.
 */
public final class Records {
  private static final ClassValue<Records> OF =
      new ClassValue<>() {
        @Override
        protected Records computeValue(Class<?> type) {
          return new Records(type);
        }
      };

  private final List<String> names = new ArrayList<>();
  private final List<Method> accessors = new ArrayList<>();
  private final Constructor<?> constructor;

  private Records(Class<?> type) {
    List<Class<?>> types = new ArrayList<>();
    for (RecordComponent component : type.getRecordComponents()) {
      names.add(component.getName());
      accessors.add(component.getAccessor());
      types.add(component.getType());
    }
    try {
      constructor = type.getDeclaredConstructor(types.toArray(Class<?>[]::new));
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException("a record has a canonical constructor", e);
    }
  }

  /**
   * Returns the components of a record by name, in order.
   *
   * @throws IllegalArgumentException where its module does not open it
   */
  public static Map<String, Object> components(Record record) {
    Records form = OF.get(record.getClass());
    Map<String, Object> values = new LinkedHashMap<>();
    for (int i = 0; i < form.names.size(); i++) {
      values.put(form.names.get(i), read(record, form.accessors.get(i)));
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
    if (!gather(state, nodes)) {
      collect("state", state, new ArrayList<>()); // finds words for what is wrong
    }
    return nodes;
  }

  /** Returns the names of {@link #nodes}, in the same order: {@code h}, {@code memory.0}. */
  public static List<String> nodeNames(Object state) {
    List<String> names = new ArrayList<>();
    collect("", state, names);
    return names;
  }

  /** Adds the nodes of a state; returns whether it is made of nodes only. */
  private static boolean gather(Object state, List<Node> nodes) {
    boolean all = true;
    if (state instanceof Node node) {
      nodes.add(node);
    } else if (state instanceof List<?> list) {
      for (Object part : list) {
        all &= gather(part, nodes);
      }
    } else if (state instanceof Record record) {
      for (Method accessor : OF.get(record.getClass()).accessors) {
        all &= gather(read(record, accessor), nodes);
      }
    } else {
      return false;
    }
    return all;
  }

  private static void collect(String path, Object state, List<String> names) {
    String prefix = path.isEmpty() ? "" : path + ".";
    if (state instanceof Node) {
      names.add(path.isEmpty() ? "state" : path);
    } else if (state instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        collect(prefix + i, list.get(i), names);
      }
    } else if (state instanceof Record record) {
      components(record).forEach((name, part) -> collect(prefix + name, part, names));
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
    Records form = OF.get(state.getClass());
    Object[] parts = new Object[form.accessors.size()];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = rebuild(read((Record) state, form.accessors.get(i)), nodes);
    }
    return create(form.constructor, parts);
  }

  /**
   * Makes a record of its components, in order.
   *
   * @throws IllegalArgumentException where its module does not open it
   */
  public static Record create(Class<? extends Record> type, List<?> components) {
    return (Record) create(OF.get(type).constructor, components.toArray());
  }

  private static Object create(Constructor<?> constructor, Object[] parts) {
    Class<?> type = constructor.getDeclaringClass();
    try {
      open(constructor, type);
      return constructor.newInstance(parts);
    } catch (InvocationTargetException e) {
      throw asUnchecked(e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot make a " + type.getName(), e);
    }
  }

  private static Object read(Record record, Method accessor) {
    try {
      open(accessor, record.getClass());
      return accessor.invoke(record);
    } catch (InvocationTargetException e) {
      throw asUnchecked(e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(
          "cannot read " + accessor.getName() + " of " + record.getClass().getName(), e);
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

package dev.rnn4j.contract;

import dev.rnn4j.graph.Parameter;
import dev.rnn4j.graph.Records;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * A cell as objects that Java serializes, for another JVM: records by class and components,
 * parameters by their values, each of them once.
 */
final class CellFile {
  /** The values of a tensor. */
  record Values(int[] sizes, double[] elements) implements Serializable {
    static Values of(Tensor tensor) {
      return new Values(tensor.shape().toArray(), tensor.toDoubles());
    }

    Tensor tensor() {
      return Tensor.of(Shape.of(sizes), elements);
    }
  }

  private record Named(String name, Values values) implements Serializable {}

  private record Made(Class<?> type, Object[] components) implements Serializable {}

  private CellFile() {}

  /** Returns a copy of a cell, with parameters of zeros. */
  static Object blank(Object cell) {
    return new Reader(true).cell(new Writer().written("the cell", cell));
  }

  /** Reads what {@link #write} has written. */
  static Object read(DataInputStream in) throws IOException {
    return new Reader(false).cell(readObject(in));
  }

  /**
   * Writes a cell.
   *
   * @throws UntriedException for one that is not made of records, lists, parameters and values
   */
  static void write(Object cell, DataOutputStream out) throws IOException {
    writeObject(new Writer().written("the cell", cell), out);
  }

  static void writeObject(Object object, DataOutputStream out) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream objects = new ObjectOutputStream(bytes)) {
      objects.writeObject(object);
    }
    out.writeInt(bytes.size());
    bytes.writeTo(out);
  }

  static Object readObject(DataInputStream in) throws IOException {
    byte[] bytes = new byte[in.readInt()];
    in.readFully(bytes);
    try (ObjectInputStream objects = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
      return objects.readObject();
    } catch (ClassNotFoundException e) {
      throw new IOException("there is no class " + e.getMessage(), e);
    }
  }

  private static final class Writer {
    private final Map<Parameter, Named> known = new IdentityHashMap<>();

    Object written(String path, Object value) {
      if (value instanceof Parameter parameter) {
        return known.computeIfAbsent(parameter, p -> new Named(p.name(), Values.of(p.initial())));
      }
      if (value instanceof Record record) {
        List<Object> components = new ArrayList<>();
        Records.components(record)
            .forEach((name, part) -> components.add(written(path + "." + name, part)));
        return new Made(value.getClass(), components.toArray());
      }
      if (value instanceof List<?> list) {
        List<Object> parts = new ArrayList<>();
        list.forEach(part -> parts.add(written(path + "." + parts.size(), part)));
        return parts;
      }
      if (value instanceof Enum<?>
          || value instanceof Double
          || value instanceof Float
          || value instanceof Integer
          || value instanceof Long
          || value instanceof Boolean
          || value instanceof String) {
        return value;
      }
      String what = value == null ? "null" : "of " + value.getClass().getTypeName();
      throw new UntriedException(path + " is " + what + ", of which no copy can be made");
    }
  }

  private static final class Reader {
    private final boolean blank;
    private final Map<Named, Parameter> known = new IdentityHashMap<>();

    Reader(boolean blank) {
      this.blank = blank;
    }

    Object cell(Object written) {
      if (written instanceof Named parameter) {
        return known.computeIfAbsent(parameter, this::parameter);
      }
      if (written instanceof Made made) {
        return Records.create(made.type().asSubclass(Record.class), parts(made.components()));
      }
      return written instanceof List<?> list ? parts(list.toArray()) : written;
    }

    private Parameter parameter(Named named) {
      Tensor value = named.values().tensor();
      return Parameter.of(named.name(), blank ? Tensor.zeros(value.shape()) : value);
    }

    private List<Object> parts(Object[] written) {
      return new ArrayList<>(Arrays.stream(written).map(this::cell).toList());
    }
  }
}

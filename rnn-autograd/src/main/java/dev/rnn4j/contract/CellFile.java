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
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * A cell as bytes, for another JVM: records by class and components, parameters by their values.
 */
final class CellFile {
  private CellFile() {}

  /** Returns a copy of a cell, with parameters of zeros. */
  static Object blank(Object cell) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      write(cell, new DataOutputStream(bytes));
      byte[] written = bytes.toByteArray();
      return new Reader(new DataInputStream(new ByteArrayInputStream(written)), true).read();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads what {@link #write} has written. */
  static Object read(DataInputStream in) throws IOException {
    return new Reader(in, false).read();
  }

  /**
   * Writes a cell.
   *
   * @throws UntriedException for one that is not made of records, lists, parameters and values
   */
  static void write(Object cell, DataOutputStream out) throws IOException {
    new Writer(out).write("the cell", cell);
  }

  static void write(Tensor tensor, DataOutputStream out) throws IOException {
    int[] sizes = tensor.shape().toArray();
    out.writeInt(sizes.length);
    for (int size : sizes) {
      out.writeInt(size);
    }
    for (double value : tensor.toDoubles()) {
      out.writeDouble(value);
    }
  }

  static Tensor readTensor(DataInputStream in) throws IOException {
    int[] sizes = new int[in.readInt()];
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = in.readInt();
    }
    Shape shape = Shape.of(sizes);
    double[] values = new double[shape.elements()];
    for (int i = 0; i < values.length; i++) {
      values[i] = in.readDouble();
    }
    return Tensor.of(shape, values);
  }

  /** Writes each parameter once, and its number where it is met again. */
  private static final class Writer {
    private final DataOutputStream out;
    private final Map<Parameter, Integer> known = new IdentityHashMap<>();

    Writer(DataOutputStream out) {
      this.out = out;
    }

    void write(String path, Object value) throws IOException {
      if (value instanceof Parameter parameter) {
        Integer number = known.putIfAbsent(parameter, known.size());
        out.writeChar(number == null ? 'P' : 'S');
        if (number == null) {
          out.writeUTF(parameter.name());
          CellFile.write(parameter.initial(), out);
        } else {
          out.writeInt(number);
        }
      } else if (value instanceof Record record) {
        out.writeChar('R');
        out.writeUTF(value.getClass().getName());
        Map<String, Object> components = Records.components(record);
        out.writeInt(components.size());
        for (Map.Entry<String, Object> component : components.entrySet()) {
          write(path + "." + component.getKey(), component.getValue());
        }
      } else if (value instanceof List<?> list) {
        out.writeChar('L');
        out.writeInt(list.size());
        for (int i = 0; i < list.size(); i++) {
          write(path + "." + i, list.get(i));
        }
      } else {
        writeValue(path, value);
      }
    }

    private void writeValue(String path, Object value) throws IOException {
      if (value instanceof Enum<?> constant) {
        out.writeChar('E');
        out.writeUTF(constant.getDeclaringClass().getName());
        out.writeUTF(constant.name());
      } else if (value instanceof Double number) {
        out.writeChar('D');
        out.writeDouble(number);
      } else if (value instanceof Integer number) {
        out.writeChar('I');
        out.writeInt(number);
      } else if (value instanceof Long number) {
        out.writeChar('J');
        out.writeLong(number);
      } else if (value instanceof Boolean flag) {
        out.writeChar('B');
        out.writeBoolean(flag);
      } else if (value instanceof String text) {
        out.writeChar('T');
        out.writeUTF(text);
      } else {
        throw new UntriedException(
            path
                + " is "
                + (value == null ? "null" : "of " + value.getClass().getName())
                + ", of which no copy can be made");
      }
    }
  }

  private static final class Reader {
    private final DataInputStream in;
    private final boolean blank;
    private final List<Parameter> known = new ArrayList<>();

    Reader(DataInputStream in, boolean blank) {
      this.in = in;
      this.blank = blank;
    }

    Object read() throws IOException {
      char kind = in.readChar();
      return switch (kind) {
        case 'P' -> parameter();
        case 'S' -> known.get(in.readInt());
        case 'R' -> Records.create(type().asSubclass(Record.class), list());
        case 'L' -> list();
        case 'E' -> constant(type(), in.readUTF());
        case 'D' -> in.readDouble();
        case 'I' -> in.readInt();
        case 'J' -> in.readLong();
        case 'B' -> in.readBoolean();
        default -> in.readUTF();
      };
    }

    private Parameter parameter() throws IOException {
      String name = in.readUTF();
      Tensor value = readTensor(in);
      known.add(Parameter.of(name, blank ? Tensor.zeros(value.shape()) : value));
      return known.get(known.size() - 1);
    }

    private List<Object> list() throws IOException {
      List<Object> list = new ArrayList<>();
      int size = in.readInt();
      for (int i = 0; i < size; i++) {
        list.add(read());
      }
      return list;
    }

    private Class<?> type() throws IOException {
      try {
        return Class.forName(in.readUTF());
      } catch (ClassNotFoundException e) {
        throw new IOException("there is no class " + e.getMessage(), e);
      }
    }

    private static Object constant(Class<?> type, String name) throws IOException {
      for (Object constant : type.getEnumConstants()) {
        if (((Enum<?>) constant).name().equals(name)) {
          return constant;
        }
      }
      throw new IOException("there is no " + name + " of " + type.getName());
    }
  }
}

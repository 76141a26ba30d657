package dev.rnn4j.onnx.internal.file;

import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataLocation;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntToDoubleFunction;

/** Reads the tensors of a file, and those that it keeps in files beside it. */
final class TensorReader {
  private final Path folder;

  TensorReader(Path folder) {
    this.folder = folder;
  }

  Constant read(TensorProto proto) throws IOException {
    String name = proto.getName();
    Kind kind = Kind.of(proto.getDataType());
    int[] sizes = new int[proto.getDimsCount()];
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = Math.toIntExact(proto.getDims(i));
    }
    Shape shape = Shape.of(sizes);
    DataType type = DataType.forNumber(proto.getDataType());
    boolean external = proto.getDataLocation() == DataLocation.EXTERNAL;
    IntToDoubleFunction element;
    int count;
    if (external || proto.hasRawData()) {
      ByteBuffer bytes =
          (external ? outside(proto) : proto.getRawData().asReadOnlyByteBuffer())
              .order(ByteOrder.LITTLE_ENDIAN);
      count = bytes.remaining() / bytes(type);
      element = i -> raw(bytes, i, type);
    } else {
      count = typedCount(proto, type);
      element = i -> typed(proto, i, type);
    }
    if (count != shape.elements()) {
      throw new IllegalArgumentException(
          "'" + name + "' is " + shape + " and has " + count + " elements");
    }
    return new Constant(kind, tensor(shape, type, element));
  }

  private static Tensor tensor(Shape shape, DataType type, IntToDoubleFunction element) {
    boolean wide = type == DataType.DOUBLE || Kind.of(type.getNumber()) != Kind.FLOAT;
    if (wide) {
      double[] values = new double[shape.elements()];
      for (int i = 0; i < values.length; i++) {
        values[i] = element.applyAsDouble(i);
      }
      return Tensor.of(shape, values);
    }
    float[] values = new float[shape.elements()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) element.applyAsDouble(i);
    }
    return Tensor.of(shape, values);
  }

  private ByteBuffer outside(TensorProto proto) throws IOException {
    Map<String, String> where = new HashMap<>();
    for (StringStringEntryProto entry : proto.getExternalDataList()) {
      where.put(entry.getKey(), entry.getValue());
    }
    String location = where.getOrDefault("location", "");
    Path file = folder.resolve(location).normalize();
    if (location.isEmpty() || !file.startsWith(folder)) {
      throw new IllegalArgumentException(
          "'"
              + proto.getName()
              + "' lies in '"
              + location
              + "', which is not beside the model: only files of its own folder are read");
    }
    if (!Files.isRegularFile(file)) {
      throw new IllegalArgumentException(
          "'"
              + proto.getName()
              + "' lies in the file '"
              + location
              + "', which is not beside the model: copy it there");
    }
    long from = Long.parseLong(where.getOrDefault("offset", "0"));
    try (SeekableByteChannel channel = FileChannel.open(file)) {
      long length = Long.parseLong(where.getOrDefault("length", "" + (channel.size() - from)));
      if (from < 0 || length < 0 || from + length > channel.size()) {
        throw new IllegalArgumentException(
            "'" + location + "' ends before '" + proto.getName() + "' does: copy it again");
      }
      ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(length));
      channel.position(from);
      while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
        // until all is there
      }
      return bytes.flip();
    }
  }

  private static int bytes(DataType type) {
    return switch (type) {
      case DOUBLE, INT64, UINT64 -> 8;
      case FLOAT, INT32, UINT32 -> 4;
      case FLOAT16, BFLOAT16, INT16, UINT16 -> 2;
      default -> 1;
    };
  }

  private static double raw(ByteBuffer bytes, int i, DataType type) {
    int at = bytes.position() + i * bytes(type);
    return switch (type) {
      case FLOAT -> bytes.getFloat(at);
      case DOUBLE -> bytes.getDouble(at);
      case INT64, UINT64 -> bytes.getLong(at);
      case INT32 -> bytes.getInt(at);
      case UINT32 -> Integer.toUnsignedLong(bytes.getInt(at));
      case INT16 -> bytes.getShort(at);
      case UINT16 -> Short.toUnsignedInt(bytes.getShort(at));
      case FLOAT16 -> half(bytes.getShort(at));
      case BFLOAT16 -> Float.intBitsToFloat(bytes.getShort(at) << 16);
      case INT8 -> bytes.get(at);
      default -> Byte.toUnsignedInt(bytes.get(at));
    };
  }

  private static int typedCount(TensorProto proto, DataType type) {
    return switch (type) {
      case FLOAT -> proto.getFloatDataCount();
      case DOUBLE -> proto.getDoubleDataCount();
      case INT64 -> proto.getInt64DataCount();
      case UINT32, UINT64 -> proto.getUint64DataCount();
      default -> proto.getInt32DataCount();
    };
  }

  private static double typed(TensorProto proto, int i, DataType type) {
    return switch (type) {
      case FLOAT -> proto.getFloatData(i);
      case DOUBLE -> proto.getDoubleData(i);
      case INT64 -> proto.getInt64Data(i);
      case UINT32, UINT64 -> proto.getUint64Data(i);
      case FLOAT16 -> half((short) proto.getInt32Data(i));
      case BFLOAT16 -> Float.intBitsToFloat(proto.getInt32Data(i) << 16);
      default -> proto.getInt32Data(i);
    };
  }

  /** Returns the number of IEEE 754 half precision. */
  private static double half(short bits) {
    int exponent = bits >> 10 & 0x1f;
    int fraction = bits & 0x3ff;
    double size =
        switch (exponent) {
          case 0 -> Math.scalb((double) fraction, -24);
          case 0x1f -> fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
          default -> Math.scalb((double) (fraction | 0x400), exponent - 25);
        };
    return bits < 0 ? -size : size;
  }
}

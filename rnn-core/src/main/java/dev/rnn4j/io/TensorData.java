package dev.rnn4j.io;

import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** A tensor's numbers as little-endian bytes in row-major order, a piece at a time. */
final class TensorData {
  private static final int PIECE_BYTES = 1 << 16;

  private TensorData() {}

  static void write(Tensor tensor, OutputStream out) throws IOException {
    int width = tensor.precision().bytes();
    ByteBuffer piece = Safetensors.littleEndian(new byte[PIECE_BYTES]);
    boolean wide = tensor.precision() == Precision.FLOAT64;
    double[] doubles = wide ? tensor.toDoubles() : null;
    float[] floats = wide ? null : tensor.toFloats();
    int elements = tensor.shape().elements();
    int from = 0;
    while (from < elements) {
      int count = Math.min(elements - from, PIECE_BYTES / width);
      if (wide) {
        piece.asDoubleBuffer().put(doubles, from, count);
      } else {
        piece.asFloatBuffer().put(floats, from, count);
      }
      out.write(piece.array(), 0, count * width);
      from += count;
    }
  }

  static Tensor read(Path file, SafetensorsHeader.Entry entry, InputStream in) throws IOException {
    int width = entry.precision().bytes();
    boolean wide = entry.precision() == Precision.FLOAT64;
    int elements = entry.shape().elements();
    double[] doubles = wide ? new double[elements] : null;
    float[] floats = wide ? null : new float[elements];
    int from = 0;
    while (from < elements) {
      int count = Math.min(elements - from, PIECE_BYTES / width);
      byte[] bytes = in.readNBytes(count * width);
      if (bytes.length < count * width) {
        throw SafetensorsException.damaged(file, "became shorter while it was read");
      }
      ByteBuffer piece = Safetensors.littleEndian(bytes);
      if (wide) {
        piece.asDoubleBuffer().get(doubles, from, count);
      } else {
        piece.asFloatBuffer().get(floats, from, count);
      }
      from += count;
    }
    return wide ? Tensor.of(entry.shape(), doubles) : Tensor.of(entry.shape(), floats);
  }
}

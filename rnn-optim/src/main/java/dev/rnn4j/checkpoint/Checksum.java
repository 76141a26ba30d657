package dev.rnn4j.checkpoint;

import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/** CRC-32C over names, shapes, numbers and settings, in the order of the names. */
final class Checksum {
  private static final int PIECE = 1 << 14;

  private final CRC32C crc = new CRC32C();
  private final ByteBuffer bytes =
      ByteBuffer.allocate(PIECE * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);

  private Checksum() {}

  static String of(CheckpointFile.Content content) {
    Checksum sum = new Checksum();
    new TreeMap<>(content.settings())
        .forEach(
            (name, value) -> {
              sum.add(name);
              sum.add(value);
            });
    new TreeMap<>(content.state())
        .forEach(
            (name, tensor) -> {
              sum.add(name);
              sum.add(tensor);
            });
    return Long.toHexString(sum.crc.getValue());
  }

  private void add(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    add(utf8.length);
    crc.update(utf8);
  }

  private void add(int number) {
    bytes.clear();
    bytes.putInt(number);
    flush();
  }

  private void flush() {
    bytes.flip();
    crc.update(bytes);
  }

  private void add(Tensor tensor) {
    add(tensor.precision().toString());
    add(tensor.shape().toString());
    boolean wide = tensor.precision() == Precision.FLOAT64;
    int elements = tensor.shape().elements();
    for (int from = 0; from < elements; from += PIECE) {
      bytes.clear();
      for (int i = from; i < Math.min(elements, from + PIECE); i++) {
        if (wide) {
          bytes.putDouble(tensor.at(i));
        } else {
          bytes.putFloat((float) tensor.at(i));
        }
      }
      flush();
    }
  }
}

package dev.rnn4j.train.internal.run;

import dev.rnn4j.io.Batch;
import dev.rnn4j.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * A number that tells batches from each other: of their names and shapes, and of about a thousand
 * values of each tensor, so that it takes no time beside an update.
 */
final class Fingerprint {
  private static final int VALUES = 1 << 10;

  private Fingerprint() {}

  /** Returns a whole number from 0 to 2³²−1. */
  static double of(Batch batch) {
    CRC32C crc = new CRC32C();
    ByteBuffer bytes = ByteBuffer.allocate(2 * VALUES * Double.BYTES);
    for (Batch.Part part : batch.parts()) {
      crc.update(part.toString().getBytes(StandardCharsets.UTF_8));
      Tensor tensor = part.tensor();
      int elements = tensor.shape().elements();
      int stride = Math.max(1, elements / VALUES);
      bytes.clear();
      for (int i = 0; i < elements; i += stride) {
        bytes.putDouble(tensor.at(i));
      }
      bytes.flip();
      crc.update(bytes);
    }
    return crc.getValue();
  }
}

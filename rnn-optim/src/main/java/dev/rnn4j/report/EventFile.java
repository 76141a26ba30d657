package dev.rnn4j.report;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * A file of events as TensorBoard reads it. A record is the length of an event, 8 bytes, a checksum
 * of these, the event, and a checksum of it, all of them with the low byte first; a checksum is a
 * CRC32C, turned by 15 bits, plus a constant. An event is a message of protocol buffers
 * (tensorflow/core/util/event.proto), of which a few fields are enough:
 *
 * <pre>
 * Event         1 wall_time: double, 2 step: int64, 3 file_version: string, 5 summary: Summary
 * Summary       1 value: Summary.Value, any number
 * Summary.Value 1 tag: string, 2 simple_value: float
 * </pre>
 */
final class EventFile implements Closeable {
  private static final String VERSION = "brain.Event:2";
  private static final int DELTA = 0xa282ead8;

  // The kinds of field that protocol buffers know, in the low three bits of a field's key.
  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int BYTES = 2;
  private static final int FIXED32 = 5;

  private final OutputStream out;

  /** Begins the file; the stream is closed with it. */
  EventFile(OutputStream out, double wallTime) throws IOException {
    this.out = new BufferedOutputStream(out);
    Message event = new Message();
    event.fixed64(1, Double.doubleToRawLongBits(wallTime));
    event.bytes(3, VERSION.getBytes(StandardCharsets.UTF_8));
    write(event.toBytes());
  }

  /**
   * Adds a number.
   *
   * @param wallTime in seconds since 1970
   */
  void add(double wallTime, long step, String tag, double number) throws IOException {
    Message value = new Message();
    value.bytes(1, tag.getBytes(StandardCharsets.UTF_8));
    value.fixed32(2, Float.floatToRawIntBits((float) number));
    Message summary = new Message();
    summary.bytes(1, value.toBytes());
    Message event = new Message();
    event.fixed64(1, Double.doubleToRawLongBits(wallTime));
    event.varint(2, step);
    event.bytes(5, summary.toBytes());
    write(event.toBytes());
  }

  /** Hands on what was added, for somebody who reads the file meanwhile. */
  void flush() throws IOException {
    out.flush();
  }

  @Override
  public void close() throws IOException {
    out.close();
  }

  private void write(byte[] event) throws IOException {
    byte[] length = littleEndian(8).putLong(event.length).array();
    out.write(length);
    out.write(littleEndian(4).putInt(checksum(length)).array());
    out.write(event);
    out.write(littleEndian(4).putInt(checksum(event)).array());
  }

  /** Returns the checksum of a record's part. */
  static int checksum(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return Integer.rotateRight((int) crc.getValue(), 15) + DELTA;
  }

  private static ByteBuffer littleEndian(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** A message under construction: fields, each after its number and kind. */
  private static final class Message {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    void varint(int field, long value) {
      write((long) field << 3 | VARINT);
      write(value);
    }

    void fixed64(int field, long bits) {
      write((long) field << 3 | FIXED64);
      bytes.writeBytes(littleEndian(8).putLong(bits).array());
    }

    void fixed32(int field, int bits) {
      write((long) field << 3 | FIXED32);
      bytes.writeBytes(littleEndian(4).putInt(bits).array());
    }

    void bytes(int field, byte[] value) {
      write((long) field << 3 | BYTES);
      write(value.length);
      bytes.writeBytes(value);
    }

    /** Writes a number, seven bits a byte, the low ones first; the last byte has no high bit. */
    private void write(long value) {
      long rest = value;
      for (; (rest & ~0x7fL) != 0; rest >>>= 7) {
        bytes.write((int) (rest & 0x7f | 0x80));
      }
      bytes.write((int) rest);
    }

    byte[] toBytes() {
      return bytes.toByteArray();
    }
  }
}

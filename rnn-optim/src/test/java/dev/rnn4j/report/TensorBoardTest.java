package dev.rnn4j.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Events, read again by a reader of their own, and by TensorBoard's where it is installed. */
class TensorBoardTest {
  private static final List<String> EVENTS =
      List.of(
          "update/loss 1 4.0",
          "update/gradient_norm 1 2.0",
          "update/rate 1 0.1",
          "update/loss 2 2.0",
          "update/gradient_norm 2 1.5",
          "update/rate 2 0.1",
          "validation/loss 2 2.5",
          "epoch/loss 2 3.0",
          "update/loss 3 1.0",
          "update/gradient_norm 3 1.0",
          "update/rate 3 0.05",
          "update/loss 4 0.5",
          "update/gradient_norm 4 0.5",
          "update/rate 4 0.05",
          "validation/loss 4 1.25",
          "epoch/loss 4 0.75");

  /** What TensorBoard does with a folder, in the order of tags and steps. */
  private static final String READER =
      String.join(
          "\n",
          "import sys",
          "from tensorboard.backend.event_processing.event_accumulator import EventAccumulator",
          "events = EventAccumulator(sys.argv[1]); events.Reload()",
          "for tag in sorted(events.Tags()['scalars']):",
          "  for e in events.Scalars(tag): print('%s %d %.6g' % (tag, e.step, e.value))");

  @TempDir private Path folder;

  private Path file() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList().get(0);
    }
  }

  @Test
  void holdsWhatWasFound() throws IOException {
    Histories.replay(Histories.small(true), TensorBoard.to(folder));
    assertTrue(file().getFileName().toString().matches("events\\.out\\.tfevents\\.\\d{10}\\..*"));
    List<String> events = new Events(Files.readAllBytes(file())).all();
    assertEquals("brain.Event:2", events.get(0));
    assertEquals(EVENTS, events.subList(1, events.size()));
  }

  @Test
  void theChecksumIsTheOneOfTheFormat() {
    // CRC32C of "123456789" is e3069283 (RFC 3720, B.4 has others): turned, and the constant added.
    int turned = 0xe3069283 >>> 15 | 0xe3069283 << 17;
    assertEquals(turned + 0xa282ead8, EventFile.checksum("123456789".getBytes(UTF_8)));
  }

  @Test
  void aBeginningIsWrittenInBytes() throws IOException {
    Path file = folder.resolve("events");
    try (EventFile events = new EventFile(Files.newOutputStream(file), 1.5)) {
      events.add(2.5, 300, "a", 0.5);
    }
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    assertEquals(24, bytes.getLong(0), "the length of the first event");
    byte[] second = new byte[22];
    bytes.position(24 + 16 + 12).get(second);
    byte[] expected = {
      0x09,
      0,
      0,
      0,
      0,
      0,
      0,
      0x04,
      0x40, // 1: 2.5
      0x10,
      (byte) 0xac,
      0x02, // 2: 300
      0x2a,
      0x0a, // 5: 10 bytes
      0x0a,
      0x08, // 1: 8 bytes
      0x0a,
      0x01,
      'a', // 1: a
      0x15,
      0,
      0 // 2: 0.5, and its last two bytes below
    };
    assertArrayEquals(expected, second);
  }

  @Test
  void everySoManiethUpdateOnly() throws IOException {
    Histories.replay(Histories.small(false), TensorBoard.to(folder).every(2));
    List<String> events = new Events(Files.readAllBytes(file())).all();
    assertEquals(
        List.of(2, 4),
        events.stream()
            .filter(event -> event.startsWith("update/loss"))
            .map(event -> Integer.parseInt(event.split(" ")[1]))
            .toList());
  }

  @Test
  void everyTrainingHasAFileOfItsOwn() throws IOException {
    Histories.replay(Histories.small(true), TensorBoard.to(folder));
    Histories.replay(Histories.small(true), TensorBoard.to(folder));
    assertEquals(2, folder.toFile().list().length);
  }

  @Test
  void aFolderThatCannotBeIsNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    TensorBoard listener = TensorBoard.to(file.resolve("run"));
    String message =
        assertThrows(
                UncheckedIOException.class, () -> Histories.replay(Histories.small(true), listener))
            .getMessage();
    assertTrue(
        message.startsWith("events for TensorBoard cannot be written to " + file.resolve("run")),
        message);
  }

  @Test
  void tensorBoardReadsIt() throws Exception {
    assumeTrue(python("-c", "import tensorboard").code == 0, "tensorboard is not installed");
    Histories.replay(Histories.small(true), TensorBoard.to(folder));
    Output output = python("-c", READER, folder.toString());
    assertEquals(0, output.code, output.text);
    List<String> expected =
        EVENTS.stream()
            .map(event -> event.split(" "))
            .map(e -> e[0] + " " + e[1] + " " + shown(Double.parseDouble(e[2])))
            .sorted()
            .toList();
    assertEquals(
        expected, output.text.lines().filter(line -> line.contains("/")).sorted().toList());
  }

  /** Returns a number as Python's %.6g shows it. */
  private static String shown(double value) {
    return value == Math.rint(value)
        ? Long.toString((long) value)
        : String.format(Locale.ROOT, "%s", value);
  }

  private record Output(int code, String text) {}

  private static Output python(String... arguments) throws InterruptedException {
    List<String> command = new ArrayList<>(List.of("python3"));
    command.addAll(List.of(arguments));
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      String text = new String(process.getInputStream().readAllBytes(), UTF_8);
      return new Output(process.waitFor(), text);
    } catch (IOException e) {
      return new Output(-1, ""); // no Python at all
    }
  }

  /** A reader of the format, written from its description and not from the writer. */
  private static final class Events {
    private final ByteBuffer bytes;

    Events(byte[] file) {
      bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    }

    List<String> all() {
      List<String> events = new ArrayList<>();
      while (bytes.hasRemaining()) {
        int begin = bytes.position();
        int length = (int) bytes.getLong();
        assertEquals(crc(begin, 8), bytes.getInt(), "the checksum of the length");
        events.add(event(bytes.position(), length));
        bytes.position(begin + 12 + length);
        assertEquals(crc(begin + 12, length), bytes.getInt(), "the checksum of the event");
      }
      return events;
    }

    /** The checksum bit by bit, by the polynomial 1edc6f41 with its bits turned round. */
    private int crc(int from, int length) {
      int crc = -1;
      for (int i = from; i < from + length; i++) {
        crc ^= bytes.get(i) & 0xff;
        for (int bit = 0; bit < 8; bit++) {
          crc = crc >>> 1 ^ ((crc & 1) == 0 ? 0 : 0x82f63b78);
        }
      }
      crc = ~crc;
      return (crc >>> 15 | crc << 17) + 0xa282ead8;
    }

    private String event(int from, int length) {
      bytes.position(from);
      long step = 0;
      String tag = "";
      while (bytes.position() < from + length) {
        int key = bytes.get();
        switch (key) {
          case 1 << 3 | 1 -> assertTrue(bytes.getDouble() > 1.7e9, "seconds since 1970");
          case 2 << 3 -> step = varint();
          case 3 << 3 | 2 -> tag = text();
          case 5 << 3 | 2, 1 << 3 | 2 -> {
            int size = (int) varint();
            if (bytes.get(bytes.position()) != (1 << 3 | 2)) {
              bytes.position(bytes.position() - 1);
              tag = text();
            } else {
              assertEquals(from + length, bytes.position() + size, "one value");
            }
          }
          case 2 << 3 | 5 -> {
            return tag + " " + step + " " + bytes.getFloat();
          }
          default -> throw new AssertionError("a field of the key " + key);
        }
      }
      return tag;
    }

    private long varint() {
      long value = 0;
      for (int shift = 0; ; shift += 7) {
        byte next = bytes.get();
        value |= (next & 0x7fL) << shift;
        if (next >= 0) {
          return value;
        }
      }
    }

    private String text() {
      byte[] text = new byte[(int) varint()];
      bytes.get(text);
      return new String(text, UTF_8);
    }
  }
}

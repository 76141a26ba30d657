package dev.rnn4j.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SafetensorsTest {
  @TempDir Path folder;

  private Path file(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("model.safetensors"), bytes);
  }

  /** A file with this header, and as many bytes 0, 1, 2 ... after it. */
  private static byte[] bytes(String header, int dataBytes) {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer buffer =
        ByteBuffer.allocate(8 + json.length + dataBytes).order(ByteOrder.LITTLE_ENDIAN);
    buffer.putLong(json.length).put(json);
    for (int i = 0; i < dataBytes; i++) {
      buffer.put((byte) i);
    }
    return buffer.array();
  }

  private static String entry(String name, String type, String shape, long begin, long end) {
    return "\"%s\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
        .formatted(name, type, shape, begin, end);
  }

  @Test
  void whatIsSavedIsLoadedInItsOrder() throws IOException {
    double[] sines = new double[50_021];
    Arrays.setAll(sines, Math::sin);
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("rnn.cell.weightIh", Tensor.of(Shape.of(1, 3), 1.5f, -0f, Float.NaN));
    tensors.put("rnn.cell.weightHh", Tensor.of(new double[][] {{0.1, -0.0}, {1e-320, 1e308}}));
    tensors.put("σ \"quoted\" \\ \n 🐟", Tensor.scalar(Double.NEGATIVE_INFINITY));
    tensors.put("", Tensor.scalar(7).to(Precision.FLOAT32));
    tensors.put("empty", Tensor.zeros(Shape.of(3, 0, 2)));
    tensors.put("large", Tensor.of(sines));
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("hidden size", "64");
    metadata.put("a", "é\u0000🐱");
    Path file = folder.resolve("model.safetensors");
    Safetensors.save(file, tensors, metadata);
    NamedTensors loaded = Safetensors.load(file);
    assertEquals(List.copyOf(tensors.keySet()), List.copyOf(loaded.tensors().keySet()));
    tensors.forEach((name, tensor) -> assertTrue(tensor.sameAs(loaded.get(name)), name));
    assertEquals(List.copyOf(metadata.entrySet()), List.copyOf(loaded.metadata().entrySet()));
  }

  @Test
  void everyBitPatternSurvives() throws IOException {
    float[] floats = new float[4099];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = Float.intBitsToFloat(i * 0x00105A17);
    }
    Path file = folder.resolve("bits");
    Safetensors.save(file, Map.of("w", Tensor.of(Shape.of(4099), floats)), Map.of());
    float[] loaded = Safetensors.load(file).get("w").toFloats();
    for (int i = 0; i < floats.length; i++) {
      assertEquals(Float.floatToRawIntBits(floats[i]), Float.floatToRawIntBits(loaded[i]));
    }
  }

  @Test
  void nothingCanBeSavedToo() throws IOException {
    Path file = folder.resolve("nothing");
    Safetensors.save(file, Map.of(), Map.of());
    assertEquals(new NamedTensors(Map.of(), Map.of()), Safetensors.load(file));
    assertEquals("{}      ", Files.readString(file).substring(8));
  }

  @Test
  void theBytesAreTheFormats() throws IOException {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("b", Tensor.of(Shape.of(1), 1f));
    tensors.put("w", Tensor.of(Shape.of(1, 1), 2.0));
    Path file = folder.resolve("model");
    Safetensors.save(file, tensors, Map.of("format", "rnn4j"));
    String header =
        "{\"__metadata__\":{\"format\":\"rnn4j\"},"
            + entry("b", "F32", "[1]", 8, 12)
            + ","
            + entry("w", "F64", "[1,1]", 0, 8)
            + "}";
    int length = (header.length() + 7) / 8 * 8;
    ByteBuffer expected = ByteBuffer.allocate(8 + length + 12).order(ByteOrder.LITTLE_ENDIAN);
    expected.putLong(length).put(header.getBytes(StandardCharsets.UTF_8));
    expected.put(" ".repeat(length - header.length()).getBytes(StandardCharsets.UTF_8));
    expected.putDouble(2).putFloat(1);
    assertArrayEquals(expected.array(), Files.readAllBytes(file));
  }

  @Test
  void readsWhatOthersWrite() throws IOException {
    String header =
        "{\"__metadata__\":{\"format\":\"pt\"}, "
            + entry("w", "F32", "[2,1]", 0, 8)
            + " , \"\\u0062\" :{\"data_offsets\":[8,16],\"shape\":[],\"dtype\":\"F64\"} } ";
    NamedTensors loaded = Safetensors.load(file(bytes(header, 16)));
    assertEquals(Map.of("format", "pt"), loaded.metadata());
    assertEquals(List.of("w", "b"), List.copyOf(loaded.tensors().keySet()));
    assertEquals(Shape.of(2, 1), loaded.get("w").shape());
    assertEquals(Float.intBitsToFloat(0x03020100), loaded.get("w").at(0));
    assertEquals(Double.longBitsToDouble(0x0f0e0d0c0b0a0908L), loaded.get("b").item());
    var error = assertThrows(IllegalArgumentException.class, () -> loaded.get("v"));
    assertEquals("there is no tensor 'v'; there are [w, b]", error.getMessage());
  }

  @Test
  void namesThatTheFormatCannotHoldAreRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("kept"), "old");
    Tensor tensor = Tensor.scalar(1);
    var reserved =
        assertThrows(
            IllegalArgumentException.class,
            () -> Safetensors.save(file, Map.of("__metadata__", tensor), Map.of()));
    assertEquals(
        "a tensor cannot have the name '__metadata__', which the format keeps for itself; rename it",
        reserved.getMessage());
    var half =
        assertThrows(
            IllegalArgumentException.class,
            () -> Safetensors.save(file, Map.of("w", tensor), Map.of("a", "\uD83D")));
    assertTrue(half.getMessage().contains("is not Unicode"), half.getMessage());
    assertEquals("old", Files.readString(file));
  }

  @Test
  void savingSaysWhyItCannot() {
    Path inside = folder.resolve("none").resolve("model");
    var error =
        assertThrows(
            SafetensorsException.class, () -> Safetensors.save(inside, Map.of(), Map.of()));
    assertTrue(error.getMessage().contains("there is no folder"), error.getMessage());
  }

  @Test
  void whatIsNoFileIsNamed() {
    Path none = folder.resolve("none");
    assertRefused(none, "'" + none + "' does not exist; check the name");
    assertRefused(folder, "'" + folder + "' is a folder; name a file inside it");
  }

  private static void assertRefused(Path file, String message) {
    var error = assertThrows(SafetensorsException.class, () -> Safetensors.load(file));
    assertEquals(message, error.getMessage());
  }

  private void assertDamaged(byte[] bytes, String complaint) throws IOException {
    Path file = file(bytes);
    assertRefused(file, "'" + file + "' " + complaint);
  }

  @Test
  void aFileThatEndsTooSoonOrTooLate() throws IOException {
    String again = "; copy or save it again";
    byte[] whole = bytes("{" + entry("w", "F32", "[4]", 0, 16) + "}", 16);
    assertDamaged(new byte[0], "is empty" + again);
    assertDamaged(Arrays.copyOf(whole, 5), "ends after 5 bytes" + again);
    int header = whole.length - 24;
    assertDamaged(
        Arrays.copyOf(whole, 20),
        "ends within its header, which should be " + header + " bytes long and has 12" + again);
    assertDamaged(
        Arrays.copyOf(whole, whole.length - 1),
        "should have 16 bytes of numbers after its header, and has 15" + again);
    assertDamaged(
        Arrays.copyOf(whole, whole.length + 3),
        "should have 16 bytes of numbers after its header, and has 19" + again);
  }

  @Test
  void aFileOfAnotherSort() throws IOException {
    byte[] negative = bytes("{}", 0);
    Arrays.fill(negative, 0, 8, (byte) 0xFF);
    assertDamaged(
        negative,
        "is not a safetensors file that can be read: its header would be 18446744073709551615"
            + " bytes long, and at most 10000000 are read; name another file");
    String other = "is not a safetensors file: no header begins at byte 8; name another file";
    assertDamaged("one,two,three".getBytes(StandardCharsets.UTF_8), other);
    assertDamaged("one,two\n".getBytes(StandardCharsets.UTF_8), other);
    assertDamaged(bytes("", 0), other);
    assertDamaged(bytes(" {}", 0), other);
    byte[] latin = bytes("{\"x\":1}", 0);
    latin[10] = (byte) 0xE9;
    assertDamaged(latin, "has a header that is not UTF-8; copy or save it again");
  }

  @Test
  void aHeaderAsLargeAsAFile() throws IOException {
    int length = 99_000_000;
    Path file = folder.resolve("large.safetensors");
    try (RandomAccessFile large = new RandomAccessFile(file.toFile(), "rw")) {
      large.write(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(length).array());
      large.write('{');
      large.setLength(8 + length);
    }
    assertRefused(
        file,
        "'"
            + file
            + "' is not a safetensors file that can be read: its header would be 99000000 bytes"
            + " long, and at most 10000000 are read; name another file");
  }

  @Test
  void aShapeOfAsManyAxesAsAHeaderHolds() throws IOException {
    String shape = "[" + "0,".repeat(3_000_000) + "0]";
    assertDamaged(
        bytes("{" + entry("w", "F32", shape, 0, 0) + "}", 0),
        "has a wrong header: the shape of the tensor 'w' has more than 64 numbers; copy or save it"
            + " again");
  }

  @Test
  void aTensorOfManyEmptyRowsTakesNoRoom() throws IOException {
    Path file = file(bytes("{" + entry("w", "F32", "[2147483647,0]", 0, 0) + "}", 0));
    Tensor tensor = Safetensors.load(file).get("w");
    assertEquals(Shape.of(2147483647, 0), tensor.shape());
    assertEquals("[]", tensor.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "{]",
        "{\"w\"",
        "{\"w\":}",
        "{'w':1}",
        "{\0}\0",
        "{\"w\":{\"dtype\":F32}}",
        "{\"a\":{\"shape\":[01]}}",
        "{\"a\":{\"shape\":[99999999999999999999]}}",
        "{\"__metadata__\":{\"a\":\"\n\"}}",
        "{\"a\":{\"shape\":[NaN]}}",
        "{ // comment\n}",
        "{} x"
      })
  void aHeaderThatIsNotJson(String header) throws IOException {
    Path file = file(bytes(header, 0));
    var error = assertThrows(SafetensorsException.class, () -> Safetensors.load(file));
    String message = error.getMessage();
    assertTrue(message.startsWith("'" + file + "' has a header that is not JSON ("), message);
    assertTrue(message.endsWith("); copy or save it again"), message);
    assertFalse(message.contains("\n"), message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"w\":1} | the tensor 'w' should be an object {...}",
        "{\"__metadata__\":[]} | __metadata__ should be an object {...}",
        "{\"__metadata__\":{\"a\":1}} | the metadata 'a' should be a text",
        "{\"__metadata__\":{\"a\":\"x\",\"a\":\"y\"}} | __metadata__ has 'a' twice",
        "{\"w\":{\"dtype\":32}} | the dtype of the tensor 'w' should be a text",
        "{\"w\":{\"shape\":4}} | the shape of the tensor 'w' should be a list of whole numbers",
        "{\"w\":{\"shape\":[4.0]}} | the shape of the tensor 'w' should be a list of whole numbers",
        "{\"w\":{\"shape\":[[4]]}} | the shape of the tensor 'w' should be a list of whole numbers",
        "{\"w\":{\"shape\":[1],\"shape\":[1]}} | the tensor 'w' has 'shape' twice",
        "{\"w\":{}} | the tensor 'w' has only the fields []",
        "{\"w\":{\"colour\":1}} | the tensor 'w' has an unknown field 'colour'",
        "{\"w\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[0]}} | the data_offsets of the"
            + " tensor 'w' should be two numbers, not [0]",
        "{}{} | there is something after its end",
      })
  void aHeaderOfTheWrongKind(String header, String complaint) throws IOException {
    assertDamaged(bytes(header, 0), "has a wrong header: " + complaint + "; copy or save it again");
  }

  @Test
  void aTensorTwice() throws IOException {
    String twice = entry("w", "F32", "[1]", 0, 4) + "," + entry("w", "F32", "[1]", 4, 8);
    assertDamaged(
        bytes("{" + twice + "}", 8),
        "has a wrong header: the header has 'w' twice; copy or save it again");
  }

  @ParameterizedTest
  @ValueSource(strings = {"F16", "BF16", "I64", "U8", "BOOL", "F8_E4M3", "f32", ""})
  void anotherTypeIsNamed(String type) throws IOException {
    assertDamaged(
        bytes("{" + entry("rnn.w", type, "[2]", 0, 4) + "}", 4),
        "holds the tensor 'rnn.w' as "
            + type
            + ", and only F32 and F64 can be read; convert it before saving");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[-1]", "[2147483648]", "[65536,65536]", "[9223372036854775807,2]"})
  void aShapeThatCannotBe(String shape) throws IOException {
    assertDamaged(
        bytes("{" + entry("w", "F32", shape, 0, 4) + "}", 4),
        "has the shape "
            + shape.replace(",", ", ")
            + " of the tensor 'w', and sizes and elements from 0 to 2147483647 can be read; split"
            + " it before saving");
  }

  @ParameterizedTest
  @CsvSource({"0, 4", "0, 12", "8, 0", "-8, 0", "-9223372036854775808, 9223372036854775807"})
  void bytesThatDoNotFitTheShape(long begin, long end) throws IOException {
    assertDamaged(
        bytes("{" + entry("w", "F32", "[2]", begin, end) + "}", 8),
        "has the tensor 'w' from byte "
            + begin
            + " to "
            + end
            + ", and its shape [2] of float32 takes 8 bytes; copy or save it again");
  }

  @Test
  void overlapsAndHoles() throws IOException {
    String a = entry("a", "F32", "[2]", 0, 8);
    assertDamaged(
        bytes("{" + a + "," + entry("b", "F32", "[2]", 4, 12) + "}", 12),
        "lets the tensor 'b' overlap the tensor 'a'; copy or save it again");
    assertDamaged(
        bytes("{" + entry("b", "F32", "[2]", 12, 20) + "," + a + "}", 20),
        "has a hole of 4 bytes between the tensor 'a' and the tensor 'b'; copy or save it again");
    assertDamaged(
        bytes("{" + entry("b", "F32", "[2]", 4, 12) + "}", 12),
        "has a hole of 4 bytes between the header and the tensor 'b'; copy or save it again");
    assertDamaged(
        bytes("{" + entry("b", "F64", "[1000000000]", 0, 8000000000L) + "}", 12),
        "should have 8000000000 bytes of numbers after its header, and has 12; copy or save it"
            + " again");
  }

  /** Saves a file again and again, all its numbers equal, until somebody kills it. */
  static final class Saver {
    private Saver() {}

    public static void main(String[] arguments) throws IOException {
      for (int round = 0; ; round++) {
        Tensor tensor = Tensor.full(Shape.of(200_000), round);
        Safetensors.save(Path.of(arguments[0]), Map.of("w", tensor), Map.of());
        System.out.println(round);
      }
    }
  }

  @Test
  void aKillNeverLeavesHalfAFile() throws Exception {
    Path file = folder.resolve("model.safetensors");
    for (int killed = 0; killed < 3; killed++) {
      Process saver =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  Saver.class.getName(),
                  file.toString())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      try (BufferedReader lines = saver.inputReader()) {
        for (int line = 0; line < 3 + killed; line++) {
          assertEquals(Integer.toString(line), lines.readLine());
        }
        saver.destroyForcibly().waitFor();
      }
      double[] values = Safetensors.load(file).get("w").toDoubles();
      assertEquals(200_000, values.length);
      assertTrue(Arrays.stream(values).allMatch(value -> value == values[0]));
    }
    try (Stream<Path> files = Files.list(folder)) {
      assertTrue(files.filter(f -> !f.equals(file)).allMatch(f -> f.toString().endsWith(".tmp")));
    }
  }
}

package dev.rnn4j.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Damage of any sort gives a sentence, or none that a reader could see: other numbers or names. */
class SafetensorsCorruptionTest {
  private static Path folder;
  private static byte[] whole;

  /** One byte changed, at a fraction of the file's length. */
  record Flip(double place, byte bits) {}

  @BeforeContainer
  static void save() throws IOException {
    folder = Files.createTempDirectory("rnn4j");
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("a", Tensor.of(Shape.of(2, 3), 1f, 2f, 3f, 4f, 5f, 6f));
    tensors.put("b", Tensor.of(1.0, 2.0));
    tensors.put("c", Tensor.zeros(Shape.of(0)));
    Path file = folder.resolve("whole");
    Safetensors.save(file, tensors, Map.of("k", "v"));
    whole = Files.readAllBytes(file);
  }

  @AfterContainer
  static void clean() throws IOException {
    Files.deleteIfExists(folder.resolve("damaged"));
    Files.deleteIfExists(folder.resolve("whole"));
    Files.delete(folder);
  }

  @Provide
  static Arbitrary<List<Flip>> flips() {
    Arbitrary<Double> places = Arbitraries.doubles().between(0, true, 1, false);
    Arbitrary<Byte> bits = Arbitraries.bytes().filter(b -> b != 0);
    return Combinators.combine(places, bits).as(Flip::new).list().ofMinSize(1).ofMaxSize(4);
  }

  @Property(tries = 500)
  void truncated(@ForAll @DoubleRange(min = 0, max = 0.99) double fraction) throws IOException {
    assertFalse(loads(Arrays.copyOf(whole, (int) (fraction * whole.length))));
  }

  @Property(tries = 3000)
  void flipped(@ForAll("flips") List<Flip> flips) throws IOException {
    byte[] bytes = whole.clone();
    for (Flip flip : flips) {
      bytes[(int) (flip.place() * bytes.length)] ^= flip.bits();
    }
    loads(bytes);
  }

  @Property(tries = 1000)
  void replacedByAnything(@ForAll @Size(max = 64) byte[] bytes) throws IOException {
    loads(bytes);
  }

  @Property(tries = 1000)
  void headerOfAnything(@ForAll @Size(max = 64) byte[] bytes) throws IOException {
    byte[] file = new byte[9 + bytes.length];
    file[0] = (byte) (1 + bytes.length);
    file[8] = '{';
    System.arraycopy(bytes, 0, file, 9, bytes.length);
    loads(file);
  }

  /** Returns whether the file is a valid one; asks for one sentence where it is not. */
  private static boolean loads(byte[] bytes) throws IOException {
    Path file = Files.write(folder.resolve("damaged"), bytes);
    try {
      NamedTensors loaded = Safetensors.load(file);
      long numbers = loaded.tensors().values().stream().mapToLong(t -> t.shape().elements()).sum();
      assertTrue(numbers * 4 <= bytes.length);
      return true;
    } catch (SafetensorsException e) {
      assertTrue(e.getMessage().startsWith("'" + file + "' "), e.getMessage());
      assertEquals(1, e.getMessage().lines().count(), e.getMessage());
      assertTrue(e.getMessage().contains("; "), "the cure is missing: " + e.getMessage());
      return false;
    }
  }
}

package dev.rnn4j.random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rnn4j.tensor.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against NumPy's own draws, which src/test/python/numpy_random.py wrote down. */
class NumpyRandomTest {
  /** One line of the file: after seed(seed), the call gave these values. */
  record Draws(long seed, String call, String[] arguments, String[] values) {
    static Draws parse(String line) {
      int colon = line.indexOf(':');
      String[] words = line.substring(0, colon).split(" ");
      return new Draws(
          Long.parseLong(words[0]),
          words[1],
          Arrays.copyOfRange(words, 2, words.length),
          line.substring(colon + 2).split(" "));
    }

    @Override
    public String toString() {
      return "seed " + seed + ", " + call + " " + String.join(" ", arguments);
    }
  }

  static List<Draws> draws() throws IOException {
    try (InputStream in = NumpyRandomTest.class.getResourceAsStream("numpy-random.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(Draws::parse)
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("draws")
  void drawsWhatNumpyDraws(Draws expected) {
    NumpyRandom random = new NumpyRandom(expected.seed());
    String[] values = expected.values();
    switch (expected.call()) {
      case "words" ->
          assertEach(values, i -> Long.toString(Integer.toUnsignedLong(random.nextInt())));
      case "rand" -> assertDoubles(0, values, random.rand(values.length).toDoubles());
      case "uniform" -> {
        double[] drawn =
            IntStream.range(0, 20).mapToDouble(i -> random.uniform(-0.3, 1.7)).toArray();
        assertDoubles(0, values, drawn);
      }
      case "randn" -> assertDoubles(4, values, random.randn(values.length).toDoubles());
      case "mixed" -> {
        double[] drawn = {
          random.randn(),
          random.rand(),
          random.randint(0, 10),
          random.randn(),
          random.uniform(-2, 3),
          random.randn()
        };
        assertDoubles(4, values, drawn);
      }
      case "randint" -> {
        long low = Long.parseLong(expected.arguments()[0]);
        long high = Long.parseLong(expected.arguments()[1]);
        assertEach(values, i -> Long.toString(random.randint(low, high)));
      }
      case "choice" -> assertInts(values, random.choice(argument(expected), values.length));
      case "permutation" -> assertInts(values, random.permutation(argument(expected)));
      case "shuffle" -> {
        List<Integer> list =
            new ArrayList<>(IntStream.range(0, argument(expected)).boxed().toList());
        random.shuffle(list);
        assertInts(values, list.stream().mapToInt(i -> i).toArray());
      }
      default -> throw new AssertionError("no test for " + expected);
    }
  }

  private static int argument(Draws draws) {
    return Integer.parseInt(draws.arguments()[0]);
  }

  private static void assertEach(String[] expected, IntFunction<String> drawn) {
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], drawn.apply(i), "draw " + i);
    }
  }

  private static void assertInts(String[] expected, int[] drawn) {
    assertArrayEquals(Stream.of(expected).mapToInt(Integer::parseInt).toArray(), drawn);
  }

  private static void assertDoubles(int ulps, String[] expected, double[] drawn) {
    assertEquals(expected.length, drawn.length);
    for (int i = 0; i < expected.length; i++) {
      double value = Double.parseDouble(expected[i]);
      assertEquals(value, drawn[i], ulps * Math.ulp(value), "draw " + i);
    }
  }

  @Test
  void almostEveryNormalNumberIsEqualToTheLastBit() throws IOException {
    int count = 0;
    int different = 0;
    for (Draws expected : draws()) {
      if (expected.call().equals("randn")) {
        double[] drawn =
            new NumpyRandom(expected.seed()).randn(expected.values().length).toDoubles();
        for (int i = 0; i < drawn.length; i++) {
          count++;
          different += Double.parseDouble(expected.values()[i]) == drawn[i] ? 0 : 1;
        }
      }
    }
    assertTrue(different * 500 <= count, different + " of " + count);
  }

  @Test
  void tensorsFillInRowMajorOrder() {
    NumpyRandom together = new NumpyRandom(7);
    NumpyRandom apart = new NumpyRandom(7);
    var matrix = together.rand(3, 5);
    assertEquals(Shape.of(3, 5), matrix.shape());
    for (int row = 0; row < 3; row++) {
      for (int column = 0; column < 5; column++) {
        assertEquals(apart.rand(), matrix.get(row, column));
      }
    }
    assertEquals(Shape.of(2, 0), together.randn(2, 0).shape());
    assertEquals(apart.randn(), together.randn());
  }

  @Test
  void seedStartsAgain() {
    NumpyRandom random = new NumpyRandom(3);
    double first = random.randn();
    random.seed(3);
    assertEquals(first, random.randn());
  }

  @Test
  void boundedDrawsAreThoseOfRandint() {
    NumpyRandom one = new NumpyRandom(5);
    NumpyRandom other = new NumpyRandom(5);
    assertEquals(one.randint(0, 77), other.nextInt(77));
    assertEquals(one.randint(-3, 77), other.nextInt(-3, 77));
    assertEquals(one.randint(0L, 1L << 40), other.nextLong(1L << 40));
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 1L << 32, Long.MIN_VALUE, Long.MAX_VALUE})
  void refusesASeedThatNumpyRefuses(long seed) {
    var error = assertThrows(IllegalArgumentException.class, () -> new NumpyRandom(seed));
    assertEquals(
        "the seed " + seed + " is not one that NumPy takes; use a number from 0 to 4294967295",
        error.getMessage());
  }

  @Test
  void refusesEmptyRanges() {
    NumpyRandom random = new NumpyRandom(0);
    var range = assertThrows(IllegalArgumentException.class, () -> random.randint(3, 3));
    assertEquals(
        "there is no integer from 3 up to, but not including, 3; the upper bound must be the larger",
        range.getMessage());
    var choice = assertThrows(IllegalArgumentException.class, () -> random.choice(0, 2));
    assertTrue(choice.getMessage().startsWith("choice cannot take 2 of 0 numbers;"));
    var size = assertThrows(IllegalArgumentException.class, () -> random.choice(2, -1));
    assertTrue(size.getMessage().startsWith("choice cannot take -1 of 2 numbers;"));
    var order = assertThrows(IllegalArgumentException.class, () -> random.permutation(-2));
    assertEquals("there is no permutation of -2 numbers; use 0 or more", order.getMessage());
    assertEquals(0, random.permutation(0).length);
  }
}

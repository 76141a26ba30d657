package dev.rnn4j.random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PhiloxTest {
  /** The known answers that the authors publish with Random123 for philox4x32, 10 rounds. */
  @ParameterizedTest
  @CsvSource({
    "0000000000000000, 0000000000000000, 0000000000000000, 6627e8d5 e169c58d bc57ac4c 9b00dbd8",
    "ffffffffffffffff, ffffffffffffffff, ffffffffffffffff, 408f276d 41c83b0e a20bc7c6 6d5451fd",
    "299f31d0a4093822, 0370734413198a2e, 85a308d3243f6a88, d16cfe09 94fdcceb 5001e420 24126ea1",
  })
  void givesTheKnownAnswers(String seed, String stream, String counter, String expected) {
    int[] words = new int[4];
    Philox.block(bits(seed), bits(stream), bits(counter), words);
    assertEquals(
        expected, String.format("%08x %08x %08x %08x", words[0], words[1], words[2], words[3]));
  }

  private static long bits(String hexadecimal) {
    return Long.parseUnsignedLong(hexadecimal, 16);
  }

  @Test
  void theSequenceIsItsBlocksInTurn() {
    Philox random = new Philox(-5, 9);
    int[] block = new int[4];
    for (int counter = 0; counter < 3; counter++) {
      Philox.block(-5, 9, counter, block);
      int[] drawn = {random.nextInt(), random.nextInt(), random.nextInt(), random.nextInt()};
      assertArrayEquals(block, drawn);
    }
    assertEquals(12, random.position());
  }

  @Test
  void anyPositionCanBeReachedAtOnce() {
    Philox forward = new Philox(42, 1);
    Philox jumping = new Philox(42, 1);
    for (int position = 0; position < 11; position++) {
      jumping.position(1000);
      jumping.position(position);
      assertEquals(forward.nextInt(), jumping.nextInt(), "word " + position);
    }
    jumping.position(4L << 40);
    int[] block = new int[4];
    Philox.block(42, 1, 1L << 40, block);
    assertEquals(block[0], jumping.nextInt());
    var error = assertThrows(IllegalArgumentException.class, () -> jumping.position(-1));
    assertEquals("a sequence has no position -1; positions count from 0", error.getMessage());
  }

  /** Fixed bits: whoever changes how numbers are made from words changes everyone's results. */
  @Test
  void numbersAreMadeFromWordsAsDocumented() {
    Philox random = new Philox(0);
    assertEquals(0x6627e8d5e169c58dL, random.nextLong());
    assertEquals((0xbc57ac4c9b00dbd8L >>> 11) * 0x1p-53, random.nextDouble());
    random.position(1);
    assertEquals((0xe169c58d >>> 8) * 0x1p-24f, random.nextFloat());
    random.position(0);
    double u = (0x6627e8d5e169c58dL >>> 11) * 0x1p-53;
    double v = (0xbc57ac4c9b00dbd8L >>> 11) * 0x1p-53;
    double radius = Math.sqrt(-2 * StrictMath.log(1 - u));
    assertEquals(radius * StrictMath.cos(2 * Math.PI * v), random.nextGaussian());
    assertEquals(-0x1.7293e0b2c8f57p-4, new Philox(0).nextGaussian());
    assertEquals(4, random.position());
    random.position(0);
    assertEquals(0x6627e8d5 & 15, random.nextInt(16));
  }

  @Test
  void streamsAndSeedsDiffer() {
    Philox random = new Philox(1);
    assertNotEquals(random.stream(1).nextLong(), random.stream(2).nextLong());
    assertNotEquals(new Philox(2).nextLong(), new Philox(1).nextLong());
    assertEquals(new Philox(1, 7).nextLong(), random.stream(7).nextLong());
    assertEquals(0, random.position());
  }

  @Test
  void uniformAndNormalNumbersHaveTheirMoments() {
    assertMoments(1, false);
    assertMoments(2, true);
  }

  /** Mean and variance of 200,000 numbers, within five standard errors. */
  private static void assertMoments(long seed, boolean normal) {
    RandomGenerator random = new Philox(seed);
    int count = 200_000;
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < count; i++) {
      double value = normal ? random.nextGaussian() : random.nextDouble();
      sum += value;
      squares += value * value;
    }
    double mean = sum / count;
    double variance = squares / count - mean * mean;
    double expected = normal ? 1 : 1.0 / 12;
    double spread = normal ? Math.sqrt(2.0 / count) : Math.sqrt(1.0 / 180 / count);
    assertEquals(normal ? 0 : 0.5, mean, 5 * Math.sqrt(expected / count));
    assertEquals(expected, variance, 5 * spread);
  }

  @Test
  void boundedIntegersAreEquallyLikely() {
    Philox random = new Philox(11);
    int[] counts = new int[7];
    int draws = 70_000;
    for (int i = 0; i < draws; i++) {
      counts[random.nextInt(-3, 4) + 3]++;
    }
    for (int count : counts) {
      assertTrue(Math.abs(count - draws / 7.0) < 5 * Math.sqrt(draws / 7.0), "count " + count);
    }
  }
}

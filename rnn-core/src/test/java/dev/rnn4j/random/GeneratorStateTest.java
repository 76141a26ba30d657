package dev.rnn4j.random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.rnn4j.tensor.Resumable;
import dev.rnn4j.tensor.Tensor;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class GeneratorStateTest {
  private static <G extends RandomGenerator & Resumable> void goesOn(G one, G other) {
    for (int drawn = 0; drawn < 1300; drawn += 13) {
      one.nextInt();
      one.nextGaussian();
      other.restore(one.state());
      Map<String, Tensor> state = one.state();
      double next = one.nextGaussian();
      for (int i = 0; i < 11; i++) {
        one.nextFloat();
      }
      assertEquals(next, other.nextGaussian());
      other.restore(state);
      assertEquals(next, other.nextGaussian());
    }
  }

  @Test
  void aGeneratorGoesOnFromItsState() {
    goesOn(new Philox(-7, Long.MIN_VALUE), new Philox(-7, Long.MIN_VALUE));
    goesOn(new NumpyRandom(1), new NumpyRandom(2));
  }

  @Test
  void positionsKeepAllTheirBits() {
    Philox far = new Philox(1);
    far.position(Long.MAX_VALUE - 5);
    Philox other = new Philox(1);
    other.restore(far.state());
    assertEquals(far.position(), other.position());
    assertEquals(far.nextInt(), other.nextInt());
  }

  @Test
  void otherStatesAreRefused() {
    Philox philox = new Philox(1);
    philox.nextInt();
    IllegalArgumentException seed =
        assertThrows(IllegalArgumentException.class, () -> philox.restore(new Philox(2).state()));
    assertEquals(
        "the state is of a generator with seed 2 and stream 0, and this one has seed 1 and stream"
            + " 0",
        seed.getMessage());
    assertThrows(IllegalArgumentException.class, () -> philox.restore(new NumpyRandom(1).state()));
    assertThrows(IllegalArgumentException.class, () -> philox.restore(Map.of()));
    assertThrows(
        IllegalArgumentException.class,
        () -> philox.restore(Map.of("philox", Tensor.of(0, 1, 0, 0, 0.5, 0))));
    assertEquals(1, philox.position());
  }
}

package dev.rnn4j.examples.forecast.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScaleTest {
  private static List<String> labels(double... numbers) {
    Scale scale = Scale.of(numbers);
    return scale.ticks().stream().map(scale::label).toList();
  }

  @Test
  void ticksAreRound() {
    assertEquals(List.of("0", "2", "4", "6", "8", "10"), labels(0, 10));
    assertEquals(List.of("-0.10", "-0.05", "0.00", "0.05", "0.10"), labels(-0.1, Double.NaN, 0.1));
    assertEquals(List.of("1,000", "1,500", "2,000", "2,500", "3,000"), labels(1000, 3000));
  }

  @Test
  void neighboursAreToldApart() {
    assertEquals(
        List.of(
            "1,999,900,000", "1,999,950,000", "2,000,000,000", "2,000,050,000", "2,000,100,000"),
        labels(2e9 - 1e5, 2e9 + 1e5));
    assertEquals(
        List.of("0.4999990", "0.4999995", "0.5000000", "0.5000005", "0.5000010"),
        labels(0.5 - 1e-6, 0.5 + 1e-6));
    assertEquals(List.of("0", "2e-06", "4e-06", "6e-06", "8e-06", "1.0e-05"), labels(0, 1e-5));
    for (double level : new double[] {1e-7, 3, 7e5, 5e9, 2e12, 4e16}) {
      for (double share = 1; share > 1e-9; share /= 7) {
        List<String> labels = labels(level, level * (1 + share));
        assertEquals(labels.size(), Set.copyOf(labels).size(), labels.toString());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1e-12, -3, 7.25, 1e6, -2e15, 1e100})
  void oneNumberHasItsPlace(double number) {
    Scale scale = Scale.of(new double[] {number, number, Double.POSITIVE_INFINITY});
    assertEquals(0.5, scale.place(number), 1e-6);
    assertTrue(scale.ticks().size() <= 10, scale.toString());
  }

  @Test
  void numbersOfAllSizesHaveSomeTicks() {
    for (double size = 1e-9; size < 1e12; size *= 3.7) {
      Scale scale = Scale.of(new double[] {-size, 2 * size});
      int ticks = scale.ticks().size();
      assertTrue(ticks >= 2 && ticks <= 8, size + ": " + ticks);
      assertTrue(scale.place(-size) > 0 && scale.place(2 * size) < 1);
    }
    assertTrue(Scale.of(new double[0]).ticks().size() > 1);
  }
}

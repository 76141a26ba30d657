package dev.rnn4j.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.rnn4j.graph.Input;
import dev.rnn4j.layer.Dense;
import dev.rnn4j.layer.Recurrent;
import dev.rnn4j.loss.Loss;
import dev.rnn4j.loss.Losses;
import dev.rnn4j.pass.Layer;
import dev.rnn4j.random.Philox;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Where nothing is given, what was to be given is named, and at once. */
class NullTest {
  private static void check(String message, Executable given) {
    assertEquals(message, assertThrows(NullPointerException.class, given).getMessage());
  }

  @Test
  void whatIsMissingIsNamed() {
    Layer layer = Dense.of(2, 1, new Philox(1));
    check("a Recurrent was given null as its cell", () -> new Recurrent<>(null));
    check("an input was given null as its name", () -> Input.of(null, 2));
    check("a training step was given null as its loss", () -> TrainingStep.of(layer, (Loss) null));
    check(
        "a training step was given null as its model",
        () -> TrainingStep.of((Layer) null, Losses.meanSquaredError()));
    check(
        "a training step was given null as its objective",
        () -> TrainingStep.of((Object) layer, (Objective) null));
  }
}

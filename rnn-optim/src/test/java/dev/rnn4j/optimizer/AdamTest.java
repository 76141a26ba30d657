package dev.rnn4j.optimizer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.io.Batch;
import dev.rnn4j.loss.LossSum;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import dev.rnn4j.train.Outcome;
import dev.rnn4j.train.TrainingStep;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Adam and AdamW against PyTorch's values, step by step. */
class AdamTest {
  private static double largest(Tensor tensor) {
    return Arrays.stream(tensor.toDoubles()).map(Math::abs).max().orElseThrow();
  }

  private static Tensor tensor(Shape shape, String line) {
    return Tensor.of(
        shape, Arrays.stream(line.split(" ")).skip(1).mapToDouble(Double::parseDouble).toArray());
  }

  private static Optimizer optimizer(String line) {
    String[] words = line.split(" ");
    double[] numbers =
        IntStream.of(3, 5, 7, 9, 11).mapToDouble(i -> Double.parseDouble(words[i])).toArray();
    boolean amsgrad = Boolean.parseBoolean(words[13]);
    if (words[1].equals("Adam")) {
      Adam adam =
          Adam.rate(numbers[0])
              .betas(numbers[1], numbers[2])
              .epsilon(numbers[3])
              .weightDecay(numbers[4]);
      return amsgrad ? adam.amsgrad() : adam;
    }
    Adam adam =
        AdamW.rate(numbers[0])
            .betas(numbers[1], numbers[2])
            .epsilon(numbers[3])
            .weightDecay(numbers[4]);
    return amsgrad ? adam.amsgrad() : adam;
  }

  private static void follows(Precision precision, double tolerance) throws IOException {
    int compared = 0;
    try (BufferedReader file =
        new BufferedReader(
            new InputStreamReader(
                AdamTest.class.getResourceAsStream("adam.txt"), StandardCharsets.UTF_8))) {
      Optimizer optimizer = null;
      Shape shape = null;
      Rule rule = null;
      Tensor value = null;
      for (String line = file.readLine(); line != null; line = file.readLine()) {
        if (line.startsWith("case ")) {
          optimizer = optimizer(line);
        } else if (line.startsWith("shape ")) {
          shape =
              Shape.of(
                  Arrays.stream(line.split(" ")).skip(1).mapToInt(Integer::parseInt).toArray());
        } else if (line.startsWith("start ")) {
          rule = new Rule(optimizer, tensor(shape, line), precision);
        } else if (line.startsWith("g ")) {
          value = rule.update(tensor(shape, line));
        } else if (line.startsWith("p ")) {
          Tensor expected = tensor(shape, line);
          for (int i = 0; i < shape.elements(); i++) {
            assertEquals(
                expected.at(i), value.at(i), tolerance * largest(expected), optimizer + " " + line);
          }
          compared++;
        }
      }
    }
    assertEquals(5 * 2 * 12, compared);
  }

  @Test
  void followsPyTorch() throws IOException {
    follows(Precision.FLOAT64, 1e-12);
  }

  /** The bias corrections come from the host: in a float32 graph they would lose five digits. */
  @Test
  void followsPyTorchInFloat32Too() throws IOException {
    follows(Precision.FLOAT32, 1e-6);
  }

  @Test
  void settingsGoByPath() {
    Adam adam = AdamW.rate(1e-3).rate("encoder", 1e-4).weightDecay(0.1).weightDecay("**.bias", 0);
    Adam bias = adam.at(List.of("encoder.cell.bias"));
    assertEquals(1e-4, bias.rate());
    assertEquals(0, bias.weightDecay());
    assertEquals(0.1, adam.at(List.of("head.weight")).weightDecay());
    assertEquals(1e-3, adam.at(List.of("head.weight")).rate());
    assertEquals(2, adam.patterns().size());
    assertEquals(adam.at(List.of("encoder.a")), adam.at(List.of("encoder.b")));
    assertEquals(
        "the parameter at [encoder.w, head.w] is one, and has different learning rates:"
            + " {encoder=1.0E-4, head=0.5}",
        assertThrows(
                IllegalArgumentException.class,
                () -> adam.rate("head", 0.5).at(List.of("encoder.w", "head.w")))
            .getMessage());
  }

  /** By rank and not by name: biases have many names. */
  @Test
  void vectorsDoNotDecayWithMatrices() {
    for (Sgd rule : List.of(Sgd.rate(0.5), Sgd.rate(0.5).decoupled())) {
      assertDecayed(0.95, 1, rule.weightDecayOfMatrices(0.1));
      assertDecayed(0.95, 0.9, rule.weightDecayOfMatrices(0.1).weightDecay("biasHh", 0.2));
      assertDecayed(1, 0.9, rule.weightDecay("biasHh", 0.2).weightDecayOfMatrices(0));
      assertDecayed(0.95, 0.95, rule.weightDecayOfMatrices(0.3).weightDecay(0.1));
    }
    assertEquals(
        "Adam rate 0.001 weight decay 0.05 of matrices decoupled",
        AdamW.rate(1e-3).weightDecayOfMatrices(0.05).toString());
  }

  private record Both(Parameter weight, Parameter biasHh) {}

  /** Updates ones, where no loss has a gradient. */
  private static void assertDecayed(double matrix, double vector, Sgd rule) {
    Both model =
        new Both(
            Parameter.of("weight", Tensor.full(Shape.of(2, 2), 1)),
            Parameter.of("biasHh", Tensor.full(Shape.of(2), 1)));
    TrainingStep step =
        TrainingStep.of(
                model,
                feed -> {
                  Node sum = model.weight().sum().plus(model.biasHh().sum());
                  return Outcome.loss(
                      "loss", LossSum.total(sum.times(feed.signal("x").values().sum())));
                })
            .optimizer(rule)
            .compile(Precision.FLOAT64);
    step.run(Batch.of(Tensor.zeros(Shape.of(1, 1))));
    assertEquals(matrix, step.weights().get(model.weight()).at(0), 1e-15);
    assertEquals(vector, step.weights().get(model.biasHh()).at(0), 1e-15);
  }

  @Test
  void showsItsSettings() {
    assertEquals("Adam rate 0.001", Adam.rate(1e-3).toString());
    assertEquals("Adam rate 0.001 weight decay 0.01 decoupled", AdamW.rate(1e-3).toString());
    assertEquals(
        "Adam rate 0.001 betas 0.8, 0.9 epsilon 1.0E-6 amsgrad rates {a=0.1} weight decays {b=0.2}",
        Adam.rate(1e-3)
            .betas(0.8, 0.9)
            .epsilon(1e-6)
            .amsgrad()
            .rate("a", 0.1)
            .weightDecay("b", 0.2)
            .toString());
  }

  @Test
  void refusesWhatIsNoSetting() {
    assertThrows(IllegalArgumentException.class, () -> Adam.rate(-1));
    assertThrows(IllegalArgumentException.class, () -> Adam.rate(1).betas(1, 0.9));
    assertThrows(IllegalArgumentException.class, () -> AdamW.rate(1).betas(0.9, -0.1));
    assertThrows(IllegalArgumentException.class, () -> AdamW.rate(1).epsilon(-1e-8));
    assertThrows(IllegalArgumentException.class, () -> Adam.rate(1).weightDecay("a", Double.NaN));
    assertTrue(
        assertThrows(IllegalArgumentException.class, () -> Adam.rate(1).rate("a.b*", 2))
            .getMessage()
            .startsWith("'a.b*' is no pattern of paths"));
  }
}

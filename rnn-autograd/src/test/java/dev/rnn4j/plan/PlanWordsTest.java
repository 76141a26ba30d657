package dev.rnn4j.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rnn4j.cell.Cell;
import dev.rnn4j.cell.ElmanCell;
import dev.rnn4j.cell.GruResetAfterCell;
import dev.rnn4j.cell.LayerNormLstmCell;
import dev.rnn4j.grad.Gradients;
import dev.rnn4j.graph.Graphs;
import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.graph.Parameters;
import dev.rnn4j.layer.Recurrent;
import dev.rnn4j.tensor.Precision;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What plans of larger cells say of themselves. */
class PlanWordsTest {
  private static final int T = 20;
  private static final int N = 32;
  private static final int I = 32;
  private static final int H = 64;

  private static String explain(Cell<?> cell) {
    Recurrent<?> layer = new Recurrent<>(cell);
    Node loss = layer.apply(Input.of("x", T, N, I)).square().mean();
    List<Parameter> parameters = List.copyOf(Parameters.of(layer).values());
    List<Node> gradients = Gradients.of(loss, parameters);
    Plan.Builder builder = Plan.of(loss);
    for (int i = 0; i < parameters.size(); i++) {
      Parameter parameter = parameters.get(i);
      builder.update(parameter, parameter.minus(gradients.get(i).times(0.1)));
    }
    return builder.compile(Precision.FLOAT32).explain();
  }

  @Test
  void sharingNeverTakesMoreMemory() {
    String words = explain(LayerNormLstmCell.of(I, H, new Random(1)));
    assertFalse(words.contains("saves -"), words);
  }

  /** Where the loop adds a product to what it reads, and reads it again. */
  @Test
  void gradientsFromOutsideSinkIntoTheLoop() {
    String words = explain(ElmanCell.of(I, H, new Random(1)));
    String loop = words.substring(words.indexOf("for t = 19 to 0"));
    assertTrue(loop.contains("[32, 64] = multiply("), words);
    assertFalse(words.contains("[20, 32, 64] = multiply("), words);
  }

  /** An instruction that sinks stands with the one that reads it, and they are one block. */
  @Test
  void whatSinksIsFused() {
    String words = explain(GruResetAfterCell.of(I, H, new Random(1)));
    assertEquals(0, words.lines().filter(line -> line.matches(" {9}a.* = add.*")).count(), words);
  }

  /** A block's first part may run at fewer time steps than the others. */
  @Test
  void eachPartOfABlockSaysWhenItRuns() {
    Node h = new Recurrent<>(ElmanCell.of(3, 4, new Random(1))).apply(Input.of("x", 3, 2, 3));
    Node seed = Input.of("seed", 3, 2, 4);
    List<Node> leaves =
        Graphs.topological(List.of(h)).stream().filter(Parameter.class::isInstance).toList();
    String words =
        Plan.of(Gradients.of(h, seed, leaves))
            .without(Pass.CONTRACT)
            .compile(Precision.FLOAT32)
            .explain();
    assertTrue(words.contains("sum  [t = 0 to 1]"), words);
    assertFalse(words.contains("[t = 0 to 2]"), words);
  }

  @Test
  void aPlanSaysHowMuchThereIsOfIt() {
    Plan plan = Plan.of(Node.ones(2, 2).tanh()).compile(Precision.FLOAT32);
    assertTrue(
        plan.toString().matches("plan in float32 of \\d+ instructions; explain.*"),
        plan.toString());
    assertEquals("weights in float32 of 0 parameters", plan.weights().toString());
  }
}

package dev.rnn4j.loss;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rnn4j.grad.Gradients;
import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.pass.Signal;
import dev.rnn4j.plan.Plan;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.ShapeException;
import dev.rnn4j.tensor.Tensor;
import dev.rnn4j.testing.Agreement;
import dev.rnn4j.testing.Draw;
import dev.rnn4j.testing.Verify;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** CTC against the sum over all alignments, one by one. */
class CtcTest {
  private static final double NEVER = Double.NEGATIVE_INFINITY;

  private final Draw draw = new Draw(new Random(7));

  /** Returns −ln of the summed probability of all paths that collapse to the labels. */
  private static double cost(Tensor logits, int n, int steps, List<Integer> labels, int blank) {
    int classes = logits.shape().size(2);
    double[][] p = new double[steps][classes];
    for (int t = 0; t < steps; t++) {
      double sum = 0;
      for (int c = 0; c < classes; c++) {
        p[t][c] = Math.exp(logits.get(t, n, c));
        sum += p[t][c];
      }
      for (int c = 0; c < classes; c++) {
        p[t][c] /= sum;
      }
    }
    double total = 0;
    for (int path = 0; path < Math.pow(classes, steps); path++) {
      List<Integer> collapsed = new ArrayList<>();
      double probability = 1;
      int rest = path;
      int previous = -1;
      for (int t = 0; t < steps; t++) {
        int c = rest % classes;
        rest /= classes;
        probability *= p[t][c];
        if (c != blank && c != previous) {
          collapsed.add(c);
        }
        previous = c;
      }
      total += collapsed.equals(labels) ? probability : 0;
    }
    return -Math.log(total);
  }

  private static Tensor labels(int[][] rows) {
    int most = Arrays.stream(rows).mapToInt(row -> row.length).max().orElse(0);
    double[] labels = new double[most * rows.length];
    for (int i = 0; i < labels.length; i++) {
      int[] row = rows[i % rows.length];
      labels[i] = i / rows.length < row.length ? row[i / rows.length] : -1;
    }
    return Tensor.of(Shape.of(most, rows.length), labels);
  }

  private static Tensor mask(int steps, int... lengths) {
    double[] mask = new double[steps * lengths.length];
    Arrays.setAll(mask, i -> i / lengths.length < lengths[i % lengths.length] ? 1 : 0);
    return Tensor.of(Shape.of(steps, lengths.length), mask);
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "1, 2", "2, 3"})
  void isTheSumOverAllAlignments(int blank, int seed) {
    int a = blank == 0 ? 1 : 0;
    int b = blank == 2 ? 1 : 2;
    int[][] rows = {{a, b}, {a, a}, {b}, {}, {b, a, b}};
    int[] lengths = {5, 4, 1, 2, 3};
    Tensor z = new Draw(new Random(seed)).uniform(Shape.of(5, 5, 3), -2, 2);
    Input logits = Input.of("logits", 5, 5, 3);
    Input mask = Input.of("mask", 5, 5);
    Input labels = Input.of("labels", 3, 5);
    LossSum loss = Losses.ctc().blank(blank).of(Signal.of(logits).masked(mask), Target.of(labels));
    Map<Node, Tensor> values = Map.of(logits, z, mask, mask(5, lengths), labels, labels(rows));
    double sum = 0;
    for (int n = 0; n < rows.length; n++) {
      sum += cost(z, n, lengths[n], Arrays.stream(rows[n]).boxed().toList(), blank);
    }
    assertEquals(sum, loss.sum().eval(values).item(), 1e-12 * sum);
    assertEquals(5, loss.weight().eval(values).item());
    Node gradient = Gradients.of(loss.mean(), List.of(logits)).get(0);
    Agreement.check(List.of(loss.mean(), gradient), values);
    LossSum known =
        Losses.ctc()
            .blank(blank)
            .of(
                Signal.of(logits).masked(Node.constant(mask(5, lengths))),
                Target.of(Node.constant(labels(rows))));
    Verify.of(known.mean()).at(logits, z).all();
  }

  /** All of T = 1, S = 0, N = 1, C = 2. */
  @ParameterizedTest
  @CsvSource({"1, 0", "1, 1", "2, 0", "2, 1", "3, 1"})
  void smallSizes(int steps, int count) {
    int[][] rows = {count == 0 ? new int[0] : new int[] {1}};
    Tensor z = draw.uniform(Shape.of(steps, 1, 2), -2, 2);
    Node loss = Losses.ctc().of(Node.constant(z), Node.constant(labels(rows))).mean();
    List<Integer> expected = Arrays.stream(rows[0]).boxed().toList();
    assertEquals(cost(z, 0, steps, expected, 0), loss.eval().item(), 1e-13);
    Agreement.check(List.of(loss), Map.of());
  }

  @Test
  void aRepeatedLabelNeedsABlankBetween() {
    Tensor z = Tensor.zeros(Shape.of(2, 2, 3));
    Node labels = Node.constant(labels(new int[][] {{1, 1}, {1, 2}}));
    Input logits = Input.of("logits", 2, 2, 3);
    for (boolean zero : new boolean[] {false, true}) {
      Ctc ctc = zero ? Losses.ctc().zeroImpossible() : Losses.ctc();
      LossSum loss = ctc.of(logits, labels);
      Node gradient = Gradients.of(loss.sum(), List.of(logits)).get(0);
      double cost = loss.sum().eval(Map.of(logits, z)).item();
      assertEquals(zero ? 2 * Math.log(3) : Double.POSITIVE_INFINITY, cost, 1e-14);
      Tensor slopes = gradient.eval(Map.of(logits, z));
      for (int c = 0; c < 3; c++) {
        assertEquals(0, slopes.get(0, 0, c));
        assertEquals(c == 1 ? -2 / 3.0 : 1 / 3.0, slopes.get(0, 1, c), 1e-14);
      }
      Agreement.check(List.of(loss.sum(), gradient), Map.of(logits, z));
    }
  }

  @Test
  void aClassRuledOutIsNoAlignment() {
    Tensor z = Tensor.of(new double[][][] {{{0, 0, NEVER}}, {{0, NEVER, 0}}, {{1e8, 1e8, NEVER}}});
    Input logits = Input.of("logits", 3, 1, 3);
    Map<Node, Tensor> values = Map.of(logits, z);
    // Of 1 and −, 1 or 1 0 and 0 or 1: 1 0 0 · 0 0 1 · 1 0 1 is two labels; 1 2 x spoils it.
    Node loss = Losses.ctc().of(logits, Node.constant(labels(new int[][] {{1}}))).mean();
    Node gradient = Gradients.of(loss, List.of(logits)).get(0);
    assertEquals(-Math.log(2 / 8.0), loss.eval(values).item(), 1e-14);
    assertTrue(Arrays.stream(gradient.eval(values).toDoubles()).allMatch(Double::isFinite));
    Agreement.check(List.of(loss, gradient), values);
    Node never = Losses.ctc().of(logits, Node.constant(labels(new int[][] {{2, 2}}))).mean();
    assertEquals(Double.POSITIVE_INFINITY, never.eval(values).item());
  }

  @Test
  void weightsAndEmptySequencesCount() {
    Tensor z = draw.uniform(Shape.of(3, 3, 3), -1, 1);
    int[][] rows = {{1}, {2, 1}, {2}};
    Node labels = Node.constant(labels(rows));
    Signal logits = Signal.of(Node.constant(z)).masked(Node.constant(mask(3, 3, 2, 0)));
    LossSum loss =
        Losses.ctc().of(logits, Target.of(labels).weighted(Node.constant(Tensor.of(2, 0.5, 7))));
    double first = cost(z, 0, 3, List.of(1), 0);
    double second = cost(z, 1, 2, List.of(2, 1), 0);
    assertEquals(2 * first + second / 2, loss.sum().eval().item(), 1e-13);
    assertEquals(2.5, loss.weight().eval().item());
    assertEquals(2, Losses.ctc().of(logits, Target.of(labels)).weight().eval().item());
  }

  @Test
  void nanBeyondTheLengthsChangesNoBit() {
    Input logits = Input.of("logits", 4, 2, 3);
    Input mask = Input.of("mask", 4, 2);
    Input labels = Input.of("labels", 2, 2);
    Node loss = Losses.ctc().of(Signal.of(logits).masked(mask), Target.of(labels)).mean();
    Node gradient = Gradients.of(loss, List.of(logits)).get(0);
    Tensor z = draw.uniform(logits.shape(), -1, 1);
    double[] spoiled = z.toDoubles();
    Arrays.fill(spoiled, 3 * 6 + 3, 4 * 6, Double.NaN);
    Tensor lengths = mask(4, 4, 3);
    for (Precision precision : Precision.values()) {
      List<Node> nodes = List.of(loss, gradient);
      List<Tensor> clean =
          Agreement.run(
              precision,
              nodes,
              Map.of(logits, z, mask, lengths, labels, labels(new int[][] {{1, 2}, {1}})));
      List<Tensor> dirty =
          Agreement.run(
              precision,
              nodes,
              Map.of(
                  logits,
                  Tensor.of(z.shape(), spoiled),
                  mask,
                  lengths,
                  labels,
                  Tensor.of(new double[][] {{1, 1}, {2, -1}})));
      Agreement.assertSameBits(clean.get(0), dirty.get(0), "loss");
      Agreement.assertSameBits(clean.get(1), dirty.get(1), "gradient");
    }
  }

  /** The same instructions, whatever the length. */
  @Test
  void compilesToLoopsOverTime() {
    List<Long> lines = new ArrayList<>();
    for (int steps : new int[] {3, 30}) {
      Input logits = Input.of("logits", steps, 2, 4);
      Input labels = Input.of("labels", 2, 2);
      Node loss = Losses.ctc().of(logits, labels).mean();
      Node gradient = Gradients.of(loss, List.of(logits)).get(0);
      String text = Plan.of(loss, gradient).compile(Precision.FLOAT32).explain();
      assertTrue(text.contains("for t = 0 to " + (steps - 1)), text);
      lines.add(text.lines().count());
    }
    assertEquals(lines.get(0), lines.get(1));
  }

  @Test
  void labelsThatAreNoneAreRefusedWithTheirPlace() {
    Input logits = Input.of("logits", 4, 2, 3);
    Input labels = Input.of("labels", 3, 2);
    Node loss = Losses.ctc().of(logits, labels).mean();
    for (double bad : new double[] {3, 0.5, Double.NaN, -2}) {
      Map<Node, Tensor> values =
          Map.of(
              logits,
              Tensor.zeros(logits.shape()),
              labels,
              Tensor.of(new double[][] {{1, 2}, {2, bad}, {-1, -1}}));
      for (Precision precision : Precision.values()) {
        String message =
            assertThrows(
                    IllegalArgumentException.class,
                    () -> Agreement.run(precision, List.of(loss), values))
                .getMessage();
        assertEquals(
            "the target labels at label 1, sequence 1 is "
                + bad
                + (bad >= 0
                    ? ", and labels are whole numbers from 0 to 2, but for the blank"
                    : ", and behind the last label of a sequence, and only there, stands -1"),
            message);
      }
    }
    for (int blank : new int[] {0, 2}) {
      Node other = Losses.ctc().blank(blank).of(logits, labels).mean();
      Tensor counted = Tensor.of(new double[][] {{1, 1}, {1, blank}, {1, -1}});
      Map<Node, Tensor> values = Map.of(logits, Tensor.zeros(logits.shape()), labels, counted);
      for (Precision precision : Precision.values()) {
        assertEquals(
            "the target labels at label 1, sequence 1 is "
                + (double) blank
                + ", which is the blank: number labels around it, or say another .blank(…)",
            assertThrows(
                    IllegalArgumentException.class,
                    () -> Agreement.run(precision, List.of(other), values))
                .getMessage());
      }
    }
    // Of three labels, one in the middle is none: two are counted, and −1 is one of them.
    Map<Node, Tensor> hole =
        Map.of(
            logits,
            Tensor.zeros(logits.shape()),
            labels,
            Tensor.of(new double[][] {{1, 2}, {-1, 1}, {2, -1}}));
    assertEquals(
        "the target labels at label 1, sequence 0 is -1.0, and behind the last label of a sequence,"
            + " and only there, stands -1",
        assertThrows(
                IllegalArgumentException.class,
                () -> Agreement.run(Precision.FLOAT64, List.of(loss), hole))
            .getMessage());
  }

  @Test
  void labelsOfSequencesThatDoNotCountMayBeAnything() {
    Input logits = Input.of("logits", 4, 2, 3);
    Input mask = Input.of("mask", 4, 2);
    Input labels = Input.of("labels", 2, 2);
    Input weights = Input.of("weights", 2);
    Target target = Target.of(labels);
    List<Node> losses =
        List.of(
            Losses.ctc().of(Signal.of(logits), target.weighted(weights)).mean(),
            Losses.ctc().of(Signal.of(logits).masked(mask), target).mean());
    for (double any : new double[] {0, 3, 0.5, Double.NaN, Double.POSITIVE_INFINITY}) {
      Map<Node, Tensor> values =
          Map.of(
              logits,
              Tensor.zeros(logits.shape()),
              mask,
              mask(4, 4, 0),
              weights,
              Tensor.of(1, 0),
              labels,
              Tensor.of(new double[][] {{1, any}, {2, 1}}));
      for (Tensor loss : Agreement.run(Precision.FLOAT32, losses, values)) {
        assertEquals(-Math.log(15 / 81.0), loss.item(), 1e-6);
      }
    }
  }

  @Test
  void whatDoesNotFitIsRefused() {
    assertEquals(
        "CTC takes logits [T, N, C] and labels [S, N], and was given z [4, 2, 3] and y [4, 3]",
        assertThrows(
                ShapeException.class,
                () -> Losses.ctc().of(Input.of("z", 4, 2, 3), Input.of("y", 4, 3)))
            .getMessage());
    assertThrows(IllegalArgumentException.class, () -> Losses.ctc().blank(-1));
    assertEquals(
        "the blank 3 is no class of the 3",
        assertThrows(
                IllegalArgumentException.class,
                () -> Losses.ctc().blank(3).of(Input.of("z", 4, 2, 3), Input.of("y", 4, 2)))
            .getMessage());
    assertEquals(
        "CTC has a cost for each sequence, and takes weights [2], not w [4, 2]",
        assertThrows(
                ShapeException.class,
                () ->
                    Losses.ctc()
                        .of(
                            Signal.of(Input.of("z", 4, 2, 3)),
                            Target.of(Input.of("y", 4, 2)).weighted(Input.of("w", 4, 2))))
            .getMessage());
  }
}

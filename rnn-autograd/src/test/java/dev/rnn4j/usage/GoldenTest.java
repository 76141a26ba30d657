package dev.rnn4j.usage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.rnn4j.cell.Activation;
import dev.rnn4j.cell.Cell;
import dev.rnn4j.cell.ElmanCell;
import dev.rnn4j.cell.GruCell;
import dev.rnn4j.cell.GruResetAfterCell;
import dev.rnn4j.cell.LayerNormLstmCell;
import dev.rnn4j.cell.LstmCell;
import dev.rnn4j.cell.MguCell;
import dev.rnn4j.grad.Gradients;
import dev.rnn4j.graph.Graphs;
import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.graph.Parameters;
import dev.rnn4j.graph.Scope;
import dev.rnn4j.layer.Dense;
import dev.rnn4j.layer.Dropout;
import dev.rnn4j.layer.Recurrent;
import dev.rnn4j.layer.Stacked;
import dev.rnn4j.layer.VariationalDropout;
import dev.rnn4j.loss.Losses;
import dev.rnn4j.loss.Target;
import dev.rnn4j.part.Gate;
import dev.rnn4j.pass.ForwardPass;
import dev.rnn4j.pass.Layer;
import dev.rnn4j.pass.RandomKey;
import dev.rnn4j.pass.Signal;
import dev.rnn4j.plan.Plan;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import dev.rnn4j.testing.Golden;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is printed of small training graphs, word for word; see {@link Golden}. */
class GoldenTest {
  private static final int T = 3;
  private static final int N = 2;
  private static final int I = 3;
  private static final int H = 4;

  /** A recurrent layer and a dense one, as a user would write them. */
  record Model<S>(Recurrent<S> rnn, Dense head) implements Layer {
    @Override
    public Signal apply(Signal x) {
      return head.apply(rnn.last().apply(x));
    }
  }

  private static Gate gate(long seed) {
    return Gate.of(I, H, new Random(seed));
  }

  private static Parameter vector() {
    return Parameter.of("peephole", Tensor.zeros(Shape.of(H)));
  }

  private static <S> Model<S> model(Cell<S> cell) {
    return new Model<>(new Recurrent<>(cell), Dense.of(H, 1, new Random(1)));
  }

  private static final Model<ElmanCell.State> ELMAN =
      model(new ElmanCell(gate(1), Activation.TANH));

  private static Node loss(Model<?> model) {
    return loss(model, Signal.of(Input.of("x", T, N, I)));
  }

  private static Node loss(Layer model, Signal x) {
    try (Scope scope = Scope.enter(model)) {
      return Losses.meanSquaredError()
          .of(model.apply(x), Target.of(Input.of("target", N, 1)))
          .mean();
    }
  }

  /** Returns the plan of one step of gradient descent. */
  private static Plan training(Model<?> model) {
    return training(model, loss(model));
  }

  private static Plan training(Layer model, Node loss) {
    try (Scope scope = Scope.enter(model)) {
      var parameters = Parameters.of(model).values();
      Plan.Builder builder = Plan.of(loss);
      int i = 0;
      for (Node gradient : Gradients.of(loss, parameters)) {
        Parameter parameter = parameters.stream().skip(i++).findFirst().orElseThrow();
        builder.update(parameter, parameter.minus(gradient.times(0.1)));
      }
      return builder.compile(Precision.FLOAT32);
    }
  }

  @Test
  void text() {
    Node loss = loss(ELMAN);
    try (Scope scope = Scope.enter(ELMAN)) { // which names the parameters by their paths
      Golden.check("elman.txt", loss.toText());
    }
  }

  @Test
  void dot() {
    Node loss = loss(ELMAN);
    try (Scope scope = Scope.enter(ELMAN)) {
      Golden.check("elman.dot", Graphs.toDot(loss));
    }
  }

  @Test
  void elmanTraining() {
    Golden.check("elman-training.plan.txt", training(ELMAN).explain());
  }

  @Test
  void minimalGatedUnitTraining() {
    Golden.check("mgu-training.plan.txt", training(model(new MguCell(gate(1), gate(2)))).explain());
  }

  @Test
  void peepholeLstmTraining() {
    PeepholeLstmCell cell =
        new PeepholeLstmCell(gate(1), gate(2), gate(3), gate(4), vector(), vector(), vector());
    Golden.check("peephole-lstm-training.plan.txt", training(model(cell)).explain());
  }

  @Test
  void lstmTraining() {
    LstmCell cell = LstmCell.of(I, H, new Random(1));
    Golden.check("lstm-training.plan.txt", training(model(cell)).explain());
  }

  @Test
  void gruTraining() {
    GruCell cell = GruCell.of(I, H, new Random(1));
    Golden.check("gru-training.plan.txt", training(model(cell)).explain());
  }

  @Test
  void gruResetAfterTraining() {
    GruResetAfterCell cell = GruResetAfterCell.of(I, H, new Random(1));
    Golden.check("gru-reset-after-training.plan.txt", training(model(cell)).explain());
  }

  @Test
  void layerNormLstmTraining() {
    LayerNormLstmCell cell = LayerNormLstmCell.of(I, H, new Random(1));
    Golden.check("layer-norm-lstm-training.plan.txt", training(model(cell)).explain());
  }

  /** Masks are chosen by outside the loop where no state is involved; drawing is outside it too. */
  @Test
  void maskedLstmTrainingWithDropout() {
    Layer model =
        Stacked.of(
            new VariationalDropout(0.5),
            new Recurrent<>(LstmCell.of(I, H, new Random(1))).last(),
            new Dropout(0.5),
            Dense.of(H, 1, new Random(1)));
    Signal x = Signal.of(Input.of("x", T, N, I), ForwardPass.training(RandomKey.input()));
    Node loss = loss(model, x.masked(Input.of("mask", T, N)));
    Golden.check("masked-dropout-lstm-training.plan.txt", training(model, loss).explain());
  }

  @Test
  void whatIsPrintedIsTheSameEveryTime() {
    assertEquals(training(ELMAN).explain(), training(ELMAN).explain());
    assertEquals(loss(ELMAN).toText(), loss(ELMAN).toText());
  }
}

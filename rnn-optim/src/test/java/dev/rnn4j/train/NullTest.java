package dev.rnn4j.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.rnn4j.cell.Activation;
import dev.rnn4j.cell.ElmanCell;
import dev.rnn4j.cell.GruCell;
import dev.rnn4j.cell.IndRnnCell;
import dev.rnn4j.cell.LearnedStateCell;
import dev.rnn4j.cell.WeightDropCell;
import dev.rnn4j.cell.ZoneoutCell;
import dev.rnn4j.grad.GradientCheck;
import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.io.Batch;
import dev.rnn4j.layer.Bidirectional;
import dev.rnn4j.layer.Dense;
import dev.rnn4j.layer.Highway;
import dev.rnn4j.layer.LastStep;
import dev.rnn4j.layer.Recurrent;
import dev.rnn4j.layer.Residual;
import dev.rnn4j.layer.Reversed;
import dev.rnn4j.layer.Stacked;
import dev.rnn4j.loss.Loss;
import dev.rnn4j.loss.Losses;
import dev.rnn4j.metric.Metrics;
import dev.rnn4j.optimizer.Scalars;
import dev.rnn4j.optimizer.Sgd;
import dev.rnn4j.optimizer.Slot;
import dev.rnn4j.optimizer.Slots;
import dev.rnn4j.part.Gate;
import dev.rnn4j.part.InputGate;
import dev.rnn4j.pass.Layer;
import dev.rnn4j.plan.Plan;
import dev.rnn4j.plan.Session;
import dev.rnn4j.random.Philox;
import dev.rnn4j.schedule.Schedule;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import java.nio.file.Path;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Where nothing is given, what was to be given is named, and at once. */
class NullTest {
  private static final RandomGenerator RANDOM = new Philox(1);

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

  @Test
  void partsOfAModelAreNamed() {
    Layer layer = Dense.of(2, 1, RANDOM);
    GruCell cell = GruCell.of(2, 2, RANDOM);
    check("a Stacked was given null as its layers", () -> new Stacked(null));
    check("a Stacked was given null as its layer 1", () -> Stacked.of(layer, null));
    check(
        "a Bidirectional was given null as its backward cell", () -> Bidirectional.of(cell, null));
    check("a Highway was given null as its layer", () -> Highway.of(null, 2, RANDOM));
    check("a Residual was given null as its layer", () -> new Residual(null));
    check("a Reversed was given null as its cell", () -> new Reversed<>(null));
    check("a LastStep was given null as its cell", () -> new LastStep<>(null));
    check("an ElmanCell was given null as its activation", () -> new ElmanCell(gate(), null));
    check("a LearnedStateCell was given null as its cell", () -> LearnedStateCell.of(null));
    check("a ZoneoutCell was given null as its cell", () -> ZoneoutCell.of(null, 0.1));
    check("a WeightDropCell was given null as its cell", () -> new WeightDropCell<>(null, 0.1));
    check(
        "an IndRnnCell was given null as its recurrent",
        () -> new IndRnnCell(InputGate.of(2, 2, RANDOM), null, Activation.RELU));
    check(
        "first values were to be drawn from null: give a generator, such as new Philox(1)",
        () -> GruCell.of(2, 2, null));
    check("a parameter was given null as its initial value", () -> Parameter.of("w", null));
    check("a plan was given null as its weights", () -> Plan.of(Node.zeros(1)).weights(null));
    check("a gradient check was given null as its node", () -> GradientCheck.of(null));
    check("a loss was given null as its terms", () -> Loss.perPosition(null));
  }

  @Test
  void partsOfABatchAreNamed() {
    Tensor x = Tensor.zeros(Shape.of(2, 2, 2));
    check("x of a batch is null", () -> Batch.of((Tensor) null));
    check("y of a batch is null", () -> Batch.of(x, null));
    check("a batch was given null as a name", () -> Batch.empty().input(null, x));
    check("a batch was given null as the axes of x", () -> Batch.empty().input("x", x, null));
    check("a batch was given null as its mask", () -> Batch.of(x).mask(null));
    check("a batch was given null as its weights", () -> Batch.of(x).weights(null));
    check("a batch was given null as its precision", () -> Batch.of(x).to(null));
  }

  @Test
  void partsOfATrainingAreNamed() {
    Layer layer = Dense.of(2, 1, RANDOM);
    TrainingStepBuilder builder = TrainingStep.of(layer, Losses.meanSquaredError());
    check("a training step was given null as its optimizer", () -> builder.optimizer(null));
    check("a training step was given null as its schedule", () -> builder.schedule(null));
    check("a training step was given null as its clip", () -> builder.clip(null));
    check("a training step was given null as its weights", () -> builder.weights(null));
    check("a pattern of paths is null", () -> Sgd.rate(0.1).rate(null, 1));
    check(
        "a schedule was given null as the next one", () -> Schedule.linear(9, 1, 0).then(3, null));
    check("the slot m was given null as its shape", () -> Slot.of("m", null));
    check("slots were given null as their nodes", () -> new Slots(null));
    check("scalars were given null as their nodes", () -> new Scalars(null));
    TrainingStep step = builder.optimizer(Sgd.rate(0.1)).compile(Precision.FLOAT32);
    check("a trainer was given null as its training step", () -> Trainer.of(null));
    Trainer trainer = Trainer.of(step);
    check("a trainer was given null as its data", () -> trainer.run(null));
    check("a trainer was given null as its validation data", () -> trainer.validation(null));
    check("a trainer was given null as its listener", () -> trainer.listener(null));
    check("a trainer was given null as its metric", () -> trainer.metric(null));
    check("a metric was given null as its counts", () -> Metrics.of("f", null, counts -> 1));
    check("a trainer was given null as its metric to judge by", () -> trainer.judgeByLargest(null));
    check("checkpoints were given null as their folder", () -> trainer.resume((Path) null));
    check(
        "a StopOnInterrupt was given null as what to do",
        () -> StopOnInterrupt.of((Runnable) null));
    check(
        "a predictor was given null as its model",
        () -> Predictor.of((Layer) null, step.weights()));
    check(
        "a training step was given null as a pattern of what is frozen",
        () -> builder.freeze((String) null));
  }

  @Test
  void whatIsRunIsNamed() {
    Layer layer = Dense.of(2, 1, RANDOM);
    TrainingStep step =
        TrainingStep.of(layer, Losses.meanSquaredError())
            .optimizer(Sgd.rate(0.1))
            .compile(Precision.FLOAT32);
    String batch = "a training step was given null as a batch";
    check(batch, () -> step.run((Batch) null));
    check(batch, () -> step.compute((Batch) null));
    check(batch, () -> step.evaluate((Batch) null));
    check(batch, () -> step.warm(null));
    check(batch, () -> step.memory(null));
    Predictor predictor = Predictor.of(layer, step.weights());
    check("a predictor was given null as a batch", () -> predictor.predict((Batch) null));
    Stream stream = predictor.streaming(Shape.of(2)).open();
    check("a stream was given null as the input of a step", () -> stream.next(null, new float[1]));
    check(
        "a stream was given null as the array for an output",
        () -> stream.next(new double[2], null));
    Path file = Path.of("model");
    check(
        "a model file was given null as its weights",
        () -> ModelFile.save(layer, null, file, Map.of()));
    check(
        "a model file was given null as its path",
        () -> ModelFile.load(layer, null, Precision.FLOAT32));
  }

  @Test
  void partsOfAPlanAreNamed() {
    Input x = Input.of("x", 1);
    check("a plan was given null as its outputs", () -> Plan.of((Node[]) null));
    check("concat: the nodes to join are null", () -> Node.concat(0, (Node[]) null));
    for (Node[] parts : new Node[][] {{null, x}, {null}}) {
      assertEquals(
          "concat: operand 0 is null",
          assertThrows(IllegalArgumentException.class, () -> Node.concat(0, parts)).getMessage());
    }
    Session session = Plan.of(x).compile(Precision.FLOAT32).session();
    String value = "the input x [1] was given null as its value";
    check(value, () -> session.set(x, (Tensor) null));
    check(value, () -> session.set(x, (Tensor) null, 0));
    check(value, () -> session.set(x, (double[]) null));
    check(value, () -> session.set(x, (float[]) null));
  }

  private static Gate gate() {
    return Gate.of(2, 2, RANDOM);
  }
}

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
import dev.rnn4j.grad.Gradients;
import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.graph.Parameters;
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
import dev.rnn4j.loss.LossSum;
import dev.rnn4j.loss.Losses;
import dev.rnn4j.metric.ConfusionMatrix;
import dev.rnn4j.metric.Metric;
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
import java.util.List;
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
    check("a Stacked was given null as its layers", () -> Stacked.of((Layer[]) null));
    check("a Stacked was given null as its layer 1", () -> Stacked.of(layer, null));
    check("a Stacked was given null as its layer 0", () -> Stacked.of((Layer) null));
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
    check("a batch was given null as its lengths", () -> Batch.of(x).lengths("x", (int[]) null));
    check("a batch was asked for null as a role", () -> Batch.of(x).find(null, "x"));
    check(
        "a batch was asked for null as a name: \"\" is for what belongs to all",
        () -> Batch.of(x).find(Batch.Role.MASK, null));
    check("a batch was asked for null as a role", () -> Batch.of(x).signature().axes(null, "x"));
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
    check(
        "a training step was given null as what is frozen", () -> builder.frozen((Object[]) null));
    check(
        "a training step was given null as a module that is frozen",
        () -> builder.frozen(layer, null));
    check(
        "a training step was given null as the part to train",
        () -> builder.optimizer(Sgd.rate(0.1), null));
    check(
        "a training step was given null as its memory budget: \"64MB\" is one",
        () -> builder.memoryBudget(null));
    check("a loss was given null as its quantiles", () -> Losses.quantiles((double[]) null));
    LossSum loss = LossSum.total(Node.zeros(1));
    check("a loss was given null as its name", () -> Outcome.loss(null, loss));
    check(
        "an output was given null as its name",
        () -> Outcome.loss("l", loss).output(null, Node.zeros(1)));
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
    check("a predictor was given null as a batch", () -> predictor.prepare((Batch) null));
    check("a predictor was given null as a shape", () -> predictor.prepare((Shape) null));
    check("a predictor was given null as its budget", () -> predictor.budget(null));
    check("a predictor was given null as what is frozen", () -> predictor.frozen((Object[]) null));
    check(
        "a predictor was given null as a module that is frozen",
        () -> predictor.frozen((Object) null));
    check("streams were given null as the shape of a step", () -> predictor.streaming(null));
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
  void whatIsLookedIntoIsNamed() {
    Layer layer = Dense.of(2, 1, RANDOM);
    TrainingStep step =
        TrainingStep.of(layer, Losses.meanSquaredError())
            .optimizer(Sgd.rate(0.1))
            .compile(Precision.FLOAT32);
    Batch batch = Batch.of(Tensor.zeros(Shape.of(1, 2)), Tensor.zeros(Shape.of(1, 1)));
    List<Batch> data = List.of(batch);
    check("a summary was given null as its training step", () -> ModelSummary.of(null, batch));
    check("a summary was given null as its batch", () -> ModelSummary.of(step, null));
    check("a diagnosis was given null as its training step", () -> Diagnosis.of(null, batch));
    check("a diagnosis was given null as its batch", () -> Diagnosis.of(step, null));
    check(
        "a test of rates was given null as its training step",
        () -> RateRange.test(null, data, 0.1, 1, 2));
    check(
        "a test of rates was given null as its batches",
        () -> RateRange.test(step, null, 0.1, 1, 2));
    check(
        "a batch is learned by a training step, and null was given",
        () -> OneBatch.learn(null, batch, 1));
    check("averages were asked for of null: give a training step", () -> Averages.of(null));
    check("classes were to be counted in null: give batches", () -> ClassWeights.balanced(2, null));
    check("a training step was given null as its checkpoint", () -> step.restore(null));
    check("a training step was given null as its states", () -> step.setStates(null));
    check("a training step was given null as its gradients", () -> step.setGradients(null));
    check(
        "a training step was given null as the weights of its losses",
        () -> step.compute((Map<String, Double>) null, batch));
    step.compute(batch);
    check(
        "a training step was given null as the gradient of bias",
        () -> step.setGradient("bias", null));
    check(
        "a model was given null as the values of its parameters",
        () -> step.weights().setAll(layer, null));
    check("the values of null were asked for: give a model", () -> step.weights().values(null));
    check("the parameters of null were asked for: give a model", () -> Parameters.of(null));
    Tensor y = batch.y();
    String prediction = "a metric was given null as its prediction";
    String target = "a metric was given null as its target";
    for (Metric metric :
        List.of(
            Metrics.accuracy(),
            Metrics.rootMeanSquaredError(),
            Metrics.rSquared(),
            Metrics.rocAuc(),
            Metrics.editDistance(),
            Metrics.of("f1", ConfusionMatrix.of(2), ConfusionMatrix::macroF1))) {
      check(prediction, () -> metric.add(null, y));
      check(target, () -> metric.add(y, null));
    }
    check(
        "a metric was given null as its weights",
        () -> Metrics.meanAbsoluteError().add(y, y, null));
  }

  @Test
  void partsOfAPlanAreNamed() {
    Input x = Input.of("x", 1);
    Parameter w = Parameter.of("w", Tensor.zeros(Shape.of(1)));
    check("a plan was given null as its inputs", () -> Plan.of(x).inputs((Input[]) null));
    check("a plan was given null as an input", () -> Plan.of(x).inputs((Input) null));
    check("a plan was given null as what takes a new value", () -> Plan.of(x).update(null, x));
    check("a plan was given null as the new value of w [1]", () -> Plan.of(x).update(w, null));
    check(
        "a plan was asked for null as an input",
        () -> Plan.of(x).compile(Precision.FLOAT32).has(null));
    check("a constant was given null as its value", () -> Node.constant((Tensor) null));
    check(
        "gradients were asked for with respect to null: give a list of nodes",
        () -> Gradients.of(x, (List<Node>) null));
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

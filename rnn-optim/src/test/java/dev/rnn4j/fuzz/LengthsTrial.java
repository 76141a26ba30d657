package dev.rnn4j.fuzz;

import dev.rnn4j.grad.Gradients;
import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.graph.Parameters;
import dev.rnn4j.io.Batch;
import dev.rnn4j.loss.Losses;
import dev.rnn4j.optimizer.Sgd;
import dev.rnn4j.pass.Layer;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import dev.rnn4j.train.Predictor;
import dev.rnn4j.train.TrainingStep;
import dev.rnn4j.train.TrainingStepBuilder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A drawn model as a user trains and asks it: batches of one length after the other, in any order.
 * Loss, gradients, predictions must be those of the graph of each length alone.
 */
final class LengthsTrial {
  private static final int[] LENGTHS = {7, 1, 2, 3, 4, 5, 6, 8, 9, 10, 12, 20, 1, 2, 13};
  private static final int[] THREADS = {1, 2, 7};
  private static final double TOLERANCE = 1e-9;
  private static final double STILL = 1e-11;
  private static final double ROUNDING = 0x1p-51;

  private final Genes genes;
  private final Layer model;
  private final int sequences;
  private final int inputs;
  private final Map<String, Parameter> parameters;
  private final TrainingStep step;
  private final Predictor predictor;
  private final List<Integer> lengths = new ArrayList<>();
  private String doing = "";

  private LengthsTrial(Genes genes) {
    this.genes = genes;
    Genes draw = genes.part(88, 100);
    Genes rows = genes.part(126, Trial.GENES);
    boolean many = rows.rare(6); // of all steps together, so that work runs along with loops
    DrawnModel drawn = DrawnModel.of(genes);
    model = many ? PlainModel.of(genes.part(0, 24)) : drawn;
    sequences = many ? 37 + rows.pick(54) : drawn.sizes().n();
    inputs = many ? PlainModel.INPUTS : drawn.sizes().i();
    parameters = Parameters.of(model);
    int count = 2 + draw.pick(4);
    for (int i = 0; i < count; i++) {
      lengths.add(draw.rare(5) ? drawn.sizes().n() : LENGTHS[draw.pick(LENGTHS.length)]);
    }
    TrainingStepBuilder builder = TrainingStep.of(model, Losses.meanSquaredError());
    builder =
        draw.rare(4) && !many
            ? builder.optimizer(Sgd.rate(0.01), drawn.first().bias())
            : builder.optimizer(Sgd.rate(0.01));
    step = builder.threads(THREADS[draw.pick(THREADS.length)]).compile(Precision.FLOAT64);
    predictor = Predictor.of(model, step.weights());
  }

  private Shape shape(int length) {
    return Shape.of(length, sequences, inputs);
  }

  /** Returns how many graphs were compared. */
  static int run(Genes genes) {
    LengthsTrial trial = null;
    try {
      trial = new LengthsTrial(genes);
      for (int i = 0; i < trial.lengths.size(); i++) {
        trial.at(i);
      }
      return trial.lengths.size();
    } catch (IllegalArgumentException e) {
      if (e.getMessage().contains("depends on no")) {
        return 0;
      }
      throw new AssertionError(e + ": " + trial + genes, e);
    } catch (RuntimeException e) {
      throw new AssertionError(e + ": " + trial + genes, e);
    }
  }

  private void at(int position) {
    int length = lengths.get(position);
    int how = genes.part(95 + position, 96 + position).pick(4);
    doing = " at T = " + length + ", the batch " + position;
    Tensor xs = genes.values(10 + position, shape(length));
    Input x = Input.of("x", shape(length));
    Node y = model.apply(x);
    Tensor ys = genes.values(20 + position, y.shape());
    Node loss = Losses.meanSquaredError().of(y, Node.constant(ys)).mean();
    List<String> paths = new ArrayList<>(parameters.keySet());
    List<Node> nodes = new ArrayList<>(List.of(loss, y));
    Map<Node, Tensor> given = new HashMap<>(Map.of(x, xs));
    parameters.values().forEach(p -> given.put(p, step.weights().get(p)));
    if (how != 1) {
      nodes.addAll(Gradients.of(loss, parameters.values()));
    }
    Reference reference = new Reference(nodes, given);
    if (how == 1) {
      compare("evaluate", step.evaluate(xs, ys), nodes.get(0), reference);
    } else {
      double found = how == 2 ? step.run(xs, ys) : step.compute(Batch.of(xs, ys));
      compare("loss", found, nodes.get(0), reference);
      for (int i = 0; i < paths.size(); i++) {
        Tensor gradient = gradient(paths.get(i));
        if (gradient != null) {
          compare(paths.get(i), gradient, nodes.get(2 + i), reference);
        }
      }
    }
    compare("prediction", step.prediction(), y, reference);
    if (how == 3) {
      compare("predictor", predictor.predict(xs), y, reference);
    }
  }

  private Tensor gradient(String path) {
    try {
      return step.gradient(path);
    } catch (IllegalArgumentException e) {
      return null; // not trained
    }
  }

  private void compare(String what, double found, Node node, Reference reference) {
    compare(what, Tensor.scalar(found), node, reference);
  }

  private void compare(String what, Tensor found, Node node, Reference reference) {
    double distance = Reference.distance(found.toDoubles(), reference.of(node));
    if (!(distance <= TOLERANCE) && reference.moves(node, ROUNDING) <= STILL) {
      throw new AssertionError(what + doing + " is off by " + distance + ": " + this + genes);
    }
  }

  @Override
  public String toString() {
    return "N, I = "
        + sequences
        + ", "
        + inputs
        + ", "
        + model.getClass().getSimpleName()
        + ", T = "
        + lengths
        + doing
        + ", ";
  }
}

package dev.rnn4j.examples.reference;

import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.io.Axes;
import dev.rnn4j.io.Batch;
import dev.rnn4j.loss.LossSum;
import dev.rnn4j.optimizer.Adam;
import dev.rnn4j.optimizer.AdamW;
import dev.rnn4j.optimizer.Optimizer;
import dev.rnn4j.optimizer.Sgd;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Tensor;
import dev.rnn4j.train.Outcome;
import dev.rnn4j.train.TrainingStep;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The values of parameters after each update of {@code torch.optim}, gradients given: a training
 * step makes Σ p⊙g small, whose gradient is g.
 */
final class OptimizerCase implements Kind {
  /** A model of nothing but parameters. */
  record Model(List<Parameter> parameters) {}

  @Override
  public void run(Fields fields, Path folder, Differences differences) {
    Optimizer optimizer = optimizer(fields.text("optimizer"), fields.object("settings"));
    Model model = new Model(fields.tensors("start").stream().map(Parameter::of).toList());
    List<List<Tensor>> gradients = updates("gradients", fields, model);
    List<List<Tensor>> expected = updates("after", fields, model);
    Lists.requireSameSize("after", expected, gradients);
    TrainingStep step =
        TrainingStep.of(model, feed -> Outcome.loss("loss", LossSum.total(loss(model, feed::node))))
            .optimizer(optimizer)
            .compile(Precision.FLOAT64);
    for (int update = 0; update < gradients.size(); update++) {
      step.run(batch(gradients.get(update)));
      for (int i = 0; i < model.parameters().size(); i++) {
        differences.compare(
            "after[" + update + "][" + i + "]",
            expected.get(update).get(i),
            step.weights().get(model.parameters().get(i)));
      }
    }
  }

  private static List<List<Tensor>> updates(String name, Fields fields, Model model) {
    List<List<Tensor>> updates = new ArrayList<>();
    for (Object update : fields.list(name)) {
      String each = name + "[" + updates.size() + "]";
      if (!(update instanceof List<?> tensors)) {
        throw new BadCaseException(each + " is not a list");
      }
      updates.add(Nested.tensors(each, tensors));
      Lists.requireSameSize(each, updates.get(updates.size() - 1), model.parameters());
    }
    return updates;
  }

  /** The inputs of a step, by name. */
  private interface Inputs {
    Node get(String name);
  }

  private static Node loss(Model model, Inputs inputs) {
    return Node.sum(
        IntStream.range(0, model.parameters().size())
            .mapToObj(i -> model.parameters().get(i).times(inputs.get("gradient" + i)).sum())
            .toList());
  }

  private static Batch batch(List<Tensor> gradients) {
    Batch batch = Batch.empty();
    for (int i = 0; i < gradients.size(); i++) {
      batch = batch.input("gradient" + i, gradients.get(i), Axes.NONE);
    }
    return batch;
  }

  private static Optimizer optimizer(String name, Fields settings) {
    return switch (name) {
      case "SGD" -> sgd(settings);
      case "Adam" -> {
        settings.require("decoupled_weight_decay", false);
        Tensor betas = betas(settings);
        Adam adam =
            Adam.rate(settings.number("lr"))
                .betas(betas.at(0), betas.at(1))
                .epsilon(settings.number("eps"))
                .weightDecay(settings.number("weight_decay"));
        yield settings.flag("amsgrad") ? adam.amsgrad() : adam;
      }
      case "AdamW" -> {
        settings.require("decoupled_weight_decay", true);
        Tensor betas = betas(settings);
        AdamW adam =
            AdamW.rate(settings.number("lr"))
                .betas(betas.at(0), betas.at(1))
                .epsilon(settings.number("eps"))
                .weightDecay(settings.number("weight_decay"));
        yield settings.flag("amsgrad") ? adam.amsgrad() : adam;
      }
      default -> throw new BadCaseException("there is no optimizer " + name);
    };
  }

  /**
   * At a constant rate, v ← μ·v + g and p ← p − η·v are document 002's v ← μ·v − η·g, p ← p + v.
   */
  private static Sgd sgd(Fields settings) {
    settings.require("dampening", 0.0);
    Sgd sgd = Sgd.rate(settings.number("lr")).weightDecay(settings.number("weight_decay"));
    double momentum = settings.number("momentum");
    return settings.flag("nesterov") ? sgd.nesterov(momentum) : sgd.momentum(momentum);
  }

  private static Tensor betas(Fields settings) {
    Tensor betas = settings.vector("betas");
    Lists.requireLength("betas", betas, 2);
    return betas;
  }
}

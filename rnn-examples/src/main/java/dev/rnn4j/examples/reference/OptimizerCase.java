package dev.rnn4j.examples.reference;

import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.io.Axes;
import dev.rnn4j.io.Batch;
import dev.rnn4j.loss.LossSum;
import dev.rnn4j.optimizer.Adadelta;
import dev.rnn4j.optimizer.Adagrad;
import dev.rnn4j.optimizer.Adam;
import dev.rnn4j.optimizer.Adamax;
import dev.rnn4j.optimizer.Lion;
import dev.rnn4j.optimizer.MomentumSgd;
import dev.rnn4j.optimizer.NAdam;
import dev.rnn4j.optimizer.Optimizer;
import dev.rnn4j.optimizer.PathOptimizer;
import dev.rnn4j.optimizer.RAdam;
import dev.rnn4j.optimizer.RmsProp;
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
    double rate = settings.number("lr");
    double decay = settings.number("weight_decay");
    return switch (name) {
      case "SGD" -> sgd(settings, rate).weightDecay(decay);
      case "Adagrad" ->
          Adagrad.rate(rate)
              .rateDecay(settings.number("lr_decay"))
              .initialSum(settings.number("initial_accumulator_value"))
              .epsilon(settings.number("eps"))
              .weightDecay(decay);
      case "Adadelta" ->
          Adadelta.rate(rate)
              .decay(settings.number("rho"))
              .epsilon(settings.number("eps"))
              .weightDecay(decay);
      case "RMSprop" -> {
        RmsProp rule =
            RmsProp.rate(rate)
                .decay(settings.number("alpha"))
                .epsilon(settings.number("eps"))
                .momentum(settings.number("momentum"))
                .weightDecay(decay);
        yield settings.flag("centered") ? rule.centered() : rule;
      }
      case "Adam" -> adam(settings, rate).weightDecay(decay);
      case "AdamW" -> {
        settings.require("decoupled_weight_decay", true);
        yield adam(settings, rate).weightDecay(decay);
      }
      case "Adamax" -> {
        Tensor betas = betas(settings);
        yield Adamax.rate(rate)
            .betas(betas.at(0), betas.at(1))
            .epsilon(settings.number("eps"))
            .weightDecay(decay);
      }
      case "NAdam" -> {
        Tensor betas = betas(settings);
        NAdam rule =
            NAdam.rate(rate)
                .betas(betas.at(0), betas.at(1))
                .epsilon(settings.number("eps"))
                .momentumDecay(settings.number("momentum_decay"))
                .weightDecay(decay);
        yield decoupled(settings) ? rule.decoupled() : rule;
      }
      case "RAdam" -> {
        Tensor betas = betas(settings);
        RAdam rule =
            RAdam.rate(rate)
                .betas(betas.at(0), betas.at(1))
                .epsilon(settings.number("eps"))
                .weightDecay(decay);
        yield decoupled(settings) ? rule.decoupled() : rule;
      }
      case "Lion" -> {
        Tensor betas = betas(settings);
        yield Lion.rate(rate).betas(betas.at(0), betas.at(1)).weightDecay(decay);
      }
      default -> throw new BadCaseException("there is no optimizer " + name);
    };
  }

  private static PathOptimizer<?> sgd(Fields settings, double rate) {
    double momentum = settings.number("momentum");
    double dampening = settings.number("dampening");
    boolean nesterov = settings.flag("nesterov");
    if (momentum == 0) {
      return Sgd.rate(rate); // whatever the dampening, for there is nothing to dampen
    }
    MomentumSgd sgd = MomentumSgd.rate(rate).momentum(momentum).dampening(dampening);
    return nesterov ? sgd.nesterov() : sgd;
  }

  private static Adam adam(Fields settings, double rate) {
    Tensor betas = betas(settings);
    Adam adam = Adam.rate(rate).betas(betas.at(0), betas.at(1)).epsilon(settings.number("eps"));
    adam = settings.flag("amsgrad") ? adam.amsgrad() : adam;
    return decoupled(settings) ? adam.decoupled() : adam;
  }

  private static boolean decoupled(Fields settings) {
    return settings.flag("decoupled_weight_decay");
  }

  private static Tensor betas(Fields settings) {
    Tensor betas = settings.vector("betas");
    Lists.requireLength("betas", betas, 2);
    return betas;
  }
}

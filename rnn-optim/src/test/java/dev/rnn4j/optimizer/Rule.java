package dev.rnn4j.optimizer;

import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.plan.Plan;
import dev.rnn4j.plan.Session;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;

/** A rule that updates one parameter, without a training step. */
final class Rule {
  private final Parameter parameter;
  private final Input gradient;
  private final Map<Scalar, Input> scalars = new LinkedHashMap<>();
  private final Session session;
  private long update;

  Rule(Optimizer optimizer, Tensor start, Precision precision) {
    parameter = Parameter.of("p", start);
    gradient = Input.of("g", start.shape());
    Map<String, Parameter> slots = new LinkedHashMap<>();
    for (Slot slot : optimizer.slots(start.shape())) {
      slots.put(slot.name(), Parameter.of(Tensor.full(slot.shape(), slot.initial())));
    }
    Map<String, Node> inputs = new LinkedHashMap<>();
    for (Scalar scalar : optimizer.scalars()) {
      Input input = Input.of(scalar.name());
      scalars.put(scalar, input);
      inputs.put(scalar.name(), input);
    }
    Update next =
        optimizer.update(
            parameter, gradient, new Slots(new LinkedHashMap<>(slots)), new Scalars(inputs));
    Plan.Builder plan = Plan.of(inputs.values().stream().toList()); // so that all can be set
    plan.update(parameter, next.value());
    slots.forEach((name, slot) -> plan.update(slot, next.slots().get(name)));
    session = plan.compile(precision).session();
  }

  /** Returns the value after one more update, at the rule's own rate. */
  Tensor update(Tensor g) {
    Moment now =
        new Moment() {
          @Override
          public long update() {
            return update;
          }

          @Override
          public double rate(double base) {
            return base;
          }

          @Override
          public double momentum(double base) {
            return base;
          }
        };
    scalars.forEach((scalar, input) -> session.set(input, scalar.value().at(now)));
    session.set(gradient, g).run();
    update++;
    return session.plan().weights().get(parameter);
  }
}

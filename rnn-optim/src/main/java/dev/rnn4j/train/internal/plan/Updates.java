package dev.rnn4j.train.internal.plan;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.rnn4j.clip.Clip;
import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.graph.Scope;
import dev.rnn4j.optimizer.Optimizer;
import dev.rnn4j.optimizer.Scalar;
import dev.rnn4j.optimizer.Scalars;
import dev.rnn4j.optimizer.Slot;
import dev.rnn4j.optimizer.Slots;
import dev.rnn4j.optimizer.Update;
import dev.rnn4j.plan.Plan;
import dev.rnn4j.plan.Session;
import dev.rnn4j.tensor.Tensor;
import dev.rnn4j.train.internal.graph.Assignment.Trained;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * From gradients to new values: what optimizers remember of each parameter, the scalars of an
 * update, and both as part of plans. Setting scalars allocates nothing.
 */
public final class Updates {
  /** A scalar of rules that are alike, and its input. */
  private record Entry(Scalar scalar, Input input) {}

  private final List<Trained> trained;
  private final Clip clip;
  private final Clock clock;
  private final Map<Optimizer, Scalars> scalars = new LinkedHashMap<>();
  private final List<Entry> entries = new ArrayList<>();
  private final List<Map<String, Parameter>> slots = new ArrayList<>();
  private final double[] value = new double[1];

  public Updates(List<Trained> trained, Clip clip, Clock clock) {
    this.trained = trained;
    this.clip = clip;
    this.clock = clock;
    for (Trained each : trained) {
      Map<String, Parameter> own = new LinkedHashMap<>();
      for (Slot slot : each.rule().slots(each.parameter().shape())) {
        Tensor initial = Tensor.full(slot.shape(), slot.initial());
        own.put(slot.name(), Parameter.of(each.path() + "/" + slot.name(), initial));
      }
      slots.add(own);
      scalars.computeIfAbsent(each.rule(), this::inputs);
    }
  }

  private Scalars inputs(Optimizer rule) {
    Map<String, Node> nodes = new LinkedHashMap<>();
    for (Scalar scalar : rule.scalars()) {
      Input input = Input.of(scalar.name());
      entries.add(new Entry(scalar, input));
      nodes.put(scalar.name(), input);
    }
    return new Scalars(nodes);
  }

  /** Returns what optimizers remember, as parameters of the weights that train. */
  public List<Parameter> slots() {
    return slots.stream().flatMap(own -> own.values().stream()).toList();
  }

  /**
   * Lets a plan update all that is trained.
   *
   * @param gradients of the trained parameters, in their order
   * @return the scalars of the update
   */
  public ScalarSet addTo(Plan.Builder plan, List<? extends Node> gradients) {
    List<Node> clipped = clip.apply(beforeClipping(gradients));
    for (int i = 0; i < trained.size(); i++) {
      Trained each = trained.get(i);
      try (Scope scope = Scope.enter(each.parameter())) {
        Update update =
            each.rule()
                .update(
                    each.parameter(),
                    clipped.get(i),
                    new Slots(ImmutableMap.copyOf(slots.get(i))),
                    scalars.get(each.rule()));
        plan.update(each.parameter(), update.value());
        slots.get(i).forEach((name, slot) -> addSlot(plan, each, update, name, slot));
      }
    }
    return scalarsOf(plan);
  }

  /** Lets a plan take the scalars of an update. */
  ScalarSet scalarsOf(Plan.Builder plan) {
    entries.forEach(entry -> plan.inputs(entry.input));
    return new ScalarSet();
  }

  /** Returns the norm over what of the gradients takes part in an update. */
  Node norm(List<? extends Node> gradients) {
    return Clip.globalNorm(beforeClipping(gradients));
  }

  private List<Node> beforeClipping(List<? extends Node> gradients) {
    ImmutableList.Builder<Node> taking = ImmutableList.builder();
    for (int i = 0; i < trained.size(); i++) {
      Optimizer rule = trained.get(i).rule();
      taking.add(rule.beforeClipping(gradients.get(i), scalars.get(rule)));
    }
    return taking.build();
  }

  private static void addSlot(
      Plan.Builder plan, Trained each, Update update, String name, Parameter slot) {
    Node next = update.slots().get(name);
    checkArgument(next != null, "%s gives no new value to its slot %s", each.rule(), name);
    plan.update(slot, next);
  }

  /** The scalars of plans that update. */
  public final class ScalarSet {
    private ScalarSet() {}

    /** Gives a session the scalars of the moment. */
    public void set(Session session) {
      for (int i = 0; i < entries.size(); i++) {
        Entry entry = entries.get(i);
        value[0] = entry.scalar.value().at(clock);
        session.set(entry.input, value);
      }
    }
  }
}

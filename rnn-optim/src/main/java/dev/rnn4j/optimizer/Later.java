package dev.rnn4j.optimizer;

import com.google.common.collect.ImmutableList;
import dev.rnn4j.graph.Node;
import java.util.ArrayList;
import java.util.List;

/** A rule that begins with a later update: before it, nothing changes. */
final class Later extends Around {
  private static final String BEGUN = "begun";

  private final long first;

  private Later(Optimizer rule, long first) {
    super(rule);
    this.first = first;
  }

  /**
   * Returns a rule as it is for a parameter that it leaves alone until an update. Averages do not
   * wait: the average of a parameter that stays as it is, is its value.
   */
  static Optimizer of(Optimizer rule, long first) {
    if (first == 0) {
      return rule;
    }
    if (rule instanceof Averaged averaged) {
      return averaged.around(of(averaged.rule(), first));
    }
    return rule instanceof Later later
        ? new Later(later.rule(), Math.max(first, later.first))
        : new Later(rule, first);
  }

  /** The same moment to a rule that began later; before that, its own first one. */
  private final class Since implements Moment {
    private Moment moment;

    @Override
    public long update() {
      return Math.max(0, moment.update() - first);
    }

    @Override
    public double rate(double base) {
      return moment.rate(base);
    }

    @Override
    public double momentum(double base) {
      return moment.momentum(base);
    }
  }

  @Override
  public Optimizer at(List<String> paths) {
    return new Later(rule().at(paths), first);
  }

  @Override
  String settings() {
    return "from update " + first;
  }

  @Override
  public List<Scalar> scalars() {
    List<Scalar> scalars = new ArrayList<>();
    for (Scalar scalar : super.scalars()) {
      Since since = new Since();
      scalars.add(
          new Scalar(
              scalar.name(),
              moment -> {
                since.moment = moment;
                return scalar.value().at(since);
              }));
    }
    scalars.add(new Scalar(BEGUN, moment -> moment.update() >= first ? 1 : 0));
    return ImmutableList.copyOf(scalars);
  }

  @Override
  public Node beforeClipping(Node gradient, Scalars scalars) {
    Node zeros = Node.zeros(gradient.shape());
    return scalars.get(BEGUN).select(super.beforeClipping(gradient, scalars), zeros);
  }

  @Override
  public Update update(Node value, Node gradient, Slots slots, Scalars scalars) {
    Node begun = scalars.get(BEGUN);
    Update next = super.update(value, gradient, slots, scalars);
    Update update = Update.to(begun.select(next.value(), value));
    for (var slot : next.slots().entrySet()) {
      update = update.slot(slot.getKey(), begun.select(slot.getValue(), slots.get(slot.getKey())));
    }
    return update;
  }
}

package dev.rnn4j.train.internal.segment;

import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.pass.StateName;
import dev.rnn4j.plan.Plan;
import dev.rnn4j.plan.Session;
import dev.rnn4j.plan.Weights;
import java.util.Map;
import java.util.Set;

/** Leaves the states after the last segment where the next batch finds them. */
final class StateMove {
  private final Session session;
  private final Input[] inputs;

  /**
   * Creates the move.
   *
   * @param states those that are kept, in order
   * @param stored where some of them go
   */
  StateMove(Weights weights, Set<StateName> states, Map<StateName, Parameter> stored) {
    Plan.Builder plan = Plan.of().weights(weights).threads(1);
    inputs = new Input[states.size()];
    int next = 0;
    for (StateName state : states) {
      Parameter place = stored.get(state);
      if (place != null) {
        inputs[next] = Input.of("end/" + state, place.shape().toArray());
        plan.update(place, inputs[next]);
      }
      next++;
    }
    session = plan.compile(weights.precision()).session();
  }

  void run(Kept states) {
    states.give(session, inputs);
    session.run();
  }

  long bytes() {
    return session.bytes() + session.plan().bytes();
  }
}

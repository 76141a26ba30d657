package dev.rnn4j.schedule;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableMap;
import java.util.Map;

/** What schedules remember, by name. */
final class States {
  private States() {}

  /** Refuses a state that has other names than the one that the schedule would return. */
  static void checkNames(Schedule schedule, Map<String, Double> state) {
    checkArgument(
        schedule.state().keySet().equals(state.keySet()),
        "the schedule remembers %s, and the state has %s: it is one of another schedule",
        schedule.state().keySet(),
        state.keySet());
  }

  /** Returns the entries whose names begin with a prefix, without it. */
  static Map<String, Double> under(String prefix, Map<String, Double> state) {
    ImmutableMap.Builder<String, Double> part = ImmutableMap.builder();
    state.forEach(
        (name, value) -> {
          if (name.startsWith(prefix)) {
            part.put(name.substring(prefix.length()), value);
          }
        });
    return part.buildOrThrow();
  }
}

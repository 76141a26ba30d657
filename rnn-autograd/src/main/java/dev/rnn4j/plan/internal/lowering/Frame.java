package dev.rnn4j.plan.internal.lowering;

import dev.rnn4j.plan.internal.lines.Line;
import dev.rnn4j.plan.internal.lowering.Modes.Mode;
import dev.rnn4j.plan.internal.program.Place;

/**
 * The time steps that instructions are written for, and how they run.
 *
 * @param mode once, batched over the steps, or step by step
 * @param from the first time step; 0 with mode ONCE
 * @param to the last time step
 */
record Frame(Mode mode, int from, int to) {
  static Frame of(Line line, Mode mode) {
    return mode == Mode.ONCE
        ? new Frame(mode, line.from(), line.from())
        : new Frame(mode, line.from(), line.to());
  }

  Frame part(int first, int last) {
    return new Frame(mode, first, last);
  }

  boolean isBatched() {
    return mode == Mode.BATCHED;
  }

  /** Returns a moving place as this frame sees it: still, repeated, or moving. */
  Place see(Place place) {
    return switch (mode) {
      case ONCE -> place.at(from);
      case BATCHED -> place.over(from, to);
      case LOOP -> place;
    };
  }
}

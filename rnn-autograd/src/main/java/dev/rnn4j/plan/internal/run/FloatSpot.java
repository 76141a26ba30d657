package dev.rnn4j.plan.internal.run;

import dev.rnn4j.plan.internal.program.Place;

/** A place as code reads or writes it: an array of the run, and a position for each time step. */
final class FloatSpot {
  private final int slot;
  private final int offset;
  private final int perStep;

  FloatSpot(Place place) {
    slot = place.buffer().slot();
    offset = place.layout().offset();
    perStep = place.perStep();
  }

  /** Returns the array. */
  float[] in(FloatArena arena) {
    return arena.arrays[slot];
  }

  /** Returns where the first element lies at time step t. */
  int at(int t) {
    return offset + t * perStep;
  }
}

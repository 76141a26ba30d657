package dev.rnn4j.plan.internal.run;

import dev.rnn4j.graph.Node;
import dev.rnn4j.plan.internal.program.Instruction;
import dev.rnn4j.plan.internal.program.Place;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** Code that stops where its instruction's result holds the first NaN. */
final class FloatNaNCheck implements FloatCode {
  private final Instruction instruction;
  private final FloatCode code;
  private final Map<Node, Place> places;
  private final FloatSpot target;
  private final int count;

  FloatNaNCheck(Instruction instruction, FloatCode code, Map<Node, Place> places) {
    this.instruction = instruction;
    this.code = code;
    this.places = places;
    Place place = instruction.target();
    target = new FloatSpot(place);
    count = place.layout().isDense() ? place.shape().elements() : 0;
  }

  @Override
  public void run(FloatArena arena, int t) {
    code.run(arena, t);
    float[] values = target.in(arena);
    int begin = target.at(t);
    for (int i = begin; i < begin + count; i++) {
      if (Float.isNaN(values[i])) {
        throw Failures.notANumber(instruction, t, i - begin, leaf -> firstNaN(leaf, arena));
      }
    }
  }

  /** Inputs and parameters have arrays of their own, from the beginning on. */
  private OptionalInt firstNaN(Node leaf, FloatArena arena) {
    Place place = places.get(leaf);
    float[] values = place == null ? new float[0] : arena.arrays[place.buffer().slot()];
    int end = place == null ? 0 : place.shape().elements();
    return IntStream.range(0, end).filter(i -> Float.isNaN(values[i])).findFirst();
  }
}

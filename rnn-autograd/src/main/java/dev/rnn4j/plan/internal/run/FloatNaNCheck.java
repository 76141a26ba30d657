package dev.rnn4j.plan.internal.run;

import dev.rnn4j.graph.Node;
import dev.rnn4j.plan.internal.program.Buffer;
import dev.rnn4j.plan.internal.program.Instruction;
import dev.rnn4j.plan.internal.program.Place;
import dev.rnn4j.tensor.Layout;
import java.util.Map;

/** Code that stops where its instruction's result holds the first NaN. */
final class FloatNaNCheck implements FloatCode {
  private final Instruction instruction;
  private final FloatCode code;
  private final Map<Node, Place> places;
  private final FloatSpot target;
  private final Layout layout;
  private final boolean dense;
  private final int count;

  /** Whether an input or a parameter is read where the result goes. */
  private final boolean replaces;

  FloatNaNCheck(Instruction instruction, FloatCode code, Map<Node, Place> places) {
    this.instruction = instruction;
    this.code = code;
    this.places = places;
    Place place = instruction.target();
    target = new FloatSpot(place);
    layout = place.layout();
    dense = layout.isDense();
    count = place.shape().elements();
    replaces =
        place.buffer().kind() != Buffer.Kind.WORK
            && instruction.operands().stream().anyMatch(x -> x.buffer() == place.buffer());
  }

  @Override
  public void run(FloatArena arena, int t) {
    float[] values = target.in(arena);
    float[] replaced = replaces ? values.clone() : values;
    code.run(arena, t);
    int begin = target.at(t);
    for (int i = 0; i < count; i++) {
      int from = dense ? i : layout.positionOf(i) - layout.offset();
      if (Float.isNaN(values[begin + from])) {
        throw Failures.notANumber(
            instruction,
            t,
            i,
            from,
            places,
            (buffer, position) -> Float.isNaN(read(arena, buffer, replaced)[position]));
      }
    }
  }

  private float[] read(FloatArena arena, Buffer buffer, float[] replaced) {
    return buffer == instruction.target().buffer() ? replaced : arena.arrays[buffer.slot()];
  }
}

package dev.rnn4j.plan.internal.check;

import dev.rnn4j.graph.op.RandomUniform;
import dev.rnn4j.plan.internal.program.Call;
import dev.rnn4j.plan.internal.program.Draw;
import dev.rnn4j.plan.internal.program.Instruction;
import dev.rnn4j.plan.internal.program.Place;
import dev.rnn4j.tensor.Shape;
import java.util.List;

/** Which shapes instructions take. */
final class Forms {
  private Forms() {}

  /** Returns whether the operands of an instruction have the shapes that its target asks for. */
  static boolean fit(Instruction instruction) {
    Shape target = instruction.target().shape();
    List<Shape> x = instruction.operands().stream().map(Place::shape).toList();
    if (instruction instanceof Instruction.Elementwise e) {
      return x.size() == e.op().arity() && areAll(x, target);
    }
    if (instruction instanceof Instruction.Product) {
      Shape a = x.get(0);
      return target.rank() == 3
          && a.rank() == 3
          && x.get(1).equals(Shape.of(target.size(0), a.size(2), target.size(2)))
          && a.equals(Shape.of(target.size(0), target.size(1), a.size(2)));
    }
    if (instruction instanceof Instruction.Fold fold) {
      boolean fits = target.rank() == 3 && fold.shape().rank() == 3 && target.size(1) == 1;
      return fits && areAll(x, target.with(1, fold.shape().size(1)));
    }
    if (instruction instanceof Instruction.Lookup) {
      Shape table = x.get(0);
      int width = table.size(-1);
      return table.rank() == 2 && target.size(-1) == width && isRows(target, x.get(1), width);
    }
    if (instruction instanceof Instruction.Scatter) {
      return target.rank() == 2 && isRows(x.get(0), x.get(1), target.size(1));
    }
    if (instruction instanceof Draw) {
      return x.equals(List.of(Shape.of(RandomUniform.KEY_SIZE)));
    }
    if (instruction instanceof Call call) {
      return call.seen().shape().equals(target);
    }
    return areAll(x, target) && !(instruction instanceof Instruction.Rowwise && target.rank() != 2);
  }

  private static boolean areAll(List<Shape> shapes, Shape shape) {
    return shapes.stream().allMatch(shape::equals);
  }

  private static boolean isRows(Shape rows, Shape indices, int width) {
    return rows.elements() == indices.elements() * width;
  }
}

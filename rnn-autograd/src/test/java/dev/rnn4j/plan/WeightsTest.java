package dev.rnn4j.plan;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Weights that share some parameters with others. */
class WeightsTest {
  private final Parameter w = Parameter.of("w", Tensor.full(Shape.of(9, 11), 0.5));
  private final Parameter slot = Parameter.of("slot", Tensor.full(Shape.of(9, 11), 2));

  @ParameterizedTest
  @EnumSource(Precision.class)
  void whatIsSharedIsSeenByBothAndTheRestByOne(Precision precision) {
    Weights model = Weights.of(precision);
    Weights training = model.sharing(List.of(w));
    training.set(slot, Tensor.full(slot.shape(), 3));
    training.set(w, Tensor.full(w.shape(), 7));
    assertEquals(7, model.get(w).at(5));
    assertEquals(2, model.get(slot).at(5), "its initial value");
    assertEquals(3, training.get(slot).at(5));
    model.set(w, Tensor.full(w.shape(), 8));
    assertEquals(8, training.get(w).at(5));
    assertEquals(Set.of(w), model.parameters());
    assertEquals(Set.of(w, slot), training.parameters());
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void lookingAtAParameterDoesNotTakeItIn(Precision precision) {
    Weights weights = Weights.of(precision);
    weights.get(w);
    assertEquals(Set.of(), weights.parameters());
    Plan.of(w.sum()).weights(weights).compile(precision).session();
    assertEquals(Set.of(w), weights.parameters());
  }

  /** Packed copies of shared matrices are made anew whoever changes them; own ones likewise. */
  @ParameterizedTest
  @EnumSource(Precision.class)
  void packedCopiesFollowChangesFromBothSides(Precision precision) {
    Weights model = Weights.of(precision);
    Weights training = model.sharing(List.of(w));
    Input x = Input.of("x", 5, 9);
    Node y = x.matmul(w);
    Node both = x.matmul(w).plus(x.matmul(slot));
    Session reader = Plan.of(y).weights(model).compile(precision).session();
    Session mixed = Plan.of(both).weights(training).compile(precision).session();
    Session trainer =
        Plan.of().update(w, w.plus(slot)).weights(training).compile(precision).session();
    Session inner =
        Plan.of().update(slot, slot.times(2)).weights(training).compile(precision).session();
    Tensor ones = Tensor.full(x.shape(), 1);
    double value = 0.5;
    double own = 2;
    for (int i = 0; i < 3; i++) {
      assertArrayEquals(filled(9 * value), reader.set(x, ones).run().get(y).toDoubles());
      assertArrayEquals(filled(9 * (value + own)), mixed.set(x, ones).run().get(both).toDoubles());
      trainer.run();
      value += own;
      assertArrayEquals(filled(9 * value), reader.run().get(y).toDoubles());
      inner.run();
      own *= 2;
    }
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void weightsOfWeights(Precision precision) {
    Parameter deeper = Parameter.of("deeper", Tensor.scalar(1));
    Weights model = Weights.of(precision);
    Weights inner = model.sharing(List.of(w)).sharing(List.of(w));
    inner.set(w, Tensor.full(w.shape(), 1));
    inner.set(deeper, Tensor.scalar(4));
    assertEquals(Set.of(w), model.parameters());
    assertEquals(Set.of(w, deeper), inner.parameters());
    assertEquals(1, model.get(w).at(0));
  }

  private static double[] filled(double value) {
    return Tensor.full(Shape.of(5, 11), value).toDoubles();
  }
}

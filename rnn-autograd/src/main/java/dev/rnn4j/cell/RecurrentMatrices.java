package dev.rnn4j.cell;

import static com.google.common.base.Preconditions.checkArgument;

import dev.rnn4j.graph.Parameter;
import dev.rnn4j.graph.Parameters;
import java.util.List;
import java.util.Map;

/** The matrices that a hidden state is multiplied by, told by their name. */
final class RecurrentMatrices {
  private static final String NAME = "weightHh";

  private RecurrentMatrices() {}

  /** Returns the parameters of a cell with that name, in order. */
  static List<Parameter> of(Cell<?> cell) {
    Map<String, Parameter> all = Parameters.of(cell);
    List<Parameter> matrices =
        all.entrySet().stream()
            .filter(entry -> entry.getKey().equals(NAME) || entry.getKey().endsWith("." + NAME))
            .map(Map.Entry::getValue)
            .distinct()
            .toList();
    checkArgument(
        !matrices.isEmpty(),
        "the recurrent matrices of a cell are its parameters %s [H, H], and %s has none of that"
            + " name: it has %s",
        NAME,
        cell.getClass().getSimpleName(),
        all.keySet());
    return matrices;
  }
}

package dev.rnn4j.cell;

import static com.google.common.base.Preconditions.checkNotNull;

import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.graph.Products;
import dev.rnn4j.pass.ForwardPass;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * A cell with dropout of what comes back, with one mask for all steps (Gal and Ghahramani, "A
 * theoretically grounded application of dropout in recurrent neural networks", 2016): in training
 * {@code h·U} is {@code (h⊙m)·U}, m drawn once for a sequence, the same for all gates. The state
 * itself loses nothing. In inference the cell is as it was.
 *
 * <p>It works on any cell: a recurrent matrix U is a parameter with the name {@code weightHh}, as
 * in {@link dev.rnn4j.part.Gate}.
 *
 * @param cell the cell
 * @param rate the probability of a 0 in m, from 0 up to, not including, 1; others are 1 / (1 −
 *     rate)
 * @param <S> the cell's state
 */
public record RecurrentDropoutCell<S>(Cell<S> cell, double rate) implements Cell<S> {
  /**
   * Creates the cell.
   *
   * @throws IllegalArgumentException where the rate is not from 0 up to 1, and for a cell without
   *     recurrent matrices
   */
  public RecurrentDropoutCell {
    checkNotNull(cell, "a RecurrentDropoutCell was given null as its cell");
    ForwardPass.checkedRate(rate);
    RecurrentMatrices.of(cell);
  }

  @Override
  public S initialState(int batchSize) {
    return cell.initialState(batchSize);
  }

  @Override
  public Step<S> step(Node x, S state) {
    return cell.step(x, state);
  }

  @Override
  public Begun<S> begin(ForwardPass pass, int batchSize) {
    Begun<S> begun = cell.begin(pass, batchSize);
    if (!pass.isTraining() || rate == 0) {
      return begun;
    }
    Map<Integer, UnaryOperator<Node>> masks = new HashMap<>(); // by the size of what comes back
    Map<Parameter, UnaryOperator<Node>> byMatrix = new IdentityHashMap<>();
    for (Parameter matrix : RecurrentMatrices.of(cell)) {
      byMatrix.put(
          matrix,
          masks.computeIfAbsent(matrix.size(0), size -> pass.dropout(rate, batchSize, size)));
    }
    return new Begun<>(begun.state(), (x, state) -> stepped(begun, byMatrix, x, state));
  }

  private static <S> Step<S> stepped(
      Begun<S> begun, Map<Parameter, UnaryOperator<Node>> masks, Node x, S state) {
    Map<Node, Node> dropped = new IdentityHashMap<>(); // all gates read the same node
    Map<Parameter, Products.Change> changes = new IdentityHashMap<>();
    masks.forEach(
        (matrix, mask) ->
            changes.put(
                matrix,
                new Products.Change(
                    h -> dropped.computeIfAbsent(h, mask), UnaryOperator.identity())));
    try (Products products = Products.changing(changes)) {
      return begun.step().step(x, state);
    }
  }
}

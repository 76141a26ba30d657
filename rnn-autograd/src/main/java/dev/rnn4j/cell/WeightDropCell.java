package dev.rnn4j.cell;

import static com.google.common.base.Preconditions.checkNotNull;

import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.graph.Products;
import dev.rnn4j.pass.ForwardPass;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * A cell with dropout of its recurrent weights (Merity, Keskar and Socher, "Regularizing and
 * optimizing LSTM language models", 2018; DropConnect, Wan et al., 2013): in training {@code h·U}
 * is {@code h·(U⊙m)}, m drawn once for a sequence and shared by all sequences of a batch. In
 * inference the cell is as it was.
 *
 * <p>It works on any cell: a recurrent matrix U is a parameter with the name {@code weightHh}, as
 * in {@link dev.rnn4j.part.Gate}.
 *
 * @param cell the cell
 * @param rate the probability of a 0 in m, from 0 up to, not including, 1; others are 1 / (1 −
 *     rate)
 * @param <S> the cell's state
 */
public record WeightDropCell<S>(Cell<S> cell, double rate) implements Cell<S> {
  /**
   * Creates the cell.
   *
   * @throws IllegalArgumentException where the rate is not from 0 up to 1, and for a cell without
   *     recurrent matrices
   */
  public WeightDropCell {
    checkNotNull(cell, "a WeightDropCell was given null as its cell");
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
    Map<Parameter, Products.Change> changes = new IdentityHashMap<>();
    for (Parameter matrix : RecurrentMatrices.of(cell)) {
      Node dropped = pass.dropoutShared(rate, matrix.shape().toArray()).apply(matrix);
      changes.put(matrix, new Products.Change(UnaryOperator.identity(), whole -> dropped));
    }
    return new Begun<>(
        begun.state(),
        (x, state) -> {
          try (Products products = Products.changing(changes)) {
            return begun.step().step(x, state);
          }
        });
  }
}

package dev.rnn4j.layer;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import com.google.common.collect.ImmutableList;
import dev.rnn4j.cell.Cell;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Scope;
import dev.rnn4j.pass.Signal;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Cells of one kind in layers, one on top of the other, each layer of one direction or of two side
 * by side: the multi-layer networks of other frameworks, with all their states at hand. Where
 * nobody asks for states, {@link Stacked} of any layers does the same.
 *
 * <p>Its state is a list of those of all cells from the bottom up, forward before backward, which
 * is the order of PyTorch.
 *
 * @param layers from input to output, the cells of each: one that reads from the beginning, and
 *     where there is another, it reads from the end
 * @param <S> the state of each cell
 */
public record DeepRecurrent<S>(List<List<Cell<S>>> layers) implements RecurrentLayer<List<S>> {
  /** Creates the layer from a copy of the lists. */
  public DeepRecurrent {
    checkNotNull(layers, "a DeepRecurrent was given null as its layers");
    checkArgument(!layers.isEmpty(), "a DeepRecurrent has one layer or more, and none was given");
    for (int i = 0; i < layers.size(); i++) {
      List<Cell<S>> cells = layers.get(i);
      checkNotNull(cells, "a DeepRecurrent was given null as its layer %s", i);
      checkArgument(
          cells.size() == 1 || cells.size() == 2,
          "a layer has a cell for one direction or two for both, not %s",
          cells.size());
      cells.forEach(cell -> checkNotNull(cell, "a DeepRecurrent was given null as a cell"));
    }
    layers = layers.stream().map(ImmutableList::copyOf).collect(ImmutableList.toImmutableList());
  }

  /** Returns all cells, in the order of the states. */
  public List<Cell<S>> cells() {
    return layers.stream().flatMap(List::stream).toList();
  }

  @Override
  public Unrolled<List<S>> unroll(Signal x) {
    return run(x, null);
  }

  @Override
  public Unrolled<List<S>> unroll(Signal x, List<S> initial) {
    int count = cells().size();
    checkArgument(
        initial.size() == count,
        "a network of %s cells begins with as many states, and was given %s",
        count,
        initial.size());
    return run(x, initial.iterator());
  }

  private Unrolled<List<S>> run(Signal x, Iterator<S> initial) {
    try (Scope scope = Scope.enter(this)) {
      List<S> states = new ArrayList<>();
      Signal signal = x;
      Signal last = null;
      for (List<Cell<S>> cells : layers) {
        List<Unrolled<S>> runs = new ArrayList<>();
        for (Cell<S> cell : cells) {
          boolean reversed = !runs.isEmpty();
          runs.add(
              initial == null
                  ? Unroll.run(cell, signal, reversed)
                  : Unroll.run(cell, signal, initial.next(), reversed));
        }
        runs.forEach(run -> states.add(run.state()));
        signal = beside(runs.stream().map(Unrolled::outputs).toList());
        last = beside(runs.stream().map(Unrolled::last).toList());
      }
      return new Unrolled<>(signal, last, List.copyOf(states));
    }
  }

  private static Signal beside(List<Signal> directions) {
    Signal first = directions.get(0);
    return directions.size() == 1
        ? first
        : first.with(Node.concat(-1, directions.stream().map(Signal::values).toList()));
  }
}

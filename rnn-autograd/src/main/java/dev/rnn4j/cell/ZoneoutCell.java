package dev.rnn4j.cell;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Doubles;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Records;
import dev.rnn4j.pass.ForwardPass;
import java.util.ArrayList;
import java.util.List;

/**
 * A cell with zoneout (Krueger et al., "Zoneout: Regularizing RNNs by Randomly Preserving Hidden
 * Activations", 2017): in training each number of the state stays as it was, with the probability z
 * and drawn anew at each step; in inference it is the mean of both.
 *
 * <pre>
 * training:   s′ = m⊙s + (1 − m)⊙step(x, s),  m = 1 with the probability z, else 0
 * inference:  s′ = z·s + (1 − z)·step(x, s)
 * </pre>
 *
 * <p>Where the output is a component of the state, as the h of most cells, it is that of s′.
 *
 * @param cell the cell
 * @param rates z of each component of the state, in order, or one for all; from 0 up to, not
 *     including, 1
 * @param <S> the cell's state
 */
public record ZoneoutCell<S>(Cell<S> cell, List<Double> rates) implements Cell<S> {
  /**
   * Creates the cell.
   *
   * @throws IllegalArgumentException where a rate is not from 0 up to 1, or there are neither one
   *     nor as many as the state has components
   */
  public ZoneoutCell {
    checkNotNull(cell, "a ZoneoutCell was given null as its cell");
    checkNotNull(rates, "a ZoneoutCell was given null as its rates");
    rates = ImmutableList.copyOf(rates);
    rates.forEach(ForwardPass::checkedRate);
    List<String> names = Records.nodeNames(cell.initialState(1));
    checkArgument(
        rates.size() == 1 || rates.size() == names.size(),
        "zoneout takes one rate, or one for each component of the state %s, and was given %s",
        names,
        rates);
  }

  /** Returns a cell with one rate for the whole state, or one for each component in order. */
  public static <S> ZoneoutCell<S> of(Cell<S> cell, double... rates) {
    checkNotNull(rates, "a ZoneoutCell was given null as its rates");
    return new ZoneoutCell<>(cell, Doubles.asList(rates));
  }

  @Override
  public S initialState(int batchSize) {
    return cell.initialState(batchSize);
  }

  /** Returns the step of inference. */
  @Override
  public Step<S> step(Node x, S state) {
    return zoned(ForwardPass.inference(), cell.step(x, state), state);
  }

  @Override
  public Begun<S> begin(ForwardPass pass, int batchSize) {
    Begun<S> begun = cell.begin(pass, batchSize);
    return new Begun<>(
        begun.state(), (x, state) -> zoned(pass, begun.step().step(x, state), state));
  }

  private Step<S> zoned(ForwardPass pass, Step<S> step, S state) {
    List<Node> before = Records.nodes(state);
    List<Node> after = Records.nodes(step.state());
    List<Node> zoned = new ArrayList<>();
    for (int i = 0; i < after.size(); i++) {
      double z = rates.get(Math.min(i, rates.size() - 1));
      zoned.add(z == 0 ? after.get(i) : blend(pass, z, before.get(i), after.get(i)));
    }
    int shown = after.indexOf(step.output());
    Node output = shown < 0 ? step.output() : zoned.get(shown);
    return new Step<>(output, Records.withNodes(step.state(), zoned));
  }

  private static Node blend(ForwardPass pass, double z, Node before, Node after) {
    return pass.isTraining()
        ? pass.chance(z, after.shape().toArray()).select(before, after)
        : before.times(z).plus(after.times(1 - z));
  }
}

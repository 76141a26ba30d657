package dev.rnn4j.forecast.internal.network;

import com.google.common.collect.ImmutableList;
import dev.rnn4j.cell.Cell;
import dev.rnn4j.forecast.internal.quantile.Band;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.layer.Dense;
import dev.rnn4j.layer.LastStep;
import dev.rnn4j.loss.Loss;
import dev.rnn4j.pass.Layer;
import dev.rnn4j.pass.Signal;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A linear autoregression, and M recurrent networks side by side that learn what it leaves: {@code
 * [T, N, I]} → {@code [N, 4·O]}, for each of O outputs what is expected, and the quantiles 0.1, 0.5
 * and 0.9. Training begins with the forecast of the linear model, so that little data do no harm.
 * The networks differ in their first weights only; the forecast is the mean of all, whose error is
 * smaller and depends less on chance than that of one (Hansen and Salamon, "Neural Network
 * Ensembles", 1990).
 *
 * @param linear the weights of the inputs, step after step, {@code [T·I, O]}
 * @param constant {@code [O]}
 * @param spread how large the errors of the linear model are, {@code [O]}: the networks' unit
 * @param members the networks
 */
public record Network(Parameter linear, Parameter constant, Parameter spread, List<Member> members)
    implements Layer {
  /** What is expected, and three quantiles. */
  public static final int HEADS = 4;

  private static final double[] QUANTILES = {Band.LOW, Band.MIDDLE, Band.HIGH};

  /**
   * One network.
   *
   * @param cell reads the window
   * @param readout maps its last hidden state to 4·O numbers
   */
  public record Member(Cell<?> cell, Dense readout) implements Layer {
    @Override
    public Signal apply(Signal sequence) {
      return readout.apply(last(cell).apply(sequence));
    }

    private static <S> LastStep<S> last(Cell<S> cell) {
      return new LastStep<>(cell);
    }
  }

  public Network {
    members = ImmutableList.copyOf(members);
  }

  /** Draws the cells; all else begins with zeros. */
  public static Network draw(Size size, RandomGenerator random) {
    int outputs = size.outputs();
    return new Network(
        zeros(size.window() * size.inputs(), outputs),
        zeros(outputs),
        zeros(outputs),
        Stream.generate(
                () ->
                    new Member(
                        size.cell().draw(size.inputs(), size.hidden(), random),
                        new Dense(zeros(size.hidden(), HEADS * outputs), zeros(HEADS * outputs))))
            .limit(size.members())
            .toList());
  }

  private static Parameter zeros(int... sizes) {
    return Parameter.of(Tensor.zeros(Shape.of(sizes)));
  }

  /** Returns the mean of all members. */
  @Override
  public Signal apply(Signal sequence) {
    List<Node> each = each(sequence);
    return sequence.with(Node.sum(each).times(1.0 / each.size()));
  }

  /** Returns the forecasts of all members, one beside the other: {@code [N, M·4·O]}. */
  public Signal beside(Signal sequence) {
    return sequence.with(Node.concat(1, each(sequence)));
  }

  private List<Node> each(Signal sequence) {
    Node x = sequence.values();
    Node rows = x.transpose(1, 0, 2).reshape(x.size(1), x.size(0) * x.size(2));
    Node base = rows.matmul(linear).plus(constant);
    Node bases = Node.concat(1, Collections.nCopies(HEADS, base));
    Node units = Node.concat(0, Collections.nCopies(HEADS, spread));
    return members.stream()
        .map(member -> bases.plus(units.times(member.apply(sequence).values())))
        .toList();
  }

  /**
   * Returns the loss of all members, each with the same targets {@code [N, O]}: the mean of squared
   * errors of what is expected and pinball losses of the quantiles, in units of the spread.
   */
  public Loss loss() {
    int outputs = spread.size(0);
    Node unit = Node.concat(0, Collections.nCopies(HEADS * members.size(), spread));
    Node expected = perHead(outputs, head -> head == 0 ? 1 : 0);
    Node quantile = perHead(outputs, head -> head == 0 ? 0 : QUANTILES[head - 1]);
    return Loss.perPosition(
        HEADS * members.size(),
        (predictions, targets) -> {
          Node error =
              Node.concat(1, Collections.nCopies(HEADS * members.size(), targets))
                  .minus(predictions)
                  .dividedBy(unit);
          Node pinball = error.times(quantile).maximum(error.times(quantile.minus(1)));
          return error.square().times(expected).plus(pinball.times(expected.complement()));
        });
  }

  private interface OfHead {
    double value(int head);
  }

  private Node perHead(int outputs, OfHead function) {
    return Node.constant(
        Tensor.of(
            IntStream.range(0, members.size() * HEADS * outputs)
                .mapToDouble(i -> function.value(i / outputs % HEADS))
                .toArray()));
  }
}

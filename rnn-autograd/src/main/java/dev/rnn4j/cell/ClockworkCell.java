package dev.rnn4j.cell;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import com.google.common.collect.ImmutableList;
import dev.rnn4j.graph.Node;
import dev.rnn4j.part.Gate;
import dev.rnn4j.part.Sized;
import dev.rnn4j.pass.ForwardPass;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * The clockwork network (Koutník, Greff, Gomez and Schmidhuber, "A Clockwork RNN", 2014): units are
 * in modules of equal size, each with a period T. At the steps 0, T, 2T, … a module is computed, at
 * others it stays; it sees modules of its own period and of longer ones.
 *
 * <pre>
 * a = tanh(x·W + h·(U⊙M) + b),  M = 1 where the unit that is seen has no shorter period, else 0
 * h′ = a where the period divides the step, else h
 * </pre>
 *
 * <p>The state counts the steps until each unit is computed again.
 *
 * @param gate W, U and b
 * @param periods of the modules, at least 1, as many as divide H
 */
public record ClockworkCell(Gate gate, List<Integer> periods) implements Cell<ClockworkCell.State> {
  /**
   * The hidden state, and how many steps each unit still counts.
   *
   * @param h {@code [N, H]}
   * @param countdown how many steps each unit still waits, {@code [N, H]}
   */
  public record State(Node h, Node countdown) {}

  /**
   * Creates the cell.
   *
   * @throws IllegalArgumentException where the periods do not fit H
   */
  public ClockworkCell {
    Sized.requireEqual("a ClockworkCell", List.of("gate"), gate);
    checkNotNull(periods, "a ClockworkCell was given null as its periods");
    periods = ImmutableList.copyOf(periods);
    checkArgument(
        !periods.isEmpty() && gate.hiddenSize() % periods.size() == 0,
        "H = %s units are not in %s modules of equal size",
        gate.hiddenSize(),
        periods.size());
    checkArgument(periods.stream().allMatch(t -> t >= 1), "periods are at least 1: %s", periods);
  }

  /** Returns a cell with freshly drawn weights and the periods of the paper, 1, 2, 4, 8, …. */
  public static ClockworkCell of(
      int inputSize, int hiddenSize, int modules, RandomGenerator random) {
    Sized.requireSize("modules", modules);
    List<Integer> periods = IntStream.range(0, modules).mapToObj(i -> 1 << i).toList();
    return new ClockworkCell(Gate.of(inputSize, hiddenSize, random), periods);
  }

  private int period(int unit) {
    return periods.get(unit / (gate.hiddenSize() / periods.size()));
  }

  /** Returns M, {@code [H, H]}, from the unit that is seen to the one that sees. */
  private Node seen() {
    int size = gate.hiddenSize();
    double[] seen = new double[size * size];
    for (int i = 0; i < seen.length; i++) {
      seen[i] = period(i / size) >= period(i % size) ? 1 : 0;
    }
    return Node.constant(Tensor.of(Shape.of(size, size), seen));
  }

  private Node lastCountdown() {
    double[] counts = new double[gate.hiddenSize()];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = period(i) - 1;
    }
    return Node.constant(Tensor.of(counts));
  }

  @Override
  public State initialState(int batchSize) {
    Node zeros = Node.zeros(batchSize, gate.hiddenSize());
    return new State(zeros, zeros);
  }

  @Override
  public Step<State> step(Node x, State state) {
    return step(x, state, seen(), lastCountdown());
  }

  /** Makes the constants once: those of all steps are the same. */
  @Override
  public Begun<State> begin(ForwardPass pass, int batchSize) {
    Node seen = seen();
    Node last = lastCountdown();
    return new Begun<>(initialState(batchSize), (x, state) -> step(x, state, seen, last));
  }

  private Step<State> step(Node x, State state, Node seen, Node last) {
    Node recurrent = state.h().matmul(gate.weightHh().times(seen));
    Node a = x.matmul(gate.weightIh()).plus(recurrent).plus(gate.bias()).tanh();
    Node now = state.countdown().equalTo(Node.constant(0));
    Node h = now.select(a, state.h());
    return new Step<>(h, new State(h, now.select(last, state.countdown().minus(1))));
  }
}

package dev.rnn4j.fuzz;

import dev.rnn4j.cell.Cell;
import dev.rnn4j.cell.Step;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.graph.op.Stack;
import dev.rnn4j.layer.Dropout;
import dev.rnn4j.layer.Unroll;
import dev.rnn4j.layer.Unrolled;
import dev.rnn4j.pass.Layer;
import dev.rnn4j.pass.Signal;
import dev.rnn4j.tensor.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A model over sequences {@code [T, N, I]} of any length: one or two drawn recurrences, forward or
 * backward, one on top of the other or side by side, and a drawn way to read them.
 *
 * @param first the first recurrence
 * @param second the second one
 * @param out {@code [H, O]}
 * @param sizes those of its axes
 * @param structure the genes of its layers
 * @param reading the genes of how they are read
 */
public record DrawnModel(
    DrawnCell first, DrawnCell second, Parameter out, Sizes sizes, Genes structure, Genes reading)
    implements Layer {
  /** Sizes that are not the sequence's length. */
  public record Sizes(int n, int i, int h, int o) {
    private static final int[] SIZES = {2, 1, 3, 7, 4, 5};

    /** Some are so large that their weights are packed. */
    private static final int[] WIDTHS = {2, 1, 3, 7, 4, 5, 9, 17};

    static Sizes of(Genes draw) {
      int n = SIZES[draw.pick(SIZES.length)];
      int i = draw.pick(3) == 1 ? n : SIZES[draw.pick(SIZES.length)];
      int h = draw.pick(3) == 1 ? n : WIDTHS[draw.pick(WIDTHS.length)];
      return draw.rare(6) ? new Sizes(7, 7, 7, 7) : new Sizes(n, i, h, draw.pick(2) == 0 ? 1 : h);
    }
  }

  private static final int READINGS = 28;

  /** A cell whose input is a matrix. */
  private record Turning() implements Cell<Node> {
    @Override
    public Node initialState(int n) {
      return Node.zeros(n, n);
    }

    @Override
    public Step<Node> step(Node matrix, Node state) {
      Node next = state.matmul(matrix).tanh();
      return new Step<>(next, next);
    }
  }

  /** Returns the model that genes stand for. */
  public static DrawnModel of(Genes genes) {
    Sizes sizes = Sizes.of(genes.part(0, 6));
    Genes structure = genes.part(6, 12);
    int width = structure.pick(3) == 2 ? 2 * sizes.h() : sizes.h();
    return new DrawnModel(
        DrawnCell.of(sizes.i(), sizes.h(), genes.part(24, 56)),
        DrawnCell.of(sizes.h(), sizes.h(), genes.part(56, 88)),
        Parameter.of("out", genes.values(8, Shape.of(width, sizes.o()))),
        sizes,
        structure,
        genes.part(12, 24));
  }

  @Override
  public Signal apply(Signal x) {
    return x.with(of(Signal.of(x.values())));
  }

  /** Returns the output, {@code [N, O]} or {@code [T, N, O]}. */
  public Node of(Node x) {
    return of(Signal.of(x));
  }

  /** Returns the output for a sequence with a mask or without, in training or not. */
  public Node of(Signal in) {
    Node x = in.values();
    Genes draw = structure.again();
    int layers = draw.pick(3);
    List<Node> steps;
    List<Node> states = new ArrayList<>();
    steps = unroll(first, before(x, draw.pick(12)), draw.pick(3) == 1, states, in);
    if (layers == 1) {
      Node sequence = between(steps, draw.pick(8));
      steps = unroll(second, sequence, draw.pick(2) == 1, states, in);
    } else if (layers == 2) {
      List<Node> other = unroll(second, Node.stack(steps), draw.pick(2) == 0, states, in);
      List<Node> both = new ArrayList<>();
      for (int t = 0; t < steps.size(); t++) {
        both.add(Node.concat(1, steps.get(t), other.get(t)));
      }
      steps = both;
    }
    Genes ways = reading.again();
    Node read = read(steps, states, ways.pick(READINGS), ways);
    if (ways.pick(2) == 1) {
      Node more = read(steps, states, ways.pick(READINGS), ways);
      read = ways.pick(2) == 0 ? read.plus(more) : read.times(more);
    }
    return read.matmul(out);
  }

  private static List<Node> unroll(
      DrawnCell cell, Node sequence, boolean backward, List<Node> states, Signal in) {
    boolean masked = in.isMasked() && in.steps() == sequence.size(0);
    Signal all = Signal.of(sequence, in.pass());
    Signal x =
        new Dropout(in.pass().isTraining() ? 0.25 : 0).apply(masked ? all.masked(in.mask()) : all);
    boolean reversed = backward && !in.pass().isCarried();
    Unrolled<List<Node>> unrolled = reversed ? Unroll.backward(cell, x) : Unroll.forward(cell, x);
    states.addAll(unrolled.state());
    Node y = unrolled.outputs().values();
    return y.op() instanceof Stack ? y.operands() : steps(y);
  }

  private static List<Node> steps(Node sequence) {
    List<Node> steps = new ArrayList<>();
    for (int t = 0; t < sequence.size(0); t++) {
      steps.add(sequence.step(t));
    }
    return steps;
  }

  /** What users do to a sequence before it is read. */
  private Node before(Node x, int how) {
    int length = x.size(0);
    List<Node> steps = steps(x);
    switch (how) {
      case 1:
        return x.minus(x.meanKeeping(0));
      case 2:
        return x.times(1.0 / length).plus(DrawnCell.range(Shape.of(length, 1, 1)));
      case 3:
        Collections.reverse(steps);
        return Node.stack(steps);
      case 4:
        return x.times(Node.ones(length, x.size(1), 1)).tanh();
      case 5:
        int lag = Math.min(2, length - 1);
        Node zeros = Node.zeros(lag, x.size(1), x.size(2));
        return lag == 0 ? x : Node.concat(0, zeros, x.slice(0, 0, length - lag));
      case 6:
        List<Node> sums = new ArrayList<>(steps);
        for (int t = 1; t < length; t++) {
          sums.set(t, steps.get(t).plus(sums.get(t - 1).times(0.5)));
        }
        return Node.stack(sums);
      case 7:
        return x.times(first.scales().slice(0, 0, length).reshape(length, 1, x.size(2)));
      case 8:
        List<Node> scaled = new ArrayList<>();
        for (int t = 0; t < length; t++) {
          scaled.add(steps.get(t).plus(first.scales().step(length - 1 - t)));
        }
        return Node.stack(scaled);
      case 9:
        Node rows =
            first.scales().gather(DrawnCell.positions(length)).reshape(length, 1, x.size(2));
        return x.times(rows.sigmoid());
      default:
        return x;
    }
  }

  /** What users do to the outputs of one layer before the next one. */
  private Node between(List<Node> steps, int how) {
    Node all = Node.stack(steps);
    int length = steps.size();
    switch (how) {
      case 1:
        return all.minus(all.meanKeeping(0)).plus(1.0 / length);
      case 2:
        List<Node> reversed = new ArrayList<>(steps);
        Collections.reverse(reversed);
        return Node.stack(reversed);
      case 3:
        return Node.concat(0, all.slice(0, length / 2, length), all.slice(0, 0, length / 2));
      case 4:
        return Node.stack(steps.subList(0, (length + 1) / 2));
      case 5:
        return all.matmul(second.turns().slice(0, 0, length)).tanh();
      case 6:
        List<Node> turned = new ArrayList<>();
        for (int t = 0; t < length; t++) {
          turned.add(steps.get(t).matmul(second.turns().step(length - t)).tanh());
        }
        return Node.stack(turned);
      default:
        return all;
    }
  }

  /** What users read: {@code [N, H]}, or {@code [T, N, H]} where all is asked for. */
  private Node read(List<Node> steps, List<Node> states, int how, Genes draw) {
    int length = steps.size();
    Node last = steps.get(length - 1);
    Node all = Node.stack(steps);
    int some = draw.pick(5);
    return switch (how) {
      case 1 -> all.mean(0);
      case 2 -> steps.get(0);
      case 3 -> all.sum(0).times(1.0 / length);
      case 4 -> steps.get(Math.min(some, length - 1));
      case 5 -> Node.sum(steps.subList(length / 2, length));
      case 6 -> all.slice(0, Math.min(some, length - 1), length).tanh().sum(0);
      case 7 -> all.times(DrawnCell.range(Shape.of(length, 1, 1))).sum(0);
      case 8 -> all.max(0);
      case 9 -> steps.get(0).plus(last);
      case 10 -> all.transpose(1, 0, 2).mean(1);
      case 11 -> last.plus(repeated(states.get(some % states.size()).mean(1), last));
      case 12 -> all.square().sum(0).minus(last);
      case 13 -> attention(all);
      case 14 -> all.reshape(length, last.shape().elements()).mean(0).reshape(last.shape());
      case 15 -> Node.concat(1, steps.get(0), last).slice(1, 1, 1 + last.size(1));
      case 16 -> every(steps, 1 + some).mean(0);
      case 17 -> all.tanh().mean(0).plus(last.tanh()).plus(repeated(states.get(0).sum(1), last));
      case 18 -> running(steps, 1 + some).times(1.0 / length);
      case 19 -> all.minus(all.meanKeeping(2)).square().mean(0);
      case 20 -> all.normalize(0.1).mean(0).plus(1.0 / last.size(0));
      case 21 -> all;
      case 22 -> Node.stack(List.of(steps.get(0), last)).sum(0).times(1.0 / last.size(0));
      case 23 -> Node.concat(0, all.slice(0, length - 1, length), all.slice(0, 0, 1)).mean(0);
      case 24 -> turned(last, length, some % 2 == 1);
      case 25 -> all.times(shifts(length, last.size(1))).sum(0);
      case 26 -> stepwise(steps, some);
      case 27 -> Node.stack(turnedEach(steps)).mean(0);
      default -> last;
    };
  }

  /** Unrolls over a parameter itself: what is read at each step is a matrix. */
  private Node turned(Node last, int length, boolean backward) {
    Signal matrices = Signal.of(first.turns().slice(0, 0, length));
    Node narrow = last.slice(1, 0, sizes.h());
    Unrolled<Node> unrolled =
        backward
            ? Unroll.backward(new Turning(), matrices, narrow)
            : Unroll.forward(new Turning(), matrices, narrow);
    return last.plus(repeated(unrolled.outputs().values().sum(0).mean(1), last));
  }

  /** Returns a vector for each step as wide as what is read, {@code [length, 1, width]}. */
  private Node shifts(int length, int width) {
    Node shifts = first.shifts().slice(0, 0, length);
    boolean two = width > sizes.h();
    Node wide = two ? Node.concat(1, shifts, second.shifts().slice(0, 0, length)) : shifts;
    return wide.reshape(length, 1, width);
  }

  /** A recurrence written by hand that reads a vector of its own at each step. */
  private Node stepwise(List<Node> steps, int offset) {
    Node shifts = shifts(steps.size() + offset, steps.get(0).size(1));
    Node sum = steps.get(0);
    for (int t = 1; t < steps.size(); t++) {
      sum = steps.get(t).plus(sum.times(shifts.step(t + offset))).tanh();
    }
    return sum;
  }

  /** Adds to each step what a matrix of its own, the last one first, makes of it. */
  private List<Node> turnedEach(List<Node> steps) {
    List<Node> turned = new ArrayList<>();
    for (int t = 0; t < steps.size(); t++) {
      Node step = steps.get(t);
      Node narrow = step.slice(1, 0, sizes.h()).matmul(second.turns().step(steps.size() - t));
      turned.add(step.plus(repeated(narrow.mean(1), step)));
    }
    return turned;
  }

  private static Node repeated(Node rows, Node like) {
    return rows.reshape(rows.size(0), 1).broadcastTo(like.shape());
  }

  private static Node every(List<Node> steps, int count) {
    List<Node> some = new ArrayList<>();
    for (int t = 0; t < steps.size(); t += count) {
      some.add(steps.get(t));
    }
    return Node.stack(some);
  }

  /** Weighs the steps by a softmax over time. */
  private static Node attention(Node all) {
    Node weights = all.mean(2).transpose().softmax().transpose();
    return all.times(weights.reshape(all.size(0), all.size(1), 1)).sum(0);
  }

  /**
   * A recurrence that no cell knows of: some steps read an earlier one, and the first ones none.
   */
  private static Node running(List<Node> steps, int lag) {
    List<Node> sums = new ArrayList<>(steps);
    for (int t = lag; t < steps.size(); t++) {
      sums.set(t, steps.get(t).plus(sums.get(t - lag).times(0.5)).tanh());
    }
    return sums.get(steps.size() - 1);
  }
}

package dev.rnn4j.fuzz;

import dev.rnn4j.cell.Begun;
import dev.rnn4j.cell.Cell;
import dev.rnn4j.cell.ElmanCell;
import dev.rnn4j.cell.GruCell;
import dev.rnn4j.cell.LstmCell;
import dev.rnn4j.cell.Step;
import dev.rnn4j.cell.StepFunction;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.layer.Unroll;
import dev.rnn4j.pass.ForwardPass;
import dev.rnn4j.pass.Signal;
import dev.rnn4j.random.Philox;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/**
 * A cell whose step is drawn: functions of input and states, which the next states take up, hand on
 * unchanged, or pass down a chain, so that what is read lies up to five steps back. Unrolled, a
 * step also reads what is its own of parameters that have a matrix or a vector for each step.
 *
 * @param in the weights of the input
 * @param scales factors of the input at each step, {@code [LONGEST, I]}
 * @param turns square weights of each step, {@code [LONGEST, H, H]}
 * @param shifts a bias of each step, {@code [LONGEST, H]}
 * @param hidden square weights
 * @param bias a bias, which a learned initial state shares
 * @param elman a cell that a step may call, as the next two
 * @param gru another one
 * @param lstm another one
 * @param genes what makes the step
 */
public record DrawnCell(
    Parameter in,
    Parameter scales,
    Parameter turns,
    Parameter shifts,
    List<Parameter> hidden,
    Parameter bias,
    ElmanCell elman,
    GruCell gru,
    LstmCell lstm,
    Genes genes)
    implements Cell<List<Node>> {
  /** The steps that parameters of each step have; no sequence is longer. */
  static final int LONGEST = 60;

  private static final int OPS = 45;

  static DrawnCell of(int inputs, int size, Genes genes) {
    return new DrawnCell(
        Parameter.of("in", genes.values(1, Shape.of(inputs, size))),
        Parameter.of("scales", genes.values(32, Shape.of(LONGEST, inputs))),
        Parameter.of("turns", genes.values(33, Shape.of(LONGEST, size, size))),
        Parameter.of("shifts", genes.values(34, Shape.of(LONGEST, size))),
        List.of(
            Parameter.of("u", genes.values(2, Shape.of(size, size))),
            Parameter.of("v", genes.values(3, Shape.of(size, size)))),
        Parameter.of("bias", genes.values(4, Shape.of(size))),
        ElmanCell.of(size, size, new Philox(5)),
        GruCell.of(size, size, new Philox(6)),
        LstmCell.of(size, size, new Philox(7)),
        genes);
  }

  int size() {
    return bias.size(0);
  }

  @Override
  public List<Node> initialState(int n) {
    Genes draw = genes.again();
    int lag = 1 + draw.pick(5);
    int others = draw.pick(3);
    int kind = draw.pick(4);
    List<Node> state = new ArrayList<>();
    for (int i = 0; i < lag + others; i++) {
      boolean learned = kind == 1 || kind == 2 && i == lag - 1 || kind == 3 && i >= lag;
      state.add(learned ? bias.broadcastTo(Shape.of(n, size())) : Node.zeros(n, size()));
    }
    return state;
  }

  /**
   * Begins as a cell with dropout does: drawn once, at each step, or of the state's weights. Steps
   * are counted in the order in which they are read.
   */
  @Override
  public Begun<List<Node>> begin(ForwardPass pass, int n) {
    AtomicInteger count = new AtomicInteger();
    int kind = pass.isTraining() ? 1 + genes.again().pick(4) : 0;
    UnaryOperator<Node> once = kind == 1 ? pass.dropout(0.25, n, size()) : UnaryOperator.identity();
    StepFunction<List<Node>> step =
        (x, state) -> {
          List<Node> before = new ArrayList<>(state);
          UnaryOperator<Node> each =
              kind == 2
                  ? pass.dropout(0.25, n, size())
                  : kind == 3 ? pass.dropoutShared(0.25, size()) : UnaryOperator.identity();
          before.set(0, each.apply(once.apply(before.get(0))));
          return step(x, before, count.getAndIncrement());
        };
    return new Begun<>(initialState(n), step);
  }

  @Override
  public Step<List<Node>> step(Node x, List<Node> state) {
    return step(x, state, 0);
  }

  private Step<List<Node>> step(Node x, List<Node> state, int step) {
    Genes draw = genes.again();
    int lag = 1 + draw.pick(5);
    draw.pick(3);
    draw.pick(4);
    List<Node> pool = new ArrayList<>(state);
    pool.add(x.matmul(in));
    int oldest = lag - 1;
    Node fresh =
        draw.pick(3) == 0
            ? pool.get(pool.size() - 1).plus(state.get(oldest).matmul(hidden.get(0))).tanh()
            : pool.get(pool.size() - 1).plus(state.get(oldest).times(0.5)).tanh();
    pool.add(fresh);
    int count = draw.pick(9);
    for (int i = 0; i < count; i++) {
      pool.add(drawn(draw, pool, step));
    }
    if (!draw.rare(5)) {
      pool.add(pool.get(pool.size() - 1).plus(fresh).times(0.5));
    }
    List<Node> next = new ArrayList<>();
    next.add(draw.rare(4) ? from(draw, pool) : pool.get(pool.size() - 1));
    for (int i = 1; i < state.size(); i++) {
      boolean chain = i < lag;
      int how = chain ? 0 : 1 + draw.pick(4);
      next.add(
          switch (how) {
            case 0 -> state.get(i - 1);
            case 1 -> state.get(i);
            case 2 -> state.get(state.size() - 1 + lag - i);
            default -> from(draw, pool);
          });
    }
    return new Step<>(draw.rare(3) ? from(draw, pool) : next.get(0), next);
  }

  /** Returns one of the nodes so far, the last ones first. */
  private static Node from(Genes draw, List<Node> pool) {
    return pool.get(pool.size() - 1 - draw.pick(pool.size()));
  }

  private Node drawn(Genes draw, List<Node> pool, int step) {
    int op = draw.pick(OPS);
    Node a = from(draw, pool);
    Node b = from(draw, pool);
    int n = a.size(0);
    int h = size();
    int cut = draw.pick(h);
    return switch (op) {
      case 0 -> a.plus(b).tanh();
      case 1 -> a.sigmoid().times(b);
      case 2 -> a.times(b);
      case 3 -> a.minus(b).times(0.5);
      case 4 -> a.matmul(hidden.get(0)).plus(bias).tanh();
      case 5 -> a.matmul(hidden.get(1)).sigmoid().times(a).plus(b.matmul(hidden.get(1))).tanh();
      case 6 -> Node.concat(1, a, b).slice(1, cut, cut + h);
      case 7 -> Node.concat(1, a.slice(1, cut, h), b.slice(1, 0, cut));
      case 8 -> Node.stack(List.of(a, b)).step(cut % 2);
      case 9 -> Node.stack(List.of(a, b, a)).mean(0);
      case 10 -> a.softmax();
      case 11 -> a.plus(b).normalize(0.1);
      case 12 -> a.minus(a.meanKeeping(1));
      case 13 -> a.minus(b.meanKeeping(0));
      case 14 -> a.maximum(b);
      case 15 -> a.greaterThan(b).select(a, b.times(0.25));
      case 16 -> a.stopGradient().times(b);
      case 17 -> a.relu().minus(b.times(0.5));
      case 18 -> a.times(1.0 / n).plus(b.times(1.0 / h));
      case 19 -> a.plus(range(Shape.of(h)));
      case 20 -> a.times(Node.ones(n, 1)).plus(Node.constant(Tensor.full(Shape.of(n, 1), 1.0 / n)));
      case 21 -> elman.step(a.tanh(), new ElmanCell.State(b.tanh())).output();
      case 22 -> gru.step(a, new GruCell.State(b.tanh())).output();
      case 23 -> {
        Step<LstmCell.State> first = lstm.step(a, new LstmCell.State(a.tanh(), b));
        yield elman.step(first.output(), new ElmanCell.State(first.state().c().tanh())).output();
      }
      case 24 -> a.dividedBy(b.square().plus(1));
      case 25 -> a.reshape(n * h).times(0.5).reshape(n, h);
      case 26 -> a.matmul(b.transpose()).times(1.0 / h).matmul(a).tanh();
      case 27 -> Unroll.forward(elman, Signal.of(Node.stack(List.of(a, b, a)))).last().values();
      case 28 ->
          Unroll.backward(
                  elman, Signal.of(Node.stack(List.of(a, b))), new ElmanCell.State(a.tanh()))
              .outputs()
              .values()
              .sum(0)
              .times(0.5);
      case 29 -> a.minus(b).abs();
      case 30 -> a.square().plus(1).sqrt().minus(b.max(1).reshape(n, 1).times(0.5));
      case 31 -> hidden.get(0).gather(indices(n, h)).times(a);
      case 33 -> Node.apply(new Blend(true), a.tanh(), b);
      case 34 -> Node.apply(new Blend(false), a, b.tanh());
      case 32 -> a.softplus().minus(b.square().negate().exp());
      case 36 -> a.matmul(turns.step(at(step, cut))).tanh();
      case 37 -> a.matmul(turns.step(at(step, cut))).plus(b.matmul(turns.step(at(step, cut))));
      case 38 -> a.times(shifts.step(at(step, cut))).plus(shifts.step(at(step, cut + 1)));
      case 39 -> a.minus(shifts.step(at(step, cut))).tanh();
      case 40 -> turns.step(at(step, cut)).gather(indices(n, h)).times(a);
      case 41 -> a.plus(turns.step(at(step, cut)).slice(0, cut, cut + 1)).sigmoid().times(b);
      case 42 -> a.matmul(turns.step(at(step, cut)).transpose()).times(b.tanh());
      case 43 -> a.matmul(turns.step(at(step, cut)).matmul(hidden.get(1)).tanh()).tanh();
      case 44 -> turns.step(at(step, cut)).matmul(a.transpose()).transpose().softmax();
      default -> Node.sum(List.of(a, b, a)).times(1.0 / 3);
    };
  }

  /** Returns where a step reads parameters of each step: near its own place, or from the end on. */
  private static int at(int step, int how) {
    return switch (how % 4) {
      case 1 -> LONGEST - 1 - step;
      case 2 -> Math.min(step + 3, LONGEST - 1);
      case 3 -> Math.max(step - 1, 0);
      default -> step;
    };
  }

  /** Returns 0, 1/n, 2/n, … */
  static Node range(Shape shape) {
    double[] values = new double[shape.elements()];
    Arrays.setAll(values, i -> (double) i / values.length);
    return Node.constant(Tensor.of(shape, values));
  }

  /** Returns rows of a parameter of each step, in another order than theirs. */
  static Node positions(int length) {
    double[] values = new double[length];
    Arrays.setAll(values, i -> (7 * i + 2) % LONGEST);
    return Node.constant(Tensor.of(Shape.of(length), values));
  }

  private static Node indices(int n, int h) {
    double[] values = new double[n];
    Arrays.setAll(values, i -> (2 * i + 1) % h);
    return Node.constant(Tensor.of(Shape.of(n), values));
  }
}

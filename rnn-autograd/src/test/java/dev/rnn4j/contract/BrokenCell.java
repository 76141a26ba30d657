package dev.rnn4j.contract;

import dev.rnn4j.cell.Begun;
import dev.rnn4j.cell.Cell;
import dev.rnn4j.cell.Step;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Op;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.pass.ForwardPass;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import java.util.List;

/** h′ = h/2 + f(x·W), where f or the cell does one thing wrong: what breaks one promise only. */
record BrokenCell(Parameter weight, Promise breaks) implements Cell<Node> {
  private static final Parameter HIDDEN = Parameter.of("hidden", Tensor.of(0.3, -0.4));

  /** What a cell has no business to remember. */
  private static int longest;

  /** Keeps what an op allocates. */
  private static volatile Object kept;

  static BrokenCell of(Promise breaks) {
    longest = 0;
    Tensor weight = Tensor.of(new double[][] {{0.5, -0.7}, {0.3, 0.9}});
    return new BrokenCell(Parameter.of("weight", weight), breaks);
  }

  @Override
  public Node initialState(int batchSize) {
    return Node.zeros(batchSize, 2);
  }

  @Override
  public Begun<Node> begin(ForwardPass pass, int batchSize) {
    boolean otherState = breaks == Promise.STEPS;
    boolean otherStep = breaks == Promise.TRUNCATION && pass.isCarried();
    Node initial = initialState(batchSize);
    int[] steps = new int[1];
    return new Begun<>(
        otherState ? initial.plus(1) : initial,
        (x, h) -> {
          steps[0]++;
          longest = breaks == Promise.LENGTHS ? Math.max(longest, steps[0]) : 0;
          return step(x, otherStep ? h.times(0.5) : h);
        });
  }

  @Override
  public Step<Node> step(Node x, Node h) {
    double factor = breaks == Promise.LENGTHS && longest > 6 ? 0.25 : 0.5;
    Node sum = h.times(breaks == Promise.EFFECT ? 0 : factor).plus(wrong(x.matmul(weight)));
    Node next = breaks == Promise.THREADS ? Node.apply(new ByRows(), sum) : sum;
    return new Step<>(next, next);
  }

  private Node wrong(Node a) {
    return switch (breaks) {
      case GRADIENTS -> Node.apply(new Twice(), a);
      case SECOND_GRADIENTS -> Node.apply(new HalfSquare(), a);
      case PLANS -> a.plus(throughTinyNumbers(a).minus(a).stopGradient());
      case MASKS -> a.square().sqrt(); // has no gradient at 0
      case BATCH_ORDER -> a.minus(a.mean(0));
      case KERNELS -> "scalar".equals(System.getProperty("rnn.kernels")) ? a.plus(0.001) : a;
      case FILES -> a.plus(HIDDEN);
      case MEMORY -> Node.apply(new Allocating(), a);
      default -> a;
    };
  }

  /** Returns a in float64, and 0 in float32, which has no number that small. */
  private static Node throughTinyNumbers(Node a) {
    Node tiny = Node.constant(1e-30);
    return a.times(tiny).times(tiny).dividedBy(tiny).dividedBy(tiny);
  }

  /** An op that changes nothing. */
  private abstract static class Same extends Op {
    @Override
    public String name() {
      return "same";
    }

    @Override
    public Shape shape(List<Node> operands) {
      return operands.get(0).shape();
    }

    @Override
    public boolean hasIndependentRows() {
      return true;
    }

    @Override
    public void forward(Node node, double[][] x, double[] y) {
      System.arraycopy(x[0], 0, y, 0, y.length);
    }

    @Override
    public List<Node> gradient(Node y, Node dy) {
      return gradients(dy);
    }
  }

  /** Its gradient is twice what it should be. */
  private static final class Twice extends Same {
    @Override
    public List<Node> gradient(Node y, Node dy) {
      return gradients(dy.times(2));
    }
  }

  /** a²/2, with a gradient that has none. */
  private static final class HalfSquare extends Same {
    @Override
    public void forward(Node node, double[][] x, double[] y) {
      for (int i = 0; i < y.length; i++) {
        y[i] = 0.5 * x[0][i] * x[0][i];
      }
    }

    @Override
    public List<Node> gradient(Node y, Node dy) {
      return gradients(y.operand(0).stopGradient().times(dy));
    }
  }

  /** Adds something to parts of a batch of nine: its rows are not as independent as it says. */
  private static final class ByRows extends Same {
    @Override
    public void forward(Node node, double[][] x, double[] y) {
      int rows = node.shape().size(0);
      double added = rows > 4 && rows < 9 ? 0.001 : 0;
      for (int i = 0; i < y.length; i++) {
        y[i] = x[0][i] + added;
      }
    }
  }

  /** Allocates in each run. */
  private static final class Allocating extends Same {
    @Override
    public void forward(Node node, double[][] x, double[] y) {
      kept = x[0].clone();
      super.forward(node, x, y);
    }
  }
}

package dev.rnn4j.usage;

import dev.rnn4j.cell.Cell;
import dev.rnn4j.cell.ElmanCell;
import dev.rnn4j.cell.GruCell;
import dev.rnn4j.cell.GruResetAfterCell;
import dev.rnn4j.cell.LayerNormLstmCell;
import dev.rnn4j.cell.LstmCell;
import dev.rnn4j.cell.MguCell;
import dev.rnn4j.cell.Step;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Op;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.part.Gate;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.testing.Cube;
import dev.rnn4j.testing.Draw;
import java.util.Random;

/** Cells whose sequences do, or do not, know of each other. */
public enum Cells {
  ELMAN(true) {
    @Override
    public Cell<?> of(int i, int h, Random random) {
      return ElmanCell.of(i, h, random);
    }
  },
  LSTM(true) {
    @Override
    public Cell<?> of(int i, int h, Random random) {
      return LstmCell.of(i, h, random);
    }
  },
  GRU(true) {
    @Override
    public Cell<?> of(int i, int h, Random random) {
      return GruCell.of(i, h, random);
    }
  },
  GRU_RESET_AFTER(true) {
    @Override
    public Cell<?> of(int i, int h, Random random) {
      return GruResetAfterCell.of(i, h, random);
    }
  },
  LAYER_NORM_LSTM(true) {
    @Override
    public Cell<?> of(int i, int h, Random random) {
      return LayerNormLstmCell.of(i, h, random);
    }
  },
  MGU(true) {
    @Override
    public Cell<?> of(int i, int h, Random random) {
      return new MguCell(gate(i, h, random), gate(i, h, random));
    }
  },
  PEEPHOLE_LSTM(true) {
    @Override
    public Cell<?> of(int i, int h, Random random) {
      return new PeepholeLstmCell(
          gate(i, h, random),
          gate(i, h, random),
          gate(i, h, random),
          gate(i, h, random),
          parameter(random, h),
          parameter(random, h),
          parameter(random, h));
    }
  },
  ATTENTION(true) {
    @Override
    public Cell<?> of(int i, int h, Random random) {
      return new AttentionCell(gate(i, h, random), parameter(random, h, h));
    }
  },
  /** h' = tanh of what x and h give, normalised over the features of each sequence. */
  LAYER_NORM(true) {
    @Override
    public Cell<?> of(int i, int h, Random random) {
      return simple(i, h, random, z -> normalised(z, 1).tanh());
    }
  },
  /** The same, normalised over the sequences: a batch norm. */
  BATCH_NORM(false) {
    @Override
    public Cell<?> of(int i, int h, Random random) {
      return simple(i, h, random, z -> normalised(z, 0).tanh());
    }
  },
  /** Each step looks rows of a table up, at what the inputs point to. */
  EMBEDDING(true) {
    @Override
    public Cell<?> of(int i, int h, Random random) {
      Gate gate = gate(h, h, random);
      Parameter table = parameter(random, 2, h);
      return cell(
          h,
          (x, s) -> {
            Node index = x.slice(1, 0, 1).reshape(x.size(0)).greaterThan(0);
            Node state = s.greaterThan(0).slice(1, 0, 1).reshape(x.size(0));
            return gate.apply(table.gather(index).times(table.gather(state)), s).tanh();
          });
    }
  },
  /** A user's op that says that its rows are independent. */
  OWN_OP(true) {
    @Override
    public Cell<?> of(int i, int h, Random random) {
      return simple(i, h, random, Softsign::of);
    }
  },
  /** One that does not. */
  SILENT_OP(false) {
    @Override
    public Cell<?> of(int i, int h, Random random) {
      return simple(i, h, random, z -> Node.apply(CUBE, z.tanh()));
    }
  },
  /** Sequences look at each other: each row a sum over all, weighted by likeness. */
  CROWD(false) {
    @Override
    public Cell<?> of(int i, int h, Random random) {
      return simple(i, h, random, z -> z.matmul(z.transpose()).softmax().matmul(z).tanh());
    }
  };

  private static final Op CUBE = new Cube();

  private final boolean independent;

  Cells(boolean independent) {
    this.independent = independent;
  }

  /** Returns whether a sequence's values depend on no other's. */
  public boolean isIndependent() {
    return independent;
  }

  /** Returns a cell with random parameters. */
  public abstract Cell<?> of(int i, int h, Random random);

  private interface Equation {
    Node next(Node x, Node h);
  }

  private interface Activation {
    Node of(Node z);
  }

  private static Cell<Node> cell(int hiddenSize, Equation equation) {
    return new Cell<>() {
      @Override
      public Node initialState(int batchSize) {
        return Node.zeros(batchSize, hiddenSize);
      }

      @Override
      public Step<Node> step(Node x, Node h) {
        Node next = equation.next(x, h);
        return new Step<>(next, next);
      }
    };
  }

  private static Cell<Node> simple(int i, int h, Random random, Activation activation) {
    Gate gate = gate(i, h, random);
    return cell(h, (x, s) -> activation.of(gate.apply(x, s)));
  }

  private static Node normalised(Node z, int axis) {
    Node centred = z.minus(z.meanKeeping(axis));
    return centred.dividedBy(centred.square().meanKeeping(axis).plus(0.1).sqrt());
  }

  private static Gate gate(int i, int h, Random random) {
    return new Gate(parameter(random, i, h), parameter(random, h, h), parameter(random, h));
  }

  private static Parameter parameter(Random random, int... sizes) {
    return Parameter.of("p", new Draw(random).uniform(Shape.of(sizes), -0.7, 0.7));
  }
}

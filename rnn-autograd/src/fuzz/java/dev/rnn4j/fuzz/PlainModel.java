package dev.rnn4j.fuzz;

import dev.rnn4j.cell.Cell;
import dev.rnn4j.cell.ElmanCell;
import dev.rnn4j.cell.GruCell;
import dev.rnn4j.cell.LayerNormLstmCell;
import dev.rnn4j.cell.LstmCell;
import dev.rnn4j.cell.MguCell;
import dev.rnn4j.layer.Dense;
import dev.rnn4j.layer.Unroll;
import dev.rnn4j.pass.Layer;
import dev.rnn4j.pass.Signal;
import dev.rnn4j.random.Philox;
import java.util.ArrayList;
import java.util.List;

/**
 * The library's own layers, so wide that weights are packed, with nothing between them: products of
 * inputs, and sums of weights' gradients, stand right before and after loops, and run along with
 * them where there are many rows.
 *
 * @param layers one or two cells
 * @param back where there are some, they run backward beside those
 * @param head what is read
 * @param last whether the last output is read, or all are
 */
public record PlainModel(List<Cell<?>> layers, List<Cell<?>> back, Dense head, boolean last)
    implements Layer {
  /** The features of its input. */
  public static final int INPUTS = 8;

  private static final int HIDDEN = 9;

  /** Returns the model that genes stand for. */
  public static PlainModel of(Genes draw) {
    Philox random = new Philox(draw.pick(100));
    boolean both = draw.rare(4);
    List<Cell<?>> layers = new ArrayList<>();
    List<Cell<?>> back = new ArrayList<>();
    for (int i = draw.pick(2); i >= 0; i--) {
      int width = layers.isEmpty() ? INPUTS : HIDDEN;
      layers.add(cell(draw.pick(5), width, random));
      if (both) {
        back.add(cell(draw.pick(5), width, random));
      }
    }
    Dense head = Dense.of(HIDDEN, 1 + draw.pick(9), random);
    return new PlainModel(layers, back, head, draw.pick(2) == 1);
  }

  private static Cell<?> cell(int which, int width, Philox random) {
    return switch (which) {
      case 0 -> LstmCell.of(width, HIDDEN, random);
      case 1 -> GruCell.of(width, HIDDEN, random);
      case 2 -> ElmanCell.of(width, HIDDEN, random);
      case 3 -> MguCell.of(width, HIDDEN, random);
      default -> LayerNormLstmCell.of(width, HIDDEN, random);
    };
  }

  @Override
  public Signal apply(Signal x) {
    Signal y = x;
    for (int i = 0; i < layers.size(); i++) {
      Signal ahead = Unroll.forward(layers.get(i), y).outputs();
      if (!back.isEmpty() && !x.pass().isCarried()) {
        Signal other = Unroll.backward(back.get(i), y).outputs();
        ahead = ahead.with(ahead.values().plus(other.values()));
      }
      y = ahead;
    }
    return head.apply(last ? Signal.of(y.values().step(y.steps() - 1), y.pass()) : y);
  }
}

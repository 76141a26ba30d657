package dev.rnn4j.examples.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.rnn4j.examples.cells.LibraryCell;
import dev.rnn4j.random.Philox;
import org.junit.jupiter.api.Test;

/** What is counted of a graph, beside what is counted by hand. */
class WorkTest {
  private static final Sizes SIZES = new Sizes(3, 5, 4, 6);

  private static Work of(LibraryCell cell) {
    return Work.of(cell.of(SIZES.i(), SIZES.h(), new Philox(1)), SIZES);
  }

  /** Both products forward, the gradients of both weights, and of h but for the first. */
  @Test
  void productsAreThoseOfBothDirections() {
    double nh = 2.0 * 3 * 6;
    double flops = nh * (5 * 2 * (4 + 6) + 4 * 6);
    assertEquals(flops, of(LibraryCell.ELMAN).flops());
    assertEquals(4 * flops, of(LibraryCell.LSTM).flops());
  }

  /** x·W forward and the gradient of W: nothing goes back through a product. */
  @Test
  void gatesThatSeeTheInputHaveHalfOfThem() {
    assertEquals(2 * 2.0 * 3 * 6 * 5 * 2 * 4, of(LibraryCell.MINIMAL_GRU).flops());
  }

  @Test
  void elementwiseOperationsAreCountedByElements() {
    // Forward: two sums and tanh for each of 5 steps, squares and their mean.
    double forward = 5 * 3 * 18 + 2 * 5 * 18;
    double counted = of(LibraryCell.ELMAN).elementwise();
    double backward = counted - forward;
    // Backward: for each step the gradient of tanh; and sums for h, b and the update.
    assertEquals(true, backward > 5 * 18 && backward < 3 * forward, "backward " + backward);
  }
}

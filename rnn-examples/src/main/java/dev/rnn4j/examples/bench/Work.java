package dev.rnn4j.examples.bench;

import dev.rnn4j.cell.Cell;
import dev.rnn4j.grad.Gradients;
import dev.rnn4j.graph.Graphs;
import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.graph.Parameters;
import dev.rnn4j.graph.op.Kind;
import dev.rnn4j.layer.Recurrent;
import java.util.List;

/**
 * The work of a training step, counted from its graph as it is before any pass over it: forward,
 * backward and update.
 *
 * @param flops the operations of its matrix products, two for each multiplication
 * @param elementwise its elementwise operations, one for each element of each: of results, and of
 *     what a sum or a normalisation reads
 */
record Work(double flops, double elementwise) {
  /** What an elementwise operation of an element may take, in nanoseconds. */
  static final double NANOS = 0.6;

  /** Counts the work of {@link CellStep}. */
  static Work of(Cell<?> cell, Sizes sizes) {
    Input x = Input.of("x", sizes.t(), sizes.n(), sizes.i());
    List<Parameter> parameters = List.copyOf(Parameters.of(cell).values());
    Node loss = new Recurrent<>(cell).apply(x).square().mean();
    double flops = 0;
    double elementwise = 0;
    for (Node node : Graphs.topological(Gradients.of(loss, parameters))) {
      double elements = node.shape().elements();
      switch (Kind.of(node.op())) {
        case PRODUCT -> flops += 2 * elements * node.operand(0).size(-1);
        case ELEMENTWISE -> elementwise += elements;
        case FOLD, ROWS, CALL -> elementwise += node.operand(0).shape().elements();
        case SUM -> elementwise += elements * terms(node);
        default -> { // what moves numbers computes nothing
        }
      }
    }
    for (Parameter parameter : parameters) {
      elementwise += 2.0 * parameter.shape().elements(); // w − rate·g
    }
    return new Work(flops, elementwise);
  }

  /** Returns how many additions a sum needs: a product adds what it has computed by itself. */
  private static long terms(Node sum) {
    long own = sum.operands().stream().filter(term -> Kind.of(term.op()) != Kind.PRODUCT).count();
    return Math.min(own, sum.operands().size() - 1);
  }

  /**
   * Returns the time that this work may take, in microseconds.
   *
   * @param peak the speed of products, in GFLOP/s
   */
  double micros(double peak) {
    return productMicros(peak) + elementwiseMicros();
  }

  /** Returns the time of the products at a speed, in microseconds. */
  double productMicros(double peak) {
    return flops / peak / 1e3;
  }

  double elementwiseMicros() {
    return elementwise * NANOS / 1e3;
  }
}

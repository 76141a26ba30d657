package dev.rnn4j.plan.internal.passes;

import dev.rnn4j.plan.internal.program.Buffer;
import dev.rnn4j.plan.internal.program.Group;
import dev.rnn4j.plan.internal.program.Instruction.Product;
import dev.rnn4j.plan.internal.program.Instruction.Timed;
import java.util.ArrayList;
import java.util.List;

/**
 * Neighbouring products of a time step with the same left side, as those of a cell's gates, become
 * one: their weights stand side by side. Larger ones gain nothing: the panels of each keep the
 * processor busy.
 */
final class Groups {
  /** The elements of all results together up to which one product is quicker than several. */
  private static final int SMALL = 1024;

  /** The rows up to which results that lie side by side cost little to bring to their places. */
  private static final int ROWS = 8;

  /** The length up to which sums of products are one chain, which can be added at its end. */
  private static final int CHAIN = 256;

  private Groups() {}

  /** Returns the body of a loop with its products in groups. */
  static List<Timed> of(List<Timed> loop) {
    List<Timed> body = new ArrayList<>();
    List<Timed> open = new ArrayList<>();
    for (Timed next : loop) {
      if (!fits(open, next)) {
        close(open, body);
      }
      if (fits(open, next)) {
        open.add(next);
      } else {
        body.add(next);
      }
    }
    close(open, body);
    return body;
  }

  private static boolean fits(List<Timed> open, Timed next) {
    if (!(next.instruction() instanceof Product product)
        || product.b().buffer().kind() != Buffer.Kind.WEIGHT
        || product.b().perStep() != 0
        || product.b().shape().size(0) != 1
        || product.b().shape().size(1) > CHAIN
        || product.target().shape().size(1) > ROWS
        || product.target().buffer() == product.a().buffer()) {
      return false;
    }
    int elements = product.target().shape().elements();
    for (Timed other : open) {
      Product first = (Product) other.instruction();
      elements += first.target().shape().elements();
      if (!first.a().equals(product.a())
          || first.accumulates() != product.accumulates()
          || first.target().buffer() == product.target().buffer()
          || first.target().buffer() == product.a().buffer()
          || other.from() != next.from()
          || other.to() != next.to()) {
        return false;
      }
    }
    return elements <= SMALL;
  }

  private static void close(List<Timed> open, List<Timed> body) {
    if (open.size() > 1) {
      Timed first = open.get(0);
      List<Product> products = open.stream().map(each -> (Product) each.instruction()).toList();
      body.add(new Timed(new Group(products), first.from(), first.to()));
    } else {
      body.addAll(open);
    }
    open.clear();
  }
}

package dev.rnn4j.plan.internal.program;

import dev.rnn4j.graph.Node;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Products with the same left side, which run as one. */
public record Group(List<Instruction.Product> products) implements Instruction {
  @Override
  public Node node() {
    return last().node();
  }

  private Instruction.Product last() {
    return products.get(products.size() - 1);
  }

  @Override
  public Place target() {
    return last().target();
  }

  @Override
  public List<Place> targets() {
    return products.stream().map(Instruction.Product::target).toList();
  }

  @Override
  public List<Place> operands() {
    Stream<Place> rights = products.stream().map(Instruction.Product::b);
    return Stream.concat(Stream.of(last().a()), rights).toList();
  }

  @Override
  public List<Instruction> parts() {
    return List.copyOf(products);
  }

  @Override
  public boolean accumulates() {
    return last().accumulates();
  }

  @Override
  public String name() {
    return "group";
  }

  @Override
  public Instruction map(UnaryOperator<Place> change) {
    return new Group(
        products.stream().map(product -> (Instruction.Product) product.map(change)).toList());
  }

  @Override
  public List<Cut> cuts() {
    int[] operands = new int[products.size() + 1];
    Arrays.fill(operands, Cut.WHOLE);
    operands[0] = 1;
    return List.of(new Cut(1, operands));
  }

  @Override
  public long work() {
    return products.stream().mapToLong(Instruction.Product::work).sum();
  }
}

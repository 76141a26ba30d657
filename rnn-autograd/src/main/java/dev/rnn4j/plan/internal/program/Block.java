package dev.rnn4j.plan.internal.program;

import dev.rnn4j.graph.Node;
import java.util.List;
import java.util.function.UnaryOperator;

/** Elementwise instructions over one shape, run together tile by tile. */
public record Block(List<Instruction.Timed> body) implements Instruction {
  @Override
  public List<Cut> cuts() {
    return List.of(Cut.elementwise(this));
  }

  @Override
  public long work() {
    return body.size() * Instruction.super.work();
  }

  @Override
  public List<Instruction> parts() {
    return body.stream().map(Instruction.Timed::instruction).toList();
  }

  @Override
  public Node node() {
    return body.get(body.size() - 1).instruction().node();
  }

  @Override
  public Place target() {
    return body.get(body.size() - 1).instruction().target();
  }

  @Override
  public List<Place> targets() {
    return body.stream().map(part -> part.instruction().target()).toList();
  }

  @Override
  public List<Place> operands() {
    return body.stream().flatMap(part -> part.instruction().operands().stream()).toList();
  }

  @Override
  public List<Place> places() {
    return body.stream().flatMap(part -> part.instruction().places().stream()).toList();
  }

  @Override
  public String name() {
    return "block";
  }

  @Override
  public Instruction map(UnaryOperator<Place> change) {
    return new Block(body.stream().map(part -> part.map(change)).toList());
  }
}

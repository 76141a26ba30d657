package dev.rnn4j.plan.internal.lowering;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rnn4j.cell.ElmanCell;
import dev.rnn4j.grad.Gradients;
import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.layer.Recurrent;
import dev.rnn4j.plan.internal.lines.Line;
import dev.rnn4j.plan.internal.lines.Lines;
import dev.rnn4j.plan.internal.lines.Term;
import dev.rnn4j.plan.internal.lowering.Modes.Mode;
import dev.rnn4j.plan.internal.lowering.Schedule.Component;
import dev.rnn4j.random.Philox;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ScheduleTest {
  private final ElmanCell cell = ElmanCell.of(2, 3, new Philox(1));
  private final Node h = new Recurrent<>(cell).apply(Input.of("x", 5, 4, 2));
  private final Node loss = h.square().sum();

  private static List<Integer> directions(List<Component> components) {
    return components.stream().map(Component::direction).filter(each -> each != 0).toList();
  }

  @Test
  void aRecurrenceIsALoopAndItsGradientRunsBackward() {
    List<Node> all = new ArrayList<>(List.of(loss));
    all.addAll(Gradients.of(loss, List.of(cell.gate().weightHh())));
    Lines lines = new Lines(all, true, true);
    List<Component> components = Schedule.of(lines, all);
    assertEquals(List.of(1, -1), directions(components));
    Line tanh = lines.of(h.operand(0));
    assertTrue(components.stream().anyMatch(c -> c.isLoop() && c.lines().contains(tanh)));
  }

  @Test
  void whatIsReadOfOtherComponentsComesBefore() {
    List<Node> all = new ArrayList<>(List.of(loss));
    all.addAll(Gradients.of(loss, List.of(cell.gate().weightHh())));
    Set<Line> done = new HashSet<>();
    for (Component component : Schedule.of(new Lines(all, true, true), all)) {
      done.addAll(component.lines());
      for (Line line : component.lines()) {
        for (Term.Piece piece : line.present()) {
          assertTrue(done.contains(piece.line()), line + " reads " + piece.line());
        }
      }
    }
  }

  @Test
  void outputsComeBeforeAllThatOnlyUpdatesNeed() {
    List<Node> gradients = Gradients.of(loss, List.of(cell.gate().weightHh()));
    List<Node> all = new ArrayList<>(gradients);
    all.add(loss);
    List<Boolean> first =
        Schedule.of(new Lines(all, true, true), List.of(loss)).stream()
            .map(Component::first)
            .toList();
    assertTrue(first.lastIndexOf(true) < first.indexOf(false));
  }

  @Test
  void linesOnTheirOwnRunForAllStepsAtOnce() {
    Lines lines = new Lines(List.of(h), true, true);
    List<Component> components = Schedule.of(lines, List.of(h));
    Line tanh = lines.of(h.operand(0));
    Set<Mode> modes = new HashSet<>();
    Modes all = new Modes(components, true);
    components.stream()
        .filter(component -> !component.isLoop())
        .forEach(component -> modes.add(all.of(component.lines().get(0))));
    assertEquals(Set.of(Mode.ONCE, Mode.BATCHED), modes);
    assertEquals(Mode.LOOP, all.of(tanh));
    Modes none = new Modes(components, false);
    assertFalse(lines.all().stream().anyMatch(line -> none.of(line) == Mode.BATCHED));
  }
}

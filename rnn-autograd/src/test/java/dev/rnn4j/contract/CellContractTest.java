package dev.rnn4j.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rnn4j.cell.Cell;
import dev.rnn4j.cell.LstmCell;
import dev.rnn4j.cell.Step;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.part.Gate;
import dev.rnn4j.part.Linear;
import dev.rnn4j.tensor.Tensor;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All cells keep the contract; for each promise, a cell that breaks it breaks nothing else. */
class CellContractTest {
  @Test
  void everyCellOfTheLibraryKeepsItsContract() {
    for (Report report : CellContract.of(LibraryCells.all(new Random(1))).quickly().verify()) {
      assertEquals(report.cell() + " keeps its contract", report.toString());
    }
  }

  @Test
  void forEachPromiseACellBreaksItAlone() {
    List<BrokenCell> cells = Stream.of(Promise.values()).map(BrokenCell::of).toList();
    List<Report> reports = CellContract.of(cells).inputSize(2).quickly().check();
    for (int i = 0; i < reports.size(); i++) {
      Promise promise = cells.get(i).breaks();
      String text = reports.get(i).toString();
      assertEquals(Set.of(promise), reports.get(i).broken().keySet(), promise + ": " + text);
      assertEquals(Set.of(), reports.get(i).untried().keySet(), text);
      assertTrue(text.startsWith("BrokenCell breaks its contract\n  " + promise + ": "), text);
      String again =
          "again   CellContract.of(cell).inputSize(2).seed(5).quickly().promises(Promise.%s).verify()";
      assertTrue(text.contains(again.formatted(promise.name())), text);
    }
  }

  @Test
  void theReportSaysWhereAndHowToSeeIt() {
    BrokenCell cell = BrokenCell.of(Promise.STEPS);
    CellContract check = CellContract.of(cell).inputSize(2).seed(3).promises(Promise.STEPS);
    BrokenContractException e = assertThrows(BrokenContractException.class, check::verify);
    assertEquals(
        """
        BrokenCell breaks its contract
          STEPS: T runs of one step are one run of T steps
            where   the outputs at [0, 0, 0] is -0.45942509174346924 instead of 0.04057490825653076 in float32 by runs of one step, with x [11, 5, 2] [T, N, I]
            to see  unroll(x.step by step, state), from cell.initialState(N)
            again   CellContract.of(cell).inputSize(2).seed(3).promises(Promise.STEPS).verify()""",
        e.getMessage());
    assertEquals(Set.of(Promise.STEPS), e.report().broken().keySet());
  }

  /** x beside a row of a table, which a counter of the state chooses. */
  private record Counting(Parameter table) implements Cell<Node> {
    @Override
    public Node initialState(int batchSize) {
      return Node.zeros(batchSize, 1);
    }

    @Override
    public Step<Node> step(Node x, Node count) {
      Node next = count.plus(1);
      Node wrapped = next.greaterThan(table.size(0) - 0.5).select(Node.zeros(next.shape()), next);
      Node row = table.gather(count.reshape(count.size(0)));
      return new Step<>(x.matmul(Node.ones(1, table.size(1))).plus(row), wrapped);
    }
  }

  /** What moves a state to see whether it is read finds no row of the table. */
  @Test
  void aStateMayBeAnIndex() {
    Parameter table = Parameter.of("table", Tensor.of(new double[][] {{1, 2}, {3, 5}, {8, 13}}));
    Report report = CellContract.of(new Counting(table)).inputSize(1).quickly().check().get(0);
    assertEquals(Map.of(), report.broken());
    assertEquals(Map.of(), report.untried());
  }

  /** A cell that is no record: nobody can copy it. */
  private static final class Stubborn implements Cell<Node> {
    @Override
    public Node initialState(int batchSize) {
      return Node.zeros(batchSize, 3);
    }

    @Override
    public Step<Node> step(Node x, Node h) {
      Node next = h.times(0.5).plus(x);
      return new Step<>(next, next);
    }
  }

  @Test
  void whatCannotBeTriedIsSaid() {
    CellContract check = CellContract.of(new Stubborn()).inputSize(3).promises(Promise.KERNELS);
    assertEquals(
        "Stubborn keeps its contract, but for what was not tried: KERNELS\n"
            + "  KERNELS was not tried: the cell is of "
            + Stubborn.class.getName()
            + ", of which no copy can be made",
        check.verify().get(0).toString());
  }

  /** A counter: nothing that it makes has a gradient. */
  private record Counter() implements Cell<Node> {
    @Override
    public Node initialState(int batchSize) {
      return Node.zeros(batchSize, 1);
    }

    @Override
    public Step<Node> step(Node x, Node count) {
      Node next = count.plus(1);
      return new Step<>(next, next);
    }
  }

  @Test
  void aCellWithoutGradientsKeepsThem() {
    CellContract.of(new Counter())
        .inputSize(1)
        .promises(Promise.GRADIENTS, Promise.SECOND_GRADIENTS)
        .verify();
  }

  @Test
  void findsTheSizeOfInputs() {
    Cell<?> cell = LstmCell.of(6, 2, new Random(1));
    CellContract check = CellContract.of(cell).promises(Promise.TRUNCATION);
    assertTrue(check.verify().get(0).setting().startsWith(".inputSize(6)"));
    Cell<?> large = LstmCell.of(5000, 1, new Random(1));
    Exception e = assertThrows(IllegalArgumentException.class, () -> CellContract.verify(large));
    assertEquals(
        "no input [N, 1] … [N, 4096] fits LstmCell: say CellContract.of(cell).inputSize(…)",
        e.getMessage());
  }

  private static Cell<Node> throwing() {
    return new Cell<>() {
      @Override
      public Node initialState(int batchSize) {
        return Node.zeros(batchSize, 1);
      }

      @Override
      public Step<Node> step(Node x, Node state) {
        throw new IllegalStateException("no luck");
      }
    };
  }

  @Test
  void aCellThatThrowsSaysSoItself() {
    Cell<Node> cell = throwing();
    String name = cell.getClass().getName();
    String own = ": java.lang.IllegalStateException: no luck\n  at       ";
    for (CellContract check :
        List.of(CellContract.of(cell).inputSize(1), CellContract.of(cell).quickly())) {
      String message = assertThrows(IllegalArgumentException.class, check::check).getMessage();
      assertTrue(message.startsWith(name + " makes no step"), message);
      assertTrue(message.contains(own), message);
      assertTrue(message.contains(".step(CellContractTest.java:"), message);
    }
  }

  @Test
  void whatChecksNothingIsRefused() {
    CellContract check = CellContract.of(new Counter());
    assertEquals(
        "a cell reads at least one number at each step, not 0",
        assertThrows(IllegalArgumentException.class, () -> check.inputSize(0)).getMessage());
    assertEquals(
        "name a promise to check",
        assertThrows(IllegalArgumentException.class, check::promises).getMessage());
  }

  /** A cell whose fault is its state, not the size of its inputs. */
  private record Narrow(Gate gate) implements Cell<Node> {
    @Override
    public Node initialState(int batchSize) {
      return Node.zeros(batchSize, 1);
    }

    @Override
    public Step<Node> step(Node x, Node h) {
      Node next = gate.apply(x, h).tanh();
      return new Step<>(next, next);
    }
  }

  /** Once, with the line that is wrong, whether the size of inputs is said or not. */
  @Test
  void aShapeThatDoesNotFitIsThatOfTheCell() {
    Cell<?> cell = new Narrow(Gate.of(4, 3, new Random(1)));
    for (CellContract check :
        List.of(CellContract.of(cell).inputSize(4), CellContract.of(cell).quickly())) {
      String message = assertThrows(IllegalArgumentException.class, check::check).getMessage();
      assertTrue(message.startsWith("Narrow makes no step"), message);
      assertEquals(2, message.split("does not fit", -1).length, message);
      assertTrue(message.contains(" [2, 1] does not fit "), message);
      assertTrue(message.contains("Narrow.step(CellContractTest.java:"), message);
    }
  }

  /** g = tanh(Wx + Uh), with a gate that nobody reads, and a second state as one likes it. */
  private record Idle(Gate used, Gate unused, Kind kind) implements Cell<List<Node>> {
    private enum Kind {
      /** The old first state is returned. */
      SAME,
      /** The second state is counted, and not read. */
      UNREAD,
      /** Both states take part. */
      BOTH
    }

    static Idle of(Kind kind) {
      return new Idle(Gate.of(2, 3, new Random(1)), Gate.of(2, 3, new Random(2)), kind);
    }

    @Override
    public List<Node> initialState(int batchSize) {
      return List.of(Node.zeros(batchSize, 3), Node.zeros(batchSize, 3));
    }

    @Override
    public Step<List<Node>> step(Node x, List<Node> state) {
      Node h = state.get(0);
      Node second = state.get(1);
      Node next = used.apply(x, kind == Kind.UNREAD ? h : h.plus(second)).tanh();
      return new Step<>(next, List.of(kind == Kind.SAME ? h : next, second.plus(next)));
    }
  }

  @Test
  void whatTakesNoPartIsNamed() {
    Map<Idle.Kind, String> states =
        Map.of(
            Idle.Kind.SAME, "; the state 0 comes back as it went in",
            Idle.Kind.UNREAD, "; no output depends on the state 1",
            Idle.Kind.BOTH, "");
    states.forEach(
        (kind, state) -> {
          Report report =
              CellContract.of(Idle.of(kind)).promises(Promise.EFFECT).quickly().check().get(0);
          assertEquals(
              "no output depends on the parameter unused.weightIh; no output depends on the"
                  + " parameter unused.weightHh; no output depends on the parameter unused.bias"
                  + state
                  + ", with x [5, 3, 2] [T, N, I]",
              report.broken().get(Promise.EFFECT));
        });
  }

  /** y = Wx of nine steps ago. */
  private record Late(Linear input, Linear unused) implements Cell<List<Node>> {
    @Override
    public List<Node> initialState(int batchSize) {
      return Collections.nCopies(9, Node.zeros(batchSize, input.inputSize()));
    }

    @Override
    public Step<List<Node>> step(Node x, List<Node> state) {
      List<Node> next = new ArrayList<>(state.subList(0, 8));
      next.add(0, x.tanh());
      return new Step<>(input.apply(state.get(8)), next);
    }
  }

  @Test
  void anEffectMayComeLate() {
    Cell<?> cell = new Late(Linear.of(2, 3, new Random(1)), Linear.of(2, 3, new Random(2)));
    CellContract check = CellContract.of(cell).inputSize(2).promises(Promise.EFFECT).quickly();
    Report report = check.check().get(0);
    assertEquals(
        "no output depends on the parameter unused.weight, with x [5, 3, 2] [T, N, I]",
        report.broken().get(Promise.EFFECT));
  }

  @Test
  void theOtherJvmsFindWhatALoaderOfUrlsFinds() throws IOException {
    Path jar = Path.of("a folder", "cells.jar").toAbsolutePath();
    Path other = Path.of("a folder", "other.jar").toAbsolutePath();
    URL[] both = {jar.toUri().toURL(), new URL("file:" + other)}; // the second has a blank
    try (URLClassLoader parent = new URLClassLoader(both);
        URLClassLoader child = new URLClassLoader(new URL[0], parent)) {
      List<String> path = OtherKernels.classPath(child);
      assertEquals(List.of(jar.toString(), other.toString()), path.subList(0, 2));
    }
  }

  @Test
  void theOtherJvmsFindWhatAModulePathHas(@TempDir Path folder) throws IOException {
    Path jar = Files.createFile(folder.resolve("cells.jar"));
    Path exploded = Files.createDirectory(folder.resolve("mine"));
    Files.createFile(exploded.resolve("module-info.class"));
    String path = String.join(File.pathSeparator, "" + folder, "" + exploded, "" + jar, "none");
    assertEquals(
        List.of("" + jar, "" + exploded, "" + exploded, "" + jar, "none"),
        OtherKernels.modules(path));
    assertEquals(List.of(), OtherKernels.modules(""));
  }
}

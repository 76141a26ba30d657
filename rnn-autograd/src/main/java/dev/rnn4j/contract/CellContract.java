package dev.rnn4j.contract;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.rnn4j.cell.Cell;
import dev.rnn4j.graph.Node;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A check that cells are functions of their input and their state, and of nothing else. It tries
 * each {@link Promise} with sequences of random numbers, in every test framework or in none:
 *
 * <pre>{@code
 * CellContract.verify(MyCell.of(3, 8, random));
 * }</pre>
 *
 * <p>Scalar and vector kernels are compared in two JVMs that it starts, where this one's class path
 * is theirs, and bytes are counted in the first. Cells that are checked together share them.
 */
public final class CellContract {
  private static final int LARGEST_INPUT = 4096;
  private static final String NO_CELLS = "a contract was given null as its cells";

  private final List<Cell<?>> cells;
  private final OptionalInt inputSize;
  private final long seed;
  private final Set<Promise> promises;
  private final Extent extent;

  private CellContract(
      List<Cell<?>> cells, OptionalInt inputSize, long seed, Set<Promise> promises, Extent extent) {
    this.cells = cells;
    this.inputSize = inputSize;
    this.seed = seed;
    this.promises = promises;
    this.extent = extent;
  }

  /**
   * Checks a cell, and finds out the size of its inputs by trying.
   *
   * @return the report of a cell that keeps its contract
   * @throws BrokenContractException with a report of what is broken, where, and how to see it
   * @throws IllegalArgumentException where no size of inputs fits, or the cell makes no step
   */
  public static Report verify(Cell<?> cell) {
    return of(cell).verify().get(0);
  }

  /** Returns a check of cells. */
  public static CellContract of(Cell<?>... cells) {
    checkNotNull(cells, NO_CELLS);
    return of(Arrays.asList(cells));
  }

  /** Returns a check of cells. */
  public static CellContract of(List<? extends Cell<?>> cells) {
    checkNotNull(cells, NO_CELLS);
    for (Cell<?> cell : cells) {
      checkNotNull(cell, "a contract was given null as a cell");
    }
    return new CellContract(
        ImmutableList.copyOf(cells),
        OptionalInt.empty(),
        5,
        ImmutableSet.copyOf(Promise.values()),
        Extent.FULL);
  }

  /** Returns this with inputs {@code [T, N, I]}; unless told, the smallest I is taken that fits. */
  public CellContract inputSize(int size) {
    checkArgument(size > 0, "a cell reads at least one number at each step, not %s", size);
    return new CellContract(cells, OptionalInt.of(size), seed, promises, extent);
  }

  /** Returns this with other random numbers for inputs, parameters and states; 5 unless told. */
  public CellContract seed(long newSeed) {
    return new CellContract(cells, inputSize, newSeed, promises, extent);
  }

  /** Returns this with some promises only. */
  public CellContract promises(Promise... some) {
    checkArgument(some.length > 0, "name a promise to check");
    return new CellContract(cells, inputSize, seed, ImmutableSet.copyOf(some), extent);
  }

  /** Returns this with shorter sequences, and most promises in float32 only: in half the time. */
  public CellContract quickly() {
    return new CellContract(cells, inputSize, seed, promises, Extent.QUICK);
  }

  /**
   * Checks the cells.
   *
   * @return their reports
   * @throws BrokenContractException with the report of the first that breaks a promise
   * @throws IllegalArgumentException where no size of inputs fits, or the cell makes no step
   */
  public List<Report> verify() {
    List<Report> reports = check();
    for (Report report : reports) {
      if (!report.isKept()) {
        throw new BrokenContractException(report);
      }
    }
    return reports;
  }

  /**
   * Returns what each cell keeps and breaks.
   *
   * @throws IllegalArgumentException where no size of inputs fits, or the cell makes no step
   */
  public List<Report> check() {
    List<Report> reports = new ArrayList<>();
    try (OtherKernels kernels = new OtherKernels()) {
      for (Cell<?> cell : cells) {
        reports.add(check(cell, kernels));
      }
    }
    return reports;
  }

  private <S> Report check(Cell<S> cell, OtherKernels kernels) {
    Subject<S> subject = new Subject<>(cell, inputSize.orElseGet(() -> inputSizeOf(cell)), seed);
    checkSteps(subject);
    Map<Promise, String> broken = new EnumMap<>(Promise.class);
    Map<Promise, String> untried = new EnumMap<>(Promise.class);
    for (Promise promise : promises) {
      try {
        found(promise, subject, kernels).ifPresent(where -> broken.put(promise, where));
      } catch (UntriedException e) {
        untried.put(promise, e.getMessage());
      } catch (RuntimeException e) {
        broken.put(promise, "it throws " + e);
      }
    }
    String setting =
        ".inputSize("
            + subject.inputSize()
            + ").seed("
            + seed
            + (extent == Extent.QUICK ? ").quickly()" : ")");
    return new Report(name(cell), setting, broken, untried);
  }

  /** Returns where a promise is broken. */
  private <S> Optional<String> found(Promise promise, Subject<S> subject, OtherKernels kernels) {
    NumberChecks<S> numbers = new NumberChecks<>(subject, extent);
    SequenceChecks<S> sequences = new SequenceChecks<>(subject, extent);
    MachineChecks<S> machine = new MachineChecks<>(subject, extent);
    return switch (promise) {
      case GRADIENTS -> numbers.gradients();
      case SECOND_GRADIENTS -> numbers.secondGradients();
      case EFFECT -> new EffectChecks<>(subject, extent).effects();
      case PLANS -> numbers.plans();
      case LENGTHS -> numbers.lengths();
      case STEPS -> sequences.steps();
      case MASKS -> new MaskChecks<>(subject, extent).masks();
      case TRUNCATION -> sequences.truncation();
      case BATCH_ORDER -> sequences.batchOrder();
      case THREADS -> machine.threads();
      case KERNELS -> machine.kernels(kernels);
      case FILES -> machine.files();
      case MEMORY -> machine.memory(kernels);
    };
  }

  /** Returns the name of a class, which one without a name has from where it stands. */
  private static String name(Cell<?> cell) {
    String name = cell.getClass().getSimpleName();
    return name.isEmpty() ? cell.getClass().getTypeName() : name;
  }

  private static int inputSizeOf(Cell<?> cell) {
    RuntimeException other = null;
    for (int size = 1; size <= LARGEST_INPUT; size++) {
      try {
        step(cell, size);
        return size;
      } catch (RuntimeException e) {
        other = other == null && !isOfInput(e, size) ? e : other;
      }
    }
    String hint = "say CellContract.of(cell).inputSize(…)";
    throw other == null
        ? new IllegalArgumentException(
            "no input [N, 1] … [N, " + LARGEST_INPUT + "] fits " + name(cell) + ": " + hint)
        : failed(cell, other, ", whatever the size of its inputs up to " + LARGEST_INPUT);
  }

  /** Lets a cell that makes no step say so itself, once, and not each check in its own way. */
  private static void checkSteps(Subject<?> subject) {
    try {
      step(subject.cell(), subject.inputSize());
      subject.trial(2, 2);
    } catch (RuntimeException e) {
      throw failed(subject.cell(), e, " of inputs [N, " + subject.inputSize() + "]");
    }
  }

  private static IllegalArgumentException failed(Cell<?> cell, RuntimeException e, String when) {
    String own = e instanceof IllegalArgumentException ? "" + e.getMessage() : e.toString();
    Optional<StackTraceElement> line =
        Arrays.stream(e.getStackTrace())
            .filter(at -> at.getClassName().equals(cell.getClass().getName()))
            .findFirst();
    return new IllegalArgumentException(
        name(cell)
            + " makes no step"
            + when
            + ": "
            + own
            + line.filter(at -> !own.contains("" + at)).map(at -> "\n  at       " + at).orElse(""),
        e);
  }

  private static <S> void step(Cell<S> cell, int size) {
    cell.step(Node.zeros(2, size), cell.initialState(2));
  }

  /** Returns whether inputs of a size were refused: what else fails would fail with any. */
  private static boolean isOfInput(RuntimeException e, int size) {
    return e instanceof IllegalArgumentException
        && ("" + e.getMessage()).lines().findFirst().orElse("").contains("[2, " + size + "]");
  }
}

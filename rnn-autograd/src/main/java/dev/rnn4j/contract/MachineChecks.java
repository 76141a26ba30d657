package dev.rnn4j.contract;

import dev.rnn4j.cell.Cell;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.graph.Parameters;
import dev.rnn4j.io.Safetensors;
import dev.rnn4j.plan.Weights;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Whether threads, kernels and files change nothing, and a run leaves the heap alone. */
final class MachineChecks<S> {
  /** The work that a thread is worth, made so small that all work is shared. */
  private static final String LEAST_WORK = "rnn.threads.work";

  private final Subject<S> subject;
  private final Extent extent;

  MachineChecks(Subject<S> subject, Extent extent) {
    this.subject = subject;
    this.extent = extent;
  }

  Optional<String> threads() {
    String before = System.setProperty(LEAST_WORK, "1");
    try {
      Trial<S> trial = subject.trial(extent.steps(), extent.team());
      for (Precision precision : extent.precisions()) {
        List<Tensor> alone = trial.run(precision, 1);
        for (int threads = 2; threads <= extent.threads(); threads++) {
          List<Tensor> shared = trial.run(precision, threads);
          Optional<String> found = trial.difference(alone, shared, "on " + threads + " threads");
          if (found.isPresent()) {
            return found;
          }
        }
      }
      return Optional.empty();
    } finally {
      if (before == null) {
        System.clearProperty(LEAST_WORK);
      } else {
        System.setProperty(LEAST_WORK, before);
      }
    }
  }

  Optional<String> kernels(OtherKernels kernels) {
    Trial<S> trial = subject.trial(extent.steps(), extent.sequences());
    for (Precision precision : extent.precisions()) {
      kernels.ask(subject, extent, precision);
      Optional<String> found =
          trial.difference(kernels.scalar(), kernels.vector(), "with vector kernels, not scalar");
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  // ---------------------------------------------------------------- files

  Optional<String> files() {
    Set<Parameter> listed = Set.copyOf(Parameters.of(subject.cell()).values());
    Trial<S> trial = subject.trial(2, extent.sequences());
    String hidden =
        Parameters.reachedFrom(trial.made()).stream()
            .filter(reached -> !listed.contains(reached.parameter()))
            .map(reached -> reached.parameter() + " read by " + reached.label())
            .collect(Collectors.joining(", "));
    if (!hidden.isEmpty()) {
      return Optional.of(
          hidden
              + " is no component of the record, which has "
              + Parameters.of(subject.cell()).keySet());
    }
    try {
      return loaded(trial);
    } catch (IOException e) {
      throw new UntriedException("no file could be written: " + e.getMessage());
    }
  }

  /** Saves the values, and loads them into another cell, which has none of them. */
  private Optional<String> loaded(Trial<S> trial) throws IOException {
    @SuppressWarnings("unchecked") // a copy has the class of what is copied
    Cell<S> other = (Cell<S>) CellFile.blank(subject.cell());
    Weights weights = Weights.of(Precision.FLOAT64);
    trial.values.forEach(
        (leaf, value) -> {
          if (leaf instanceof Parameter parameter) {
            weights.set(parameter, value);
          }
        });
    Path file = Files.createTempFile("cell", ".safetensors");
    try {
      Safetensors.save(file, weights.values(subject.cell()), Map.of());
      Map<String, Tensor> read = Safetensors.load(file).tensors();
      Trial<S> again =
          new Subject<>(other, subject.inputSize(), subject.seed()).trial(2, extent.sequences());
      Parameters.of(other)
          .forEach((path, parameter) -> again.values.put(parameter, read.get(path)));
      List<Tensor> expected = trial.run(Precision.FLOAT64, 1);
      return trial.difference(
          expected, again.run(Precision.FLOAT64, 1), "in another cell, from the file");
    } finally {
      Files.deleteIfExists(file);
    }
  }

  // ---------------------------------------------------------------- memory

  Optional<String> memory(OtherKernels kernels) {
    for (Precision precision : extent.precisions()) {
      long least = leastBytes(kernels, precision);
      if (least > 0) {
        return Optional.of(
            "a run in "
                + precision
                + " allocates "
                + least
                + " bytes, with x ["
                + extent.steps()
                + ", "
                + extent.sequences()
                + ", "
                + subject.inputSize()
                + "] [T, N, I]");
      }
    }
    return Optional.empty();
  }

  /** A cell of which no copy can be made runs here. */
  private long leastBytes(OtherKernels kernels, Precision precision) {
    try {
      return kernels.bytes(subject, extent, precision);
    } catch (UntriedException e) {
      return Bytes.leastWhenWarm(subject.trial(extent.steps(), extent.sequences()), precision);
    }
  }
}

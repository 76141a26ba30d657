package dev.rnn4j.examples.reference;

import com.google.common.collect.ImmutableMap;
import java.nio.file.Path;

/** What a case is about. */
@FunctionalInterface
interface Kind {
  /** The kinds by the key that tells them; the first one counts, for a module has a loss too. */
  ImmutableMap<String, Kind> BY_KEY =
      ImmutableMap.of(
          "module", new ModuleCase(),
          "optimizer", new OptimizerCase(),
          "loss", new LossCase(),
          "schedule", new ScheduleCase(),
          "file", new OnnxCase(),
          "maxNorm", new ClipCase());

  /**
   * Runs a case through the public API, and compares all that it expects.
   *
   * @param folder where the file lies, and others that it names
   * @throws BadCaseException for a case that cannot be expressed
   */
  void run(Fields fields, Path folder, Differences differences);
}

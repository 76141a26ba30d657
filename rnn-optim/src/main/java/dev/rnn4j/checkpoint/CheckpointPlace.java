package dev.rnn4j.checkpoint;

import dev.rnn4j.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Where the checkpoints of one training are: a folder, or a part of one that several have. */
interface CheckpointPlace {
  /**
   * Returns the state to go on from, or nothing where the training begins.
   *
   * @throws IllegalArgumentException where it is of other settings: with the differences
   */
  Optional<Map<String, Tensor>> begin(boolean goesOn) throws IOException;

  /** Makes a checkpoint where one is due. */
  void offer(long updates, Supplier<Map<String, Tensor>> state) throws IOException;

  /** Writes a checkpoint at once, and waits for it. */
  void save(long updates, Map<String, Tensor> state) throws IOException;

  /** Writes the last one. */
  void finish(long updates, Map<String, Tensor> state) throws IOException;

  /** Waits for the checkpoint that is being written. */
  void close() throws IOException;

  /** Returns the file for the model, where there is to be one. */
  Optional<Path> model();
}

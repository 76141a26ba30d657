package dev.rnn4j.checkpoint;

import com.google.common.collect.ImmutableMap;
import dev.rnn4j.io.AtomicFile;
import dev.rnn4j.io.NamedTensors;
import dev.rnn4j.io.Safetensors;
import dev.rnn4j.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * One checkpoint as a safetensors file. Its metadata say what it is, and of which settings, and
 * have a checksum over all of it.
 */
final class CheckpointFile {
  private static final String FORMAT = "format";
  private static final String CHECKSUM = "checksum";
  private static final String SETTING = "setting/";
  private static final String NAME = "rnn4j checkpoint ";
  private static final String VERSION = "1";

  private CheckpointFile() {}

  /**
   * What is in a file.
   *
   * @param state all that the training depends on
   * @param settings those of the training
   */
  record Content(Map<String, Tensor> state, Map<String, String> settings) {}

  /** Returns what is written into a file. */
  static AtomicFile.Content of(Content content) {
    ImmutableMap.Builder<String, String> metadata = ImmutableMap.builder();
    metadata.put(FORMAT, NAME + VERSION);
    metadata.put(CHECKSUM, Checksum.of(content));
    // In the order of the names: that of a Map.of is another one in each process.
    new TreeMap<>(content.settings).forEach((name, value) -> metadata.put(SETTING + name, value));
    return Safetensors.content(new TreeMap<>(content.state), metadata.buildOrThrow());
  }

  /**
   * Reads a file.
   *
   * @throws IOException where it is none, or not as it was written: in one sentence that names it
   */
  static Content read(Path file) throws IOException {
    NamedTensors all = Safetensors.load(file);
    String format = all.metadata().getOrDefault(FORMAT, "");
    if (!format.startsWith(NAME)) {
      throw new IOException(
          "'" + file + "' is not a checkpoint of a training, though its name says so");
    }
    if (!format.equals(NAME + VERSION)) {
      throw new IOException(
          "'"
              + file
              + "' is a checkpoint of version "
              + format.substring(NAME.length())
              + ", and this program goes on from version "
              + VERSION
              + "; go on with the program that wrote it");
    }
    ImmutableMap.Builder<String, String> settings = ImmutableMap.builder();
    all.metadata()
        .forEach(
            (name, value) -> {
              if (name.startsWith(SETTING)) {
                settings.put(name.substring(SETTING.length()), value);
              }
            });
    Content content = new Content(all.tensors(), settings.buildOrThrow());
    if (!Checksum.of(content).equals(all.metadata().get(CHECKSUM))) {
      throw new IOException("'" + file + "' is damaged: its bytes are not those that were written");
    }
    return content;
  }
}

package dev.rnn4j.io;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

/**
 * Files that are there as a whole or not at all: written under a temporary name in the same folder,
 * forced to the disk, and moved over the target in one step. Whatever happens in between, a kill
 * included, a file that was there before is undamaged. What a killed writer leaves goes when the
 * same file is written again. {@link AtomicFiles} does so for several.
 */
public final class AtomicFile {
  private AtomicFile() {}

  /** What goes into a file. */
  @FunctionalInterface
  public interface Content {
    /** Writes everything; the stream is closed by the caller. */
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Writes a file, or replaces it. The new file has the mode of the old one. Where the target is a
   * symbolic link, it stays so, and the file behind it is replaced.
   *
   * @throws IOException where that is impossible, in a sentence that names the file and the cause;
   *     the temporary file is removed then
   */
  public static void write(Path target, Content content) throws IOException {
    Staged staged = Staged.write(target, content);
    try {
      staged.commit();
    } finally {
      // Gone already when all went well.
      staged.discard();
    }
    staged.forceFolder();
  }

  /**
   * Refuses a file that {@link #write} could not write: for a long computation to fail before it
   * begins.
   *
   * @throws IOException in a sentence that names the file and the cause
   */
  public static void requireWritable(Path target) throws IOException {
    Staged.requireWritable(target);
  }
}

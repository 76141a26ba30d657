package dev.rnn4j.io;

import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * Files that are there as a whole or not at all: written under a temporary name in the same folder,
 * forced to the disk, and moved over the target in one step. Whatever happens in between, a kill
 * included, a file that was there before is undamaged.
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
   * Writes a file, or replaces it. Where the target is a symbolic link, the file behind it is
   * replaced.
   *
   * @throws IOException where that is impossible, in a sentence that names the file and the cause;
   *     the temporary file is removed then
   */
  public static void write(Path target, Content content) throws IOException {
    Path file = behind(target);
    requireWritable(target, file);
    Path temporary = file.resolveSibling(".rnn4j-" + UUID.randomUUID() + ".tmp");
    try {
      try (FileOutputStream out = new FileOutputStream(temporary.toFile())) {
        OutputStream buffered = new BufferedOutputStream(out);
        content.writeTo(buffered);
        buffered.flush();
        out.getFD().sync();
      }
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new IOException(
          "'" + target + "' cannot be written, and is as it was: " + e.getMessage(), e);
    } finally {
      // Gone already when all went well; a failure to delete must not hide the first one.
      temporary.toFile().delete();
    }
    forceFolder(file.getParent());
  }

  /**
   * Refuses a file that {@link #write} could not write: for a long computation to fail before it
   * begins.
   *
   * @throws IOException in a sentence that names the file and the cause
   */
  public static void requireWritable(Path target) throws IOException {
    requireWritable(target, behind(target));
  }

  private static Path behind(Path target) throws IOException {
    return Files.exists(target) ? target.toRealPath() : target.toAbsolutePath();
  }

  private static void requireWritable(Path target, Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new IOException("'" + target + "' is a folder; name a file inside it");
    }
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new IOException("'" + target + "' is not an ordinary file; choose another name");
    }
    if (Files.exists(file) && !Files.isWritable(file)) {
      throw new IOException(
          "'" + target + "' is write-protected; allow writing or choose another name");
    }
    if (!Files.isDirectory(file.getParent())) {
      throw new IOException(
          "'"
              + target
              + "' cannot be written, for there is no folder '"
              + file.getParent()
              + "'; create it first");
    }
    if (!Files.isWritable(file.getParent())) {
      throw new IOException(
          "'"
              + target
              + "' cannot be written, for nothing may be written in the folder '"
              + file.getParent()
              + "'");
    }
  }

  /** Makes the new name last through a power cut, where the system can force a folder. */
  private static void forceFolder(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // Windows opens no folders; the file itself is complete either way.
      return;
    }
  }
}

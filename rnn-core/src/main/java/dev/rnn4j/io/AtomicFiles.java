package dev.rnn4j.io;

import static com.google.common.base.Preconditions.checkState;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Several files that replace those of before together, or none does. They are written and forced to
 * the disk one by one, under temporary names, and take their places at the end; where one cannot,
 * those that have go back.
 *
 * <pre>{@code
 * try (AtomicFiles files = new AtomicFiles()) {
 *   files.write(folder.resolve("scores.csv"), out -> …);
 *   files.write(folder.resolve("plot.png"), out -> …);
 *   files.commit();
 * }
 * }</pre>
 *
 * <p>A kill leaves the old files, except in the moment of the last step, between two of its moves.
 */
public final class AtomicFiles implements AutoCloseable {
  private final List<Staged> staged = new ArrayList<>();
  private final List<Path> unwanted = new ArrayList<>();

  /** What has taken its place, with the old file under another name, or null. */
  private record Moved(Staged file, Path before) {}

  /** Creates a set without files. */
  public AtomicFiles() {
    // Nothing is there before it is written.
  }

  /**
   * Writes a file as {@link AtomicFile#write} does, but leaves its place to the old one.
   *
   * @throws IOException where that is impossible, in a sentence that names the file and the cause
   */
  public void write(Path target, AtomicFile.Content content) throws IOException {
    staged.add(Staged.write(target, content));
  }

  /**
   * Adds a complete file of the same folder, which is to be moved. Unlike the others, it stays
   * where it is when the set is closed without being committed.
   *
   * @throws IOException where the target cannot be written
   */
  public void move(Path from, Path target) throws IOException {
    staged.add(Staged.move(from, target));
  }

  /**
   * Has a file deleted with the last step, if there is such a file: nothing new takes its place.
   */
  public void delete(Path target) {
    unwanted.add(target);
  }

  /**
   * Lets all files take their places.
   *
   * @throws IOException where one cannot; all are as they were then
   */
  public void commit() throws IOException {
    checkState(!staged.isEmpty(), "there is nothing to commit");
    Deque<Moved> moved = new ArrayDeque<>();
    boolean done = false;
    try {
      for (Staged file : staged) {
        moved.push(new Moved(file, keep(file)));
        file.commit();
      }
      done = true;
    } finally {
      for (Moved file : moved) {
        if (done || undo(file)) {
          deleteOld(file);
        }
      }
    }
    for (Path target : unwanted) {
      Files.deleteIfExists(target);
    }
    staged.forEach(Staged::forceFolder);
    staged.clear();
  }

  /** Gives the old file a second name. */
  private static Path keep(Staged file) throws IOException {
    if (!Files.exists(file.file())) {
      return null;
    }
    Path before = Temporaries.beside(file.file());
    try {
      Files.createLink(before, file.file());
    } catch (IOException | UnsupportedOperationException e) {
      // A file system without links.
      copy(file, before);
    }
    return before;
  }

  private static void copy(Staged file, Path before) throws IOException {
    try {
      Files.copy(file.file(), before, StandardCopyOption.COPY_ATTRIBUTES);
    } catch (IOException e) {
      before.toFile().delete();
      throw file.failure(e);
    }
  }

  /** Returns whether all is as it was; if not, the old file keeps its second name at least. */
  private static boolean undo(Moved moved) {
    Staged staged = moved.file;
    try {
      if (Files.notExists(staged.temporary())) {
        Files.move(staged.file(), staged.temporary(), StandardCopyOption.ATOMIC_MOVE);
      }
      if (moved.before != null) {
        Files.move(moved.before, staged.file(), StandardCopyOption.ATOMIC_MOVE);
      }
      return true;
    } catch (IOException e) {
      // The failure that brought it here is the one to be told.
      return false;
    }
  }

  private static void deleteOld(Moved moved) {
    if (moved.before != null) {
      moved.before.toFile().delete();
    }
  }

  /** Removes what was written and has not taken its place. */
  @Override
  public void close() {
    staged.forEach(Staged::discard);
    staged.clear();
  }
}

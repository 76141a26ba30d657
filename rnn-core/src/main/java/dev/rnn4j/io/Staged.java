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
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.List;

/**
 * A file that is complete and on the disk, under another name in the same folder, and has yet to
 * take its place.
 *
 * @param target as the caller named it
 * @param file where it belongs: the target, or what the target is a link to
 * @param temporary where it is
 * @param held what keeps others from taking the temporary file for abandoned, as long as it is
 *     open; null where the file was there before, and is not to be deleted
 * @param abandoned what killed writers of the file have left
 */
record Staged(
    Path target,
    Path file,
    Path temporary,
    FileOutputStream held,
    List<Temporaries.Abandoned> abandoned) {
  /** So many links may lead to a file, as in Linux. */
  private static final int LINKS = 40;

  /** Writes a file under a temporary name; where that fails, nothing is left. */
  static Staged write(Path target, AtomicFile.Content content) throws IOException {
    Path file = requireWritable(target);
    List<Temporaries.Abandoned> abandoned = Temporaries.abandoned(file);
    Path temporary = Temporaries.take(file);
    FileOutputStream out = open(target, temporary);
    Staged staged = new Staged(target, file, temporary, out, abandoned);
    boolean whole = false;
    try {
      Temporaries.lock(out.getChannel());
      OutputStream buffered = new BufferedOutputStream(out);
      content.writeTo(buffered);
      buffered.flush();
      out.getFD().sync();
      staged.takeOver();
      whole = true;
    } catch (IOException e) {
      throw staged.failure(e);
    } finally {
      if (!whole) {
        staged.discard();
      }
    }
    return staged;
  }

  private static FileOutputStream open(Path target, Path temporary) throws IOException {
    try {
      return new FileOutputStream(temporary.toFile());
    } catch (IOException e) {
      Temporaries.release(temporary);
      throw failure(target, e);
    }
  }

  /** Stages a file that is there already, in the target's folder. */
  static Staged move(Path from, Path target) throws IOException {
    Path file = requireWritable(target);
    Staged staged = new Staged(target, file, from, null, Temporaries.abandoned(file));
    staged.takeOver();
    return staged;
  }

  /** Checks that a file can be written, and returns where it would be. */
  static Path requireWritable(Path target) throws IOException {
    Path file = behind(target);
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
    Path folder = file.getParent();
    if (!Files.isDirectory(folder)) {
      throw new IOException(
          "'"
              + target
              + "' cannot be written, for there is no folder '"
              + folder
              + "'; create it first");
    }
    if (!Files.isWritable(folder)) {
      throw new IOException(
          "'"
              + target
              + "' cannot be written, for nothing may be written in the folder '"
              + folder
              + "'");
    }
    return file;
  }

  /** Follows links by hand: one to a file that is not there yet is a link all the same. */
  private static Path behind(Path target) throws IOException {
    Path file = target.toAbsolutePath();
    for (int i = 0; Files.isSymbolicLink(file); i++) {
      if (i == LINKS) {
        throw new IOException("'" + target + "' is a link that leads to itself; remove it");
      }
      file = file.resolveSibling(Files.readSymbolicLink(file));
    }
    return file;
  }

  /** Gives the file the mode of the one that it replaces, and its owner where that is allowed. */
  private void takeOver() throws IOException {
    PosixFileAttributeView old = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    if (old == null || !Files.exists(file)) {
      return;
    }
    PosixFileAttributes wanted = old.readAttributes();
    PosixFileAttributeView view =
        Files.getFileAttributeView(temporary, PosixFileAttributeView.class);
    try {
      view.setGroup(wanted.group());
      view.setOwner(wanted.owner());
    } catch (IOException e) {
      // Only root gives files away; the mode is what counts.
    }
    view.setPermissions(wanted.permissions());
  }

  /** Takes the place, in one step. */
  void commit() throws IOException {
    try {
      if (held != null) {
        held.close();
      }
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw failure(e);
    }
    Temporaries.release(temporary);
    Temporaries.clear(abandoned);
  }

  /** Makes the new name last through a power cut, where the system can force a folder. */
  void forceFolder() {
    try (FileChannel channel = FileChannel.open(file.getParent(), StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // Windows opens no folders; the file itself is complete either way.
      return;
    }
  }

  /** Deletes what was written and has not taken its place; a failure must not hide another. */
  void discard() {
    if (held == null) {
      return;
    }
    try {
      held.close();
    } catch (IOException e) {
      // It is not wanted, or has taken its place.
    }
    temporary.toFile().delete();
    Temporaries.release(temporary);
  }

  IOException failure(IOException cause) {
    return failure(target, cause);
  }

  private static IOException failure(Path target, IOException cause) {
    return new IOException(
        "'" + target + "' cannot be written, and is as it was: " + cause.getMessage(), cause);
  }
}

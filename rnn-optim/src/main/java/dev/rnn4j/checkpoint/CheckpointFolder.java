package dev.rnn4j.checkpoint;

import static com.google.common.base.Preconditions.checkState;

import dev.rnn4j.io.AtomicFile;
import dev.rnn4j.io.Folders;
import dev.rnn4j.io.Leftovers;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The files of one training: checkpoints by the number of updates before them. Whoever writes here
 * holds a lock, which the system frees when the process ends, however it ends.
 */
final class CheckpointFolder implements AutoCloseable {
  private static final Pattern NAME = Pattern.compile("checkpoint-(\\d{12})\\.safetensors");
  private static final String LOCK = "checkpoint.lock";

  /** Those of this process: opening the lock of one and closing it again would free it. */
  private static final Set<Path> OWN = ConcurrentHashMap.newKeySet();

  private final Path folder;
  private final Path own;
  private final FileChannel held;
  private final Leftovers leftovers;

  private CheckpointFolder(Path folder, Path own, FileChannel held) {
    this.folder = folder;
    this.own = own;
    this.held = held;
    this.leftovers = Leftovers.in(folder);
  }

  /**
   * Makes a folder this training's own.
   *
   * @throws IOException where it cannot be made or written, or another training has it
   */
  static CheckpointFolder open(Path folder) throws IOException {
    Folders.make(folder);
    AtomicFile.requireWritable(folder.resolve(LOCK));
    Path own = folder.toRealPath();
    if (!OWN.add(own)) {
      throw taken(folder);
    }
    CheckpointFolder opened = null;
    try {
      opened = new CheckpointFolder(folder, own, locked(folder));
      return opened;
    } finally {
      if (opened == null) {
        OWN.remove(own);
      }
    }
  }

  private static FileChannel locked(Path folder) throws IOException {
    Path lock = folder.resolve(LOCK);
    while (true) {
      Object before = key(lock);
      FileChannel channel =
          FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!isLocked(channel)) {
        channel.close();
        throw taken(folder);
      }
      if (Objects.equals(before, key(lock))) {
        return channel;
      }
      channel.close(); // of a file that whoever had it before has deleted meanwhile
    }
  }

  private static IOException taken(Path folder) {
    return new IOException(
        "another training keeps its checkpoints in '"
            + folder
            + "'; wait for its end, or name another folder");
  }

  /** Returns what tells a file from others that had its name, where the system has such a thing. */
  private static Object key(Path file) throws IOException {
    try {
      return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  private static boolean isLocked(FileChannel channel) {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    } catch (IOException e) {
      return true; // a file system without locks
    }
  }

  /** Returns the name of the checkpoint after so many updates. */
  Path file(long updates) {
    return folder.resolve(String.format(Locale.ROOT, "checkpoint-%012d.safetensors", updates));
  }

  /** Returns all checkpoints by the number of updates. */
  SortedMap<Long, Path> files() throws IOException {
    SortedMap<Long, Path> files = new TreeMap<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder)) {
      for (Path file : found) {
        Matcher matcher = NAME.matcher(file.getFileName().toString());
        if (matcher.matches()) {
          files.put(Long.parseLong(matcher.group(1)), file);
        }
      }
    }
    return files;
  }

  /** Deletes all but the last checkpoints, and what killed writers have left. */
  void keep(int count) throws IOException {
    leftovers.remove();
    List<Path> files = new ArrayList<>(files().values());
    for (Path file : files.subList(0, Math.max(0, files.size() - count))) {
      Files.deleteIfExists(file);
    }
  }

  /** Refuses to write once the folder is given back. */
  void requireHeld() {
    checkState(held.isOpen(), "'%s' is closed: open it again to go on", folder);
  }

  /** Gives the folder back, once: afterwards it may be another training's. */
  @Override
  public void close() throws IOException {
    if (!held.isOpen()) {
      return;
    }
    try (held) {
      leftovers.remove();
      Files.deleteIfExists(folder.resolve(LOCK)); // before others can lock it
    } finally {
      OWN.remove(own);
    }
  }
}

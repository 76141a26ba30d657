package dev.rnn4j.checkpoint;

import dev.rnn4j.io.AtomicFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The files of one training: checkpoints by the number of updates before them. Whoever writes here
 * holds a lock, which the system frees when the process ends, however it ends.
 */
final class CheckpointFolder implements AutoCloseable {
  private static final Pattern NAME = Pattern.compile("checkpoint-(\\d{12})\\.safetensors");
  private static final String LOCK = "checkpoint.lock";

  private final Path folder;
  private final FileChannel held;

  private CheckpointFolder(Path folder, FileChannel held) {
    this.folder = folder;
    this.held = held;
  }

  /**
   * Makes a folder this training's own.
   *
   * @throws IOException where it cannot be made or written, or another training has it
   */
  static CheckpointFolder open(Path folder) throws IOException {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new IOException(
          "'" + folder + "' cannot be a folder for checkpoints: " + e.getMessage(), e);
    }
    Path lock = folder.resolve(LOCK);
    AtomicFile.requireWritable(lock);
    FileChannel channel =
        FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (!isLocked(channel)) {
      channel.close();
      throw new IOException(
          "another training keeps its checkpoints in '"
              + folder
              + "'; wait for its end, or name another folder");
    }
    CheckpointFolder opened = new CheckpointFolder(folder, channel);
    opened.deleteAll(".rnn4j-*.tmp"); // what a killed writer has left
    return opened;
  }

  private static boolean isLocked(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    } catch (IOException e) {
      return true; // a file system without locks
    }
  }

  private void deleteAll(String glob) throws IOException {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, glob)) {
      found.forEach(files::add);
    }
    for (Path file : files) {
      Files.deleteIfExists(file);
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

  /** Deletes all but the last checkpoints. */
  void keep(int count) throws IOException {
    List<Path> files = new ArrayList<>(files().values());
    for (Path file : files.subList(0, Math.max(0, files.size() - count))) {
      Files.deleteIfExists(file);
    }
  }

  /** Gives the folder back. */
  @Override
  public void close() throws IOException {
    Files.deleteIfExists(folder.resolve(LOCK));
    held.close();
  }
}

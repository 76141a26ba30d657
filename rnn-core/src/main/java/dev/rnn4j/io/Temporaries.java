package dev.rnn4j.io;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The temporary files of {@link Staged}. A writer holds a lock on its own, which the system frees
 * when the process ends, however it ends: one that nobody holds is abandoned. As a writer has
 * moments without it, between creating and locking and between closing and moving, a file is
 * removed only if it is abandoned before another one is written, and after, and has not changed.
 */
final class Temporaries {
  private static final String PREFIX = ".rnn4j-";

  /** Those of this process: opening one and closing it again would free its lock. */
  private static final Set<Path> OWN = ConcurrentHashMap.newKeySet();

  private Temporaries() {}

  /** An abandoned file as it was. */
  record Abandoned(Path file, long size, FileTime time) {
    static Abandoned of(Path file) throws IOException {
      return new Abandoned(file, Files.size(file), Files.getLastModifiedTime(file));
    }
  }

  /** Returns a new name beside a file. */
  static Path beside(Path file) {
    return file.resolveSibling(prefix(file) + UUID.randomUUID() + ".tmp");
  }

  /** Returns a new name beside a file, for this process until it is given back. */
  static Path take(Path file) {
    Path temporary = beside(file);
    OWN.add(temporary);
    return temporary;
  }

  /** Gives a name back. */
  static void release(Path temporary) {
    OWN.remove(temporary);
  }

  /** Keeps other processes from taking a file for abandoned, for as long as it is open. */
  static void lock(FileChannel channel) {
    try {
      channel.tryLock();
    } catch (IOException | OverlappingFileLockException e) {
      return; // without locks, only a writer of the same file at the same time is a danger
    }
  }

  /** Returns what killed writers of a file have left. */
  static List<Abandoned> abandoned(Path file) {
    return abandoned(file.getParent(), prefix(file) + "*.tmp");
  }

  /** Returns what killed writers of any files in a folder have left. */
  static List<Abandoned> abandonedIn(Path folder) {
    return abandoned(folder.toAbsolutePath(), PREFIX + "*.tmp");
  }

  private static List<Abandoned> abandoned(Path folder, String glob) {
    List<Abandoned> abandoned = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, glob)) {
      for (Path temporary : all) {
        if (isAbandoned(temporary)) {
          abandoned.add(Abandoned.of(temporary));
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      return List.of(); // gone meanwhile, or a folder that cannot be listed, but written to
    }
    return abandoned;
  }

  /** Removes files that are still abandoned. */
  static void clear(List<Abandoned> abandoned) {
    for (Abandoned before : abandoned) {
      try {
        if (isAbandoned(before.file) && Abandoned.of(before.file).equals(before)) {
          before.file.toFile().delete();
        }
      } catch (IOException e) {
        continue; // gone
      }
    }
  }

  private static boolean isAbandoned(Path temporary) {
    if (OWN.contains(temporary)) {
      return false;
    }
    try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      return lock != null;
    } catch (IOException | OverlappingFileLockException e) {
      return false;
    }
  }

  /** Of one length for names of any length, which have limits. */
  private static String prefix(Path file) {
    return String.format(Locale.ROOT, PREFIX + "%08x-", file.getFileName().toString().hashCode());
  }
}

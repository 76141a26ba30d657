package dev.rnn4j.io;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Folders that files are to be written in. */
public final class Folders {
  private Folders() {}

  /**
   * Makes a folder, and those that it lies in, where there are none.
   *
   * @throws IOException where that is impossible, in a sentence that names the folder and the cause
   */
  public static void make(Path folder) throws IOException {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new IOException("the folder '" + folder + "' cannot be made: " + why(folder, e), e);
    }
  }

  private static String why(Path folder, IOException e) {
    Path there = folder.toAbsolutePath();
    while (there.getParent() != null && !Files.exists(there)) {
      there = there.getParent();
    }
    if (!Files.isDirectory(there)) {
      return "'" + there + "' is a file";
    }
    if (!Files.isWritable(there)) {
      return "nothing may be written in the folder '" + there + "'";
    }
    // Without a reason, as in /proc, the message is the name alone.
    return e instanceof FileSystemException refusal && refusal.getReason() == null
        ? "the file system takes no new folders in '" + there + "'"
        : e.getMessage();
  }
}

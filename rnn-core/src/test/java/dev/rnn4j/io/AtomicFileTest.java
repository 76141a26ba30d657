package dev.rnn4j.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
  @TempDir Path folder;

  private static AtomicFile.Content text(String text) {
    return out -> out.write(text.getBytes(StandardCharsets.UTF_8));
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  @Test
  void writesAndReplaces() throws IOException {
    Path file = folder.resolve("a.txt");
    AtomicFile.write(file, text("first"));
    assertEquals("first", Files.readString(file));
    AtomicFile.write(file, text("second"));
    assertEquals("second", Files.readString(file));
    assertEquals(List.of(file), files());
  }

  @Test
  void aFailureLeavesTheOldFileAndNothingElse() throws IOException {
    Path file = folder.resolve("a.txt");
    AtomicFile.write(file, text("first"));
    IOException full = new IOException("No space left on device");
    var error =
        assertThrows(
            IOException.class,
            () ->
                AtomicFile.write(
                    file,
                    out -> {
                      out.write(new byte[100_000]);
                      throw full;
                    }));
    assertEquals(
        "'" + file + "' cannot be written, and is as it was: No space left on device",
        error.getMessage());
    assertSame(full, error.getCause());
    assertThrows(
        IllegalStateException.class,
        () ->
            AtomicFile.write(
                file,
                out -> {
                  throw new IllegalStateException();
                }));
    assertEquals("first", Files.readString(file));
    assertEquals(List.of(file), files());
  }

  @Test
  void anInterruptedThreadStillWrites() throws IOException {
    Path file = folder.resolve("a.txt");
    Thread.currentThread().interrupt();
    AtomicFile.write(file, text("whole"));
    assertTrue(Thread.interrupted());
    assertEquals("whole", Files.readString(file));
  }

  @Test
  void aLinkStaysALink() throws IOException {
    Path file = folder.resolve("a.txt");
    Path link = folder.resolve("link");
    AtomicFile.write(file, text("first"));
    Files.createSymbolicLink(link, file.getFileName());
    AtomicFile.write(link, text("second"));
    assertTrue(Files.isSymbolicLink(link));
    assertEquals("second", Files.readString(file));
  }

  @Test
  void aLinkToNothingYetStaysALink() throws IOException {
    Path inner = folder.resolve("inner");
    Files.createDirectory(inner);
    Path link = folder.resolve("link");
    Path next = folder.resolve("next");
    Files.createSymbolicLink(link, next.getFileName());
    Files.createSymbolicLink(next, Path.of("inner", "a.txt"));
    AtomicFile.write(link, text("first"));
    assertTrue(Files.isSymbolicLink(link));
    assertTrue(Files.isSymbolicLink(next));
    assertEquals("first", Files.readString(inner.resolve("a.txt")));
  }

  @Test
  void aLinkToItselfIsNamed() throws IOException {
    Path link = folder.resolve("link");
    Files.createSymbolicLink(link, link.getFileName());
    assertRefused(link, "'" + link + "' is a link that leads to itself; remove it");
  }

  @Test
  void theModeIsThatOfTheOldFile() throws IOException {
    assumeTrue(folder.getFileSystem().supportedFileAttributeViews().contains("posix"));
    Path file = folder.resolve("a.txt");
    for (String mode : new String[] {"rw-r-----", "rwxrw-rw-", "rw-------"}) {
      AtomicFile.write(file, text("first"));
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
      AtomicFile.write(file, text("second"));
      assertEquals(mode, PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }
  }

  /** Writes some of a file, says so, and waits to be killed. */
  static final class Hanging {
    public static void main(String[] args) throws IOException {
      AtomicFile.write(
          Path.of(args[0]),
          out -> {
            out.write(new byte[100_000]);
            out.flush();
            System.out.println("begun");
            System.in.read();
          });
    }
  }

  private static Process hanging(Path file) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Hanging.class.getName(),
                file.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    assertEquals("begun", process.inputReader().readLine());
    return process;
  }

  @Test
  void whatAKilledWriterLeftGoesWhenTheFileIsWrittenAgain() throws Exception {
    Path file = folder.resolve("a.txt");
    Path other = folder.resolve("b.txt");
    AtomicFile.write(file, text("first"));
    Process writer = hanging(file);
    try {
      assertEquals(2, files().size());
      AtomicFile.write(file, text("second"));
      assertEquals(2, files().size(), "the other writer is at work");
      writer.destroyForcibly().waitFor();
      assertEquals("second", Files.readString(file));
      assertEquals(2, files().size());
      AtomicFile.write(other, text("b"));
      assertEquals(3, files().size(), "of another file");
      AtomicFile.write(file, text("third"));
      assertEquals(Set.of(file, other), Set.copyOf(files()));
    } finally {
      writer.destroyForcibly();
    }
  }

  @Test
  void writersOfOneFileAtATimeLeaveOneFile() throws Exception {
    Path file = folder.resolve("a.txt");
    List<Thread> writers = new ArrayList<>();
    List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
    for (int i = 0; i < 4; i++) {
      Thread writer =
          new Thread(
              () -> {
                try {
                  for (int n = 0; n < 10; n++) {
                    AtomicFile.write(file, text("x".repeat(1000)));
                  }
                } catch (IOException | RuntimeException e) {
                  failures.add(e);
                }
              });
      writer.start();
      writers.add(writer);
    }
    for (Thread writer : writers) {
      writer.join();
    }
    assertEquals(List.of(), failures);
    assertEquals(List.of(file), files());
  }

  @Test
  void targetsThatCannotBeAreNamed() {
    assertRefused(folder, "'" + folder + "' is a folder; name a file inside it");
    Path inside = folder.resolve("none").resolve("a.txt");
    assertRefused(
        inside,
        "'"
            + inside
            + "' cannot be written, for there is no folder '"
            + inside.getParent()
            + "'; create it first");
    Path device = Path.of("/dev/null");
    assumeFalse(Files.notExists(device), "there is no /dev/null here");
    assertRefused(device, "'/dev/null' is not an ordinary file; choose another name");
  }

  @Test
  void aProtectedFileIsNotReplaced() throws IOException {
    Path file = folder.resolve("a.txt");
    AtomicFile.write(file, text("first"));
    assertTrue(file.toFile().setWritable(false));
    assumeFalse(Files.isWritable(file), "this user may write everything");
    assertRefused(file, "'" + file + "' is write-protected; allow writing or choose another name");
    assertEquals("first", Files.readString(file));
  }

  private static void assertRefused(Path file, String message) {
    var error = assertThrows(IOException.class, () -> AtomicFile.write(file, text("")));
    assertEquals(message, error.getMessage());
    var before = assertThrows(IOException.class, () -> AtomicFile.requireWritable(file));
    assertEquals(message, before.getMessage());
  }
}

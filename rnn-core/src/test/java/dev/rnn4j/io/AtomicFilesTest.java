package dev.rnn4j.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFilesTest {
  @TempDir Path folder;
  private Path a;
  private Path b;
  private Path c;

  @BeforeEach
  void oldFiles() throws IOException {
    a = folder.resolve("a");
    b = folder.resolve("b");
    c = folder.resolve("c");
    Files.writeString(a, "old a");
    Files.writeString(b, "old b");
  }

  private static AtomicFile.Content text(String text) {
    return out -> out.write(text.getBytes(StandardCharsets.UTF_8));
  }

  private Map<String, String> content() throws IOException {
    Map<String, String> content = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        content.put(file.getFileName().toString(), Files.readString(file));
      }
    }
    return content;
  }

  @Test
  void allTakeTheirPlacesAtTheEnd() throws IOException {
    try (AtomicFiles files = new AtomicFiles()) {
      files.write(a, text("new a"));
      files.write(c, text("new c"));
      files.delete(b);
      assertEquals("old a", Files.readString(a));
      assertFalse(Files.exists(c));
      files.commit();
    }
    assertEquals(Map.of("a", "new a", "c", "new c"), content());
  }

  @Test
  void withoutTheLastStepAllIsAsItWas() throws IOException {
    try (AtomicFiles files = new AtomicFiles()) {
      files.write(a, text("new a"));
      files.delete(b);
    }
    assertEquals(Map.of("a", "old a", "b", "old b"), content());
  }

  @Test
  void whereOneCannotBeWrittenNoneIs() throws IOException {
    try (AtomicFiles files = new AtomicFiles()) {
      files.write(a, text("new a"));
      String message =
          assertThrows(
                  IOException.class,
                  () ->
                      files.write(
                          b,
                          out -> {
                            throw new IOException("No space left on device");
                          }))
              .getMessage();
      assertEquals(
          "'" + b + "' cannot be written, and is as it was: No space left on device", message);
    }
    assertEquals(Map.of("a", "old a", "b", "old b"), content());
  }

  @Test
  void whereOneCannotTakeItsPlaceTheOthersGoBack() throws IOException {
    Path kept = folder.resolve("kept");
    Files.writeString(kept, "new b");
    try (AtomicFiles files = new AtomicFiles()) {
      files.write(a, text("new a"));
      files.move(kept, b);
      files.write(c, text("new c"));
      files.write(folder.resolve("d"), text("new d"));
      // A folder in the way, which nobody could have seen before.
      Files.createDirectory(folder.resolve("d"));
      assertThrows(IOException.class, files::commit);
    }
    Files.delete(folder.resolve("d"));
    assertEquals(Map.of("a", "old a", "b", "old b", "kept", "new b"), content());
  }

  @Test
  void aFileThatIsThereMoves() throws IOException {
    Path kept = folder.resolve("kept");
    Files.writeString(kept, "new b");
    try (AtomicFiles files = new AtomicFiles()) {
      files.move(kept, b);
    }
    assertTrue(Files.exists(kept));
    try (AtomicFiles files = new AtomicFiles()) {
      files.move(kept, b);
      files.commit();
    }
    assertEquals(Map.of("a", "old a", "b", "new b"), content());
  }

  /** A kill between two moves leaves the second name of an old file: also of one that moved. */
  @Test
  void whatKilledRunsHaveLeftIsCleared() throws IOException {
    Files.createLink(Temporaries.beside(a), a);
    Files.createLink(Temporaries.beside(b), b);
    Path kept = folder.resolve("kept");
    Files.writeString(kept, "new b");
    try (AtomicFiles files = new AtomicFiles()) {
      files.write(a, text("new a"));
      files.move(kept, b);
      files.commit();
    }
    assertEquals(Map.of("a", "new a", "b", "new b"), content());
  }

  @Test
  void linksStayLinks() throws IOException {
    Path link = folder.resolve("link");
    Files.createSymbolicLink(link, a.getFileName());
    try (AtomicFiles files = new AtomicFiles()) {
      files.write(link, text("new a"));
      files.commit();
    }
    assertTrue(Files.isSymbolicLink(link));
    assertEquals("new a", Files.readString(a));
  }

  @Test
  void nothingIsNoSet() {
    assertThrows(IllegalStateException.class, new AtomicFiles()::commit);
  }
}

package dev.rnn4j.examples.snippets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rnn4j.examples.Main;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What README and docs show is so: Java blocks are regions of the snippets, and console blocks are
 * what their commands print. With {@code -Ddocs.rewrite=true} console blocks are written anew, but
 * for those in which something stands for anything.
 */
final class DocumentsTest {
  @TestFactory
  Stream<DynamicTest> javaBlocksAreCompiledSources() {
    List<String> regions = Documents.regions();
    return Documents.blocks("java").stream()
        .map(
            block ->
                DynamicTest.dynamicTest(
                    block.name(),
                    () ->
                        assertTrue(
                            regions.contains(Documents.oneLine(block.text())),
                            () -> "no snippet has this block:\n" + block.text())));
  }

  @TestFactory
  Stream<DynamicTest> consoleBlocksAreWhatCommandsPrint() {
    return Documents.blocks("console").stream()
        .map(block -> DynamicTest.dynamicTest(block.name(), () -> check(block)));
  }

  private static void check(Documents.Block block) throws ReflectiveOperationException {
    String now = Console.rerun(block.text());
    boolean masked = block.text().contains(Console.ANYTHING);
    if (Boolean.getBoolean("docs.rewrite") && !masked) {
      Documents.replace(block, now);
    } else if (!masked || !Console.shows(block.text(), now)) {
      assertEquals(block.text(), now);
    }
  }

  @Test
  void everyRegionIsShown() {
    List<String> hidden = new ArrayList<>(Documents.regions());
    Documents.blocks("java").forEach(block -> hidden.remove(Documents.oneLine(block.text())));
    assertEquals(List.of(), hidden);
  }

  /** Each main of a snippet runs where a console block shows what it prints. */
  @Test
  void everySnippetIsRun() {
    List<Documents.Block> consoles = Documents.blocks("console");
    for (String name : Documents.mains()) {
      assertTrue(
          consoles.stream().anyMatch(block -> block.text().contains("snippets." + name + "\n")),
          name + " is run in no console block");
    }
  }

  @Test
  void readmeNamesEveryScenario() {
    String readme = Documents.readme();
    for (String name : Main.commandLine().getSubcommands().keySet()) {
      assertTrue(readme.contains("| `" + name + "` |"), name + " is not in the README");
    }
  }

  @Test
  void pagesLinkOnlyToFilesThatAreThere() {
    assertFalse(Documents.blocks("java").isEmpty());
    assertEquals(List.of(), Documents.brokenLinks());
  }
}

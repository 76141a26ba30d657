package dev.rnn4j.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * HotSpot inlines up to {@code DesiredMethodLimit} bytes of code into what it compiles. Sums that
 * cross that limit make objects in some JVMs, and in others not; so they stay within it. Tiles that
 * need almost all registers are kept in them in some JVMs, and in others not; so they leave some.
 * Those that are inlined are compiled with whatever calls them; so they are too long for it.
 */
class InliningTest {
  private static final int LIMIT = 8000;

  /** The bytes of a call in the second compiler of JDK 17, as {@code PrintInlining} shows them. */
  private static final int LOAD = 209;

  private static final int STORE = 157;
  private static final int BROADCAST = 67;
  private static final int ARITHMETIC = 405;

  /** About what the code between the calls takes. */
  private static final int METHOD = 120;

  /** The bytes of code up to which what is hot is inlined ({@code FreqInlineSize}). */
  private static final int HOT = 325;

  /** The most of 32 registers that a tile may need. */
  private static final int MOST_REGISTERS = 25;

  private static final String KERNELS = "dev.rnn4j.kernel";
  private static final JavaClasses CLASSES =
      new ClassFileImporter().withImportOption(new DoNotIncludeTests()).importPackages(KERNELS);

  @Test
  void sumsStayWithinWhatTheJitInlines() {
    List<JavaMethod> methods =
        CLASSES.stream()
            .filter(
                type ->
                    type.getSimpleName().matches("Vector(Float|Double)(Reductions|Norms|TileSums)"))
            .flatMap(type -> type.getMethods().stream())
            .toList();
    String tooMuch =
        methods.stream()
            .filter(method -> inlined(method) > LIMIT)
            .map(method -> method.getFullName() + ": " + inlined(method))
            .collect(Collectors.joining("\n"));
    assertEquals("", tooMuch);
    assertTrue(
        methods.stream().mapToInt(InliningTest::inlined).max().orElseThrow() > LIMIT / 2,
        "nothing is counted");
  }

  @Test
  void tilesLeaveRegistersFree() {
    List<JavaMethod> tiles =
        CLASSES.stream()
            .filter(type -> type.getSimpleName().matches("Vector(Float|Double)(Large|Row)?Tiles?"))
            .flatMap(type -> type.getMethods().stream())
            .filter(method -> calls(method, "fma") > 0)
            .toList();
    for (JavaMethod tile : tiles) {
      assertTrue(registers(tile) <= MOST_REGISTERS, tile.getFullName() + ": " + registers(tile));
    }
    assertEquals(
        MOST_REGISTERS, tiles.stream().mapToInt(InliningTest::registers).max().orElseThrow());
  }

  /** Whatever runs in this JVM besides: their loops are compiled for themselves. */
  @ParameterizedTest
  @CsvSource({
    "RowTiles, oneBy3",
    "RowTiles, oneBy4",
    "Tiles, fourBy3",
    "Tiles, fourBy4",
    "LargeTile, run"
  })
  void tilesOfPanelsAreNotInlined(String type, String tile) {
    for (String precision : List.of("Float", "Double")) {
      int bytes = bytes(KERNELS + ".vector.Vector" + precision + type, tile);
      assertTrue(bytes > HOT, precision + type + "." + tile + ": " + bytes);
    }
  }

  /** Returns how long a method's code is, by where its last instruction begins. */
  private static int bytes(String type, String method) {
    StringWriter code = new StringWriter();
    String path = System.getProperty("java.class.path");
    PrintWriter out = new PrintWriter(code);
    ToolProvider.findFirst("javap").orElseThrow().run(out, out, "-c", "-p", "-cp", path, type);
    String[] parts = code.toString().split(" " + method + "\\(", 2);
    String body = parts[1].split("\n\n", 2)[0];
    return Pattern.compile("(?m)^ +(\\d+): ")
        .matcher(body)
        .results()
        .mapToInt(found -> Integer.parseInt(found.group(1)))
        .max()
        .orElseThrow();
  }

  /** Returns those of the sums, each of which is stored, of the vectors of b, and of a number. */
  private static int registers(JavaMethod tile) {
    return calls(tile, "intoArray") + calls(tile, "fromArray") + 1;
  }

  private static int calls(JavaMethod method, String name) {
    return (int)
        method.getMethodCallsFromSelf().stream()
            .filter(call -> call.getName().equals(name))
            .count();
  }

  private static int inlined(JavaMethod method) {
    return METHOD + method.getMethodCallsFromSelf().stream().mapToInt(InliningTest::inlined).sum();
  }

  private static int inlined(JavaMethodCall call) {
    if (call.getTargetOwner().getPackageName().equals("jdk.incubator.vector")) {
      return switch (call.getName()) {
        case "fromArray" -> LOAD;
        case "intoArray" -> STORE;
        case "broadcast", "zero" -> BROADCAST;
        default -> ARITHMETIC;
      };
    }
    boolean mayBeInlined =
        call.getTargetOwner().getPackageName().startsWith(KERNELS)
            && !call.getTargetOwner().isInterface();
    return mayBeInlined
        ? call.getTarget().resolveMember().map(m -> inlined((JavaMethod) m)).orElse(0)
        : 0;
  }
}

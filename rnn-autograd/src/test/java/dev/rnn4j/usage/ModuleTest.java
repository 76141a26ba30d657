package dev.rnn4j.usage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableMap;
import dev.rnn4j.cell.Activation;
import dev.rnn4j.cell.ElmanCell;
import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.graph.Parameters;
import dev.rnn4j.graph.Records;
import dev.rnn4j.graph.Scope;
import dev.rnn4j.layer.Dense;
import dev.rnn4j.layer.Dropout;
import dev.rnn4j.layer.Recurrent;
import dev.rnn4j.layer.Stacked;
import dev.rnn4j.part.Gate;
import dev.rnn4j.pass.Layer;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import java.io.IOException;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records as modules: paths, shared parameters, states, scopes. */
class ModuleTest {
  private static Parameter parameter(String name) {
    return Parameter.of(name, Tensor.zeros(Shape.of(2)));
  }

  private static Dense dense() {
    return Dense.of(2, 2, new Random(1));
  }

  record Model(Recurrent<ElmanCell.State> rnn, List<Dense> heads, Map<String, Parameter> extra) {}

  private static Model model() {
    Map<String, Parameter> extra = new LinkedHashMap<>();
    extra.put("scale", parameter("s"));
    return new Model(
        new Recurrent<>(ElmanCell.of(2, 2, new Random(1))), List.of(dense(), dense()), extra);
  }

  @Test
  void parametersAreNamedByTheirPaths() {
    assertEquals(
        List.of(
            "rnn.cell.gate.weightIh",
            "rnn.cell.gate.weightHh",
            "rnn.cell.gate.bias",
            "heads.0.weight",
            "heads.0.bias",
            "heads.1.weight",
            "heads.1.bias",
            "extra.scale"),
        List.copyOf(Parameters.of(model()).keySet()));
  }

  @Test
  void whatIsNoModuleHasNoParameters() {
    Layer lambda = x -> x;
    assertEquals(Map.of(), Parameters.of(lambda));
    assertEquals(Map.of(), Parameters.of("text"));
    assertEquals(Set.of("alone"), Parameters.of(parameter("alone")).keySet());
  }

  @Test
  void oneParameterMayStandAtTwoPaths() {
    Gate gate = Gate.of(2, 2, new Random(1));
    Stacked model =
        Stacked.of(
            new Recurrent<>(new ElmanCell(gate, Activation.TANH)),
            new Recurrent<>(new ElmanCell(gate, Activation.RELU)));
    Map<String, Parameter> parameters = Parameters.of(model);
    assertEquals(6, parameters.size());
    assertSame(
        parameters.get("layers.0.cell.gate.bias"), parameters.get("layers.1.cell.gate.bias"));
  }

  record Holder(Object part) {}

  private enum Kind {
    FIRST,
    SECOND
  }

  @Test
  void mapsWithAnOrderOfTheirOwnAreWalked() {
    Map<Kind, Parameter> byKind = new EnumMap<>(Kind.class);
    byKind.put(Kind.SECOND, parameter("s"));
    byKind.put(Kind.FIRST, parameter("f"));
    assertEquals(
        List.of("part.FIRST", "part.SECOND"),
        List.copyOf(Parameters.of(new Holder(byKind)).keySet()));
    Map<String, Parameter> sorted = new TreeMap<>(Map.of("b", parameter("b"), "a", parameter("a")));
    assertEquals(
        List.of("part.a", "part.b"), List.copyOf(Parameters.of(new Holder(sorted)).keySet()));
    ImmutableMap<String, Dense> immutable = ImmutableMap.of("z", dense(), "a", dense());
    assertEquals(
        List.of("part.z.weight", "part.z.bias", "part.a.weight", "part.a.bias"),
        List.copyOf(Parameters.of(new Holder(immutable)).keySet()));
    assertEquals(
        Set.of("part.only"), Parameters.of(new Holder(Map.of("only", parameter("p")))).keySet());
  }

  @Test
  void parametersWithoutAnOrderAreRefused() {
    Map<String, Parameter> two = Map.of("a", parameter("a"), "b", parameter("b"));
    for (Map<String, ?> map : List.of(two, new HashMap<>(two), Map.of("a", dense(), "b", 7))) {
      String message =
          assertThrows(IllegalArgumentException.class, () -> Parameters.of(new Holder(map)))
              .getMessage();
      assertTrue(message.startsWith("part holds parameters in a "), message);
      assertTrue(
          message.endsWith(
              ", whose order may be another one in the next run: use an ImmutableMap, a"
                  + " LinkedHashMap, a TreeMap or an EnumMap"),
          message);
    }
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> Parameters.of(new Holder(new LinkedHashSet<>(Set.of(dense())))))
            .getMessage();
    assertEquals(
        "part holds parameters in a LinkedHashSet, where they have no names: use a list", message);
    assertEquals(Map.of(), Parameters.of(new Holder(Map.of("a", 1, "b", "text"))));
    assertEquals(Map.of(), Parameters.of(new Holder(Set.of("a", "b"))));
  }

  @Test
  void parametersThatAGraphReachesAreListed() {
    Parameter first = parameter("first");
    Parameter stopped = parameter("stopped");
    Parameter chosen = Parameter.of("chosen", Tensor.zeros(Shape.of(2)));
    Parameter last = parameter("last");
    parameter("elsewhere").exp();
    Node y = first.times(stopped.stopGradient()).tanh();
    Node z = chosen.select(y, last);
    List<Parameters.Reached> reached = Parameters.reachedFrom(List.of(z.sum()));
    assertEquals(
        List.of(first, last), reached.stream().map(Parameters.Reached::parameter).toList());
    assertEquals("multiply", reached.get(0).label());
    assertEquals("select", reached.get(1).label());
    assertEquals("ModuleTest.java", reached.get(0).line().orElseThrow().getFileName());
    assertEquals(
        List.of(first),
        Parameters.reachedFrom(List.of(first)).stream()
            .map(Parameters.Reached::parameter)
            .toList());
  }

  @Test
  void modulesAreKnownByIdentity() {
    Stacked model = Stacked.of(new Dropout(0.5), new Dropout(0.5), dense());
    try (Scope scope = Scope.enter(model)) {
      for (int i = 0; i < 3; i++) {
        try (Scope inner = Scope.enter(model.layers().get(i))) {
          assertEquals("layers." + i, Scope.path());
        }
      }
      try (Scope other = Scope.enter(new Dropout(0.5))) {
        assertEquals("", Scope.path());
      }
    }
    assertEquals("", Scope.path());
  }

  // ---------------------------------------------------------------- labels

  @Test
  void nodesAreLabelledByTheModuleThatBuildsThem() {
    Model model = model();
    try (Scope scope = Scope.enter(model)) {
      Node sequence = Input.of("x", 3, 1, 2);
      Node last = model.rnn().last().apply(sequence);
      Node y = model.heads().get(1).apply(last);
      assertEquals("heads.1/add", y.family().label());
      assertEquals("heads.1/matmul", y.operand(0).family().label());
      assertEquals("rnn.cell/tanh", last.family().label());
      assertEquals("exp", y.exp().family().label());
      Parameter bias = Parameters.of(model).get("rnn.cell.gate.bias");
      assertEquals("rnn.cell.gate.bias [2]", bias.toString());
    }
    assertEquals("bias [2]", Parameters.of(model).get("rnn.cell.gate.bias").toString());
  }

  @Test
  void aScopeEndsAlsoWhereItFails() {
    assertThrows(
        IllegalStateException.class,
        () -> {
          try (Scope scope = Scope.enter(model())) {
            throw new IllegalStateException();
          }
        });
    assertEquals("exp", Node.zeros(1).exp().family().label());
  }

  // ---------------------------------------------------------------- states

  record Inner(Node a, List<Node> past) {}

  record Outer(Inner inner, Node b) {}

  @Test
  void aStateIsTakenApartAndPutTogether() {
    Node a = Node.zeros(1);
    Node p = Node.zeros(2);
    Node q = Node.zeros(3);
    Node b = Node.zeros(4);
    Outer state = new Outer(new Inner(a, List.of(p, q)), b);
    assertEquals(List.of(a, p, q, b), Records.nodes(state));
    assertEquals(List.of("inner.a", "inner.past.0", "inner.past.1", "b"), Records.nodeNames(state));
    List<Node> others = new ArrayList<>(List.of(b, a, p, q));
    Outer other = Records.withNodes(state, others);
    assertEquals(new Outer(new Inner(b, List.of(a, p)), q), other);
    assertSame(b, Records.withNodes(a, List.of(b)));
    assertEquals(List.of("state"), Records.nodeNames(a));
    assertEquals(List.of(), Records.nodes(List.of()));
  }

  record Picky(Node a) {
    Picky {
      if (a.size(0) > 1) {
        throw new IllegalArgumentException("too large");
      }
    }

    @Override
    public Node a() {
      if (a.size(0) == 0) {
        throw new IllegalStateException("too small");
      }
      return a;
    }
  }

  @Test
  void whatARecordThrowsComesThrough() {
    Picky state = new Picky(Node.zeros(1));
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class, () -> Records.withNodes(state, List.of(Node.zeros(2))));
    assertEquals("too large", e.getMessage());
    Picky empty = new Picky(Node.zeros(0));
    assertEquals(
        "too small",
        assertThrows(IllegalStateException.class, () -> Records.nodes(empty)).getMessage());
  }

  @Test
  void aRecordThatIsNotOpenedSaysWhatToAdd(@TempDir Path folder) throws Exception {
    Object hidden = hiddenRecord(folder);
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> Parameters.of(hidden));
    assertEquals(
        "the record shop.model.Hidden cannot be read; add to module-info.java of shop:"
            + " opens shop.model to dev.rnn4j.autograd;",
        e.getMessage());
  }

  /** Compiles and loads a module that opens nothing, and returns a record of it. */
  private static Object hiddenRecord(Path folder) throws IOException, ReflectiveOperationException {
    Path sources = Files.createDirectories(folder.resolve("source/shop/model"));
    Path module = folder.resolve("source/module-info.java");
    Path record = sources.resolve("Hidden.java");
    Files.writeString(module, "module shop { exports shop.model.api; }");
    Files.writeString(record, "package shop.model; public record Hidden(String name) {}");
    Path face = Files.createDirectories(sources.resolve("api")).resolve("Shop.java");
    Files.writeString(
        face,
        "package shop.model.api; public class Shop {"
            + " public static Object hidden() { return new shop.model.Hidden(\"x\"); } }");
    Path classes = folder.resolve("classes");
    int result =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-d",
                classes.toString(),
                module.toString(),
                record.toString(),
                face.toString());
    assertEquals(0, result, "javac");
    ModuleLayer boot = ModuleLayer.boot();
    Configuration configuration =
        boot.configuration().resolve(ModuleFinder.of(classes), ModuleFinder.of(), Set.of("shop"));
    ClassLoader loader =
        boot.defineModulesWithOneLoader(configuration, ClassLoader.getPlatformClassLoader())
            .findLoader("shop");
    Object made = loader.loadClass("shop.model.api.Shop").getMethod("hidden").invoke(null);
    assertTrue(made.getClass().getModule().isNamed());
    return made;
  }
}

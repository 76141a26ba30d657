package dev.rnn4j.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.rnn4j.cell.Activation;
import dev.rnn4j.cell.Begun;
import dev.rnn4j.cell.Cell;
import dev.rnn4j.cell.ConvolutionCell;
import dev.rnn4j.cell.GruCell;
import dev.rnn4j.cell.ImexLinOssCell;
import dev.rnn4j.cell.Oscillators;
import dev.rnn4j.cell.Step;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.graph.Records;
import dev.rnn4j.part.Gate;
import dev.rnn4j.part.Linear;
import dev.rnn4j.pass.Layer;
import dev.rnn4j.random.Philox;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every part, cell and layer that is given null names its component that it was for. */
class NullTest {
  private static final RandomGenerator RANDOM = new Philox(1);
  private static final GruCell CELL = GruCell.of(2, 2, RANDOM);
  private static final Layer LAYER = Dense.of(2, 2, RANDOM);

  /** What cells and layers are made with; what has a factory of these is made by it. */
  private static final Map<Class<?>, Object> FITTING = new HashMap<>();

  static {
    FITTING.put(int.class, 2);
    FITTING.put(double.class, 0.5);
    FITTING.put(double[].class, new double[] {0.5});
    FITTING.put(RandomGenerator.class, RANDOM);
    FITTING.put(Activation.class, Activation.TANH);
    FITTING.put(Merge.class, Merge.SUM);
    FITTING.put(Cell.class, CELL);
    FITTING.put(Layer.class, LAYER);
    FITTING.put(Layer[].class, new Layer[] {LAYER});
    FITTING.put(RecurrentLayer.class, new Recurrent<>(CELL));
    FITTING.put(List.class, List.of(List.of(CELL)));
    FITTING.put(Oscillators.class, ImexLinOssCell.of(2, 2, 2, RANDOM).oscillators());
    FITTING.put(Embedding.class, Embedding.of(2, 2, RANDOM));
    FITTING.put(PaddedEmbedding.class, Embedding.of(2, 2, RANDOM).padding(0));
  }

  /** What steps and layers return: who reads it names the step, too. */
  private static final Set<Class<?>> RETURNED = Set.of(Begun.class, Step.class, Unrolled.class);

  private static Stream<Class<?>> publicTypes() {
    return new ClassFileImporter()
        .importPackagesOf(Gate.class, Cell.class, Dense.class).stream()
            .<Class<?>>map(JavaClass::reflect)
            .filter(type -> Modifier.isPublic(type.getModifiers()));
  }

  /** Returns all public records that are parts of models, with the place of each reference. */
  static Stream<Arguments> components() {
    return publicTypes()
        .filter(type -> type.isRecord() && !RETURNED.contains(type))
        .filter(type -> !type.getSimpleName().equals("State"))
        .flatMap(
            type ->
                IntStream.range(0, type.getRecordComponents().length)
                    .filter(at -> !type.getRecordComponents()[at].getType().isPrimitive())
                    .mapToObj(at -> Arguments.of(type, at)));
  }

  @ParameterizedTest
  @MethodSource("components")
  void aComponentThatIsNullIsNamed(Class<? extends Record> type, int at) {
    List<Object> given = new ArrayList<>(Records.components((Record) fitting(type)).values());
    given.set(at, null);
    String message =
        assertThrows(NullPointerException.class, () -> Records.create(type, given)).getMessage();
    String name = type.getRecordComponents()[at].getName();
    assertTrue(
        message.matches("(an?|the) [\\w ]+ was given null as its " + name + "( cell| state)?"),
        message);
  }

  @Test
  void allRecordsAreTried() {
    assertTrue(components().count() > 130, () -> components().count() + " components");
  }

  @Test
  void whatIsNullInAListIsNamedByItsPlace() {
    Parameter weight = Linear.of(2, 2, RANDOM).weight();
    Parameter bias = Dense.of(2, 2, RANDOM).bias();
    check(
        "a ConvolutionCell was given null as its weight 1",
        () -> new ConvolutionCell(Arrays.asList(weight, null), bias, 1));
    check(
        "a DeepRecurrent was given null as its layer 1",
        () -> new DeepRecurrent<>(Arrays.asList(List.of(CELL), null)));
    check("a Stacked was given null as its layer 1", () -> Stacked.of(LAYER, null));
  }

  @Test
  void noLayersAreRefused() {
    assertEquals(
        "a Stacked has one layer or more, and none was given",
        assertThrows(IllegalArgumentException.class, Stacked::of).getMessage());
    assertEquals(
        "a DeepRecurrent has one layer or more, and none was given",
        assertThrows(IllegalArgumentException.class, () -> new DeepRecurrent<>(List.of()))
            .getMessage());
  }

  @Test
  void anEmbeddingThatIsNullIsNamed() {
    Embedding none = null;
    check("a TiedDense was given null as its embedding", () -> TiedDense.with(none));
    check("a WordDropout was given null as its embedding", () -> WordDropout.of(none, 0.1));
  }

  private static void check(String message, Executable given) {
    assertEquals(message, assertThrows(NullPointerException.class, given).getMessage());
  }

  /** Returns all factories that draw weights. */
  static Stream<Method> drawn() {
    return publicTypes()
        .flatMap(type -> Arrays.stream(type.getMethods()))
        .filter(method -> Modifier.isStatic(method.getModifiers()))
        .filter(method -> List.of(method.getParameterTypes()).contains(RandomGenerator.class));
  }

  @ParameterizedTest
  @MethodSource("drawn")
  void aGeneratorThatIsNullIsNamed(Method factory) {
    Object[] given =
        Arrays.stream(factory.getParameterTypes())
            .map(type -> type == RandomGenerator.class ? null : fitting(type))
            .toArray();
    check(
        "first values were to be drawn from null: give a generator, such as new Philox(1)",
        () -> invoke(factory, given));
  }

  /** Returns an instance: a given one, or that of a factory, or of parts that are made so. */
  private static Object fitting(Class<?> type) {
    if (FITTING.containsKey(type)) {
      return FITTING.get(type);
    }
    return Arrays.stream(type.getMethods())
        .filter(method -> method.getReturnType() == type)
        .filter(method -> Modifier.isStatic(method.getModifiers()))
        .filter(method -> FITTING.keySet().containsAll(List.of(method.getParameterTypes())))
        .findFirst()
        .map(method -> invoke(method, fitting(method.getParameterTypes())))
        .orElseGet(
            () -> {
              Class<?>[] parts =
                  Arrays.stream(type.getRecordComponents())
                      .map(RecordComponent::getType)
                      .toArray(Class<?>[]::new);
              return Records.create(type.asSubclass(Record.class), List.of(fitting(parts)));
            });
  }

  private static Object[] fitting(Class<?>[] types) {
    return Arrays.stream(types).map(NullTest::fitting).toArray();
  }

  private static Object invoke(Method factory, Object... given) {
    try {
      return factory.invoke(null, given);
    } catch (InvocationTargetException e) {
      throw (RuntimeException) e.getCause();
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }
}

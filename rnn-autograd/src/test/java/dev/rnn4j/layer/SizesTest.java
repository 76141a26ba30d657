package dev.rnn4j.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.rnn4j.cell.Cell;
import dev.rnn4j.cell.GruCell;
import dev.rnn4j.part.Gate;
import dev.rnn4j.pass.Layer;
import dev.rnn4j.tensor.ShapeException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** No part, cell or layer has a size below 1, and the argument that is one is named. */
class SizesTest {
  private static final RandomGenerator RANDOM = new Random(1);
  private static final Map<Class<?>, Object> FITTING =
      Map.of(
          int.class,
          2,
          double.class,
          0.5,
          RandomGenerator.class,
          RANDOM,
          Cell.class,
          GruCell.of(2, 2, RANDOM),
          Layer.class,
          Dense.of(2, 2, RANDOM));

  /** Returns all factories that draw weights, with the place of each size. */
  static Stream<Arguments> sizes() {
    return new ClassFileImporter()
        .importPackagesOf(Gate.class, Cell.class, Dense.class).stream()
            .map(JavaClass::reflect)
            .filter(type -> Modifier.isPublic(type.getModifiers()))
            .flatMap(type -> Arrays.stream(type.getMethods()))
            .filter(method -> Modifier.isStatic(method.getModifiers()))
            .filter(
                method ->
                    List.of(method.getParameterTypes()).contains(RandomGenerator.class)
                        || method.toString().contains("Norm.of(int)"))
            .flatMap(
                method ->
                    IntStream.range(0, method.getParameterCount())
                        .filter(at -> method.getParameterTypes()[at] == int.class)
                        .mapToObj(at -> Arguments.of(method, at)));
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void aSizeBelowOneIsNamed(Method factory, int at) {
    for (int size : new int[] {0, -1}) {
      Parameter[] parameters = factory.getParameters();
      Object[] given =
          Arrays.stream(parameters).map(parameter -> FITTING.get(parameter.getType())).toArray();
      given[at] = size;
      Throwable refused =
          assertThrows(InvocationTargetException.class, () -> factory.invoke(null, given))
              .getCause();
      assertEquals(
          parameters[at].getName() + " is " + size + ", and must be 1 or more",
          refused.getMessage());
      assertEquals(ShapeException.class, refused.getClass());
    }
  }

  @Test
  void allFactoriesAreTried() {
    assertTrue(sizes().count() > 70, () -> sizes().count() + " sizes");
  }

  @Test
  void aPaddingIndexIsOneOfTheTable() {
    Embedding ten = Embedding.of(10, 2, RANDOM);
    for (int index : new int[] {-1, 10}) {
      assertEquals(
          "the padding index is " + index + ", and the embedding has the indices 0 to 9",
          assertThrows(IllegalArgumentException.class, () -> ten.padding(index)).getMessage());
    }
    assertEquals(9, ten.padding(9).padding());
  }
}

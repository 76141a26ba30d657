package dev.rnn4j.examples.bench;

import java.util.Arrays;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads the value of an option that takes one of a few constants, by what they print as.
 *
 * @param <E> the values
 */
abstract class Choice<E extends Enum<E>> implements ITypeConverter<E> {
  private final E[] values;

  Choice(E[] values) {
    this.values = values;
  }

  @Override
  public E convert(String text) {
    return Arrays.stream(values)
        .filter(value -> value.toString().equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "there is no '"
                        + text
                        + "'; there are "
                        + Arrays.stream(values)
                            .map(E::toString)
                            .collect(Collectors.joining(", "))));
  }
}

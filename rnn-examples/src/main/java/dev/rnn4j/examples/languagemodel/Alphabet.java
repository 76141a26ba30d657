package dev.rnn4j.examples.languagemodel;

import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The characters of a text, or its words and what stands between them, as numbers.
 *
 * @param symbols each once, in the order of their characters
 */
record Alphabet(List<String> symbols) {
  private static final Pattern WORDS = Pattern.compile("\\w+|\\s|[^\\w\\s]");
  private static final Pattern CHARACTERS = Pattern.compile(".", Pattern.DOTALL);

  static List<String> split(String text, boolean words) {
    return (words ? WORDS : CHARACTERS)
        .matcher(text)
        .results()
        .map(found -> found.group())
        .toList();
  }

  static Alphabet of(List<String> text) {
    return new Alphabet(new ArrayList<>(new TreeSet<>(text)));
  }

  /** Returns the numbers of symbols, {@code [T]}. */
  Tensor encode(List<String> text) {
    Map<String, Integer> numbers = new HashMap<>();
    symbols.forEach(symbol -> numbers.put(symbol, numbers.size()));
    float[] values = new float[text.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = numbers.get(text.get(i));
    }
    return Tensor.of(Shape.of(values.length), values);
  }
}

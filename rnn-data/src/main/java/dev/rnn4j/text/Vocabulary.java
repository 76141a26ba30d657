package dev.rnn4j.text;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.rnn4j.batch.Sequence;
import dev.rnn4j.table.DataException;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The symbols of texts, characters or words, and their numbers from 0. It is saved with the model,
 * as a text of its metadata.
 *
 * <pre>{@code
 * Vocabulary vocabulary = Vocabulary.ofCharacters(text);
 * ParallelStreams streams = ParallelStreams.following(vocabulary.encode(text), 32);
 * ModelFile.save(model, weights, file, vocabulary.metadata());
 * …
 * Vocabulary same = Vocabulary.of(Safetensors.load(file).metadata());
 * }</pre>
 */
public final class Vocabulary {
  private static final String SYMBOLS = "vocabulary";
  private static final String UNIT = "vocabulary/unit";
  private static final String UNKNOWN = "vocabulary/unknown";

  /** What a text is cut into. */
  private enum Unit {
    CHARACTERS(Pattern.compile(".", Pattern.DOTALL)),
    WORDS(Pattern.compile("\\w+|\\s|[^\\w\\s]", Pattern.UNICODE_CHARACTER_CLASS));

    private final Pattern pattern;

    Unit(Pattern pattern) {
      this.pattern = pattern;
    }

    List<String> cut(String text) {
      return pattern.matcher(text).results().map(MatchResult::group).toList();
    }
  }

  private final Unit unit;
  private final ImmutableList<String> symbols;
  private final ImmutableMap<String, Integer> numbers;

  /** Whether the last number stands for all other symbols. */
  private final boolean unknown;

  private Vocabulary(Unit unit, List<String> symbols, boolean unknown) {
    if (symbols.isEmpty() && !unknown) {
      throw new DataException("the text has no symbols; a vocabulary needs at least one");
    }
    this.unit = unit;
    this.symbols = ImmutableList.copyOf(symbols);
    this.unknown = unknown;
    ImmutableMap.Builder<String, Integer> places = ImmutableMap.builder();
    for (int i = 0; i < symbols.size(); i++) {
      places.put(symbols.get(i), i);
    }
    this.numbers = places.buildOrThrow();
  }

  /** Takes the characters of texts, in the order of Unicode. A pair of surrogates is one. */
  public static Vocabulary ofCharacters(String... texts) {
    return ofCharacters(Stream.of(texts));
  }

  /** Takes the characters of texts that need not fit into memory together: lines, for example. */
  public static Vocabulary ofCharacters(Stream<String> texts) {
    return all(Unit.CHARACTERS, texts);
  }

  /** Takes the words of texts, and what stands between them: blanks and signs, one by one. */
  public static Vocabulary ofWords(String... texts) {
    return ofWords(Stream.of(texts));
  }

  /** Takes the words of texts that need not fit into memory together: lines, for example. */
  public static Vocabulary ofWords(Stream<String> texts) {
    return all(Unit.WORDS, texts);
  }

  private static Vocabulary all(Unit unit, Stream<String> texts) {
    TreeSet<String> all = new TreeSet<>();
    texts.forEach(text -> all.addAll(unit.cut(text)));
    return new Vocabulary(unit, List.copyOf(all), false);
  }

  /**
   * Takes the most frequent words of texts, the most frequent one first; a last number stands for
   * all others.
   *
   * @param most how many, without that number
   */
  public static Vocabulary ofFrequentWords(int most, Stream<String> texts) {
    checkArgument(most > 0, "a vocabulary of %s words cannot be", most);
    Map<String, Integer> counts = new HashMap<>();
    texts.forEach(
        text -> Unit.WORDS.cut(text).forEach(word -> counts.merge(word, 1, Integer::sum)));
    List<String> words =
        counts.entrySet().stream()
            .sorted(
                Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                    .thenComparing(Map.Entry.comparingByKey()))
            .limit(most)
            .map(Map.Entry::getKey)
            .toList();
    return new Vocabulary(Unit.WORDS, words, true);
  }

  /**
   * Returns the vocabulary that was saved with a model.
   *
   * @throws DataException where there is none
   */
  public static Vocabulary of(Map<String, String> metadata) {
    String saved = metadata.get(SYMBOLS);
    String unit = metadata.get(UNIT);
    if (saved == null || !"characters".equals(unit) && !"words".equals(unit)) {
      throw new DataException(
          "the model was saved without a vocabulary: its metadata are " + metadata.keySet());
    }
    return new Vocabulary(
        unit.equals("words") ? Unit.WORDS : Unit.CHARACTERS,
        parse(saved),
        metadata.containsKey(UNKNOWN));
  }

  /** Reads symbols behind their lengths, {@code 1:a3:the}, for a symbol may have any character. */
  private static List<String> parse(String saved) {
    List<String> symbols = new ArrayList<>();
    int at = 0;
    try {
      while (at < saved.length()) {
        int colon = saved.indexOf(':', at);
        int end = colon + 1 + Integer.parseInt(saved.substring(at, colon));
        symbols.add(saved.substring(colon + 1, end));
        at = end;
      }
    } catch (NumberFormatException | StringIndexOutOfBoundsException e) {
      throw new DataException("the vocabulary of the model is damaged at character " + at);
    }
    return symbols;
  }

  /** Returns the texts to save with a model. */
  public Map<String, String> metadata() {
    ImmutableMap.Builder<String, String> metadata = ImmutableMap.builder();
    StringBuilder all = new StringBuilder();
    symbols.forEach(symbol -> all.append(symbol.length()).append(':').append(symbol));
    metadata.put(SYMBOLS, all.toString());
    metadata.put(UNIT, unit == Unit.WORDS ? "words" : "characters");
    if (unknown) {
      metadata.put(UNKNOWN, "the last number");
    }
    return metadata.buildOrThrow();
  }

  /** Returns how many numbers there are: V of an embedding. */
  public int size() {
    return symbols.size() + (unknown ? 1 : 0);
  }

  /** Returns the symbols in the order of their numbers, without one for all others. */
  public List<String> symbols() {
    return symbols;
  }

  /** Returns a text as its symbols. */
  public List<String> cut(String text) {
    return unit.cut(text);
  }

  /**
   * Returns the number of a symbol.
   *
   * @throws DataException where it has none
   */
  public int number(String symbol) {
    Integer number = numbers.get(symbol);
    if (number != null) {
      return number;
    }
    if (!unknown) {
      throw new DataException(
          "'"
              + symbol
              + "' is not in the vocabulary of "
              + symbols.size()
              + " symbols; make it of all texts, or of frequent words, with a number for others");
    }
    return symbols.size();
  }

  /**
   * Returns the symbol of a number; "\uFFFD" for that of all others.
   *
   * @throws DataException where there is no such number
   */
  public String symbol(int number) {
    if (number < 0 || number >= size()) {
      throw new DataException("there is no symbol " + number + "; they are 0 to " + (size() - 1));
    }
    return number < symbols.size() ? symbols.get(number) : "\uFFFD";
  }

  /**
   * Returns the numbers of a text, {@code [T]}.
   *
   * @throws DataException for a symbol that has none
   */
  public Tensor encode(String text) {
    List<String> all = unit.cut(text);
    float[] values = new float[all.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = number(all.get(i));
    }
    return Tensor.of(Shape.of(values.length), values);
  }

  /** Returns the text of numbers, {@code [T]}. */
  public String decode(Tensor text) {
    StringBuilder decoded = new StringBuilder();
    for (int i = 0; i < text.shape().elements(); i++) {
      decoded.append(symbol((int) text.at(i)));
    }
    return decoded.toString();
  }

  /**
   * Returns the text as a sequence whose steps are to say the next symbol: y_t = x_t+1.
   *
   * @throws DataException where the text has less than two symbols, or one without a number
   */
  public Sequence following(String text) {
    Tensor all = encode(text);
    int steps = all.shape().size(0) - 1;
    if (steps < 1) {
      throw new DataException(
          "the text '" + text + "' has no symbol that follows another; leave it out");
    }
    float[] x = new float[steps];
    float[] y = new float[steps];
    for (int t = 0; t < steps; t++) {
      x[t] = (float) all.at(t);
      y[t] = (float) all.at(t + 1);
    }
    return Sequence.perStep(Tensor.of(Shape.of(steps), x), Tensor.of(Shape.of(steps), y));
  }
}

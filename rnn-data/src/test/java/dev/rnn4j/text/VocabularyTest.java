package dev.rnn4j.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.rnn4j.batch.Sequence;
import dev.rnn4j.table.DataException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class VocabularyTest {
  private static void comesBack(Vocabulary vocabulary, String text) {
    Vocabulary loaded = Vocabulary.of(vocabulary.metadata());
    assertEquals(vocabulary.symbols(), loaded.symbols());
    assertEquals(vocabulary.size(), loaded.size());
    assertEquals(text, loaded.decode(vocabulary.encode(text)));
  }

  @Test
  void charactersAndWordsComeBackFromTheirNumbersAndFromMetadata() {
    String text = "3:a\u0000b: día 😀, \uFFFF\n tab\t";
    comesBack(Vocabulary.ofCharacters(text), text);
    comesBack(Vocabulary.ofWords(text), text);
    assertEquals(
        List.of(" ", ",", "día", "el", "fue"), Vocabulary.ofWords("el día, fue").symbols());
    assertEquals(1, Vocabulary.ofCharacters("😀😀").size());
  }

  @Test
  void frequentWordsHaveNumbersAndOthersShareOne() {
    Vocabulary vocabulary = Vocabulary.ofFrequentWords(2, Stream.of("b,a,b", "c,a,,"));
    assertEquals(List.of(",", "a"), vocabulary.symbols());
    assertEquals(3, vocabulary.size());
    assertEquals(2, vocabulary.number("b"));
    assertEquals("a,\uFFFD", vocabulary.decode(vocabulary.encode("a,zoo")));
    comesBack(vocabulary, "a,a");
  }

  @Test
  void eachStepSaysTheNextSymbol() {
    Sequence sequence = Vocabulary.ofCharacters("abc").following("cab");
    assertEquals(List.of(2.0, 0.0), List.of(sequence.x().at(0), sequence.x().at(1)));
    assertEquals(List.of(0.0, 1.0), List.of(sequence.y().at(0), sequence.y().at(1)));
    assertThrows(DataException.class, () -> Vocabulary.ofCharacters("a").following("a"));
  }

  @Test
  void whatIsNotThereIsSaid() {
    Vocabulary vocabulary = Vocabulary.ofCharacters("ab");
    assertEquals(
        "'c' is not in the vocabulary of 2 symbols; make it of all texts, or of frequent words,"
            + " with a number for others",
        assertThrows(DataException.class, () -> vocabulary.encode("abc")).getMessage());
    assertThrows(DataException.class, () -> vocabulary.symbol(2));
    assertThrows(DataException.class, () -> Vocabulary.ofCharacters(""));
    assertThrows(DataException.class, () -> Vocabulary.of(Map.of()));
    assertThrows(
        DataException.class,
        () -> Vocabulary.of(Map.of("vocabulary", "9:a", "vocabulary/unit", "words")));
  }
}

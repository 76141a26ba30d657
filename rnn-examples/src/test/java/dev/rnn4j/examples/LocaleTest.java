package dev.rnn4j.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.rnn4j.examples.CommandLineFixture.Result;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers, letters and messages where they could be others. */
class LocaleTest {
  private static final Locale BEFORE = Locale.getDefault();

  @TempDir static Path folder;

  private static String table;
  private static List<String> english;

  @BeforeAll
  static void runInEnglish() throws IOException {
    table = SalesTable.in(folder);
    english = run(Locale.ENGLISH);
  }

  @AfterEach
  void restore() {
    Locale.setDefault(BEFORE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tr-TR", "ar-EG-u-nu-arab", "fa-IR", "th-TH-u-nu-thai", "de-DE", "hi-IN"})
  void everythingIsTheSame(String tag) {
    assertEquals(english, run(Locale.forLanguageTag(tag)));
  }

  private static List<String> run(Locale locale) {
    Locale.setDefault(locale);
    return Stream.of(
            "list",
            "forecast --epochs 1 --hidden 2 " + table + " --out " + folder.resolve("out"),
            "forecast --window 100000",
            "forecast --window x",
            "forecast --horizon 0",
            "weather --epochs 1 --windows 3",
            "classifier --epochs 2 --precision FLOAT32",
            "stacked-sequence --epochs 2",
            "cat-fish --rates 1",
            "CAT-FISH")
        .map(CommandLineFixture::run)
        .map(LocaleTest::text)
        .toList();
  }

  private static String text(Result result) {
    return result.code() + result.out() + result.err();
  }
}

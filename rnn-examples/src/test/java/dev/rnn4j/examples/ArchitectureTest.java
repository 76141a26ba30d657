package dev.rnn4j.examples;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.rnn4j.examples.cli.Streams;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What no class of any module may do: say something that depends on where it runs. */
@AnalyzeClasses(packages = "dev.rnn4j", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final Set<String> FORMAT = Set.of("format", "printf");

  /** Methods that ask the default locale, unless a locale is among their parameters. */
  private static final Map<String, Set<String>> LOCAL =
      Map.ofEntries(
          Map.entry(
              "java.lang.String", Set.of("format", "formatted", "toLowerCase", "toUpperCase")),
          Map.entry("java.io.PrintStream", FORMAT),
          Map.entry("java.io.PrintWriter", FORMAT),
          Map.entry("java.io.Console", FORMAT),
          Map.entry("java.util.Formatter", Set.of("<init>")),
          Map.entry("java.util.Scanner", Set.of("<init>")),
          Map.entry("java.util.Locale", Set.of("getDefault")),
          Map.entry("java.util.Calendar", Set.of("getInstance")),
          Map.entry(
              "java.time.format.DateTimeFormatter",
              Set.of("ofPattern", "ofLocalizedDate", "ofLocalizedTime", "ofLocalizedDateTime")),
          Map.entry("java.time.format.DateTimeFormatterBuilder", Set.of("toFormatter")),
          Map.entry("java.text.SimpleDateFormat", Set.of("<init>")),
          Map.entry("java.text.DecimalFormat", Set.of("<init>")),
          Map.entry("java.text.DecimalFormatSymbols", Set.of("<init>", "getInstance")),
          Map.entry("java.text.MessageFormat", Set.of("<init>", "format")),
          Map.entry(
              "java.text.NumberFormat",
              Set.of(
                  "getInstance",
                  "getNumberInstance",
                  "getIntegerInstance",
                  "getPercentInstance",
                  "getCompactNumberInstance")),
          Map.entry(
              "java.text.DateFormat",
              Set.of("getInstance", "getDateInstance", "getTimeInstance", "getDateTimeInstance")));

  /** Methods that ask the default encoding, unless one is among their parameters. */
  private static final Map<String, Set<String>> ENCODED =
      Map.of(
          "java.lang.String", Set.of("getBytes"),
          "java.nio.charset.Charset", Set.of("defaultCharset"),
          "java.io.FileReader", Set.of("<init>"),
          "java.io.FileWriter", Set.of("<init>"),
          "java.io.InputStreamReader", Set.of("<init>"),
          "java.io.OutputStreamWriter", Set.of("<init>"),
          "java.io.PrintStream", Set.of("<init>"));

  /** Methods that ask the default time zone, or the clock on the wall. */
  private static final Map<String, Set<String>> ZONED =
      Map.of(
          "java.time.ZoneId", Set.of("systemDefault"),
          "java.util.TimeZone", Set.of("getDefault"),
          "java.time.LocalDate", Set.of("now"),
          "java.time.LocalDateTime", Set.of("now"),
          "java.time.ZonedDateTime", Set.of("now"),
          "java.time.OffsetDateTime", Set.of("now"));

  @ArchTest
  static final ArchRule everyMessageIsTheSameInEveryLocale =
      noClasses().should().callCodeUnitWhere(anyOf(LOCAL, Locale.class));

  @ArchTest
  static final ArchRule everyFileIsTheSameInEveryEncoding =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName(Streams.class.getName())
          .should()
          .callCodeUnitWhere(anyOf(ENCODED, Charset.class, CharsetDecoder.class));

  @ArchTest
  static final ArchRule nothingDependsOnTheTimeZone =
      noClasses().should().callCodeUnitWhere(anyOf(ZONED, Clock.class));

  /** The rooms of the largest scenario build on each other, and none on what puts them together. */
  @ArchTest
  static final ArchRule roomsOfTheForecastHaveNoCycles =
      slices().matching("dev.rnn4j.examples.forecast.(*)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule roomsOfTheForecastKnowNoCommand =
      noClasses()
          .that()
          .resideInAPackage("dev.rnn4j.examples.forecast.*")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.rnn4j.examples.forecast");

  private static DescribedPredicate<JavaCall<?>> anyOf(
      Map<String, Set<String>> methods, Class<?>... unless) {
    return describe(
        "what is the default depends on the computer: give a " + unless[0].getSimpleName(),
        call ->
            methods.getOrDefault(call.getTargetOwner().getName(), Set.of()).contains(call.getName())
                && Arrays.stream(unless)
                    .noneMatch(
                        type ->
                            names(call.getTarget().getRawParameterTypes())
                                .contains(type.getName())));
  }

  private static List<String> names(List<JavaClass> classes) {
    return classes.stream().map(JavaClass::getName).toList();
  }
}

package dev.rnn4j;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Which package of this module may know which. */
@AnalyzeClasses(packages = "dev.rnn4j", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String TENSOR = "dev.rnn4j.tensor";
  private static final String RANDOM = "dev.rnn4j.random";
  private static final String INIT = "dev.rnn4j.init";
  private static final String IO = "dev.rnn4j.io";

  @ArchTest static final ArchRule tensorKnowsNothing = onlyKnows(TENSOR);

  @ArchTest static final ArchRule randomKnowsTensor = onlyKnows(RANDOM, TENSOR);

  @ArchTest static final ArchRule initKnowsTensorAndRandom = onlyKnows(INIT, TENSOR, RANDOM);

  @ArchTest
  static final ArchRule ioKnowsTensor =
      onlyKnows(IO, TENSOR, "com.google.common..", "com.fasterxml.jackson.core..");

  @ArchTest
  static final ArchRule nothingGoesRound =
      slices().matching("dev.rnn4j.(*)..").should().beFreeOfCycles();

  /** A package may use itself, the JDK, and those named after it. */
  private static ArchRule onlyKnows(String owner, String... others) {
    String[] known = new String[others.length + 2];
    known[0] = owner;
    known[1] = "java..";
    System.arraycopy(others, 0, known, 2, others.length);
    return classes()
        .that()
        .resideInAPackage(owner)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(known);
  }
}

package dev.rnn4j.forecast;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "dev.rnn4j.forecast",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule roomsPointOneWay =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("task")
          .definedBy("dev.rnn4j.forecast.internal.task")
          .layer("prepare")
          .definedBy("dev.rnn4j.forecast.internal.prepare")
          .layer("quantile")
          .definedBy("dev.rnn4j.forecast.internal.quantile")
          .layer("network")
          .definedBy("dev.rnn4j.forecast.internal.network")
          .layer("model")
          .definedBy("dev.rnn4j.forecast.internal.model")
          .whereLayer("task")
          .mayNotAccessAnyLayer()
          .whereLayer("prepare")
          .mayOnlyAccessLayers("task")
          .whereLayer("quantile")
          .mayOnlyAccessLayers("task")
          .whereLayer("network")
          .mayOnlyAccessLayers("task", "prepare", "quantile")
          .whereLayer("model")
          .mayNotBeAccessedByAnyLayer();

  @ArchTest
  static final ArchRule theInsideKnowsNotTheFace =
      noClasses()
          .that()
          .resideInAPackage("dev.rnn4j.forecast.internal..")
          .should()
          .dependOnClassesThat(
              resideInAPackage("dev.rnn4j.forecast").and(not(type(Outlook.class))));

  @ArchTest
  static final ArchRule noOtherLibraries =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("dev.rnn4j..", "java..", "com.google.common..");

  @ArchTest static final ArchRule nothingIsPrinted = NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
}

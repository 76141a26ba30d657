package dev.rnn4j.data;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.rnn4j", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule packagesPointOneWay =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("table")
          .definedBy("dev.rnn4j.table")
          .layer("csv")
          .definedBy("dev.rnn4j.csv")
          .layer("scale")
          .definedBy("dev.rnn4j.scale")
          .layer("split")
          .definedBy("dev.rnn4j.split")
          .layer("text")
          .definedBy("dev.rnn4j.text")
          .layer("batch")
          .definedBy("dev.rnn4j.batch")
          .layer("window")
          .definedBy("dev.rnn4j.window")
          .whereLayer("csv")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("scale")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("split")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("window")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("batch")
          .mayOnlyBeAccessedByLayers("window", "text")
          .whereLayer("text")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("table")
          .mayNotAccessAnyLayer();

  @ArchTest
  static final ArchRule noCycles = slices().matching("dev.rnn4j.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule nothingIsPrinted =
      noClasses().should().accessClassesThat().areAssignableTo(java.io.PrintStream.class);
}

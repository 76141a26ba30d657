package dev.rnn4j.kernel;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.rnn4j", importOptions = DoNotIncludeTests.class)
class KernelArchitectureTest {
  @ArchTest
  static final ArchRule ONLY_ONE_PACKAGE_KNOWS_THE_VECTOR_API =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.rnn4j.kernel.vector")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("jdk.incubator.vector");

  @ArchTest
  static final ArchRule NOBODY_DEPENDS_ON_THE_VECTOR_KERNELS =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.rnn4j.kernel.vector")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.rnn4j.kernel.vector");

  @ArchTest
  static final ArchRule KERNELS_KNOW_NOTHING_ELSE =
      noClasses()
          .that()
          .resideInAPackage("dev.rnn4j.kernel..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.rnn4j.tensor..", "dev.rnn4j.random..", "dev.rnn4j.init..", "dev.rnn4j.io..");
}

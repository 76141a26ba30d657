package dev.rnn4j.onnx;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.rnn4j.onnx", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule roomsPointOneWay =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("face")
          .definedBy("dev.rnn4j.onnx")
          .layer("operator")
          .definedBy("dev.rnn4j.onnx.internal.operator")
          .layer("recurrent")
          .definedBy("dev.rnn4j.onnx.internal.recurrent")
          .layer("op")
          .definedBy("dev.rnn4j.onnx.internal.op")
          .layer("file")
          .definedBy("dev.rnn4j.onnx.internal.file")
          .whereLayer("face")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("operator")
          .mayOnlyBeAccessedByLayers("face")
          .whereLayer("recurrent")
          .mayOnlyBeAccessedByLayers("operator")
          .whereLayer("op")
          .mayOnlyBeAccessedByLayers("operator")
          .whereLayer("file")
          .mayOnlyBeAccessedByLayers("face", "operator");

  @ArchTest
  static final ArchRule onlyTheFileKnowsProtobuf =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.rnn4j.onnx.internal.file")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("ai.onnx..", "com.google.protobuf..");

  @ArchTest
  static final ArchRule noOtherLibraries =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "dev.rnn4j..", "java..", "com.google.common..", "com.google.protobuf..", "ai.onnx..");

  /** Their bits may be others once the JIT has replaced them. */
  @ArchTest
  static final ArchRule bitsAreThoseOfStrictMath =
      noClasses()
          .should()
          .accessTargetWhere(
              target(owner(type(Math.class)))
                  .and(
                      target(
                          nameMatching(
                              "sin|cos|tan|asin|acos|atan|atan2|sinh|cosh|tanh|exp|expm1|log|log10"
                                  + "|log1p|pow|cbrt"))));

  @ArchTest static final ArchRule silent = NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
}

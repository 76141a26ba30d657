package dev.rnn4j;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Op;

/** Which package may know which, and what none may do. */
@AnalyzeClasses(
    packages = {
      "dev.rnn4j.cell",
      "dev.rnn4j.contract",
      "dev.rnn4j.grad",
      "dev.rnn4j.graph",
      "dev.rnn4j.layer",
      "dev.rnn4j.loss",
      "dev.rnn4j.part",
      "dev.rnn4j.pass",
      "dev.rnn4j.plan",
      "dev.rnn4j.torch"
    },
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule packagesPointOneWay =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("graph")
          .definedBy("dev.rnn4j.graph", "dev.rnn4j.graph.op")
          .layer("grad")
          .definedBy("dev.rnn4j.grad")
          .layer("plan")
          .definedBy("dev.rnn4j.plan..")
          .layer("pass")
          .definedBy("dev.rnn4j.pass")
          .layer("part")
          .definedBy("dev.rnn4j.part")
          .layer("cell")
          .definedBy("dev.rnn4j.cell")
          .layer("layer")
          .definedBy("dev.rnn4j.layer")
          .layer("loss")
          .definedBy("dev.rnn4j.loss")
          .layer("torch")
          .definedBy("dev.rnn4j.torch")
          .layer("contract")
          .definedBy("dev.rnn4j.contract")
          .whereLayer("graph")
          .mayNotAccessAnyLayer()
          .whereLayer("grad")
          .mayOnlyAccessLayers("graph")
          .whereLayer("plan")
          .mayOnlyAccessLayers("graph")
          .whereLayer("pass")
          .mayOnlyAccessLayers("graph")
          .whereLayer("part")
          .mayOnlyAccessLayers("pass", "graph")
          .whereLayer("cell")
          .mayOnlyAccessLayers("part", "pass", "graph")
          .whereLayer("layer")
          .mayOnlyAccessLayers("cell", "part", "pass", "graph")
          .whereLayer("loss")
          .mayOnlyAccessLayers("layer", "cell", "pass", "graph")
          .whereLayer("torch")
          .mayOnlyAccessLayers("layer", "cell", "part", "pass", "graph")
          .whereLayer("contract")
          .mayNotBeAccessedByAnyLayer();

  @ArchTest
  static final ArchRule noCycles = slices().matching("dev.rnn4j.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule noCyclesWithinTheCompiler =
      slices().matching("dev.rnn4j.plan.internal.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule onlyPlansKnowTheirInside =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.rnn4j.plan..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.rnn4j.plan.internal..");

  @ArchTest
  static final ArchRule theInsideKnowsNotTheFace =
      noClasses()
          .that()
          .resideInAPackage("dev.rnn4j.plan.internal..")
          .should()
          .dependOnClassesThat(resideInAPackage("dev.rnn4j.plan").and(not(simpleName("Pass"))));

  @ArchTest
  static final ArchRule roomsOfTheCompilerPointOneWay =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("plan")
          .definedBy("dev.rnn4j.plan")
          .layer("compiler")
          .definedBy("dev.rnn4j.plan.internal")
          .layer("lines")
          .definedBy("dev.rnn4j.plan.internal.lines")
          .layer("lowering")
          .definedBy("dev.rnn4j.plan.internal.lowering")
          .layer("passes")
          .definedBy("dev.rnn4j.plan.internal.passes")
          .layer("check")
          .definedBy("dev.rnn4j.plan.internal.check")
          .layer("program")
          .definedBy("dev.rnn4j.plan.internal.program")
          .layer("run")
          .definedBy("dev.rnn4j.plan.internal.run")
          .whereLayer("compiler")
          .mayOnlyBeAccessedByLayers("plan")
          .whereLayer("lines")
          .mayOnlyBeAccessedByLayers("lowering", "compiler")
          .whereLayer("lowering")
          .mayOnlyBeAccessedByLayers("compiler")
          .whereLayer("passes")
          .mayOnlyBeAccessedByLayers("compiler")
          .whereLayer("check")
          .mayOnlyBeAccessedByLayers("passes", "compiler", "plan")
          .whereLayer("program")
          .mayOnlyBeAccessedByLayers("check", "lowering", "passes", "compiler", "run", "plan")
          .whereLayer("run")
          .mayOnlyBeAccessedByLayers("plan")
          .ignoreDependency(alwaysTrue(), simpleName("Pass"));

  @ArchTest
  static final ArchRule onlyPlansRunKernels =
      noClasses()
          .that()
          .resideOutsideOfPackages("dev.rnn4j.plan..")
          .and()
          .doNotHaveSimpleName("PointwiseOp")
          .and()
          .areNotAssignableTo("dev.rnn4j.graph.op.PointwiseOp")
          .should()
          .dependOnClassesThat(
              resideInAPackage("dev.rnn4j.kernel..")
                  .and(not(simpleName("Trigonometry")))); // a function of one number

  @ArchTest
  static final ArchRule opsAreInOnePackage =
      classes()
          .that()
          .areAssignableTo(Op.class)
          .and()
          .areNotAssignableFrom(Op.class)
          .should()
          .resideInAPackage("dev.rnn4j.graph.op");

  @ArchTest
  static final ArchRule opsHoldNoStateThatChanges =
      fields().that().areDeclaredInClassesThat().areAssignableTo(Op.class).should().beFinal();

  @ArchTest
  static final ArchRule nodesAreImmutable =
      fields().that().areDeclaredInClassesThat().areAssignableTo(Node.class).should().beFinal();

  @ArchTest
  static final ArchRule reflectionIsInOneClass =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName("dev.rnn4j.graph.Records")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("java.lang.reflect..");

  @ArchTest
  static final ArchRule noOtherLibraries =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "dev.rnn4j..", "java..", "com.google.common..", "com.sun.management..");

  @ArchTest static final ArchRule noStreams = NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

  @ArchTest static final ArchRule noLogging = NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
}

package dev.rnn4j.optim;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = {
      "dev.rnn4j.checkpoint",
      "dev.rnn4j.clip",
      "dev.rnn4j.cut",
      "dev.rnn4j.metric",
      "dev.rnn4j.optimizer",
      "dev.rnn4j.report",
      "dev.rnn4j.schedule",
      "dev.rnn4j.train"
    },
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule packagesPointOneWay =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("checkpoint")
          .definedBy("dev.rnn4j.checkpoint")
          .layer("clip")
          .definedBy("dev.rnn4j.clip")
          .layer("cut")
          .definedBy("dev.rnn4j.cut")
          .layer("metric")
          .definedBy("dev.rnn4j.metric")
          .layer("optimizer")
          .definedBy("dev.rnn4j.optimizer")
          .layer("schedule")
          .definedBy("dev.rnn4j.schedule")
          .layer("train")
          .definedBy("dev.rnn4j.train..")
          .layer("report")
          .definedBy("dev.rnn4j.report")
          .whereLayer("clip")
          .mayNotAccessAnyLayer()
          .whereLayer("cut")
          .mayNotAccessAnyLayer()
          .whereLayer("metric")
          .mayNotAccessAnyLayer()
          .whereLayer("optimizer")
          .mayNotAccessAnyLayer()
          .whereLayer("schedule")
          .mayNotAccessAnyLayer()
          .whereLayer("checkpoint")
          .mayNotAccessAnyLayer()
          .whereLayer("train")
          .mayOnlyAccessLayers("checkpoint", "clip", "cut", "metric", "optimizer", "schedule")
          .whereLayer("report")
          .mayOnlyAccessLayers("train");

  /** Somebody may change the clock while a training goes on. */
  @ArchTest
  static final ArchRule trainingReadsNoClockThatCanBeChanged =
      noClasses()
          .that()
          .resideInAnyPackage("dev.rnn4j.checkpoint", "dev.rnn4j.train..")
          .should()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.time.Instant")
          .orShould()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.nio.file.attribute.FileTime");

  @ArchTest
  static final ArchRule noCycles = slices().matching("dev.rnn4j.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule onlyTrainingKnowsItsInside =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.rnn4j.train..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.rnn4j.train.internal..");

  @ArchTest
  static final ArchRule theInsideKnowsNotTheFace =
      noClasses()
          .that()
          .resideInAPackage("dev.rnn4j.train.internal..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.rnn4j.train");

  @ArchTest
  static final ArchRule roomsOfTrainingPointOneWay =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("memory")
          .definedBy("dev.rnn4j.train.internal.memory")
          .layer("graph")
          .definedBy("dev.rnn4j.train.internal.graph")
          .layer("plan")
          .definedBy("dev.rnn4j.train.internal.plan")
          .layer("segment")
          .definedBy("dev.rnn4j.train.internal.segment")
          .layer("step")
          .definedBy("dev.rnn4j.train.internal.step")
          .layer("saved")
          .definedBy("dev.rnn4j.train.internal.saved")
          .layer("run")
          .definedBy("dev.rnn4j.train.internal.run")
          .whereLayer("memory")
          .mayNotAccessAnyLayer()
          .whereLayer("saved")
          .mayNotAccessAnyLayer()
          .whereLayer("graph")
          .mayOnlyAccessLayers("memory")
          .whereLayer("plan")
          .mayOnlyAccessLayers("graph", "memory")
          .whereLayer("segment")
          .mayOnlyAccessLayers("plan", "graph", "memory")
          .whereLayer("step")
          .mayOnlyAccessLayers("segment", "plan", "graph", "memory", "saved")
          .whereLayer("run")
          .mayOnlyAccessLayers("step", "graph", "saved");

  @ArchTest
  static final ArchRule rulesAreGraphAndKnowNoPlan =
      noClasses()
          .that()
          .resideInAnyPackage("dev.rnn4j.clip", "dev.rnn4j.optimizer", "dev.rnn4j.schedule")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.rnn4j.plan..", "dev.rnn4j.grad..");

  @ArchTest
  static final ArchRule metricsKnowNoGraph =
      noClasses()
          .that()
          .resideInAPackage("dev.rnn4j.metric")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.rnn4j.graph..", "dev.rnn4j.plan..");

  @ArchTest
  static final ArchRule onlyReportKnowsTheLibrariesThatMayBeMissing =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.rnn4j.report")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("de.siegmar..", "me.tongfei..", "org.knowm..", "java.awt..");

  @ArchTest
  static final ArchRule nothingReachesIntoPlans =
      noClasses().should().dependOnClassesThat().resideInAPackage("dev.rnn4j.plan.internal..");
}

package dev.isobar.it.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The testbed ships nowhere, but has rooms and doors as well. */
final class TestbedRulesTest {
  private static final JavaClasses TESTBED =
      new ClassFileImporter().importPackages("dev.isobar.testbed");

  @ParameterizedTest
  @CsvSource({
    "io.fabric8.., dev.isobar.testbed.kubernetes..",
    "org.bouncycastle.., dev.isobar.testbed.certificate.."
  })
  void everyTechnologyHasOneRoom(String technology, String room) {
    noClasses()
        .that(not(resideInAPackage(room)))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(technology)
        .because("one door per technology keeps it replaceable")
        .check(TESTBED);
  }

  @Test
  void onlyTheProgramReadsItsCommandLine() {
    noClasses()
        .that(not(Program.main()))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("picocli..")
        .because("everybody else can be used by suites")
        .check(TESTBED);
  }

  @Test
  void nothingSpeaksToTheFunctionButAsCoreDoes() {
    noClasses()
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(
                Program.FUNCTION, "io.grpc..", "io.netty..", "com.google.protobuf.."))
        .because("the function runs here as a process, by its jars")
        .check(TESTBED);
  }

  @Test
  void roomsHaveNoCycles() {
    slices().matching("dev.isobar.testbed.(*)..").should().beFreeOfCycles().check(TESTBED);
  }
}

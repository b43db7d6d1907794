package dev.isobar.it.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who may use whom. */
final class DependenciesTest {
  private static final String MANIFEST = "dev.isobar.function.compose.manifest..";
  private static final String IMAGES = "dev.isobar.packaging.oci..";
  private static final String REGISTRY = "dev.isobar.packaging.registry..";

  /** A technology and the rooms that may speak it; everybody else speaks our own types. */
  enum Door {
    PROTOBUF(
        uses("com.google.protobuf.."),
        in(Program.WIRE, Program.GRPC, Program.SIDECAR, "dev.isobar.cli.call..")),
    GRPC(uses("io.grpc..", "io.netty.."), in(Program.GRPC, Program.SIDECAR, Program.CLI)),
    METRICS(
        uses("io.prometheus.."),
        in(Program.GRPC, "dev.isobar.function.metrics..").or(Program.main())),
    COMMAND_LINE(uses("picocli.."), in(Program.CLI).or(Program.main())),
    YAML_AND_JSON(
        uses(
            "com.fasterxml.jackson..",
            "tools.jackson..",
            "org.snakeyaml..",
            "org.yaml..",
            "com.google.gson.."),
        in(Program.CLI, Program.OPENSTACK, MANIFEST, IMAGES, REGISTRY)),
    HTTP(uses("java.net.http.."), in("dev.isobar.provider.openstack.rest..", REGISTRY)),
    KUBERNETES(uses("io.fabric8.."), in(Program.APIS, "dev.isobar.provider.kube..")),
    EC2(uses("software.amazon.awssdk..", "org.apache.hc.."), in("dev.isobar.provider.ec2.."));

    private final String[] technology;
    private final DescribedPredicate<JavaClass> rooms;

    Door(String[] technology, DescribedPredicate<JavaClass> rooms) {
      this.technology = technology;
      this.rooms = rooms;
    }

    private static String[] uses(String... packages) {
      return packages;
    }

    private static DescribedPredicate<JavaClass> in(String... packages) {
      return resideInAnyPackage(packages);
    }
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("dev.isobar.(**)").should().beFreeOfCycles().check(Program.all());
  }

  @Test
  void apisUseNothingOfOurs() {
    noClasses()
        .that()
        .resideInAPackage(Program.APIS)
        .should()
        .dependOnClassesThat(
            resideInAPackage("dev.isobar..").and(not(resideInAPackage(Program.APIS))))
        .because("whoever reads our kinds must not have to take our programs")
        .check(Program.all());
  }

  @Test
  void functionUsesOnlyApisOfOurs() {
    noClasses()
        .that()
        .resideInAPackage(Program.FUNCTION)
        .should()
        .dependOnClassesThat(
            resideInAPackage("dev.isobar..")
                .and(not(resideInAnyPackage(Program.APIS, Program.FUNCTION))))
        .because("the function ships alone")
        .check(Program.all());
  }

  @Test
  void providerUsesOnlyApisOfOurs() {
    noClasses()
        .that()
        .resideInAPackage(Program.PROVIDER)
        .should()
        .dependOnClassesThat(
            resideInAPackage("dev.isobar..")
                .and(not(resideInAnyPackage(Program.APIS, Program.PROVIDER))))
        .because("the provider ships alone")
        .check(Program.all());
  }

  @Test
  void whatIsPackagedIsFilesToThePackages() {
    noClasses()
        .that()
        .resideInAPackage(Program.PACKAGING)
        .should()
        .dependOnClassesThat(
            resideInAPackage("dev.isobar..").and(not(resideInAPackage(Program.PACKAGING))))
        .because("packages are made of what was built, whatever that is")
        .check(Program.all());
  }

  @Test
  void whatIsInAPackageKnowsNoWayToARegistry() {
    noClasses()
        .that()
        .resideInAnyPackage("dev.isobar.packaging.xpkg..", "dev.isobar.packaging.runtime..")
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(REGISTRY, "dev.isobar.packaging.release..")
                .or(resideInAnyPackage("java.net.http..", "java.net..")))
        .because("only a release brings the three together")
        .check(Program.all());
  }

  @Test
  void imagesKnowNothingOfWhatIsInThem() {
    noClasses()
        .that()
        .resideInAPackage(IMAGES)
        .should()
        .dependOnClassesThat(resideInAPackage("dev.isobar..").and(not(resideInAPackage(IMAGES))))
        .because("the format is the same for Crossplane and everybody else")
        .check(Program.all());
  }

  @Test
  void theProvidersCoreKnowsNeitherKubernetesNorAnyCloud() {
    classes()
        .that()
        .resideInAnyPackage(
            "dev.isobar.provider.cloud..",
            "dev.isobar.provider.decide..",
            "dev.isobar.provider.external..",
            "dev.isobar.provider.queue..",
            "dev.isobar.provider.reconcile..")
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(
                "java..",
                "org.jspecify.annotations..",
                "com.google.errorprone.annotations..",
                Program.APIS,
                "dev.isobar.provider.cloud..",
                "dev.isobar.provider.decide..",
                "dev.isobar.provider.external..",
                "dev.isobar.provider.queue..",
                "dev.isobar.provider.reconcile.."))
        .because("the loop must run against stand-ins alone")
        .check(Program.all());
  }

  @Test
  void theQueueKnowsNothingOfWhatIsQueued() {
    noClasses()
        .that()
        .resideInAPackage("dev.isobar.provider.queue..")
        .should()
        .dependOnClassesThat(
            resideInAPackage("dev.isobar..")
                .and(not(resideInAPackage("dev.isobar.provider.queue.."))))
        .because("it orders work, whatever that is")
        .check(Program.all());
  }

  @Test
  void whatACloudShowsKnowsTheAnswersAndNotTheLoop() {
    noClasses()
        .that()
        .resideInAPackage("dev.isobar.provider.cloud..")
        .should()
        .dependOnClassesThat(
            resideInAPackage(Program.PROVIDER)
                .and(
                    not(
                        resideInAnyPackage(
                            "dev.isobar.provider.cloud..", "dev.isobar.provider.external.."))))
        .because("a Cloud is a catalogue; machines and their life are another matter")
        .check(Program.all());
  }

  @Test
  void theChangeLogKnowsThePortAndNeitherTheLoopNorKubernetes() {
    noClasses()
        .that()
        .resideInAPackage("dev.isobar.provider.changelog..")
        .should()
        .dependOnClassesThat(
            resideInAPackage(Program.PROVIDER)
                .and(
                    not(
                        resideInAnyPackage(
                            "dev.isobar.provider.changelog..",
                            "dev.isobar.provider.external..",
                            "dev.isobar.provider.operate.."))))
        .because("it stands between the loop and the clouds, and neither works otherwise for it")
        .check(Program.all());
  }

  @Test
  void onlyTheProgramKnowsTheWayToTheSidecar() {
    noClasses()
        .that(not(resideInAPackage(Program.SIDECAR)).and(not(Program.main())))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(Program.SIDECAR)
        .because("gRPC is loaded by whoever names it, and is wanted by few")
        .check(Program.all());
  }

  @Test
  void openStackKnowsThePortAndNothingElseOfTheProvider() {
    noClasses()
        .that()
        .resideInAPackage(Program.OPENSTACK)
        .should()
        .dependOnClassesThat(
            resideInAPackage(Program.PROVIDER)
                .and(not(resideInAnyPackage("dev.isobar.provider.external..", Program.OPENSTACK))))
        .because("a cloud answers questions; what is made of the answers is not its business")
        .check(Program.all());
  }

  @Test
  void cloudsKnowThePortAndNothingElseOfTheProvider() {
    noClasses()
        .that()
        .resideInAPackage("dev.isobar.provider.external..")
        .should()
        .dependOnClassesThat(
            resideInAPackage(Program.PROVIDER)
                .and(not(resideInAPackage("dev.isobar.provider.external.."))))
        .because("whoever implements a cloud must not have to know how it is used")
        .check(Program.all());
  }

  @Test
  void ec2KnowsThePortAndNoOtherRoom() {
    noClasses()
        .that()
        .resideInAPackage("dev.isobar.provider.ec2..")
        .should()
        .dependOnClassesThat(
            resideInAPackage(Program.PROVIDER)
                .and(
                    not(
                        resideInAnyPackage(
                            "dev.isobar.provider.ec2..", "dev.isobar.provider.external.."))))
        .because("how machines are used is nothing a cloud must know")
        .check(Program.all());
  }

  @Test
  void whatTheProviderDecidesIsMadeOfValues() {
    classes()
        .that()
        .resideInAnyPackage(Program.PURE_OF_PROVIDER)
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(Program.PURE_OF_PROVIDER)
                .or(
                    resideInAnyPackage(
                        "java..",
                        "org.jspecify.annotations..",
                        "com.google.errorprone.annotations..",
                        Program.APIS)))
        .because("what decides must be testable with values alone")
        .check(Program.all());
  }

  @Test
  void pureRoomsUseOnlyTheJdkApisAndEachOther() {
    classes()
        .that()
        .resideInAnyPackage(Program.PURE)
        .and()
        .resideOutsideOfPackage(MANIFEST) // A parser, which works with values alone too.
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(Program.PURE)
                .or(
                    resideInAnyPackage(
                        "java..",
                        "org.jspecify.annotations..",
                        "com.google.errorprone.annotations..",
                        Program.APIS)))
        .because("what decides must be testable with values alone")
        .check(Program.all());
  }

  @ParameterizedTest
  @EnumSource(Door.class)
  void everyTechnologyHasItsRooms(Door door) {
    noClasses()
        .that(not(door.rooms))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(door.technology)
        .because("one door per technology keeps it replaceable")
        .check(Program.all());
  }

  @Test
  void apisUseKubernetesForResourcesAndSchemasOnly() {
    noClasses()
        .that()
        .resideInAPackage(Program.APIS)
        .should()
        .dependOnClassesThat(
            resideInAPackage("io.fabric8..")
                .and(
                    not(
                        resideInAnyPackage(
                            "io.fabric8.generator.annotation..",
                            "io.fabric8.crd.generator.annotation..",
                            "io.fabric8.kubernetes.model.annotation..")))
                .and(not(assignableTo("io.fabric8.kubernetes.client.CustomResource")))
                .and(not(assignableTo("io.fabric8.kubernetes.api.model.Namespaced"))))
        .because("the kinds describe themselves; talking to a cluster is the programs' business")
        .check(Program.all());
  }
}

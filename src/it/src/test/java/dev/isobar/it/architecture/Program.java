package dev.isobar.it.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;

/** The classes that ship, imported once for all rules. */
final class Program {
  static final String APIS = "dev.isobar.apis..";
  static final String FUNCTION = "dev.isobar.function..";
  static final String PROVIDER = "dev.isobar.provider..";
  static final String CLI = "dev.isobar.cli..";
  static final String PACKAGING = "dev.isobar.packaging..";
  static final String OPENSTACK = "dev.isobar.provider.openstack..";

  /** Generated from the .proto files; not written by us, so held to no rule of style. */
  static final String[] GENERATED = {
    "dev.isobar.function.wire.proto..", "dev.isobar.provider.changelog.sidecar.proto.."
  };

  /** The only room of the provider that speaks gRPC; not loaded where it is not used. */
  static final String SIDECAR = "dev.isobar.provider.changelog.sidecar..";

  static final String WIRE = "dev.isobar.function.wire..";
  static final String GRPC = "dev.isobar.function.grpc..";

  /** The rooms that decide: same input, same output, nothing else seen and nothing else touched. */
  static final String[] PURE = {
    "dev.isobar.function.compose..",
    "dev.isobar.function.contract..",
    "dev.isobar.apis.decode..",
    "dev.isobar.function.readiness..",
    "dev.isobar.apis.tree.."
  };

  /** The same of the provider; what a cloud may answer is a value too. */
  static final String[] PURE_OF_PROVIDER = {
    "dev.isobar.provider.cloud..", "dev.isobar.provider.decide..", "dev.isobar.provider.external.."
  };

  private static final JavaClasses ALL =
      new ClassFileImporter()
          .importPackages(
              "dev.isobar.apis",
              "dev.isobar.function",
              "dev.isobar.provider",
              "dev.isobar.packaging",
              "dev.isobar.cli");

  private Program() {}

  /** Everything that ships, generated code included. */
  static JavaClasses all() {
    return ALL;
  }

  /** Everything that ships and was written by hand, without the package descriptions. */
  static JavaClasses written() {
    return ALL.that(
        DescribedPredicate.not(JavaClass.Predicates.resideInAnyPackage(GENERATED))
            .and(DescribedPredicate.not(JavaClass.Predicates.simpleName("package-info"))));
  }

  /**
   * A class that starts a program, and what is nested in it: the only place that knows the real
   * world.
   */
  static DescribedPredicate<JavaClass> main() {
    return DescribedPredicate.describe(
        "*Main", type -> outermost(type).getSimpleName().endsWith("Main"));
  }

  /** The class whose source file this one comes from. */
  static JavaClass outermost(JavaClass type) {
    return type.getEnclosingClass().map(Program::outermost).orElse(type);
  }
}

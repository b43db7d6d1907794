package dev.isobar.e2e.packages;

import dev.isobar.packaging.xpkg.Organisation;
import dev.isobar.packaging.xpkg.PackageKind;
import dev.isobar.packaging.xpkg.Version;
import dev.isobar.testbed.build.Program;
import dev.isobar.testbed.kubernetes.Await;
import dev.isobar.testbed.kubernetes.Conditions;
import dev.isobar.testbed.kubernetes.Kind;
import dev.isobar.testbed.kubernetes.Reference;
import dev.isobar.testbed.plane.ControlPlane;
import dev.isobar.testbed.process.Command;
import dev.isobar.testbed.process.LocalProcess;
import dev.isobar.testbed.process.Ports;
import dev.isobar.testbed.process.Probe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Packages in a control plane, as core has them, and what stands in for their pods.
 *
 * @param home where they come from
 */
record Installation(ControlPlane plane, Organisation home) {
  static final String API = "pkg.crossplane.io/v1";

  private static final Duration LIMIT = Duration.ofMinutes(2);

  /** Starts a registry and says where in it packages are. */
  static Installation withRegistry(ControlPlane plane) throws IOException {
    int port = Ports.free();
    Path disk = Files.createDirectories(plane.folder().resolve("registry"));
    var _ =
        plane
            .processes()
            .start(
                Command.of(
                    "registry",
                    plane.folder(),
                    plane.programs().of(Program.CRANE),
                    "registry",
                    "serve",
                    "--address=127.0.0.1:" + port,
                    "--disk=" + disk))
            .awaitReady(Probe.listens(port), LIMIT);
    return new Installation(plane, Organisation.of("127.0.0.1:" + port + "/acme"));
  }

  /** The function as core calls it. */
  Reference function() {
    return new Kind(API, "Function").named(home.object("function-isobar"));
  }

  /** The provider as core calls it. */
  Reference provider() {
    return new Kind(API, "Provider").named(home.object("provider-isobar"));
  }

  /** A configuration as Crossplane's command line calls it. */
  Reference configuration(PackageKind kind) {
    return new Kind(API, "Configuration").named(home.object(kind.title()));
  }

  /** Installs a configuration as a user does it. */
  void install(PackageKind configuration, Version version) {
    plane
        .processes()
        .run(
            Command.of(
                    "xpkg-install",
                    plane.folder(),
                    plane.programs().of(Program.CROSSPLANE),
                    "xpkg",
                    "install",
                    "configuration",
                    home.repository(configuration.title()) + ":" + version.tag())
                .with("KUBECONFIG", plane.server().kubeconfig())
                .with("HOME", plane.folder()),
            LIMIT);
  }

  /** Changes the version of a package, as a user does it. */
  void move(Reference installed, PackageKind kind, Version version) {
    String reference = home.repository(kind.title()) + ":" + version.tag();
    var _ = plane.kubernetes().patch(installed, Map.of("spec", Map.of("package", reference)));
  }

  /** The revision that core makes of a version, when it is there. */
  String revision(Reference installed, Version version) {
    String revision =
        Await.PATIENT
            .until(
                plane.kubernetes(),
                installed,
                "has a revision of " + version.tag(),
                one ->
                    one.at("status", "currentIdentifier")
                        .text()
                        .filter(source -> source.endsWith(":" + version.tag()))
                        .isPresent())
            .at("status", "currentRevision")
            .text()
            .orElseThrow();
    var _ =
        Await.PATIENT.until(
            plane.kubernetes(),
            new Kind(API, installed.kind().name() + "Revision").named(revision),
            "exists",
            _ -> true);
    return revision;
  }

  /** Waits until core calls a package installed and healthy. */
  void awaitHealthy(Reference installed) {
    for (String condition : List.of("Installed", "Healthy")) {
      var _ =
          Await.PATIENT.until(
              plane.kubernetes(), installed, "is " + condition, Conditions.is(condition, "True"));
    }
  }

  /**
   * Starts the function of an image.
   *
   * @param certificates that core's authority signed
   */
  LocalProcess startFunction(ImageRoot root, int port, Path certificates) throws IOException {
    String shown = root.show(certificates, "tls");
    return plane
        .processes()
        .start(
            root.command(
                "packaged-function",
                List.of(
                    "--address=127.0.0.1:" + port,
                    "--metrics-address=",
                    "--tls-certs-dir=" + shown)))
        .awaitReady(Probe.listens(port), LIMIT);
  }
}

package dev.isobar.e2e.packages;

import dev.isobar.apis.tree.Tree;
import dev.isobar.packaging.release.MadePackage;
import dev.isobar.packaging.xpkg.Organisation;
import dev.isobar.packaging.xpkg.PackageKind;
import dev.isobar.packaging.xpkg.Version;
import dev.isobar.testbed.build.Program;
import dev.isobar.testbed.crossplane.Core;
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
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
    crossplane("install", "configuration", image(configuration.title(), version));
  }

  /** Brings the file of a package into the registry, as a user does it. */
  void push(MadePackage made, Version version) {
    crossplane("push", "--package-files=" + made.file(), image(made.kind().title(), version));
  }

  /** What the registry says that a package is made of. */
  String manifest(PackageKind kind, Version version) throws IOException, InterruptedException {
    URI place =
        URI.create(
            "http://%s/v2/%s/manifests/%s"
                .formatted(home.registry(), home.path(kind.title()), version.tag()));
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(HttpRequest.newBuilder(place).build(), BodyHandlers.ofString()).body();
    }
  }

  private void crossplane(String verb, String... words) {
    Path program = plane.programs().of(Program.CROSSPLANE);
    plane
        .processes()
        .run(
            Command.of("xpkg-" + verb, plane.folder(), program, "xpkg", verb)
                .with(List.of(words))
                .with("KUBECONFIG", plane.server().kubeconfig())
                .with("HOME", plane.folder()),
            LIMIT);
  }

  private String image(String title, Version version) {
    return home.repository(title) + ":" + version.tag();
  }

  /** Changes the version of a package, as a user does it. */
  void move(Reference installed, PackageKind kind, Version version) {
    String reference = image(kind.title(), version);
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
   * Waits until core says that it took an ImageConfig for a package.
   *
   * @param purpose what for, in core's words
   */
  void awaitTaken(Reference installed, Version version, String imageConfig, String purpose) {
    Map<String, String> taken = Map.of("name", imageConfig, "reason", purpose);
    var _ =
        Await.PATIENT.until(
            plane.kubernetes(),
            new Kind(API, installed.kind().name() + "Revision").named(revision(installed, version)),
            "has taken ImageConfig " + imageConfig + " to " + purpose,
            one ->
                one.at("status", "appliedImageConfigRefs").items().stream()
                    .anyMatch(reference -> taken.equals(reference.plain())));
  }

  /**
   * Lets core make the Deployments, and waits until they are as package/deployment wants them,
   * which core finds by the prefixes of its ImageConfigs. Nobody starts the pods, so it comes last.
   *
   * @param images where their nodes would fetch the programs
   */
  void awaitDeployed(Version version, Installation images) {
    plane.core().restartWithDeployments(Core.RECOMMENDED);
    for (Reference program : List.of(function(), provider())) {
      String title = program.equals(function()) ? "function-isobar" : "provider-isobar";
      awaitTaken(program, version, title, "ConfigureRuntime");
      Reference deployment =
          new Kind("apps/v1", "Deployment").named(Core.NAMESPACE, revision(program, version));
      var wanted = Optional.of(new Deployed(2, title, images.image(title, version)));
      var _ =
          Await.PATIENT.until(
              title + " is deployed as " + wanted,
              () -> plane.kubernetes().find(deployment).map(Deployed::of),
              wanted::equals);
    }
  }

  /**
   * What a Deployment has of package/deployment and of the package.
   *
   * @param name by the label that NetworkPolicies and monitoring select
   */
  private record Deployed(long replicas, String name, String image) {
    static Deployed of(Tree deployment) {
      Tree spec = deployment.at("spec");
      Tree pod = spec.at("template");
      return new Deployed(
          spec.at("replicas").whole().orElse(0L),
          pod.at("metadata", "labels", "app.kubernetes.io/name").text().orElse(""),
          pod.at("spec", "containers").items().getFirst().at("image").text().orElse(""));
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

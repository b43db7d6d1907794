package dev.isobar.e2e.packages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.tree.Tree;
import dev.isobar.e2e.plane.OnControlPlane;
import dev.isobar.e2e.plane.Planes;
import dev.isobar.packaging.release.MadePackage;
import dev.isobar.packaging.xpkg.Organisation;
import dev.isobar.packaging.xpkg.PackageKind;
import dev.isobar.testbed.build.Program;
import dev.isobar.testbed.kubernetes.Await;
import dev.isobar.testbed.kubernetes.Conditions;
import dev.isobar.testbed.kubernetes.Kind;
import dev.isobar.testbed.kubernetes.Kubernetes;
import dev.isobar.testbed.kubernetes.Reference;
import dev.isobar.testbed.plane.ControlPlane;
import dev.isobar.testbed.plane.Options;
import dev.isobar.testbed.process.Command;
import dev.isobar.testbed.process.Ports;
import dev.isobar.testbed.process.Probe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A configuration alone, out of a registry, into a core that knows nothing of Isobar: what it
 * depends on comes with it, and the programs of the images do their work.
 */
@OnControlPlane
final class InstallTest {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final String API = "pkg.crossplane.io/v1";
  private static final Kind CONFIGURATIONS = new Kind(API, "Configuration");
  private static final String NAMESPACE = "installed";

  @TempDir Path folder;

  @Test
  void aConfigurationBringsEverything() throws IOException {
    try (ControlPlane plane = Planes.own("packages", Options.ofPackages())) {
      Organisation home = Organisation.of("127.0.0.1:" + registry(plane) + "/acme");
      Built built = Built.push(folder.resolve("packages"), home);

      var _ = plane.kubectl("apply", "-k", plane.project().root() + "/package/deployment");
      var _ = plane.kubectl("apply", "-k", plane.project().root() + "/package/capi-bridge");
      install(plane, home);
      plane.core().packages().provider(revision(plane, "ProviderRevision"));
      int port = Ports.free();
      Path certificates =
          plane.core().packages().function(revision(plane, "FunctionRevision"), port);

      for (Reference installed : installed()) {
        var _ = await(plane, installed, "Installed");
        var _ = await(plane, installed, "Healthy");
      }
      startFunction(plane, built, port, certificates);
      claimReachesTheFunction(plane);
      startProvider(plane, built);
      cloudIsLookedAt(plane);
    }
  }

  /** As a user does it. */
  private static void install(ControlPlane plane, Organisation home) {
    String reference = home.repository("configuration-isobar") + ":" + Built.VERSION.tag();
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
                    reference)
                .with("KUBECONFIG", plane.server().kubeconfig())
                .with("HOME", plane.folder()),
            LIMIT);
  }

  private static List<Reference> installed() {
    return List.of(
        new Kind(API, "Function").named("acme-function-isobar"),
        new Kind(API, "Provider").named("acme-provider-isobar"),
        CONFIGURATIONS.named("acme-configuration-isobar"));
  }

  private static Tree await(ControlPlane plane, Reference reference, String condition) {
    return Await.PATIENT.until(
        plane.kubernetes(), reference, "is " + condition, Conditions.is(condition, "True"));
  }

  /** Core makes it when the configuration's dependencies are known. */
  private static String revision(ControlPlane plane, String kind) {
    return Await.PATIENT
        .until(
            "there is a " + kind,
            () -> plane.kubernetes().list(new Kind(API, kind), ""),
            revisions -> !revisions.isEmpty())
        .getFirst()
        .at("metadata", "name")
        .text()
        .orElseThrow();
  }

  private void startFunction(ControlPlane plane, Built built, int port, Path certificates)
      throws IOException {
    ImageRoot root = root(built, PackageKind.FUNCTION_ISOBAR);
    String shown = root.show(certificates, "tls");
    var _ =
        plane
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

  /** Only the function says this, and core reaches it with its own certificate alone. */
  private static void claimReachesTheFunction(ControlPlane plane) throws IOException {
    Kubernetes kubernetes = plane.kubernetes();
    kubernetes.makeNamespace(NAMESPACE, Map.of());
    Path claim = plane.project().story("openstack-gpu-lab").resolve("claim.yaml");
    var _ =
        Await.PATIENT.until(
            "claims are served",
            () -> kubernetes.serves(Kind.CLAIM.apiVersion(), "platformclusters"),
            served -> served);
    var _ =
        kubernetes.apply(
            Files.readString(claim).replace("namespace: eo4eu", "namespace: " + NAMESPACE));
    Tree told =
        Await.PATIENT.until(
            kubernetes,
            Kind.CLAIM.named(NAMESPACE, "eo-lab"),
            "says that there is no such Cloud",
            Conditions.is("Accepted", "False"));
    assertThat(Conditions.words(told, "Accepted")).contains("there is no Cloud \"wekeo\"");
  }

  private void startProvider(ControlPlane plane, Built built) throws IOException {
    ImageRoot root = root(built, PackageKind.PROVIDER_ISOBAR);
    Path access = Files.createDirectories(folder.resolve("access"));
    var _ = Files.copy(plane.server().kubeconfig(), access.resolve("kubeconfig"));
    int port = Ports.free();
    String shown = root.show(access, "access");
    var _ =
        plane
            .processes()
            .start(
                root.command(
                    "packaged-provider",
                    List.of(
                        "--kubeconfig=" + shown + "/kubeconfig",
                        "--metrics-address=127.0.0.1:" + port)))
            .awaitReady(Probe.answers("http://127.0.0.1:" + port + "/readyz"), LIMIT);
  }

  /** The policy of the configuration has made the provider's kinds active. */
  private static void cloudIsLookedAt(ControlPlane plane) throws IOException {
    Path cloud = plane.project().story("openstack-gpu-lab").resolve("cloud.yaml");
    var _ =
        Await.PATIENT.until(
            "Clouds are served",
            () -> plane.kubernetes().serves(Kind.CLOUD.apiVersion(), "clouds"),
            served -> served);
    var _ = plane.kubernetes().apply(Files.readString(cloud));
    Tree seen =
        Await.PATIENT.until(
            plane.kubernetes(),
            Kind.CLOUD.named("wekeo"),
            "is known to have no ProviderConfig",
            Conditions.is("Ready", "False"));
    assertThat(Conditions.words(seen, "Ready")).contains("ClusterProviderConfig");
  }

  private ImageRoot root(Built built, PackageKind kind) throws IOException {
    MadePackage made =
        built.packages().stream().filter(one -> one.kind() == kind).findFirst().orElseThrow();
    return ImageRoot.of(made, folder.resolve(kind.title()));
  }

  private static int registry(ControlPlane plane) throws IOException {
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
    return port;
  }
}

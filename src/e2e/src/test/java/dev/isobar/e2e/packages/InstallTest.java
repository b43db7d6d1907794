package dev.isobar.e2e.packages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.tree.Tree;
import dev.isobar.e2e.plane.OnControlPlane;
import dev.isobar.e2e.plane.Planes;
import dev.isobar.packaging.xpkg.PackageKind;
import dev.isobar.testbed.crossplane.PackageRuntime;
import dev.isobar.testbed.kubernetes.Await;
import dev.isobar.testbed.kubernetes.Conditions;
import dev.isobar.testbed.kubernetes.Kind;
import dev.isobar.testbed.kubernetes.Kubernetes;
import dev.isobar.testbed.kubernetes.Reference;
import dev.isobar.testbed.plane.ControlPlane;
import dev.isobar.testbed.plane.Options;
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
 * A configuration alone, out of a registry, into a core that knows nothing of Isobar but the
 * kustomization that the page on installing has one write: what it depends on comes with it, the
 * programs of the images do their work, and core would run them as package/deployment says.
 */
@OnControlPlane
final class InstallTest {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final String NAMESPACE = "installed";
  private static final Kind POLICY =
      new Kind("apiextensions.crossplane.io/v1alpha1", "ManagedResourceActivationPolicy");
  private static final Reference RUNTIME =
      new Kind("pkg.crossplane.io/v1beta1", "DeploymentRuntimeConfig").named("provider-isobar");

  @TempDir Path folder;

  @Test
  void aConfigurationBringsEverything() throws IOException {
    try (ControlPlane plane = Planes.own("packages", Options.ofPackages())) {
      Installation installation = Installation.withRegistry(plane);
      Built built =
          Built.push(
              folder.resolve("packages"), installation.home(), Built.VERSION, Built.Cache.WITH);

      Guide guide = Guide.of(installation.home());
      var _ = plane.kubectl("apply", "-k", guide.kustomization(folder.resolve("platform")));
      installation.install(PackageKind.CONFIGURATION_ISOBAR, Built.VERSION);
      PackageRuntime runtime = plane.core().packages();
      runtime.provider(installation.revision(installation.provider(), Built.VERSION));
      int port = Ports.free();
      Path certificates =
          runtime.function(installation.revision(installation.function(), Built.VERSION), port);

      installation.awaitHealthy(installation.function());
      installation.awaitHealthy(installation.provider());
      installation.awaitHealthy(installation.configuration(PackageKind.CONFIGURATION_ISOBAR));
      ImageRoot root = built.root(PackageKind.FUNCTION_ISOBAR);
      var _ = installation.startFunction(root, port, certificates);
      claimReachesTheFunction(plane);
      startProvider(plane, built);
      cloudIsLookedAt(plane);
      gpuMachineIsLookedAt(plane.kubernetes());
      installation.awaitDeployed(Built.VERSION, installation);
    }
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
    ImageRoot root = built.root(PackageKind.PROVIDER_ISOBAR);
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
                            "--metrics-address=127.0.0.1:" + port))
                    .with(published(plane.kubernetes())))
            .awaitReady(Probe.answers("http://127.0.0.1:" + port + "/readyz"), LIMIT);
  }

  /** What package/deployment has it told. */
  private static List<String> published(Kubernetes kubernetes) {
    Tree containers =
        kubernetes
            .get(RUNTIME)
            .at("spec", "deploymentTemplate", "spec", "template", "spec", "containers");
    return containers.items().getFirst().at("args").items().stream()
        .map(word -> word.text().orElseThrow())
        .toList();
  }

  /** Nobody but the policy of the configuration has made the provider's kinds active. */
  private static void cloudIsLookedAt(ControlPlane plane) throws IOException {
    List<String> policies =
        plane.kubernetes().list(POLICY, "").stream()
            .map(policy -> policy.at("metadata", "name").text().orElseThrow())
            .toList();
    assertThat(policies).as("policies that make kinds active").containsExactly("isobar");
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

  /** Nothing had to be switched on for the kinds that Cluster API clones. */
  private static void gpuMachineIsLookedAt(Kubernetes kubernetes) {
    List<Tree> machines =
        kubernetes.apply(
            """
            apiVersion: infrastructure.isobar.dev/v1alpha1
            kind: GpuMachine
            metadata: {name: of-nobody, namespace: %s}
            spec:
              providerConfigRef: {name: wekeo}
              machineTypes: [g2.a100.2]
              image: {name: ubuntu}
            """
                .formatted(NAMESPACE));
    var _ =
        Await.PATIENT.until(
            kubernetes,
            Reference.of(machines.getFirst()),
            "waits for its Machine",
            Conditions.is("Ready", "False", "WaitingForMachine"));
  }
}

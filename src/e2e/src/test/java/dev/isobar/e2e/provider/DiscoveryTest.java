package dev.isobar.e2e.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.compute.CloudStatus.Quota;
import dev.isobar.apis.tree.Tree;
import dev.isobar.e2e.plane.Alone;
import dev.isobar.e2e.plane.OnControlPlane;
import dev.isobar.e2e.plane.Planes;
import dev.isobar.provider.external.CloudWords;
import dev.isobar.provider.external.Failure;
import dev.isobar.provider.external.FakeSupply;
import dev.isobar.testbed.kubernetes.Await;
import dev.isobar.testbed.kubernetes.Conditions;
import dev.isobar.testbed.kubernetes.Kind;
import dev.isobar.testbed.kubernetes.Kubernetes;
import dev.isobar.testbed.kubernetes.Reference;
import dev.isobar.testbed.plane.ControlPlane;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Clouds on a real API server: what they show, when they are written, and what they keep. */
@ResourceLock(Alone.PROVIDER)
@OnControlPlane
@TestInstance(Lifecycle.PER_CLASS)
final class DiscoveryTest {
  private final ControlPlane plane = Planes.machines();
  private final Kubernetes kubernetes = plane.kubernetes();
  private final Await await = Await.PATIENT;
  private final CloudHost host = new CloudHost();
  private final InstanceScene scene = InstanceScene.set(kubernetes, "discovery");
  private ProviderProcess provider;

  @BeforeAll
  void start() {
    provider = ProviderProcess.start(plane, "provider-discovery", host, "--discovery-interval=1s");
  }

  @AfterEach
  void mend() {
    change(FakeSupply::mend);
  }

  @AfterAll
  void end() {
    provider.stop();
    host.close();
    assertThat(provider.forbidden()).isEmpty();
  }

  private void change(Consumer<FakeSupply> deed) {
    var _ =
        host.with(cloud -> {
          deed.accept(cloud.supply());
          return cloud;
        });
  }

  /**
   * Applies a Cloud.
   *
   * @param config name of a ClusterProviderConfig; none when empty
   */
  static Reference cloud(
      Kubernetes kubernetes, String name, Map<String, Object> more, String config) {
    var spec = new TreeMap<String, Object>(Map.of("provider", "OpenStack", "region", "RegionOne"));
    spec.put(
        "clusterApi",
        Map.of("identityRef", Map.of("kind", "OpenStackClusterIdentity", "name", "lab")));
    if (!config.isEmpty()) {
      spec.put("providerConfigRef", Map.of("kind", "ClusterProviderConfig", "name", config));
    }
    spec.putAll(more);
    return Reference.of(
        kubernetes.apply(
            Map.of(
                "apiVersion",
                Kind.CLOUD.apiVersion(),
                "kind",
                Kind.CLOUD.name(),
                "metadata",
                Map.of("name", name),
                "spec",
                spec)));
  }

  private Reference cloud(String name, String config) {
    return cloud(kubernetes, name, Map.of(), config);
  }

  /** A Cloud with a config of its own that finds what the stand-in has. */
  private Reference found(String name) {
    var _ = scene.clusterConfig(name, "right", Map.of());
    Reference cloud = cloud(name, name);
    var _ = ready(cloud);
    return cloud;
  }

  private Tree ready(Reference cloud) {
    return await.until(kubernetes, cloud, "is Ready", Conditions.is("Ready", "True", "Available"));
  }

  /** Events are written after the status that they tell of. */
  private List<String> event(Reference cloud, String beginning) {
    return await.until(
        "there is an event " + beginning,
        () -> scene.events(cloud),
        all -> all.stream().anyMatch(one -> one.startsWith(beginning)));
  }

  private Tree told(Reference cloud, String status, String reason) {
    return await.until(kubernetes, cloud, "is " + reason, Conditions.is("Ready", status, reason));
  }

  private static List<String> names(Tree cloud, String list, String field) {
    return cloud.at("status", list).items().stream()
        .map(item -> item.at(field).text().orElse(""))
        .toList();
  }

  private static Map<String, Object> findings(Tree cloud) {
    var findings = new TreeMap<String, Object>();
    for (String field :
        List.of("machineTypes", "images", "zones", "quota", "counts", "discoveredAt")) {
      findings.put(field, cloud.at("status", field).plain());
    }
    return findings;
  }

  @Test
  void aCloudShowsWhatItHas() {
    Reference cloud = found("shown");
    Tree seen = kubernetes.get(cloud);
    assertThat(names(seen, "machineTypes", "name")).contains("large", "small");
    assertThat(names(seen, "images", "kubernetes")).contains("1.35.2");
    assertThat(seen.at("status", "zones").plain()).isEqualTo(List.of("az1", "az2"));
    assertThat(names(seen, "quota", "resource")).containsExactly("cores");
    var _ = event(cloud, "Normal DiscoveredCloud: ");
  }

  @Test
  void aLookThatFindsTheSameWritesNothing() {
    Reference cloud = found("quiet");
    String version = kubernetes.get(cloud).at("metadata", "resourceVersion").text().orElse("");
    change(supply -> supply.use(new Quota("cores", 64, 63)));
    int asked = provider.asked("machineTypes");
    var _ =
        await.until(
            "all Clouds are looked at several times",
            () -> provider.asked("machineTypes"),
            now -> now > asked + 40);
    assertThat(kubernetes.get(cloud).at("metadata", "resourceVersion").text()).contains(version);
  }

  @Test
  void whatComesAndGoesIsShown() {
    Reference cloud = found("changed");
    change(supply -> {
      supply.offer("newcomer", Optional.empty());
      supply.upload("image-9", "ubuntu-2404-kube-v1.36.0", Map.of());
    });
    var _ =
        await.until(
            kubernetes,
            cloud,
            "shows what came",
            seen ->
                names(seen, "machineTypes", "name").contains("newcomer")
                    && names(seen, "images", "kubernetes").contains("1.36.0"));
    change(supply -> supply.withdraw("image-9"));
    var _ =
        await.until(
            kubernetes,
            cloud,
            "does not show what went",
            seen -> !names(seen, "images", "kubernetes").contains("1.36.0"));
  }

  @Test
  void wrongCredentialsAreToldAndMendedOnesWorkAtOnce() {
    var _ = scene.clusterConfig("refused", "wrong", Map.of());
    Reference cloud = cloud("refused", "refused");
    Tree refused = told(cloud, "False", "AuthenticationFailed");
    assertThat(InstanceScene.condition(refused, "Ready"))
        .isEqualTo("False/AuthenticationFailed: the cloud says: wrong password");
    var _ =
        event(
            cloud,
            "Warning CannotDiscoverCloud: AuthenticationFailed: the cloud says: wrong password");
    scene.secret("refused", "right");
    assertThat(names(ready(cloud), "machineTypes", "name")).contains("large");
  }

  @Test
  void aCloudThatIsLostKeepsWhatWasFound() {
    Reference cloud = found("lost");
    Map<String, Object> before = findings(kubernetes.get(cloud));
    var silent = new Failure.CloudUnreachable(CloudWords.ours("no answer"));
    change(supply ->
        List.of("machineTypes", "images", "zones", "quota")
            .forEach(question -> supply.fail(question, silent)));
    Tree lost =
        await.until(
            kubernetes,
            cloud,
            "is lost with all its parts",
            seen ->
                InstanceScene.condition(seen, "Ready").equals("False/CloudUnreachable: no answer"));
    assertThat(findings(lost)).isEqualTo(before);
    change(FakeSupply::mend);
    assertThat(names(ready(cloud), "machineTypes", "name")).contains("large");
  }

  @Test
  void aRightThatLacksStopsNothingElse() {
    Reference cloud = found("partial");
    change(supply ->
        supply.fail(
            "quota", new Failure.AuthenticationFailed(CloudWords.ours("Policy doesn't allow it"))));
    String lacking =
        "True/Incomplete: quota of machines, quota of volumes, quota of networks: Policy doesn't"
            + " allow it";
    Tree partial =
        await.until(
            kubernetes,
            cloud,
            "lacks all of its quota",
            seen -> InstanceScene.condition(seen, "Ready").equals(lacking));
    assertThat(names(partial, "quota", "resource")).containsExactly("cores");
    change(supply -> supply.offer("beside", Optional.empty()));
    var _ =
        await.until(
            kubernetes,
            cloud,
            "goes on",
            seen -> names(seen, "machineTypes", "name").contains("beside"));
  }

  @Test
  void aCloudWithoutAWayToItSaysSo() {
    Reference none = cloud("wayless", "");
    var _ = told(none, "Unknown", "NoProviderConfig");
    Reference missing = cloud("missing", "not-there");
    assertThat(InstanceScene.condition(told(missing, "False", "InvalidConfiguration"), "Ready"))
        .isEqualTo(
            "False/InvalidConfiguration: ClusterProviderConfig not-there does not exist; create it,"
                + " or name another in spec.providerConfigRef");
    var _ = scene.clusterConfig("not-there", "right", Map.of());
    var _ = ready(missing);
    var elsewhere = Map.<String, Object>of("region", "Elsewhere");
    Reference other = cloud(kubernetes, "elsewhere", elsewhere, "not-there");
    assertThat(InstanceScene.condition(told(other, "False", "InvalidConfiguration"), "Ready"))
        .isEqualTo(
            "False/InvalidConfiguration: ClusterProviderConfig not-there is for OpenStack in region"
                + " RegionOne, and this Cloud is OpenStack in region Elsewhere; name another in"
                + " spec.providerConfigRef");
  }

  @Test
  void aPausedCloudIsLeftAlone() {
    Reference cloud = found("paused");
    scene.annotate(cloud, "crossplane.io/paused", "true");
    Map<String, Object> before = findings(kubernetes.get(cloud));
    Reference other = found("awake");
    change(supply -> supply.offer("later", Optional.empty()));
    var _ =
        await.until(
            kubernetes,
            other,
            "shows what came",
            seen -> names(seen, "machineTypes", "name").contains("later"));
    assertThat(findings(kubernetes.get(cloud))).isEqualTo(before);
    scene.removeAnnotation(cloud, "crossplane.io/paused");
    var _ =
        await.until(
            kubernetes,
            cloud,
            "shows it too",
            seen -> names(seen, "machineTypes", "name").contains("later"));
  }
}

package dev.isobar.e2e.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.tree.Tree;
import dev.isobar.e2e.plane.Alone;
import dev.isobar.e2e.plane.OnControlPlane;
import dev.isobar.e2e.plane.Planes;
import dev.isobar.testbed.kubernetes.Await;
import dev.isobar.testbed.kubernetes.Conditions;
import dev.isobar.testbed.kubernetes.Kind;
import dev.isobar.testbed.kubernetes.Kubernetes;
import dev.isobar.testbed.kubernetes.Reference;
import dev.isobar.testbed.plane.ControlPlane;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * ProviderConfigs on a real API server: who may use them, what they tell, and how long they stay.
 */
@ResourceLock(Alone.PROVIDER)
@OnControlPlane
@TestInstance(Lifecycle.PER_CLASS)
final class ConfigsTest {
  private final ControlPlane plane = Planes.machines();
  private final Kubernetes kubernetes = plane.kubernetes();
  private final Await await = Await.PATIENT;
  private final CloudHost cloud = new CloudHost();
  private ProviderProcess provider;

  @BeforeAll
  void start() {
    provider = ProviderProcess.start(plane, "provider-configs", cloud, "--poll=3s");
  }

  @AfterAll
  void end() {
    provider.process().stop();
    cloud.close();
    assertThat(provider.forbidden()).isEmpty();
  }

  private Tree ready(Reference object) {
    return await.until(kubernetes, object, "is Ready", Conditions.is("Ready", "True"));
  }

  /** Waits for an Instance to tell that its config or Secret is of no use, and for the words. */
  private void refused(Reference instance, String words) {
    Tree seen =
        await.until(
            kubernetes,
            instance,
            "is refused",
            Conditions.is("Synced", "False", "InvalidConfiguration"));
    assertThat(InstanceScene.condition(seen, "Synced"))
        .isEqualTo(
            "False/InvalidConfiguration: connect failed: " + words + " (next try within a minute)");
  }

  private void delete(Reference object) {
    kubernetes.delete(object);
    await.untilGone(kubernetes, object);
  }

  @Test
  void oneThatIsInUseStays() {
    InstanceScene scene = InstanceScene.set(kubernetes, "in-use");
    Reference config = scene.clusterConfig("in-use", "right", Map.of());
    Reference instance = scene.instance("one", config);
    var _ = ready(instance);
    Tree used =
        await.until(
            kubernetes,
            config,
            "counts its user",
            seen -> seen.at("status", "users").whole().filter(count -> count == 1).isPresent());
    assertThat(InstanceScene.condition(used, "Ready")).isEqualTo("True/Available");
    kubernetes.delete(config);
    Tree held =
        await.until(kubernetes, config, "is held", Conditions.is("Terminating", "True", "InUse"));
    assertThat(InstanceScene.condition(held, "Terminating"))
        .isEqualTo("True/InUse: in use by Instance in-use/one; delete them first");
    delete(instance);
    await.untilGone(kubernetes, config);
  }

  @Test
  void aTenantReachesItsOwnSecretsOnly() {
    Reference theirs = InstanceScene.set(kubernetes, "theirs").config("cloud", "right");
    InstanceScene ours = InstanceScene.set(kubernetes, "ours");
    Reference config = ours.config("cloud", "right");
    kubernetes.delete(Kind.SECRET.named("ours", "cloud"));
    Reference instance = ours.instance("one", config);
    refused(
        instance,
        "Secret ours/cloud does not exist, where ProviderConfig ours/cloud"
            + " (spec.credentials.secretRef) has its credentials; create it with key password");
    assertThat(ready(theirs).at("status", "users").whole()).contains(0L);
    ours.secret("cloud", "right");
    var _ = ready(instance);
    delete(instance);
  }

  @Test
  void oneForOtherNamespacesIsRefused() {
    InstanceScene scene = InstanceScene.set(kubernetes, "not-allowed");
    Map<String, Object> some =
        Map.of("allowedNamespaces", Map.of("matchLabels", Map.of("example.org/team", "eo")));
    Reference config = scene.clusterConfig("for-some", "right", some);
    Reference instance = scene.instance("one", config);
    refused(
        instance,
        "ClusterProviderConfig for-some is not for namespace not-allowed (spec.allowedNamespaces);"
            + " name another in spec.providerConfigRef, or ask the platform team to allow it");
    kubernetes.makeNamespace("not-allowed", Map.of("example.org/team", "eo"));
    var _ = ready(instance);
    delete(instance);
  }

  @Test
  void credentialsThatAreMendedWorkAtOnce() {
    InstanceScene scene = InstanceScene.set(kubernetes, "mended");
    Reference config = scene.config("cloud", "wrong");
    Reference instance = scene.instance("one", config);
    var _ =
        await.until(
            kubernetes,
            instance,
            "is refused by the cloud",
            Conditions.is("Synced", "False", "AuthenticationFailed"));
    Tree refused =
        await.until(
            kubernetes,
            config,
            "tells it too",
            Conditions.is("Ready", "False", "AuthenticationFailed"));
    assertThat(InstanceScene.condition(refused, "Ready"))
        .isEqualTo("False/AuthenticationFailed: the cloud says: wrong password");
    scene.secret("cloud", "right");
    var _ = ready(config);
    var _ = ready(instance);
    delete(instance);
  }

  @Test
  void oneThatComesLaterIsUsedThen() {
    InstanceScene scene = InstanceScene.set(kubernetes, "later");
    Reference instance = scene.instance("one", InstanceScene.CLUSTER_CONFIG.named("later"));
    refused(
        instance,
        "ClusterProviderConfig later does not exist; create it, or name another in"
            + " spec.providerConfigRef");
    var _ = scene.clusterConfig("later", "right", Map.of());
    var _ = ready(instance);
    delete(instance);
  }
}

package dev.isobar.e2e.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.tree.Tree;
import dev.isobar.e2e.plane.Alone;
import dev.isobar.e2e.plane.OnControlPlane;
import dev.isobar.e2e.plane.Planes;
import dev.isobar.provider.external.Creation;
import dev.isobar.provider.external.CreationToken;
import dev.isobar.provider.external.FakeCloud;
import dev.isobar.provider.external.Offer;
import dev.isobar.provider.external.Order;
import dev.isobar.provider.external.Subject;
import dev.isobar.provider.external.Wishes;
import dev.isobar.testbed.kubernetes.Await;
import dev.isobar.testbed.kubernetes.Conditions;
import dev.isobar.testbed.kubernetes.Kind;
import dev.isobar.testbed.kubernetes.Kubernetes;
import dev.isobar.testbed.kubernetes.Reference;
import dev.isobar.testbed.plane.ControlPlane;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * Whose a machine is, on a real API server: what leads to it stays until it is gone, and nobody
 * else loses or doubles it.
 *
 * <p>A namespace that goes takes no events any more, so the provider's log tells of a missing right
 * here.
 */
@ResourceLock(Alone.PROVIDER)
@OnControlPlane
@TestInstance(Lifecycle.PER_CLASS)
final class OwnersTest {
  private final ControlPlane plane = Planes.machines();
  private final Kubernetes kubernetes = plane.kubernetes();
  private final Await await = Await.PATIENT;
  private final CloudHost cloud = new CloudHost();
  private final CloudHost another = new CloudHost();
  private ProviderProcess provider;

  @BeforeAll
  void start() {
    provider = ProviderProcess.start(plane, "provider-owners", cloud, "--poll=3s");
  }

  @AfterAll
  void end() {
    provider.process().stop();
    cloud.close();
    another.close();
  }

  private Tree ready(Reference instance) {
    return await.until(kubernetes, instance, "is Ready", Conditions.is("Ready", "True"));
  }

  private Tree refused(Reference instance) {
    return await.until(
        kubernetes,
        instance,
        "is refused",
        Conditions.is("Synced", "False", "InvalidConfiguration"));
  }

  private static String id(Tree instance) {
    return InstanceScene.annotation(instance, "crossplane.io/external-name");
  }

  private static List<String> live(CloudHost cloud) {
    return cloud.<List<String>>with(FakeCloud::live);
  }

  private void delete(Reference object) {
    kubernetes.delete(object);
    await.untilGone(kubernetes, object);
  }

  @Test
  void aNamespaceThatGoesTakesItsMachinesAlong() {
    InstanceScene scene = InstanceScene.set(kubernetes, "going");
    Reference config = scene.config("cloud", "right");
    Reference instance = scene.instance("one", config);
    String id = id(ready(instance));
    delete(Kind.NAMESPACE.named("going"));
    assertThat(live(cloud)).doesNotContain(id);
    assertThat(kubernetes.find(instance)).isEmpty();
    assertThat(kubernetes.find(config)).isEmpty();
  }

  /** The Secret would be gone by then, and nobody could reach the cloud any more. */
  @Test
  void soItDoesWhereTheProviderStartsAfterwards() {
    InstanceScene scene = InstanceScene.set(kubernetes, "going-alone");
    Reference config = scene.config("cloud", "right");
    String id = id(ready(scene.instance("one", config)));
    var _ =
        await.until(
            kubernetes,
            Kind.SECRET.named("going-alone", "cloud"),
            "is held",
            seen -> !seen.at("metadata", "finalizers").items().isEmpty());
    provider.process().stop();
    Reference namespace = Kind.NAMESPACE.named("going-alone");
    kubernetes.delete(namespace);
    var _ =
        await.until(
            kubernetes,
            config,
            "is deleted",
            seen -> seen.at("metadata", "deletionTimestamp").text().isPresent());
    provider = ProviderProcess.start(plane, "provider-owners-again", cloud, "--poll=3s");
    await.untilGone(kubernetes, namespace);
    assertThat(live(cloud)).doesNotContain(id);
  }

  /** As with kubectl delete -f of the files that they came from. */
  @Test
  void whatIsDeletedTogetherGoesTogether() {
    InstanceScene scene = InstanceScene.set(kubernetes, "together");
    Reference config = scene.config("cloud", "right");
    Reference instance = scene.instance("one", config);
    String id = id(ready(instance));
    kubernetes.delete(Kind.SECRET.named("together", "cloud"));
    kubernetes.delete(config);
    delete(instance);
    await.untilGone(kubernetes, config);
    assertThat(live(cloud)).doesNotContain(id);
  }

  /** A deletion in the foreground takes the usage before the Instance. */
  @Test
  void aConfigWithoutUsagesStaysWhileThereIsAnInstance() {
    InstanceScene scene = InstanceScene.set(kubernetes, "foreground");
    Reference config = scene.config("cloud", "right");
    Reference instance = scene.instance("one", config);
    Tree seen = ready(instance);
    String uid = seen.at("metadata", "uid").text().orElseThrow();
    scene.annotate(instance, "crossplane.io/paused", "true");
    kubernetes.deleteInForeground(instance);
    await.untilGone(kubernetes, InstanceScene.USAGE.named("foreground", uid));
    kubernetes.delete(config);
    Tree held =
        await.until(kubernetes, config, "is held", Conditions.is("Terminating", "True", "InUse"));
    assertThat(InstanceScene.condition(held, "Terminating"))
        .isEqualTo("True/InUse: in use by Instance foreground/one; delete them first");
    scene.removeAnnotation(instance, "crossplane.io/paused");
    await.untilGone(kubernetes, instance);
    await.untilGone(kubernetes, config);
    assertThat(live(cloud)).doesNotContain(id(seen));
  }

  /** Whoever copies a manifest copies its annotations. */
  @Test
  void aCopyNeitherChangesNorDeletesTheMachine() {
    InstanceScene scene = InstanceScene.set(kubernetes, "copy");
    Reference config = scene.config("cloud", "right");
    Reference owner = scene.instance("owner", config);
    String id = id(ready(owner));
    Reference copy =
        scene.instance("copy", config, Map.of("crossplane.io/external-name", id), Map.of());
    assertThat(InstanceScene.condition(refused(copy), "Synced"))
        .isEqualTo(
            "False/InvalidConfiguration: observe failed: machine %s is that of Instance copy/owner; correct annotation crossplane.io/external-name, or set managementPolicies to [Observe] to look at it; if its mark is wrong, whoever changed it sets tag isobar-uid to %s again, and unsets any other of that name (next try within a minute)"
                .formatted(id, kubernetes.get(copy).at("metadata", "uid").text().orElseThrow()));
    delete(copy);
    assertThat(live(cloud)).contains(id);
    assertThat(InstanceScene.condition(kubernetes.get(owner), "Ready")).isEqualTo("True/Available");
    delete(owner);
    assertThat(live(cloud)).doesNotContain(id);
  }

  @Test
  void aMachineOfAnotherClusterIsLeftAloneUntilSomebodySaysThatItIsGivenUp() {
    InstanceScene scene = InstanceScene.set(kubernetes, "restored");
    Reference config = scene.config("cloud", "right");
    Map<String, String> marks =
        Map.of(Subject.UID_TAG, "their-uid", Subject.INSTALLATION_TAG, "installation-7");
    var order =
        new Order(
            new Subject("their-uid", "restored", "one", Optional.empty(), marks),
            CreationToken.of("their-uid", 1),
            new Offer("small", Optional.empty()),
            Wishes.machine("small", "ubuntu"),
            Optional.empty(),
            Optional.empty());
    if (!(cloud.<Creation>with(one -> one.create(order)) instanceof Creation.Created(var id))) {
      throw new AssertionError("no machine");
    }
    Reference instance =
        scene.instance("one", config, Map.of("crossplane.io/external-name", id), Map.of());
    assertThat(InstanceScene.condition(refused(instance), "Synced"))
        .isEqualTo(
            "False/InvalidConfiguration: observe failed: machine %s is kept by another cluster (installation installation-7) for Instance restored/one; set managementPolicies to [Observe] to look at it, or, if that cluster keeps it no more, annotation isobar.dev/take-over to that installation (next try within a minute)"
                .formatted(id));
    scene.annotate(instance, "isobar.dev/take-over", "installation-7");
    assertThat(id(ready(instance))).isEqualTo(id);
    delete(instance);
    assertThat(live(cloud)).doesNotContain(id);
  }

  @Test
  void aConfigOfAnotherAccountGivesNoSecondMachine() {
    InstanceScene scene = InstanceScene.set(kubernetes, "moved");
    Reference config = scene.config("here", "right");
    Reference other = scene.config("there", "right@" + another.port());
    Reference instance = scene.instance("one", config);
    String id = id(ready(instance));
    use(instance, other);
    assertThat(InstanceScene.condition(refused(instance), "Synced"))
        .isEqualTo(
            "False/InvalidConfiguration: machine %s is in account Fake/here/%d, and ProviderConfig/there leads to Fake/here/%d; name ProviderConfig/here in spec.providerConfigRef again, or remove annotations isobar.dev/account and isobar.dev/provider-config to give the machine up"
                .formatted(id, cloud.port(), another.port()));
    assertThat(live(another)).isEmpty();
    assertThat(live(cloud)).contains(id);
    use(instance, config);
    var _ = await.until(kubernetes, instance, "is well again", Conditions.is("Synced", "True"));
    assertThat(id(ready(instance))).isEqualTo(id);
    delete(instance);
    assertThat(live(cloud)).doesNotContain(id);
  }

  /** Whoever writes another project's credentials into a Secret moves what uses it. */
  @Test
  void aSecretOfAnotherAccountGivesNoSecondMachineAndLosesNone() {
    InstanceScene scene = InstanceScene.set(kubernetes, "secret-moved");
    Reference config = scene.config("cloud", "right");
    Reference kept = scene.instance("kept", config);
    Reference going = scene.instance("going", config);
    List<String> ids = List.of(id(ready(kept)), id(ready(going)));
    scene.secret("cloud", "right@" + another.port());
    assertThat(InstanceScene.condition(refused(kept), "Synced"))
        .isEqualTo(
            "False/InvalidConfiguration: machine %s is in account Fake/here/%d, and ProviderConfig/cloud leads to Fake/here/%d; give it back its former credentials, or remove annotation isobar.dev/account to give the machine up"
                .formatted(ids.getFirst(), cloud.port(), another.port()));
    kubernetes.delete(going);
    var _ =
        await.until(
            kubernetes,
            going,
            "is held",
            Conditions.is("Ready", "False", "Deleting")
                .and(Conditions.is("Synced", "False", "InvalidConfiguration")));
    assertThat(live(another)).isEmpty();
    assertThat(live(cloud)).containsAll(ids);
    scene.secret("cloud", "right");
    await.untilGone(kubernetes, going);
    var _ = await.until(kubernetes, kept, "is well again", Conditions.is("Synced", "True"));
    assertThat(id(ready(kept))).isEqualTo(ids.getFirst());
    assertThat(live(cloud)).contains(ids.getFirst()).doesNotContain(ids.getLast());
    delete(kept);
    assertThat(live(cloud)).doesNotContainAnyElementsOf(ids);
  }

  /** As it is found after an upgrade from a version that did not write accounts down. */
  @Test
  void whatKnowsNoAccountIsGuardedOnceItsMachineWasSeen() {
    InstanceScene scene = InstanceScene.set(kubernetes, "upgraded");
    Reference config = scene.config("here", "right");
    Reference other = scene.config("there", "right@" + another.port());
    Reference instance = scene.instance("one", config);
    String id = id(ready(instance));
    for (String annotation : List.of("isobar.dev/account", "isobar.dev/provider-config")) {
      scene.removeAnnotation(instance, annotation);
      var _ =
          await.until(
              kubernetes,
              instance,
              "remembers " + annotation,
              seen -> !InstanceScene.annotation(seen, annotation).isEmpty());
    }
    use(instance, other);
    var _ = refused(instance);
    assertThat(live(another)).isEmpty();
    use(instance, config);
    var _ = await.until(kubernetes, instance, "is well again", Conditions.is("Synced", "True"));
    assertThat(id(ready(instance))).isEqualTo(id);
    delete(instance);
  }

  private void use(Reference instance, Reference config) {
    var _ =
        kubernetes.patch(
            instance, Map.of("spec", Map.of("providerConfigRef", Map.of("name", config.name()))));
  }
}

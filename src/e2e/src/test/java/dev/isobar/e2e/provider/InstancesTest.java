package dev.isobar.e2e.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.isobar.apis.tree.Tree;
import dev.isobar.e2e.commandline.Listing;
import dev.isobar.e2e.plane.Alone;
import dev.isobar.e2e.plane.OnControlPlane;
import dev.isobar.e2e.plane.Planes;
import dev.isobar.provider.changelog.sidecar.FakeSidecar;
import dev.isobar.provider.changelog.sidecar.proto.Wire;
import dev.isobar.provider.external.CloudWords;
import dev.isobar.provider.external.Failure;
import dev.isobar.provider.external.FakeCloud;
import dev.isobar.testbed.apiserver.AuditLog;
import dev.isobar.testbed.apiserver.Write;
import dev.isobar.testbed.kubernetes.Await;
import dev.isobar.testbed.kubernetes.Conditions;
import dev.isobar.testbed.kubernetes.Kind;
import dev.isobar.testbed.kubernetes.Kubernetes;
import dev.isobar.testbed.kubernetes.Reference;
import dev.isobar.testbed.plane.ControlPlane;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Lives of Instances on a real API server, as their users see them. */
@ResourceLock(Alone.PROVIDER)
@OnControlPlane
@TestInstance(Lifecycle.PER_CLASS)
final class InstancesTest {
  private final ControlPlane plane = Planes.machines();
  private final Kubernetes kubernetes = plane.kubernetes();
  private final Await await = Await.PATIENT;
  private final CloudHost cloud = new CloudHost();
  private ProviderProcess provider;
  private Path socket;
  private FakeSidecar sidecar;

  @BeforeAll
  void start() throws IOException {
    // Sockets have names of at most a hundred letters.
    socket = Files.createTempDirectory("isobar").resolve("changelogs.sock");
    sidecar = FakeSidecar.at(socket);
    provider =
        ProviderProcess.start(
            plane,
            "provider-instances",
            cloud,
            "--poll=3s",
            "--debug",
            "--enable-changelogs",
            "--changelogs-socket-path=" + socket);
  }

  @AfterAll
  void end() throws IOException {
    provider.process().stop();
    cloud.close();
    sidecar.close();
    Files.delete(socket.getParent());
    assertThat(provider.forbidden()).isEmpty();
  }

  private Tree ready(Reference instance) {
    return await.until(kubernetes, instance, "is Ready", Conditions.is("Ready", "True"));
  }

  @Test
  void fromPendingToDeleted() {
    InstanceScene scene = InstanceScene.set(kubernetes, "life");
    Reference config = scene.config("cloud", "right");
    Reference instance =
        scene.instance(
            "one",
            config,
            Map.of(),
            Map.of("writeConnectionSecretToRef", Map.of("name", "one-address")));
    Tree seen = ready(instance);
    String uid = seen.at("metadata", "uid").text().orElseThrow();
    String id = InstanceScene.annotation(seen, "crossplane.io/external-name");
    assertThat(cloud.<List<String>>with(FakeCloud::live)).contains(id);
    assertThat(InstanceScene.condition(seen, "Synced")).isEqualTo("True/ReconcileSuccess");
    assertThat(seen.at("status", "observedGeneration").whole())
        .isEqualTo(seen.at("metadata", "generation").whole());
    assertThat(seen.at("status", "atProvider", "state").text()).contains("Running");
    assertThat(seen.at("metadata", "finalizers").plain())
        .isEqualTo(List.of("finalizer.managedresource.crossplane.io"));

    Reference secretName = Kind.SECRET.named("life", "one-address");
    Tree secret = await.until(kubernetes, secretName, "is there", _ -> true);
    assertThat(secret.at("type").text()).contains("connection.crossplane.io/v1alpha1");
    assertThat(secret.at("data", "endpoint").text()).isPresent();
    Reference usage = InstanceScene.USAGE.named("life", uid);
    assertThat(kubernetes.get(usage).at("providerConfigRef", "name").text()).contains("cloud");

    kubernetes.delete(instance);
    await.untilGone(kubernetes, instance);
    assertThat(cloud.<List<String>>with(FakeCloud::live)).doesNotContain(id);
    await.untilGone(kubernetes, usage);
    await.untilGone(kubernetes, secretName);
    var _ =
        await.until(
            "events tell of both deeds",
            () -> scene.events(instance),
            events ->
                events.equals(
                    List.of(
                        "Normal CreatedExternalResource: asked the cloud for machine " + id,
                        "Normal DeletedExternalResource: asked the cloud to delete " + id)));
  }

  @Test
  void kubectlShowsWhatItIs() {
    InstanceScene scene = InstanceScene.set(kubernetes, "listed");
    var _ = ready(scene.instance("worker-0", scene.config("cloud", "right")));
    Listing.isAsThePageShows(plane, "get instances -n listed", "AGE");
  }

  @Test
  void everyOperationIsInTheChangeLog() {
    InstanceScene scene = InstanceScene.set(kubernetes, "changes");
    cloud.with(fake -> {
      fake.failOnce("create", new Failure.ProviderError(CloudWords.ours("not today")));
      return true;
    });
    Reference instance =
        scene.instance(
            "one", scene.config("cloud", "right"), Map.of("example.org/owner", "eo"), Map.of());
    String id = InstanceScene.annotation(ready(instance), "crossplane.io/external-name");
    var _ =
        kubernetes.patch(
            instance, Map.of("spec", Map.of("forProvider", Map.of("tags", Map.of("team", "eo")))));
    var _ =
        await.until(
            "the machine was mended",
            () -> scene.events(instance),
            events -> events.stream().anyMatch(event -> event.contains("UpdatedExternal")));
    kubernetes.delete(instance);
    await.untilGone(kubernetes, instance);
    List<Wire.ChangeLogEntry> entries = entries("changes", 4);
    assertThat(entries)
        .extracting(
            entry -> entry.getOperation().name().replace("OPERATION_TYPE_", ""),
            Wire.ChangeLogEntry::getExternalName,
            Wire.ChangeLogEntry::getErrorMessage)
        .containsExactly(
            tuple("CREATE", "", "ProviderError: not today"),
            tuple("CREATE", id, ""),
            tuple("UPDATE", id, ""),
            tuple("DELETE", id, ""));
    assertThat(entries)
        .as("the whole object, with what others wrote, and without a Secret's content")
        .allSatisfy(entry -> {
          assertThat(entry.getProvider()).startsWith("provider-isobar:");
          assertThat(entry.getApiVersion()).isEqualTo("compute.isobar.dev/v1alpha1");
          assertThat(entry.getKind()).isEqualTo("Instance");
          assertThat(entry.getName()).isEqualTo("one");
          assertThat(snapshot(entry).at("metadata", "annotations", "example.org/owner").text())
              .contains("eo");
          assertThat(snapshot(entry).at("spec", "providerConfigRef", "name").text())
              .contains("cloud");
          assertThat(entry.toString()).doesNotContain("password");
        });
    assertThat(entries)
        .as("as it was before")
        .extracting(
            entry -> snapshot(entry).at("metadata", "annotations", "isobar.dev/creation").text(),
            entry -> snapshot(entry).at("metadata", "deletionTimestamp").exists(),
            entry -> snapshot(entry).at("spec", "forProvider", "tags", "team").exists())
        .containsExactly(
            tuple(Optional.of("1"), false, false),
            tuple(Optional.of("2"), false, false),
            tuple(Optional.of("2"), false, true),
            tuple(Optional.of("2"), true, true));
  }

  /** Entries about Instances of a namespace; those of other tests are passed over. */
  private List<Wire.ChangeLogEntry> entries(String namespace, int count) {
    List<Wire.ChangeLogEntry> ours = new ArrayList<>();
    while (ours.size() < count) {
      ours.addAll(
          sidecar.next(1).stream()
              .filter(entry ->
                  snapshot(entry).at("metadata", "namespace").text().equals(Optional.of(namespace)))
              .toList());
    }
    return ours;
  }

  private static Tree snapshot(Wire.ChangeLogEntry entry) {
    return Tree.of(FakeSidecar.plain(entry.getSnapshot()));
  }

  @Test
  void whatIsPausedIsNotEvenDeleted() {
    InstanceScene scene = InstanceScene.set(kubernetes, "pause");
    Reference config = scene.config("cloud", "right");
    Reference instance = scene.instance("one", config);
    String id = InstanceScene.annotation(ready(instance), "crossplane.io/external-name");
    scene.annotate(instance, "crossplane.io/paused", "true");
    var _ =
        await.until(
            kubernetes, instance, "is paused", Conditions.is("Synced", "False", "ReconcilePaused"));
    double passes = provider.metric("controller_runtime_reconcile_total");
    kubernetes.delete(instance);
    var _ =
        await.until(
            "the deletion was seen",
            () -> provider.metric("controller_runtime_reconcile_total"),
            now -> now > passes);
    assertThat(kubernetes.find(instance)).isPresent();
    assertThat(cloud.<List<String>>with(FakeCloud::live)).contains(id);
    scene.removeAnnotation(instance, "crossplane.io/paused");
    await.untilGone(kubernetes, instance);
    assertThat(cloud.<List<String>>with(FakeCloud::live)).doesNotContain(id);
  }

  @Test
  void anExistingMachineIsLookedAtAndLeftAlone() {
    InstanceScene scene = InstanceScene.set(kubernetes, "import");
    Reference config = scene.config("cloud", "right");
    Reference owner = scene.instance("owner", config);
    String id = InstanceScene.annotation(ready(owner), "crossplane.io/external-name");
    Reference guest =
        scene.instance(
            "guest",
            config,
            Map.of("crossplane.io/external-name", id),
            Map.of("managementPolicies", List.of("Observe")));
    assertThat(ready(guest).at("status", "atProvider", "id").text()).contains(id);
    kubernetes.delete(guest);
    await.untilGone(kubernetes, guest);
    assertThat(cloud.<List<String>>with(FakeCloud::live)).contains(id);
    kubernetes.delete(owner);
    await.untilGone(kubernetes, owner);
  }

  @Test
  void aRequestForALookIsAnswered() {
    InstanceScene scene = InstanceScene.set(kubernetes, "request");
    Reference instance = scene.instance("one", scene.config("cloud", "right"));
    var _ = ready(instance);
    scene.annotate(instance, "crossplane.io/reconcile-requested-at", "token-1");
    var _ =
        await.until(
            kubernetes,
            instance,
            "answers the request",
            seen ->
                seen.at("status", "lastHandledReconcileAt")
                    .text()
                    .filter("token-1"::equals)
                    .isPresent());
    kubernetes.delete(instance);
    await.untilGone(kubernetes, instance);
  }

  /** Two more polls pass, told by the listings they need, and nothing is written. */
  @Test
  void whatIsSettledCostsNoWrites() {
    InstanceScene scene = InstanceScene.set(kubernetes, "rest");
    Reference config = scene.config("cloud", "right");
    Map<String, Object> connection =
        Map.of("writeConnectionSecretToRef", Map.of("name", "address"));
    Reference instance = scene.instance("one", config, Map.of(), connection);
    var _ = ready(instance);
    awaitListings(2);
    AuditLog audit = plane.server().audit();
    long mark = audit.mark();
    awaitListings(3);
    List<Write> writes =
        audit.since(mark).stream()
            .filter(write -> write.user().endsWith(":" + ProviderAccount.NAME))
            .toList();
    assertThat(writes).isEmpty();
    kubernetes.delete(instance);
    await.untilGone(kubernetes, instance);
  }

  private void awaitListings(int more) {
    double before = listings();
    var _ = await.until("the cloud was listed again", this::listings, now -> now >= before + more);
  }

  private double listings() {
    return cloud.<Double>with(
        fake -> (double) fake.calls().stream().filter("list"::equals).count());
  }
}

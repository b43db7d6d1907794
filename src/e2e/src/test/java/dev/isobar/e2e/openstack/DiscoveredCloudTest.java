package dev.isobar.e2e.openstack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.tree.Tree;
import dev.isobar.cli.input.Flavour;
import dev.isobar.cli.yaml.Plain;
import dev.isobar.cli.yaml.YamlText;
import dev.isobar.e2e.commandline.Listing;
import dev.isobar.e2e.plane.Alone;
import dev.isobar.e2e.plane.OnControlPlane;
import dev.isobar.e2e.plane.Planes;
import dev.isobar.e2e.provider.CloudAccess;
import dev.isobar.e2e.provider.ProviderProcess;
import dev.isobar.e2e.render.Rendered;
import dev.isobar.e2e.story.Scene;
import dev.isobar.testbed.kubernetes.Await;
import dev.isobar.testbed.kubernetes.Conditions;
import dev.isobar.testbed.kubernetes.Kind;
import dev.isobar.testbed.kubernetes.Kubernetes;
import dev.isobar.testbed.kubernetes.Reference;
import dev.isobar.testbed.plane.ControlPlane;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * A cluster on a Cloud of which its operator says almost nothing: the provider asks a real
 * OpenStack what it has, and core and the function compose from that. One story in several tests.
 */
@ResourceLock(Alone.OPENSTACK)
@ResourceLock(Alone.FUNCTION)
@OnOpenStack
@OnControlPlane
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
final class DiscoveredCloudTest {
  private static final String OLD = "5a0e3f52-0000-4000-8000-000000001346";
  private static final String CURRENT = "5a0e3f52-0000-4000-8000-000000001352";
  private static final String NEW = "5a0e3f52-0000-4000-8000-000000001359";
  private static final Reference CLOUD = Kind.CLOUD.named("discovered");

  private final ControlPlane plane = Planes.bare();
  private final Kubernetes kubernetes = plane.kubernetes();
  private final Await await = Await.PATIENT;
  private final Scene scene = new Scene(plane, "discovered");
  private final Reference claim = Kind.CLAIM.named("discovered", "eo-lab");
  private final Operator operator = new Operator(Lab.cloud());
  private ProviderProcess provider;

  @BeforeAll
  void start() {
    operator.offer("g2.a100.2", 32, 240, 200, "big:2");
    operator.offer("g2b.a100.2", 32, 232, 200, "big:2");
    operator.upload(OLD, "ubuntu-2404-kube-v1.34.6");
    operator.upload(CURRENT, "ubuntu-2404-kube-v1.35.2");
    kubernetes.makeNamespace("discovered", Map.of());
    var _ = access(Lab.cloud().cloudsYaml()).clusterConfig(kubernetes, "discovered", "discovered");
    scene.cloud(DiscoveredCloudTest::sayLittle);
    provider = ProviderProcess.start(plane, "provider-discovered-cloud", "--discovery-interval=2s");
  }

  @AfterAll
  void end() {
    provider.stop();
    operator.close();
    assertThat(provider.forbidden()).isEmpty();
  }

  private static CloudAccess access(String cloudsYaml) {
    return CloudAccess.openStack(cloudsYaml, "lab");
  }

  private void credentials(String cloudsYaml) {
    access(cloudsYaml).secret(kubernetes, "discovered", "discovered");
  }

  /** Only which GPUs hide behind an alias, and that there are few. */
  private static void sayLittle(Map<String, @Nullable Object> spec) {
    List.of("images", "zones", "machineTypes").forEach(spec::remove);
    spec.put("providerConfigRef", Map.of("kind", "ClusterProviderConfig", "name", "discovered"));
    spec.put("discovery", Map.of("gpus", List.of(Map.of("alias", "big", "model", "A100-80GB"))));
    spec.put("machineTypes", List.of(Map.of("name", "g2.a100.2", "scarce", true)));
  }

  private Tree cloud(String reason) {
    String status = reason.equals("Available") ? "True" : "False";
    return await.until(kubernetes, CLOUD, "is " + reason, Conditions.is("Ready", status, reason));
  }

  private static Map<String, Tree> byName(Tree cloud, String list, String field) {
    Map<String, Tree> found = new TreeMap<>();
    cloud
        .at("status", list)
        .items()
        .forEach(one -> found.put(one.at(field).text().orElse(""), one));
    return found;
  }

  @Test
  @Order(1)
  void theCloudShowsWhatOpenStackHas() {
    Tree seen = cloud("Available");
    Map<String, Tree> types = byName(seen, "machineTypes", "name");
    assertThat(types).containsKeys("m1.large", "g2.a100.2", "g2b.a100.2", "g8.h100");
    assertThat(types).as("more processors than a Cloud can show").doesNotContainKey("m1.too-large");
    assertThat(types.get("g2.a100.2").plain())
        .isEqualTo(
            Map.of(
                "name",
                "g2.a100.2",
                "cpu",
                32L,
                "memory",
                "240Gi",
                "disk",
                "200Gi",
                "gpu",
                Map.of("vendor", "NVIDIA", "model", "A100-80GB", "count", 2L, "memory", "80Gi")));
    Map<String, Tree> images = byName(seen, "images", "kubernetes");
    assertThat(images).containsOnlyKeys("1.34.6", "1.35.2");
    assertThat(images.get("1.35.2").at("id").text()).contains(CURRENT);
    assertThat(seen.at("status", "zones").plain()).isEqualTo(List.of("nova"));
    assertThat(byName(seen, "quota", "resource"))
        .containsKeys("cores", "instances", "memoryMiB", "floatingIPs");
  }

  @Test
  @Order(2)
  void kubectlShowsItInALine() {
    Listing.isAsThePageShows(plane, "get cloud discovered", "AGE");
  }

  @Test
  @Order(3)
  void theClaimIsComposedFromIt(@TempDir Path folder) throws IOException {
    var _ = scene.claim("discovered", "eo-lab");
    var _ =
        await.until(
            kubernetes,
            claim,
            "is being provisioned",
            seen ->
                Conditions.is("Accepted", "True").test(seen)
                    && seen.at("status", "stage")
                        .text()
                        .filter("Provisioning"::equals)
                        .isPresent());
    Files.writeString(
        folder.resolve("objects.yaml"),
        YamlText.render(List.of(written(claim), Plain.copy(kubernetes.get(CLOUD).plain()))));
    Rendered rendered = Rendered.of(Flavour.CLAIMS, folder);
    var names = new TreeSet<String>();
    rendered
        .composed()
        .forEach(object ->
            names.add(object.get("kind") + " " + Plain.copy(object.get("metadata")).get("name")));
    assertThat(names).containsAll(templates());
  }

  private Map<String, @Nullable Object> written(Reference reference) {
    var object = Plain.copy(kubernetes.get(reference).plain());
    var spec = Plain.copy(object.get("spec"));
    // What core adds to a claim.
    List.of("resourceRef", "compositionRef", "compositionRevisionRef", "compositeDeletePolicy")
        .forEach(spec::remove);
    object.put("spec", spec);
    object.put("metadata", Map.of("name", reference.name(), "namespace", reference.namespace()));
    object.remove("status");
    return object;
  }

  /** What machines are made of: as long as these are the same nothing rolls. */
  private TreeSet<String> templates() {
    var names = new TreeSet<String>();
    for (Reference reference : scene.composed(scene.composite(claim))) {
      if (reference.kind().name().endsWith("Template")) {
        names.add(reference.kind().name() + " " + reference.name());
      }
    }
    assertThat(names).hasSizeGreaterThanOrEqualTo(4);
    return names;
  }

  @Test
  @Order(4)
  void nothingThatComesOrGoesRollsTheCluster() {
    var composite = Reference.of(scene.composite(claim));
    var before = templates();
    String pinned = specOf(before);
    operator.offer("m9.new", 8, 32, 40, "");
    operator.upload(NEW, "ubuntu-2404-kube-v1.35.9");
    operator.withdrawImage(CURRENT);
    var _ =
        await.until(
            kubernetes,
            CLOUD,
            "shows what came and went",
            seen ->
                byName(seen, "machineTypes", "name").containsKey("m9.new")
                    && byName(seen, "images", "kubernetes").containsKey("1.35.9")
                    && !byName(seen, "images", "kubernetes").containsKey("1.35.2"));
    var _ = await.until(kubernetes, claim, "is told what came", now -> offered(now, "1.35.9"));
    operator.withdrawFlavor("g2b.a100.2");
    Tree seen =
        await.until(
            kubernetes,
            claim,
            "is told what went",
            Conditions.is("CloudResolved", "True", "Incomplete"));
    assertThat(offered(seen, "1.35.9")).as("a patch, which no pool must follow").isTrue();
    assertThat(seen.at("status", "version").text()).contains("1.35.2");
    assertThat(templates()).isEqualTo(before);
    assertThat(specOf(before)).isEqualTo(pinned);
    assertThat(Conditions.is("Synced", "True").test(kubernetes.get(composite))).isTrue();
  }

  private static boolean offered(Tree claim, String version) {
    return claim.at("status", "availableUpgrades").items().stream()
        .anyMatch(one -> one.text().filter(version::equals).isPresent());
  }

  /** What the templates say, with everything that is theirs. */
  private String specOf(TreeSet<String> templates) {
    var specs = new TreeMap<String, Object>();
    for (Reference reference : scene.composed(scene.composite(claim))) {
      if (templates.contains(reference.kind().name() + " " + reference.name())) {
        specs.put(reference.toString(), kubernetes.get(reference).at("spec").plain());
      }
    }
    return specs.toString();
  }

  @Test
  @Order(5)
  void aCloudThatIsLostKeepsWhatWasFoundAndRollsNothing() {
    Object found = findings(cloud("Available"));
    var before = templates();
    credentials(Lab.cloud().cloudsYaml().replace("password: lab", "password: wr0ng-pass"));
    Tree refused = cloud("AuthenticationFailed");
    assertThat(findings(refused)).isEqualTo(found);
    assertThat(message(refused)).contains("authentication").doesNotContain("wr0ng-pass");
    credentials(
        Lab.cloud().cloudsYaml().replaceAll("auth_url: .*", "auth_url: http://127.0.0.1:9/v3"));
    Tree lost = cloud("CloudUnreachable");
    assertThat(findings(lost)).isEqualTo(found);
    assertThat(templates()).isEqualTo(before);
    credentials(Lab.cloud().cloudsYaml());
    var _ = cloud("Available");
  }

  private static String message(Tree cloud) {
    return Conditions.find(cloud, "Ready").flatMap(one -> one.at("message").text()).orElse("");
  }

  private static List<@Nullable Object> findings(Tree cloud) {
    return Stream.of("machineTypes", "images", "zones", "quota", "counts")
        .<@Nullable Object>map(field -> cloud.at("status", field).plain())
        .toList();
  }

  @Test
  @Order(6)
  void aSecondLookWritesNothing() {
    String version = cloud("Available").at("metadata", "resourceVersion").text().orElse("");
    int asked = provider.asked("quota");
    var _ =
        await.until(
            "the cloud is asked again and again",
            () -> provider.asked("quota"),
            now -> now > asked + 9);
    assertThat(kubernetes.get(CLOUD).at("metadata", "resourceVersion").text()).contains(version);
  }
}

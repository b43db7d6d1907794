package dev.isobar.it.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.tree.Tree;
import dev.isobar.cli.yaml.Manifest;
import dev.isobar.cli.yaml.ManifestParsing;
import dev.isobar.it.architecture.Checkout;
import dev.isobar.it.manifests.HealthCheck.Health;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Argo CD makes of our objects. */
final class ArgoCdTest {
  private static final Path FOLDER = Path.of("package/argocd");
  private static final String KEY = "resource.customizations.health.";

  /** Kinds that only say something to others. */
  private static final Set<String> NOTHING_TO_WAIT_FOR =
      Set.of(
          "compute.isobar.dev_ClusterProviderConfig",
          "compute.isobar.dev_ProviderConfig",
          "compute.isobar.dev_ProviderConfigUsage",
          "infrastructure.isobar.dev_GpuMachineTemplate");

  /** A row of a table of conditions: a reason of False, and who acts. */
  private static final Pattern REASON =
      Pattern.compile("\\| False \\| (\\w+) \\| [^|\n]* \\| (\\S[^|\n]*) \\|$", Pattern.MULTILINE);

  private final Checkout checkout = Checkout.here();
  private final Map<String, Path> checks = checks();

  @Test
  void everyKindThatGetsReadyHasACheck() {
    Set<String> kinds =
        Stream.of("/crd.yaml", "/definition.yaml")
            .flatMap(ending -> checkout.files(ending).stream())
            .filter(file -> file.startsWith("apis"))
            .flatMap(file -> objects(file).map(Tree::of))
            .flatMap(ArgoCdTest::kinds)
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(kinds).containsAll(NOTHING_TO_WAIT_FOR);
    kinds.removeAll(NOTHING_TO_WAIT_FOR);
    assertThat(checks.keySet()).isEqualTo(kinds);
  }

  /** The status of each row is YAML; {@code C TYPE STATUS REASON} there is a condition. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          nobody saw it | platform | {} | Progressing | Nobody has looked at it yet.
          paused | platform | {conditions: [C Synced False ReconcilePaused]} | Suspended | of Synced
          older than spec | platform | {conditions: [C Synced True ReconcileSuccess 1]} | Progressing | Crossplane has not looked at the last change yet.
          refused | platform | {conditions: [C Synced False ReconcileError, C Accepted False InvalidConfiguration]} | Degraded | of Accepted
          function is away | platform | {stage: Ready, conditions: [C Synced False ReconcileError, C Ready Unknown FatalError]} | Degraded | of Synced
          begins | platform | {stage: Provisioning, message: soon, conditions: [C Ready False Creating, C PoolsReady False WaitingForControlPlane]} | Progressing | soon
          cloud refuses | platform | {stage: Provisioning, message: soon, conditions: [C InfrastructureReady False AuthenticationFailed]} | Degraded | of InfrastructureReady
          chart is missing | platform | {stage: Changing, message: soon, conditions: [C AddonsReady False Failed]} | Degraded | of AddonsReady
          machines missing | platform | {stage: Degraded, message: two are gone, conditions: [C Ready True Available]} | Degraded | two are gone
          somebody paused | platform | {stage: Paused, message: the Cluster is, conditions: [C PoolsReady False Paused]} | Suspended | the Cluster is
          is upgraded | platform | {stage: Upgrading, message: to 1.36.2, conditions: [C Ready True Available, C Upgrading True Pools]} | Progressing | to 1.36.2
          goes | platform | {stage: Deleting, message: it goes, conditions: [C InfrastructureReady False Degraded]} | Progressing | it goes
          core waits | platform | {stage: Ready, message: it is ready, conditions: [C Ready False Creating]} | Progressing | it is ready
          all is well | platform | {stage: Ready, message: it is ready, conditions: [C Synced True ReconcileSuccess 2, C Ready True Available, C Upgrading False UpToDate, C Responsive False WatchCircuitOpen]} | Healthy | it is ready
          nobody saw it | managed | {} | Progressing | The provider has not looked at it yet.
          runs | managed | {observedGeneration: 2, conditions: [C Synced True ReconcileSuccess, C Ready True Available]} | Healthy | of Ready
          older than spec | managed | {observedGeneration: 1, conditions: [C Ready True Available]} | Progressing | The provider has not looked at the last change yet.
          is made | managed | {conditions: [C Synced True ReconcileSuccess, C Ready False Creating]} | Progressing | of Ready
          no quota | managed | {conditions: [C Synced False QuotaExceeded, C Ready False Creating]} | Degraded | of Synced
          no GPU is free | managed | {conditions: [C Synced False InsufficientCapacity, C Ready False Creating]} | Progressing | of Synced
          is throttled | managed | {conditions: [C Synced False Throttled, C Ready True Available]} | Progressing | of Synced
          is lost | managed | {conditions: [C Synced True ReconcileSuccess, C Ready False Lost]} | Degraded | of Ready
          paused | managed | {conditions: [C Synced False ReconcilePaused, C Ready True Available]} | Suspended | of Synced
          Cluster paused | managed | {conditions: [C Paused True Paused, C Ready False WaitingForNode]} | Suspended | of Paused
          driver loads | managed | {conditions: [C Ready False WaitingForDriver]} | Progressing | of Ready
          a GPU is broken | managed | {conditions: [C Ready False ResourcesDiffer]} | Degraded | of Ready
          cluster lives | managed | {conditions: [C Ready True Watching]} | Healthy | of Ready
          cleans up | managed | {conditions: [C Ready False CleaningUp]} | Progressing | of Ready
          no rights | managed | {conditions: [C Ready False AuthenticationFailed]} | Degraded | of Ready
          nobody asks | cloud | {} | Healthy | It names no ProviderConfig, so nobody asks the cloud.
          nobody asks | cloud | {conditions: [C Ready Unknown NoProviderConfig]} | Healthy | of Ready
          answers | cloud | {conditions: [C Ready True Available]} | Healthy | of Ready
          """)
  void healthTellsWhoMustAct(
      String reason, String check, String status, String health, String message) {
    assertThat(healthOf(check, "{}", status)).as(reason).isEqualTo(new Health(health, message));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          nobody saw it | {} | Progressing | The provider has not looked at it yet.
          is throttled | {conditions: [C Ready False Throttled]} | Progressing | of Ready
          refuses | {conditions: [C Ready False AuthenticationFailed]} | Degraded | of Ready
          """)
  void aCloudThatIsAskedIsWaitedFor(String reason, String status, String health, String message) {
    assertThat(healthOf("cloud", "{providerConfigRef: {name: wekeo}}", status))
        .as(reason)
        .isEqualTo(new Health(health, message));
  }

  @ParameterizedTest
  @CsvSource({
    "conditions.md, # Conditions, ## Of a ClusterCleanup, platform, 10",
    "conditions.md, ## Of a ClusterCleanup, ## Results, managed, 3",
    "instances.md, # Instances, ## Annotations, managed, 12",
    "gpu-machines.md, ## Conditions, Messages of GpusReady, managed, 12",
  })
  void isDegradedWhereTheDocumentationWantsSomebodyToAct(
      String page, String from, String to, String check, int reasons) {
    String text = checkout.read(Path.of("src/site/markdown", page));
    var told = new TreeSet<String>();
    var shown = new TreeSet<String>();
    REASON
        .matcher(text.substring(text.indexOf(from), text.indexOf(to)))
        .results()
        .filter(row -> !row.group(1).endsWith("Paused"))
        .forEach(row -> {
          String reason = row.group(1);
          String status = "{conditions: [C %s False %s]}";
          String condition = check.equals("platform") ? "PoolsReady" : "Ready";
          told.add(reason + (row.group(2).startsWith("wait") ? " Progressing" : " Degraded"));
          shown.add(
              reason + " " + healthOf(check, "{}", status.formatted(condition, reason)).status());
        });
    assertThat(shown).isEqualTo(told).hasSizeGreaterThanOrEqualTo(reasons);
  }

  @ParameterizedTest
  @CsvSource({
    "openstack-ready, Healthy, all conditions hold",
    "openstack-degraded, Degraded, machines are missing",
    "openstack-upgrade, Progressing, another version comes",
    "openstack-gpu-lab, Progressing, it was just asked for",
    "openstack-namespaced, Progressing, the other flavour",
  })
  void storiesHaveTheHealthThatTheyTell(String story, String health, String reason) {
    Map<String, @Nullable Object> cluster =
        objects(Path.of("examples", story, "expected.yaml"))
            .filter(one -> Tree.of(one).at("kind").text().orElse("").endsWith("PlatformCluster"))
            .findFirst()
            .orElseThrow();
    assertThat(healthOf(FOLDER.resolve("health/platform.lua"), cluster).status())
        .as(reason)
        .isEqualTo(health);
  }

  private Health healthOf(String check, String spec, String status) {
    String conditions =
        status.replaceAll(
            "C (\\w+) (\\w+) (\\w+)(?: (\\d))?",
            "{type: $1, status: '$2', reason: $3, message: of $1, observedGeneration: $4}");
    String object =
        "{apiVersion: v1, kind: Any, metadata: {name: any, generation: 2}, spec: %s, status: %s}"
            .formatted(spec, conditions.replace("observedGeneration: }", "severity: none}"));
    return healthOf(
        FOLDER.resolve("health/" + check + ".lua"),
        ManifestParsing.parse("status", object).getFirst().object());
  }

  private Health healthOf(Path check, Map<String, ? extends @Nullable Object> object) {
    return new HealthCheck(checkout.read(check)).of(object);
  }

  /** The scripts by group and kind. */
  private Map<String, Path> checks() {
    var files = new TreeMap<String, Path>();
    objects(FOLDER.resolve("kustomization.yaml"))
        .flatMap(one -> Tree.of(one).at("configMapGenerator").items().stream())
        .flatMap(one -> one.at("files").items().stream())
        .map(one -> one.text().orElseThrow())
        .filter(line -> line.startsWith(KEY))
        .forEach(line -> {
          int equals = line.indexOf('=');
          files.put(
              line.substring(KEY.length(), equals), FOLDER.resolve(line.substring(equals + 1)));
        });
    return files;
  }

  private static Stream<String> kinds(Tree definition) {
    Tree spec = definition.at("spec");
    return Stream.of("names", "claimNames")
        .flatMap(names -> spec.at(names, "kind").text().stream())
        .map(kind -> spec.at("group").text().orElseThrow() + "_" + kind);
  }

  private Stream<Map<String, @Nullable Object>> objects(Path file) {
    return ManifestParsing.parse(file.toString(), checkout.read(file)).stream()
        .map(Manifest::object);
  }
}

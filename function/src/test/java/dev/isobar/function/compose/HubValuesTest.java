package dev.isobar.function.compose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.tree.Tree;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The values of the hub's chart, whose schema refuses what it does not know. */
final class HubValuesTest {
  private static final String CHART = "jupyterhub/chart-4.4.0.txt";

  /** A reason, and what is changed of a workspace with a hub. */
  record Row(String reason, String overlay) {
    @Override
    public String toString() {
      return reason;
    }
  }

  static Stream<Row> hubs() {
    return Stream.of(
        new Row("as it is", "{}"),
        new Row(
            "GitHub",
            "jupyterhub: {auth: {oidc: null, github: {clientId: a, clientSecretRef: {name: b, key:"
                + " c}, organizations: [eo]}}}"),
        new Row(
            "LDAP with a search",
            "jupyterhub: {auth: {oidc: null, ldap: {server: ldap.example.org, search: {base:"
                + " 'ou=a', user: 'cn=b', passwordRef: {name: b, key: c}}}}, users: {groups:"
                + " ['cn=eo']}}"),
        new Row(
            "LDAP with templates",
            "jupyterhub: {auth: {oidc: null, ldap: {server: ldap.example.org, encryption: Tls,"
                + " bindTemplates: ['uid={username},ou=a']}}}"),
        new Row(
            "a trial", "jupyterhub: {auth: {oidc: null, dummy: {passwordRef: {name: b, key: c}}}}"),
        new Row(
            "all that can be said of users, storage, time and network",
            """
            jupyterhub:
              users: {groups: [a], adminGroups: [b], admins: [grace], everyone: true}
              storage: {home: 20Gi, storageClass: fast, accessMode: ReadWriteMany, shared: [{name: era5, claimName: era5}]}
              idle: {cullAfter: 5m, maxAge: 2d, kernelsAfter: 20m}
              networkPolicy: {privateAddresses: true, allowed: [10.0.0.0/8]}
              ingress: {className: nginx, clusterIssuer: acme, annotations: {a: b}}
            quota: {maxServers: 40}
            """),
        new Row(
            "a gateway",
            "jupyterhub: {ingress: null, gateway: {name: main, namespace: gateways, listener:"
                + " https}}"),
        new Row("Kueue", "scheduler: {kueue: {clusterQueue: gpus}}"),
        new Row("KAI", "scheduler: {kai: {queue: eo}}"));
  }

  @ParameterizedTest
  @MethodSource("hubs")
  void haveNoKeyThatTheChartDoesNotKnow(Row row) throws IOException {
    WorkspaceScene scene = WorkspaceScene.of(WorkspaceScene.HUB).claim(row.overlay());
    Map<String, Set<String>> known = known();
    List<String> unknown = new ArrayList<>();
    collect(Tree.of(Manifest.of(scene.hubValues())), "", known, unknown);
    assertThat(unknown).isEmpty();
  }

  private static void collect(
      Tree values, String path, Map<String, Set<String>> known, List<String> unknown) {
    Set<String> keys = known.get(path.isEmpty() ? "/" : path);
    if (keys == null || keys.contains("*")) {
      return;
    }
    for (String key : values.fields()) {
      String place = path.isEmpty() ? key : path + "." + key;
      if (!keys.contains(key)) {
        unknown.add(place);
      }
      collect(values.at(key), place, known, unknown);
    }
  }

  private static Map<String, Set<String>> known() throws IOException {
    var known = new TreeMap<String, Set<String>>();
    try (InputStream file = HubValuesTest.class.getResourceAsStream(CHART)) {
      String text =
          new String(Objects.requireNonNull(file, CHART).readAllBytes(), StandardCharsets.UTF_8);
      text.lines()
          .filter(line -> !line.startsWith("#"))
          .forEach(line -> {
            String[] parts = line.split(": ", 2);
            known.put(parts[0], new TreeSet<>(Arrays.asList(parts[1].split(" "))));
          });
    }
    return known;
  }

  @Test
  void schemaIsReadWhole() throws IOException {
    assertThat(known()).hasSize(83);
    List<String> unknown = new ArrayList<>();
    collect(Tree.of(Manifest.of("{hub: {konfig: {}}, singleusers: {}}")), "", known(), unknown);
    assertThat(unknown).containsExactly("hub.konfig", "singleusers");
  }

  /**
   * Sveltos renders values in a profile twice; what it reads from a ConfigMap it takes literally.
   */
  @Test
  void templateSignsOfUsersSurviveSveltos() {
    WorkspaceScene scene =
        WorkspaceScene.of(WorkspaceScene.HUB)
            .claim(
                "jupyterhub: {profiles: [{name: small, displayName: 'Braces {{ .Cluster }}',"
                    + " accelerator: slices, gpuMemory: 20Gi, cpu: 4, memory: 32Gi, image: a}]}");
    Tree profile = Tree.of(scene.composed("addon.ml-training.jupyterhub")).at("spec");
    assertThat(String.valueOf(profile.plain())).doesNotContain("{{");
    Tree chart = profile.at("helmCharts").items().getFirst();
    Tree config = Tree.of(scene.composed("addon.ml-training.jupyterhub.config"));
    assertThat(chart.at("values").exists()).isFalse();
    assertThat(chart.at("valuesFrom").items().getFirst().at("name").text())
        .isEqualTo(config.at("metadata", "name").text());
    assertThat(config.at("metadata", "annotations").exists()).isFalse();
    assertThat(config.at("data", "values.yaml").text().orElse(""))
        .contains("Braces {{ .Cluster }}");
  }

  /** A reason, an accelerator, and the volumes that its servers have of their own. */
  record Memory(String reason, String accelerator, String volumes) {
    @Override
    public String toString() {
      return reason;
    }
  }

  static Stream<Memory> memories() {
    String own = "machineTypes: [g3.h100.8], nodes: {min: 0, max: 4}, partitioning: ";
    String shm = "{shm: {name: shm, emptyDir: {medium: Memory}}}";
    return Stream.of(
        new Memory("a whole GPU", own + "{none: {}}", shm),
        new Memory("GPUs that take turns", own + "{timeSlicing: {replicas: 4}}", shm),
        new Memory(
            "the device plugin mounts that of its daemon", own + "{mps: {replicas: 4}}", "{}"),
        new Memory("a pool of the cluster", "poolRef: {name: whole}", shm),
        new Memory("a pool of the cluster with a daemon", "poolRef: {name: served}", "{}"));
  }

  @ParameterizedTest
  @MethodSource("memories")
  void sharedMemoryIsTheServersOwnUnlessMpsBringsIt(Memory row) {
    ManagementCluster cluster =
        ManagementCluster.with(
            "pools: [{name: whole, machineTypes: [g2.a100.2], replicas: 1, gpu: {partitioning:"
                + " {none: {}}}}, {name: served, machineTypes: [g2.a100.2], replicas: 1, gpu:"
                + " {partitioning: {mps: {replicas: 4}}}}]");
    cluster.settle();
    WorkspaceScene scene =
        WorkspaceScene.in(cluster, WorkspaceScene.HUB)
            .claim(
                "{accelerators: [{name: slices, %s}], jupyterhub: {profiles: [{name: small,"
                        .formatted(row.accelerator())
                    + " accelerator: slices, cpu: 4, memory: 32Gi, image: a}]}}");
    Tree servers = Tree.of(Manifest.of(scene.hubValues())).at("singleuser");
    Tree changed = servers.at("profileList").items().getFirst().at("kubespawner_override");
    assertThat(Objects.requireNonNullElse(changed.at("volumes").plain(), Map.of()))
        .isEqualTo(Manifest.of(row.volumes()));
    assertThat(changed.at("volume_mounts").exists()).isEqualTo(changed.at("volumes").exists());
    assertThat(servers.at("storage").fields()).doesNotContain("extraVolumes", "extraVolumeMounts");
  }

  /** The hub of a workspace that is deleted stops no server, and each has a GPU. */
  @Test
  void serversGoWithTheHub() {
    WorkspaceScene scene = WorkspaceScene.of(WorkspaceScene.HUB);
    assertThat(
            Tree.of(Manifest.of(scene.hubValues()))
                .at("hub", "extraConfig", "isobar-4-owner")
                .text()
                .orElse(""))
        .isEqualTo(
            """
            from kubernetes_asyncio.client import V1OwnerReference
            async def owned(spawner, pod):
                hub = await spawner.api.read_namespaced_secret("hub", spawner.namespace)
                pod.metadata.owner_references = [
                    V1OwnerReference(api_version="v1", kind="Secret", name="hub", uid=hub.metadata.uid)
                ]
                return pod
            c.KubeSpawner.modify_pod_hook = owned
            """);
  }

  /** A reason, an Ingress, and the annotations it comes to have. */
  record WayIn(String reason, String ingress, String annotations) {
    @Override
    public String toString() {
      return reason;
    }
  }

  static Stream<WayIn> waysIn() {
    String key = "traefik.ingress.kubernetes.io/router.entrypoints";
    return Stream.of(
        new WayIn("the cluster's own", "{className: null}", "{%s: websecure}".formatted(key)),
        new WayIn(
            "named besides, with an issuer",
            "{className: traefik, clusterIssuer: acme}",
            "{%s: websecure, cert-manager.io/cluster-issuer: acme}".formatted(key)),
        new WayIn(
            "the team knows better",
            "{className: traefik, annotations: {%s: secure}}".formatted(key),
            "{%s: secure}".formatted(key)),
        new WayIn("another controller redirects by itself", "{className: nginx}", "{}"));
  }

  /** Passwords and cookies of the hub would go over the network for all to read. */
  @ParameterizedTest
  @MethodSource("waysIn")
  void theHubIsNotServedWithoutTls(WayIn row) {
    ManagementCluster cluster = ManagementCluster.with("addons: {ingress: Traefik}");
    cluster.settle();
    WorkspaceScene scene =
        WorkspaceScene.in(cluster, WorkspaceScene.HUB)
            .claim("jupyterhub: {ingress: %s}".formatted(row.ingress()));
    Tree annotations = Tree.of(Manifest.of(scene.hubValues())).at("ingress", "annotations");
    assertThat(Objects.requireNonNullElse(annotations.plain(), Map.of()))
        .isEqualTo(Manifest.of(row.annotations()));
  }

  /** The secret is copied by Sveltos, which alone sees it; the function emits a template. */
  @Test
  void secretTravelsByReference() {
    WorkspaceScene scene = WorkspaceScene.of(WorkspaceScene.HUB);
    assertThat(
            Tree.of(scene.composed("addon.ml-training.login"))
                .at("spec", "templateResourceRefs")
                .plain())
        .isEqualTo(
            Manifest.plain(
                """
                - identifier: Login
                  resource: {apiVersion: v1, kind: Secret, namespace: eo4eu, name: hub-oidc}
                """));
    Tree config = Tree.of(scene.composed("addon.ml-training.login.config"));
    assertThat(config.at("metadata", "annotations", "projectsveltos.io/template").text())
        .contains("true");
    assertThat(config.at("data", "hub-login.yaml").text())
        .contains(
            """
            {{- $data := (getResource "Login").data -}}
            {{- if not (index $data "secret") }}{{ fail "Secret hub-oidc has no key secret" }}{{ end -}}
            apiVersion: v1
            kind: Secret
            metadata:
              name: hub-login
              namespace: workspace-ml-training
            type: Opaque
            data:
              secret: {{ index $data "secret" | quote }}
            """);
  }

  /**
   * The chart's own image pullers tolerate no GPU nodes: they would fetch the images of all kinds
   * of servers onto the nodes without GPUs, where none of them runs, and onto no others.
   */
  @Test
  void imagesAreFetchedWhereTheyRunOnly() {
    WorkspaceScene scene =
        WorkspaceScene.of(WorkspaceScene.HUB)
            .claim(
                "jupyterhub: {profiles: [{name: small, accelerator: slices, gpuMemory: 20Gi, cpu:"
                    + " 4, memory: 32Gi, image: 'cuda:1', placeholders: 2}]}");
    Tree pullers = Tree.of(Manifest.of(scene.hubValues())).at("prePuller");
    assertThat(pullers.plain())
        .isEqualTo(Manifest.plain("{hook: {enabled: false}, continuous: {enabled: false}}"));
    String places =
        Tree.of(scene.composed("addon.ml-training.free-places.config"))
            .at("data", "free-places.yaml")
            .text()
            .orElse("");
    Tree pod =
        Tree.of(Manifest.of(places.substring(places.indexOf("---\n") + 4)))
            .at("spec", "template", "spec");
    assertThat(pod.at("nodeSelector").plain())
        .isEqualTo(Manifest.plain("{isobar.dev/pool: ml-training.slices}"));
    assertThat(pod.at("initContainers").items().getFirst().at("image").text()).contains("cuda:1");
  }
}

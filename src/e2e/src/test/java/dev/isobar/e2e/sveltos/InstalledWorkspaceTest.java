package dev.isobar.e2e.sveltos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.tree.Tree;
import dev.isobar.cli.input.Flavour;
import dev.isobar.cli.yaml.ManifestParsing;
import dev.isobar.cli.yaml.Plain;
import dev.isobar.e2e.plane.OnControlPlane;
import dev.isobar.e2e.plane.Planes;
import dev.isobar.e2e.story.OtherComposition;
import dev.isobar.testbed.kubernetes.Conditions;
import dev.isobar.testbed.kubernetes.Kind;
import dev.isobar.testbed.kubernetes.Kubernetes;
import dev.isobar.testbed.kubernetes.Reference;
import dev.isobar.testbed.plane.ControlPlane;
import dev.isobar.testbed.plane.Project;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Sveltos' own controller brings a workspace into its cluster, namespace, quota, roles, login,
 * places and hub, and takes it out again.
 */
@OnControlPlane
@Order(4)
final class InstalledWorkspaceTest {
  private static final String INSIDE = "workspace-course";
  private static final Reference RECEIVED = Kind.CONFIG_MAP.named(INSIDE, HubChart.RECEIVED);
  private static final Reference NAMESPACE = Kind.NAMESPACE.named(INSIDE);
  private static final Reference QUOTA = new Kind("v1", "ResourceQuota").named(INSIDE, "workspace");
  private static final Reference LOGIN = Kind.SECRET.named(INSIDE, "hub-login");
  private static final Reference EDIT =
      new Kind("rbac.authorization.k8s.io/v1", "RoleBinding").named(INSIDE, "workspace-edit");
  private static final Reference FREE_PLACE =
      new Kind("apps/v1", "Deployment").named(INSIDE, "free-place-slice");

  /** Whatever Sveltos would take for a template, in every string that a team may write. */
  private static final String WORKSPACE =
      """
      apiVersion: platform.isobar.dev/v1alpha1
      kind: GpuWorkspace
      metadata: {namespace: %1$s, name: course}
      spec:
        clusterRef: {name: eo-lab}
        accelerators:
        - name: slices
          machineTypes: [g2.a100.2]
          nodes: {min: 0, max: 2}
          partitioning: {mig: {layout: {1g.10gb: 7}}}
        jupyterhub:
          host: hub.example.org
          ingress: {className: nginx, annotations: {example.org/note: '{{ .Cluster.metadata.name }}'}}
          auth:
            oidc:
              issuer: https://login.example.org/realms/eo
              clientId: '{{ id }}'
              clientSecretRef: {name: hub-oidc, key: secret}
          users: {allowed: ['{{ ada }}'], admins: ['{{ fail "grace" }}']}
          profiles:
          - name: slice
            displayName: 'Slice {{ .Values }}, {{`{{ raw }}`}} and }} {{'
            description: '{{- range $x := . }}'
            accelerator: slices
            cpu: 2
            memory: 8Gi
            image: quay.io/jupyter/pytorch-notebook:cuda12
            placeholders: 1
          storage: {home: 5Gi, onDelete: %2$s}
        access: [{group: 'oidc:{{ forecasters }}'}]
        quota: {gpus: 2, storage: 100Gi, maxServers: 3}
      """;

  @ParameterizedTest
  @CsvSource({"CLAIMS, Delete", "NAMESPACED, Retain"})
  void comesAndGoes(Flavour flavour, String onDelete) {
    ControlPlane plane = Planes.of(flavour).with(Lab.CONTROLLERS);
    try (ChartRepository charts = ChartRepository.start()) {
      charts.offer(HubChart.NAME, HubChart.VERSION, HubChart.files());
      charts.offer("gpu-operator", "v26.3.3", Lab.configMap("gpu-operator"));
      Lab lab = Lab.open(plane, "installed", charts);
      lab.settles();
      Kubernetes management = plane.kubernetes();
      OtherComposition composition = lab.composition(Project.WORKSPACES, "installed-workspaces");
      Reference workspace = Kind.WORKSPACE.named(lab.claim().namespace(), "course");
      String yaml = WORKSPACE.formatted(workspace.namespace(), onDelete);

      asksFor(plane, composition, yaml);

      tellsThatItsSecretIsMissing(management, workspace);
      giveSecret(management, workspace.namespace());
      installed(management, workspace);
      isInside(lab.inside());
      chartGotWhatTheTeamWrote(management, lab);

      asksFor(plane, composition, yaml.replaceAll("'[^']*(\\{\\{|}})[^']*'", "plain"));

      inlineValuesArriveToo(lab.inside());
      management.delete(workspace);
      Lab.AWAIT.untilGone(management, workspace);
      isGone(lab.inside(), onDelete.equals("Retain"));
      lab.goes();
    }
  }

  private static void asksFor(ControlPlane plane, OtherComposition composition, String yaml) {
    var object = Plain.copy(ManifestParsing.parse("workspace", yaml).getFirst().object());
    Map<String, @Nullable Object> spec = Plain.copy(object.get("spec"));
    composition.choose(plane, spec);
    object.put("spec", spec);
    var _ = plane.kubernetes().apply(object);
  }

  private static void tellsThatItsSecretIsMissing(Kubernetes management, Reference workspace) {
    var _ =
        Lab.AWAIT.until(
            management,
            workspace,
            "says which Secret is missing",
            seen ->
                Conditions.is("WorkspaceReady", "False", "Failed").test(seen)
                    && Conditions.find(seen, "WorkspaceReady")
                        .flatMap(found -> found.at("message").text())
                        .filter(text -> text.contains("hub-oidc"))
                        .isPresent());
  }

  private static void giveSecret(Kubernetes management, String namespace) {
    var _ =
        management.apply(
            Map.of(
                "apiVersion",
                "v1",
                "kind",
                "Secret",
                "metadata",
                Map.of("name", "hub-oidc", "namespace", namespace),
                "stringData",
                Map.of("secret", "{{ s3cret }}")));
  }

  private static void installed(Kubernetes management, Reference workspace) {
    var _ =
        Lab.AWAIT.until(
            management,
            workspace,
            "has its nodes, and its hub works",
            Conditions.is("PoolsReady", "True", "Available")
                .and(Conditions.is("WorkspaceReady", "True", "Available"))
                .and(Conditions.is("Ready", "True")));
    assertThat(
            management.list(
                Kind.MACHINE_DEPLOYMENT,
                workspace.namespace(),
                Map.of("isobar.dev/workspace", "course")))
        .as("after the GPU Operator was really brought its layout")
        .hasSize(1);
  }

  private static void isInside(Kubernetes inside) {
    assertThat(inside.get(NAMESPACE).at("metadata", "labels", "isobar.dev/workspace").text())
        .contains("course");
    assertThat(inside.get(QUOTA).at("spec", "hard").plain())
        .isEqualTo(Map.of("requests.nvidia.com/mig-1g.10gb", "15", "requests.storage", "101Gi"));
    assertThat(inside.get(EDIT).at("subjects").items().getFirst().at("name").text())
        .contains("oidc:{{ forecasters }}");
    String encoded = inside.get(LOGIN).at("data", "secret").text().orElseThrow();
    byte[] secret = Base64.getDecoder().decode(encoded);
    assertThat(new String(secret, StandardCharsets.UTF_8)).isEqualTo("{{ s3cret }}");
    assertThat(inside.get(FREE_PLACE).at("spec", "replicas").whole()).contains(1L);
  }

  /** After both passes of Sveltos and Helm's own. */
  private static void chartGotWhatTheTeamWrote(Kubernetes management, Lab lab) {
    Tree config =
        management
            .list(
                Kind.CONFIG_MAP,
                lab.claim().namespace(),
                Map.of("isobar.dev/addon", "course.jupyterhub"))
            .getFirst();
    Map<String, @Nullable Object> sent = values(config, "values.yaml");
    Map<String, @Nullable Object> received = values(lab.inside().get(RECEIVED), "values");
    received.remove("global"); // Helm's own, which every chart gets.
    assertThat(Tree.of(received).plain()).isEqualTo(Tree.of(sent).plain());
    Tree profile = Tree.of(received).at("singleuser", "profileList").items().getFirst();
    assertThat(profile.at("display_name").text())
        .contains("Slice {{ .Values }}, {{`{{ raw }}`}} and }} {{");
    assertThat(Tree.of(received).at("hub", "loadRoles", "admin", "users").plain())
        .isEqualTo(List.of("{{ fail \"grace\" }}"));
  }

  /** Values without signs of templates stand in the profile itself. */
  private static void inlineValuesArriveToo(Kubernetes inside) {
    var _ =
        Lab.AWAIT.until(
            inside,
            RECEIVED,
            "has the new values",
            config ->
                Tree.of(values(config, "values"))
                    .at("hub", "config", "GenericOAuthenticator", "client_id")
                    .text()
                    .filter("plain"::equals)
                    .isPresent());
  }

  private static void isGone(Kubernetes inside, boolean retained) {
    Lab.AWAIT.untilGone(inside, RECEIVED);
    Lab.AWAIT.untilGone(inside, LOGIN);
    Lab.AWAIT.untilGone(inside, FREE_PLACE);
    if (retained) {
      assertThat(inside.find(QUOTA)).as("stays with the homes").isPresent();
    } else {
      Lab.AWAIT.untilGone(inside, NAMESPACE);
    }
  }

  private static Map<String, @Nullable Object> values(Tree config, String key) {
    String text = config.at("data", key).text().orElse("{}");
    return Plain.copy(ManifestParsing.parse(key, text).getFirst().object());
  }
}

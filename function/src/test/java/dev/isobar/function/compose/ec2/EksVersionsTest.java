package dev.isobar.function.compose.ec2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.apis.tree.Tree;
import dev.isobar.function.compose.ManagementCluster;
import dev.isobar.function.compose.Manifest;
import dev.isobar.function.contract.Condition;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Versions of control planes that EKS runs, which it may raise by itself. */
final class EksVersionsTest {
  private static final String POOL =
      "{name: %s, machineType: m6i.2xlarge, autoscale: {min: 0, max: 4}}";
  private static final String ONE = "pools: [" + POOL.formatted("a") + "]";
  private static final String TWO =
      "pools: [" + POOL.formatted("a") + ", " + POOL.formatted("b") + "]";

  private static final String RAISED =
      "EKS has brought the control plane to %s, and nodes and add-ons are kept at %s: the app team"
          + " must set spec.version to %s";

  @Test
  void whatEksRaisesByItselfTheClaimMayTake() {
    ManagementCluster cluster = EksLab.with("version: '1.34'\n" + ONE);
    cluster.settle();
    cluster.reported("control-plane", "status: {version: '1.35'}");
    cluster.reconcile();
    String raised = RAISED.formatted("1.35", "1.34", "1.35");
    assertThat(upgrading(cluster)).isEqualTo("FALSE RaisedByCloud: " + raised);
    assertThat(cluster.composed().status())
        .containsEntry("stage", "Ready")
        .containsEntry("message", raised)
        .containsEntry("availableUpgrades", List.of("1.35"));
    cluster.claim(TWO).settle();
    assertThat(cluster.keys()).as("a pool that is new meanwhile").contains("pool.b");
    assertThat(versions(cluster)).as("as long as the claim says so").isEqualTo("v1.34 v1.34.0");

    assertThat(cluster.claim("version: '1.35'").refusals()).isEmpty();
    assertThat(versions(cluster)).as("at once, as it runs that").startsWith("v1.35 ");
    cluster.settle();
    assertThat(upgrading(cluster)).isEqualTo("FALSE UpToDate: everything runs 1.35");
    assertThat(versions(cluster)).isEqualTo("v1.35 v1.35.0");
  }

  /** The provider says that it is not ready then, and asks for another of its own objects. */
  @Test
  void whereSupportEndsItIsTheClaimThatIsToBeChanged() {
    ManagementCluster cluster =
        EksLab.with("version: '1.34'\ncontrolPlane: {managed: {support: Standard}}\n" + ONE);
    cluster.settle();
    cluster.reported(
        "control-plane",
        "status: {version: '1.35', ready: false, failureMessage: change the"
            + " AWSManagedControlPlane}");
    String raised = RAISED.formatted("1.35", "1.34", "1.35");
    assertThat(upgrading(cluster)).isEqualTo("FALSE RaisedByCloud: " + raised);
    assertThat(cluster.composed().status())
        .containsEntry("stage", "Degraded")
        .containsEntry("message", raised);
    cluster.claim("controlPlane: {managed: {support: Extended}}");
    assertThat(cluster.composed().status())
        .as("that is no reason for EKS to be ill")
        .containsEntry("message", "change the AWSManagedControlPlane");
  }

  @Test
  void whatIsRaisedTwiceIsTakenByOneMinorAtATime() {
    ManagementCluster cluster = EksLab.with("version: '1.34'\n" + ONE);
    cluster.settle();
    cluster.reported("control-plane", "status: {version: '1.36'}");
    assertThat(upgrading(cluster))
        .isEqualTo("FALSE RaisedByCloud: " + RAISED.formatted("1.36", "1.34", "1.35"));
    cluster.claim("version: '1.35'").reconcile();
    cluster.reported("control-plane", "status: {version: '1.36'}");
    assertThat(versions(cluster)).isEqualTo("v1.35 v1.35.0");
  }

  @Test
  void whatEksHasIsNotNearToAnother() {
    ManagementCluster cluster = EksLab.with("version: '1.35'\n" + ONE);
    cluster.settle();
    cluster.reported("control-plane", "status: {version: '1.36'}");
    assertThat(cluster.claim("version: '1.36'").refusals())
        .containsExactly(
            "spec.version: Cloud wekeo does not list Kubernetes 1.36 of EKS; the platform team must"
                + " add versions to spec.clusterApi.eks of the Cloud");
    assertThat(cluster.claim("version: '1.34'").refusals())
        .containsExactly(
            "spec.version: the cluster runs 1.35 and Kubernetes cannot go back to an older version;"
                + " set it to 1.35");
  }

  @Test
  void norIsWhatLiesBetween() {
    ManagementCluster cluster =
        EksLab.with("version: '1.34'\n" + ONE)
            .cloud(
                "clusterApi: {eks: {versions: [{kubernetes: '1.34', addons: [{name: vpc-cni,"
                    + " version: v1}, {name: coredns, version: v1}, {name: kube-proxy, version:"
                    + " v1}]}, {kubernetes: '1.36', addons: [{name: vpc-cni, version: v1}, {name:"
                    + " coredns, version: v1}, {name: kube-proxy, version: v1}]}]}}");
    cluster.settle();
    cluster.reported("control-plane", "status: {version: '1.36'}");
    assertThat(cluster.claim("version: '1.35'").refusals())
        .containsExactly(
            "spec.version: Cloud wekeo does not list Kubernetes 1.35 of EKS; the platform team must"
                + " add versions to spec.clusterApi.eks of the Cloud");
  }

  private static final String STANDING =
      """
      metadata: {namespace: eo4eu, name: ml}
      spec: {clusterRef: {name: eo-lab}, accelerators: [{name: big, machineTypes: [g9.gone]}]}
      """;

  private static Tree nodes(String workspace, String set, String running) {
    return Tree.of(
        Manifest.of(
            """
            kind: MachineDeployment
            metadata: {labels: {isobar.dev/workspace: %s, isobar.dev/pool: %s.big}}
            spec: {template: {spec: {version: %s, bootstrap: {configRef: {kind: NodeadmConfigTemplate}}}}}
            status: {replicas: 1, versions: [{version: %s, replicas: 1}]}
            """
                .formatted(workspace, workspace, set, running)));
  }

  @Test
  void aMinorWaitsForNodesThatMoveAndIsNotRefusedForOthersThatStand() {
    ManagementCluster cluster = EksLab.with("version: '1.34'");
    cluster.settle();
    cluster.workspaces(
        List.of(Tree.of(Manifest.of(STANDING))),
        List.of(nodes("ml", "v1.34.0", "v1.34.2"), nodes("other", "v1.34.0", "v1.33.5")));
    assertThat(cluster.composed().status()).containsEntry("availableUpgrades", List.of("1.35"));
    assertThat(cluster.claim("version: '1.35'").refusals()).isEmpty();
    assertThat(upgrading(cluster))
        .isEqualTo(
            "TRUE WaitingForPools: the step to 1.35 begins when all nodes run 1.34; nodes of"
                + " workspace other still run 1.33");
  }

  /** Of the control plane and of pool a. */
  private static String versions(ManagementCluster cluster) {
    Tree head = Tree.of(cluster.composed("control-plane")).at("spec", "version");
    Tree pool = Tree.of(cluster.composed("pool.a")).at("spec", "template", "spec", "version");
    return head.text().orElse("") + " " + pool.text().orElse("");
  }

  private static String upgrading(ManagementCluster cluster) {
    Condition condition =
        cluster.composed().conditions().stream()
            .filter(one -> one.type().equals("Upgrading"))
            .findFirst()
            .orElseThrow();
    return condition.status() + " " + condition.reason() + ": " + condition.message();
  }
}

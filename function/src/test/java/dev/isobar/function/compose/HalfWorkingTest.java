package dev.isobar.function.compose;

import static dev.isobar.function.compose.ConditionsTest.SETTLED;
import static dev.isobar.function.compose.ConditionsTest.broken;
import static dev.isobar.function.compose.ConditionsTest.changed;
import static dev.isobar.function.compose.ConditionsTest.conditions;
import static dev.isobar.function.compose.ConditionsTest.settled;
import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.function.contract.Answer;
import dev.isobar.function.contract.Ready;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A cluster of which half works is neither called ready nor said to be on its way. */
final class HalfWorkingTest {
  record Row(
      String reason, ManagementCluster cluster, String conditions, String stage, String message) {}

  private static ManagementCluster nodes(String pool, int wanted, int there, String available) {
    return settled()
        .reported(
            pool,
            """
            spec: {replicas: %d}
            status: {replicas: %d, upToDateReplicas: %d, readyReplicas: %d, availableReplicas: %d, conditions: [{type: Available, status: '%s', message: words}]}
            """
                .formatted(wanted, wanted, wanted, there, there, available));
  }

  private static final String HELD =
      broken("RemediationAllowed", "m").replace("message", "reason: TooManyUnhealthy, message");

  private static final String HOLDS =
      " of the machines is replaced while more than 1 of them are unhealthy or have not joined,"
          + " for then the fault lies elsewhere: the platform team must find it";

  private static final String ANNOTATED = "metadata: {annotations: {cluster.x-k8s.io/paused: ''}}";

  private static final String REMOVED =
      "leaves it as it is until whoever set its annotation cluster.x-k8s.io/paused removes it";

  private static Row paused(String what, ManagementCluster cluster, String object, String until) {
    return new Row(
        "somebody paused " + what,
        cluster,
        SETTLED,
        "Paused",
        object + " is paused, though its claim does not ask for it: Cluster API " + until);
  }

  /** A cluster whose API is closed to the management cluster, for all anybody knows. */
  static ManagementCluster closed() {
    return ManagementCluster.with(
        "network: {api: {loadBalancer: Amphora, allowedCidrs: [192.0.2.0/24]}}");
  }

  static Stream<Row> halves() {
    String going =
        "the Cluster eo-lab-f4bd8 is being deleted, though not by its claim; it is made anew once"
            + " it is gone, without what ran in it";
    String gone = "{metadata: {deletionTimestamp: '2026-01-02T00:00:00Z'}}";
    ManagementCluster before = settled();
    before.reported(
        "pool.g", "spec: {replicas: 2}\nstatus: {readyReplicas: 2, availableReplicas: 2}");
    before.reconcile();
    return Stream.of(
        new Row(
            "all nodes of a fixed pool are lost",
            nodes("pool.a", 2, 0, "False"),
            changed(SETTLED, "PoolsReady=FALSE/Degraded"),
            "Degraded",
            "pool a: words"),
        new Row(
            "too many for their health check to replace any",
            nodes("pool.a", 2, 0, "False").reported("pool.a.health", HELD),
            changed(SETTLED, "PoolsReady=FALSE/Degraded"),
            "Degraded",
            "pool a: words; none" + HOLDS),
        new Row(
            "two machines of the control plane, for both of which nobody may step in",
            settled()
                .reported("control-plane", broken("Available", "words"))
                .reported("control-plane.health", HELD),
            changed(SETTLED, "ControlPlaneReady=FALSE/Degraded"),
            "Degraded",
            "words; none" + HOLDS),
        new Row(
            "somebody paused it, who is not its claim",
            settled().observed("cluster", "spec: {paused: true}"),
            SETTLED,
            "Paused",
            "Cluster eo-lab-f4bd8 is paused, though its claim does not ask for it: Cluster API"
                + " changes nothing until whoever set its spec.paused sets it to false"),
        paused(
            "a pool",
            settled().observed("pool.a", "spec: {paused: true}"),
            "MachineDeployment eo-lab-f4bd8-a of pool a",
            "replaces none of its nodes until whoever set its spec.paused sets it to false"),
        paused(
            "a pool by its annotation",
            settled().observed("pool.a", ANNOTATED),
            "MachineDeployment eo-lab-f4bd8-a of pool a",
            REMOVED),
        paused(
            "the control plane",
            settled().observed("control-plane", ANNOTATED),
            "KubeadmControlPlane eo-lab-f4bd8-cp",
            REMOVED),
        paused(
            "the networks, and pools besides",
            settled()
                .observed("infrastructure", ANNOTATED)
                .observed("pool.a", ANNOTATED)
                .observed("pool.g", ANNOTATED),
            "OpenStackCluster eo-lab-f4bd8",
            REMOVED + "; so it is with 2 more"),
        new Row(
            "a pool has lost its nodes, and somebody paused it",
            nodes("pool.a", 2, 0, "False").observed("pool.a", ANNOTATED),
            changed(SETTLED, "PoolsReady=FALSE/Degraded"),
            "Degraded",
            "pool a: words; besides, MachineDeployment eo-lab-f4bd8-a of pool a is paused, though"
                + " its claim does not ask for it: Cluster API "
                + REMOVED),
        new Row(
            "a template, which nobody asks whether it is paused",
            settled().observed(settled().observed().tailMap("pool.a.").firstKey(), ANNOTATED),
            SETTLED,
            "Ready",
            "the cluster is ready"),
        new Row(
            "all nodes of a pool that may have none are lost",
            before.reported(
                "pool.g",
                "status: {readyReplicas: 0, availableReplicas: 0, conditions: [{type: Available,"
                    + " status: 'True'}]}"),
            changed(SETTLED, "PoolsReady=FALSE/Degraded", "GpuReady=FALSE/Degraded"),
            "Degraded",
            "pool g: none of 2 nodes is there"),
        new Row(
            "GPU nodes went away",
            settled(ConditionsTest.CLAIM.replace("min: 0", "min: 2"))
                .reported("pool.g", "status: {readyReplicas: 1, availableReplicas: 1}")
                .reported("pool.g", broken("Available", "1 of 2")),
            changed(SETTLED, "PoolsReady=FALSE/Degraded", "GpuReady=FALSE/Degraded"),
            "Degraded",
            "pool g: 1 of 2"),
        new Row(
            "the first GPU nodes were asked for",
            nodes("pool.g", 2, 0, "False"),
            changed(SETTLED, "PoolsReady=FALSE/Provisioning", "GpuReady=FALSE/Provisioning"),
            "Changing",
            "pool g: 2 of 2 nodes are coming"),
        new Row(
            "more GPU nodes were asked for",
            nodes("pool.g", 2, 1, "False"),
            SETTLED,
            "Ready",
            "the cluster is ready; pool g: 1 of 2 nodes is coming"),
        new Row(
            "the control plane rolls, though its version stays",
            settled()
                .reported("control-plane", broken("RollingOut", "m").replace("'False'", "'True'"))
                .reported("control-plane", "status: {upToDateReplicas: 1}"),
            SETTLED,
            "Changing",
            "control plane machines are being replaced one by one: 1 of 3 are as they shall be"),
        new Row(
            "the control plane grows",
            settled().claim("controlPlane: {replicas: 5}"),
            SETTLED,
            "Changing",
            "2 of 5 control plane machines are coming"),
        new Row(
            "a machine of the control plane died",
            settled()
                .reported("control-plane", "status: {readyReplicas: 2}")
                .reported(
                    "control-plane", broken("MachinesReady", "'Machine cp-1: kubelet stopped'")),
            changed(SETTLED, "ControlPlaneReady=TRUE/Weakened"),
            "Degraded",
            "the Kubernetes API works, but 1 of 3 control plane machines is missing: Machine cp-1:"
                + " kubelet stopped; the platform team must act if it is not replaced or back"
                + " soon"),
        new Row(
            "two of them did, and none is replaced",
            settled()
                .reported("control-plane", "status: {readyReplicas: 1}")
                .reported("control-plane", broken("MachinesReady", "'Machine cp-1: lost'"))
                .reported("control-plane.health", HELD),
            changed(SETTLED, "ControlPlaneReady=TRUE/Weakened"),
            "Degraded",
            "the Kubernetes API works, but 2 of 3 control plane machines are missing: Machine cp-1:"
                + " lost; none"
                + HOLDS),
        new Row(
            "the API cannot be reached",
            settled()
                .reported("cluster", broken("RemoteConnectionProbe", "probe failed"))
                .reported("control-plane", broken("Available", "m").replace("'False'", "Unknown")),
            changed(SETTLED, "ControlPlaneReady=FALSE/Degraded"),
            "Degraded",
            "the Kubernetes API cannot be reached: probe failed; the platform team must see to the"
                + " load balancer and the control plane machines"),
        new Row(
            "the autoscaler does not ask for the least",
            settled(ConditionsTest.CLAIM.replace("replicas: 2", "autoscale: {min: 2, max: 5}"))
                .claim(ConditionsTest.CLAIM.replace("replicas: 2", "autoscale: {min: 3, max: 5}")),
            changed(SETTLED, "PoolsReady=FALSE/Provisioning"),
            "Changing",
            "pool a: 1 of 3 nodes is coming: the cluster autoscaler asks for 2, and raises that to"
                + " the minimum when it looks next; one of the platform team's own only if it runs"
                + " with --enforce-node-group-min-size"),
        new Row(
            "Sveltos has not looked at an add-on",
            settled().withoutSummary("eo-lab-f4bd8-cni"),
            changed(SETTLED, "AddonsReady=FALSE/WaitingForSveltos"),
            "Changing",
            "add-on cni: waits for Sveltos, which has not looked at it yet; if this lasts, the"
                + " platform team must see to Sveltos"),
        new Row(
            "the Cluster is being deleted",
            settled()
                .reported("cluster", gone)
                .reported("control-plane", gone)
                .reported("cleanup", gone),
            changed(
                SETTLED, "InfrastructureReady=FALSE/Degraded", "ControlPlaneReady=FALSE/Degraded"),
            "Deleting",
            going),
        new Row(
            "an earlier release let the claim close an API that OVN leaves open",
            settled()
                .observed(
                    "infrastructure",
                    "spec: {apiServerLoadBalancer: {allowedCIDRs: [192.0.2.0/24]}}")
                .claim("network: {api: {allowedCidrs: [192.0.2.0/24]}}"),
            changed(SETTLED, "InfrastructureReady=TRUE/AllowedCidrsIgnored"),
            "Ready",
            "networks and load balancer exist, but spec.network.api.allowedCidrs closes nothing:"
                + " OVN's load balancer cannot keep addresses out, and the API is open to all; the"
                + " app team must remove the list, or move to a new cluster with loadBalancer"
                + " Amphora or publicAddress: false"),
        new Row(
            "the control plane, and it is stuck",
            settled()
                .claim("version: '1.35'")
                .reported(
                    "control-plane",
                    broken("MachinesReady", "'Machine eo-lab-f4bd8-cp-x: image not found'")),
            changed(SETTLED, "ControlPlaneReady=TRUE/Available", "Upgrading=TRUE/ControlPlane"),
            "Upgrading",
            "the control plane is brought to 1.35.2; not ready: Machine eo-lab-f4bd8-cp-x: image"
                + " not found"),
        new Row(
            "nobody can tell at the moment",
            settled()
                .reported(
                    "cluster", broken("InfrastructureReady", "m").replace("'False'", "Unknown"))
                .reported("control-plane", broken("Available", "m").replace("'False'", "Unknown")),
            SETTLED,
            "Ready",
            "the cluster is ready"));
  }

  @ParameterizedTest
  @MethodSource("halves")
  void isToldAsItIs(Row row) {
    Answer.Composed composed = row.cluster.composed();
    assertThat(String.join(" ", conditions(composed.conditions())))
        .as(row.reason)
        .isEqualTo(row.conditions);
    assertThat(composed.status()).as(row.reason).containsEntry("stage", row.stage);
    assertThat(composed.status()).as(row.reason).containsEntry("message", row.message);
  }

  /** Core does so when somebody changes the composite between its two writes of the status. */
  @Test
  void nodesOnTheirWayTakeNothingFromAClusterWhoseReadyWasPutBack() {
    ManagementCluster cluster = nodes("pool.g", 2, 0, "False").says("Ready", "False", "Said");
    assertThat(cluster.composed().ready()).isEqualTo(Ready.TRUE);
  }
}

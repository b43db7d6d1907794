package dev.isobar.function.compose;

import dev.isobar.function.compose.ec2.EksLab;
import java.util.stream.Stream;

/** What conditions, stage and message say on the way to another version. */
final class UpgradeSituations {
  private UpgradeSituations() {}

  static Stream<ConditionsTest.Row> upgrades() {
    String claim = "version: '1.35'";
    ManagementCluster pools = ConditionsTest.settled().claim(claim);
    pools.reconcile();
    pools.reported(
        "control-plane", "status: {version: v1.35.2, versions: [{version: v1.35.2, replicas: 3}]}");
    ManagementCluster held = ConditionsTest.settled().claim(claim);
    held.reconcile();
    held.cloud("images: [{kubernetes: 1.35.2, name: a}, {kubernetes: 1.36.0, name: b}]");
    ManagementCluster next = ConditionsTest.settled().claim(claim);
    next.reconcile();
    next.reported(
            "control-plane",
            "status: {version: v1.35.2, versions: [{version: v1.35.2, replicas: 3}]}")
        .cloud("images: [{kubernetes: 1.35.2, name: a}, {kubernetes: 1.36.0, name: b}]")
        .claim("version: '1.36'");
    ManagementCluster left =
        ConditionsTest.settled(
            "version: 1.34.6\npools: [{name: a, machineType: m1.small, replicas: 2}]");
    left.cloud("images: [{kubernetes: 1.34.6, name: a}, {kubernetes: 1.34.9, name: b}]")
        .cloud("machineTypes: [{name: m1.large, cpu: 8, memory: 32Gi, disk: 40Gi}]")
        .claim("version: 1.34.9")
        .settle();
    return Stream.of(
        new ConditionsTest.Row(
            "a patch that a pool cannot follow to",
            left,
            ConditionsTest.changed(
                ConditionsTest.SETTLED.replace(" GpuReady=TRUE/Available", ""),
                "CloudResolved=TRUE/Incomplete",
                "Upgrading=FALSE/LeftBehind"),
            "Ready",
            "everything else runs 1.34.9; pool a cannot follow and stays at 1.34.6: Cloud wekeo has"
                + " no machine type \"m1.small\"; the app team must change or remove it, or the"
                + " platform team bring back what it was made from"),
        new ConditionsTest.Row(
            "the control plane",
            ConditionsTest.settled().claim(claim),
            ConditionsTest.changed(ConditionsTest.SETTLED, "Upgrading=TRUE/ControlPlane"),
            "Upgrading",
            "the control plane is brought to 1.35.2"),
        new ConditionsTest.Row(
            "the pools",
            pools,
            ConditionsTest.changed(
                ConditionsTest.SETTLED, "AddonsReady=FALSE/Deploying", "Upgrading=TRUE/Pools"),
            "Upgrading",
            "add-on cloud-controller (also volumes): is being updated"),
        new ConditionsTest.Row(
            "the step after that",
            held.claim("version: '1.36'"),
            ConditionsTest.changed(ConditionsTest.SETTLED, "Upgrading=TRUE/ControlPlane"),
            "Upgrading",
            "the control plane is brought to 1.35.2; the step to 1.36 begins after that"),
        new ConditionsTest.Row(
            "the step after that, once the control plane is there",
            next,
            ConditionsTest.changed(
                ConditionsTest.SETTLED,
                "AddonsReady=FALSE/Deploying",
                "Upgrading=TRUE/WaitingForPools"),
            "Upgrading",
            "add-on cloud-controller (also volumes): is being updated"),
        raised());
  }

  private static ConditionsTest.Row raised() {
    ManagementCluster cluster = EksLab.with("version: '1.34'");
    cluster.settle();
    cluster.reported("control-plane", "status: {version: '1.35'}");
    return new ConditionsTest.Row(
        "EKS has raised the version by itself",
        cluster,
        ConditionsTest.changed(
            ConditionsTest.SETTLED.replace(" GpuReady=TRUE/Available", ""),
            "PoolsReady=TRUE/NoPools",
            "Upgrading=FALSE/RaisedByCloud"),
        "Ready",
        "EKS has brought the control plane to 1.35, and nodes and add-ons are kept at 1.34: the app"
            + " team must set spec.version to 1.35");
  }
}

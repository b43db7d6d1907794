package dev.isobar.function.compose;

import dev.isobar.apis.decode.Encoder;
import dev.isobar.apis.decode.Mistake;
import dev.isobar.apis.workspace.GpuWorkspaceStatus;
import dev.isobar.function.compose.workspace.WorkspaceId;
import dev.isobar.function.contract.Condition;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** What there is to say of a workspace whose cluster has no control plane yet. */
final class WaitingReport {
  private final WorkspaceId id;
  private final FoundCluster cluster;

  WaitingReport(WorkspaceId id, FoundCluster cluster) {
    this.id = id;
    this.cluster = cluster;
  }

  List<Condition> conditions() {
    return List.of(WorkspaceConditions.acceptedSoFar(), WorkspaceConditions.cluster(cluster));
  }

  SortedMap<String, Object> status() {
    return Encoder.everything(
        new GpuWorkspaceStatus(
            Optional.of("Waiting"),
            Optional.of(WorkspaceConditions.cluster(cluster).message()),
            Optional.of(cluster.id().cluster()),
            Optional.of(id.inCluster()),
            Optional.empty(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of()));
  }

  /** The control plane of a workspace that was there already is gone. */
  Mistake mistake() {
    return new Mistake(
        "spec.clusterRef.name",
        "the control plane of PlatformCluster " + cluster.id().claim() + " is not there any more",
        "wait until the cluster has made it anew; until then the workspace is left as it is");
  }
}

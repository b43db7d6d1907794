package dev.isobar.apis.workspace;

import dev.isobar.apis.schema.Default;
import dev.isobar.apis.schema.Doc;
import dev.isobar.apis.schema.Fixed;
import dev.isobar.apis.schema.Items;
import dev.isobar.apis.schema.Key;
import dev.isobar.apis.schema.Length;
import dev.isobar.apis.schema.Matches;
import dev.isobar.apis.schema.Rule;
import java.util.List;
import java.util.Optional;

/** What a team asks of a workspace. */
@Doc("What the workspace shall be.")
@Rule(
    cel = "has(self.jupyterhub) || !has(self.quota.maxServers)",
    says = "quota.maxServers is the servers of a JupyterHub, and there is none")
public record GpuWorkspaceSpec(
    @Doc("The cluster the workspace is in.") ClusterRef clusterRef,
    @Doc("The GPUs of the workspace: nodes of its own, or a pool of the cluster.")
        @Key("name")
        @Items(max = 8)
        @Default("[]")
        List<Accelerator> accelerators,
    @Doc("A JupyterHub whose servers run on the accelerators.") Optional<JupyterHub> jupyterhub,
    @Doc(
            "Who may work in the workspace's namespace with kubectl. Names are those the Kubernetes"
                + " API knows: with OIDC login with their prefix, as in oidc:forecasters.")
        @Items(max = 64)
        @Default("[]")
        List<Member> access,
    @Doc("How much the workspace may use; what is left out is not limited.") @Default("{}")
        WorkspaceQuota quota,
    @Doc("Who places pods on nodes; Kubernetes itself when left out.")
        Optional<QueueingScheduler> scheduler) {
  /** A PlatformCluster. */
  @Doc("A PlatformCluster in the workspace's own namespace.")
  public record ClusterRef(
      @Doc("Name of the PlatformCluster.")
          @Fixed(instead = "make another workspace in the other cluster and move the work there")
          @Matches(value = Matches.OBJECT_NAME, says = "the name of a PlatformCluster")
          @Length(min = 1, max = 63)
          String name) {}
}

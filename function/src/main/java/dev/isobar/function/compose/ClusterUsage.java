package dev.isobar.function.compose;

import dev.isobar.apis.tree.Fields;
import dev.isobar.function.compose.capi.CapiObjects;
import dev.isobar.function.compose.naming.Names;
import dev.isobar.function.compose.plan.ClusterId;
import dev.isobar.function.compose.plan.Keys;
import dev.isobar.function.compose.plan.Marks;
import dev.isobar.function.compose.workspace.WorkspaceId;
import java.util.SortedMap;

/** Keeps a PlatformCluster from being deleted while a workspace in it lives. */
final class ClusterUsage {
  /** Its composition resource name. */
  static final String KEY = Keys.clusterUsage();

  private ClusterUsage() {}

  static SortedMap<String, Object> of(WorkspaceId id, ClusterId cluster) {
    Fields used =
        Fields.with("apiVersion", WorkspaceLookup.API_VERSION)
            .set("kind", "PlatformCluster")
            .set("resourceRef", Fields.with("name", cluster.claim()));
    Fields user =
        Fields.with("apiVersion", WorkspaceLookup.API_VERSION)
            .set("kind", id.kind())
            .set("resourceRef", Fields.with("name", id.composite()));
    return CapiObjects.of(
            "protection.crossplane.io/v1beta1",
            "Usage",
            cluster,
            Names.part(cluster.cluster(), "workspace", id.claim()))
        .label(Marks.WORKSPACE, id.claim())
        .spec(
            Fields.with("of", used)
                .set("by", user)
                .set(
                    "reason",
                    "GpuWorkspace " + id.claim() + " is in it; delete the workspace first"))
        .map();
  }
}

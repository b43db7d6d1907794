package dev.isobar.function.compose.workspace;

import dev.isobar.apis.decode.Decoded;
import dev.isobar.apis.decode.Decoder;
import dev.isobar.apis.platform.Autoscale;
import dev.isobar.apis.platform.Gpu;
import dev.isobar.apis.platform.HealthCheck;
import dev.isobar.apis.platform.Kubelet;
import dev.isobar.apis.platform.PlatformClusterSpec;
import dev.isobar.apis.platform.Pool;
import dev.isobar.apis.schema.Span;
import dev.isobar.apis.tree.Tree;
import dev.isobar.apis.workspace.Accelerator;
import dev.isobar.apis.workspace.GpuWorkspaceSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes the accelerators that are nodes of the workspace's own as pools of its cluster. */
final class OwnPools {
  /** What pools of GPUs have unless they are told otherwise. */
  static final Duration USUAL_DRAIN = Duration.ofHours(24);

  private OwnPools() {}

  /** The claim of the cluster with the workspace's pools in place of its own. */
  static PlatformClusterSpec in(
      PlatformClusterSpec cluster, WorkspaceId id, GpuWorkspaceSpec spec) {
    List<Pool> pools = new ArrayList<>();
    for (Accelerator accelerator : spec.accelerators()) {
      if (accelerator.machineTypes().isPresent()) {
        pools.add(pool(id, spec, accelerator));
      }
    }
    return new PlatformClusterSpec(
        cluster.cloud(),
        cluster.version(),
        cluster.imageRevision(),
        cluster.controlPlane(),
        cluster.network(),
        pools,
        cluster.nodes(),
        cluster.security(),
        cluster.addons(),
        cluster.autoscaler(),
        cluster.paused());
  }

  private static Pool pool(WorkspaceId id, GpuWorkspaceSpec spec, Accelerator accelerator) {
    Optional<Autoscale> nodes = accelerator.nodes();
    Optional<Integer> fixed =
        nodes.filter(limits -> limits.min() == limits.max()).map(Autoscale::max);
    return new Pool(
        id.pool(accelerator.name()),
        Optional.empty(),
        accelerator.machineTypes(),
        fixed,
        fixed.isPresent() ? Optional.empty() : nodes,
        Map.of(),
        List.of(),
        accelerator.zones(),
        accelerator.partitioning().map(Gpu::new),
        accelerator.rootDisk(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        accelerator.drainTimeout().or(() -> longest(spec)),
        standard(HealthCheck.class),
        standard(Kubelet.class));
  }

  /** Nodes are drained no sooner than the longest server ends by itself. */
  private static Optional<Span> longest(GpuWorkspaceSpec spec) {
    return spec.jupyterhub()
        .flatMap(hub -> hub.idle().maxAge())
        .filter(age -> age.duration().compareTo(USUAL_DRAIN) > 0);
  }

  /** What the API server makes of a field that is left out. */
  private static <T extends Record> T standard(Class<T> type) {
    return switch (Decoder.of(type).decode(Tree.of(Map.of()), "")) {
      case Decoded.Valid<T>(var value) -> value;
      case Decoded.Invalid<T>(var wrong) ->
          throw new IllegalStateException(type + " has fields without a default: " + wrong);
    };
  }
}

package dev.isobar.cli.picture;

import dev.isobar.apis.tree.Tree;
import dev.isobar.cli.yaml.ManifestParsing;
import dev.isobar.function.compose.gpu.geometry.GpuModels;
import java.util.List;

/** Composites as a function could have answered them, with as little as a picture needs. */
final class Plans {
  static final String CLUSTER =
      """
      kind: XPlatformCluster
      metadata: {name: lab-1a2b3}
      spec:
        claimRef: {name: lab}
        pools:
          - {name: general}
          - {name: cut, gpu: {partitioning: {mig: {layout: {1g.10gb: 3, 2g.20gb: 2}}}}}
          - {name: turns, gpu: {partitioning: {timeSlicing: {replicas: 8}}}}
          - {name: own, gpu: {partitioning: {mig: {layouts: [{1g.24gb: 4}, {}]}}}}
          - {name: odd, gpu: {partitioning: {mig: {layout: {1g.99gb: 2}}}}}
      status:
        clusterName: lab-1a2b3
        pools:
          - {name: general, wanted: 3, ready: 3}
          - name: cut
            gpuModel: A100-80GB
            gpusPerNode: 2
            machineType: g2.a100.2
            min: 0
            max: 4
            wanted: 1
            ready: 1
            resources: {nvidia.com/mig-1g.10gb: 6, nvidia.com/mig-2g.20gb: 4}
          - name: turns
            gpuModel: T4-16GB
            gpusPerNode: 1
            wanted: 2
            ready: 0
            resources: {nvidia.com/gpu: 8}
            message: it is being created
          - name: own
            gpuModel: RTX-PRO-6000-96GB
            gpusPerNode: 2
            wanted: 1
            ready: 1
            resources: {nvidia.com/gpu: 1, nvidia.com/mig-1g.24gb: 4}
          - name: odd
            gpuModel: SOMETHING-99GB
            gpusPerNode: 1
            wanted: 1
            ready: 1
            resources: {nvidia.com/mig-1g.99gb: 2}
      """;

  static final String WORKSPACE =
      """
      kind: XGpuWorkspace
      metadata: {name: course-9d986}
      spec:
        claimRef: {name: course}
        accelerators: [{name: shared, poolRef: {name: cut}}]
        jupyterhub:
          profiles:
            - {name: small, accelerator: shared}
            - {name: big, accelerator: shared}
            - {name: plain}
      status:
        clusterName: lab-1a2b3
        accelerators:
          - name: shared
            inAll: {nvidia.com/mig-1g.10gb: 24, nvidia.com/mig-2g.20gb: 16}
            kinds:
              - pool: cut
                perNode: {nvidia.com/mig-1g.10gb: 6, nvidia.com/mig-2g.20gb: 4}
                most: 4
        profiles:
          - {name: small, resource: nvidia.com/mig-1g.10gb, count: 1}
          - {name: big, resource: nvidia.com/mig-2g.20gb, count: 2}
          - {name: plain}
      """;

  private Plans() {}

  static Planned of(String composite, String... composed) {
    return of(GpuModels.known(), composite, composed);
  }

  static Planned of(GpuModels models, String composite, String... composed) {
    return new Planned(
        tree(composite), List.of(composed).stream().map(Plans::tree).toList(), models);
  }

  private static Tree tree(String yaml) {
    return Tree.of(ManifestParsing.parse("test", yaml).getFirst().object());
  }
}

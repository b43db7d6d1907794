package dev.isobar.e2e.clusterapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isobar.e2e.story.Departures;
import dev.isobar.testbed.kubernetes.Await;
import dev.isobar.testbed.kubernetes.Kind;
import dev.isobar.testbed.kubernetes.Kubernetes;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How a cluster in memory ends, watched from the beginning. */
final class Ending implements Closeable {
  /** Templates of its machines. */
  static final Kind TEMPLATES =
      new Kind("infrastructure.cluster.x-k8s.io/v1beta2", "DevMachineTemplate");

  /** The order of architecture.md; kinds of the cloud are those in memory. */
  static final List<Set<String>> STEPS =
      List.of(
          Set.of("Machine"),
          Set.of("MachineDeployment"),
          Set.of("Machine of the control plane"),
          Set.of("KubeadmControlPlane"),
          Set.of("DevCluster"),
          Set.of("Cluster"),
          Set.of("DevMachineTemplate", "KubeadmConfigTemplate"));

  private static final Kind INFRASTRUCTURE =
      new Kind("infrastructure.cluster.x-k8s.io/v1beta2", "DevCluster");

  private static final Kind BOOTSTRAP =
      new Kind("bootstrap.cluster.x-k8s.io/v1beta2", "KubeadmConfigTemplate");

  private final Kubernetes kubernetes;
  private final String namespace;
  private final Map<String, String> ofTheCluster;
  private final Departures departures;

  /** Watches from now on. */
  Ending(Kubernetes kubernetes, String namespace, String cluster) {
    this.kubernetes = kubernetes;
    this.namespace = namespace;
    ofTheCluster = Map.of("cluster.x-k8s.io/cluster-name", cluster);
    departures =
        new Departures(
            kubernetes,
            ofTheCluster,
            Kind.MACHINE_DEPLOYMENT,
            Kind.MACHINE,
            Kind.CONTROL_PLANE,
            INFRASTRUCTURE,
            Kind.CLUSTER,
            TEMPLATES,
            BOOTSTRAP);
  }

  /** Waits until nothing is left that Cluster API made, and everything went in its turn. */
  void isReached(Await await) {
    assertThat(kubernetes.list(Kind.MACHINE, namespace, ofTheCluster)).isEmpty();
    var _ =
        await.until(
            "the last of every sort was seen to go",
            departures::sorts,
            seen -> STEPS.stream().allMatch(seen::containsAll));
    assertThat(departures.outOfTurn(STEPS)).as("what went out of turn").isEmpty();
    var _ =
        await.until(
            "its Secrets are gone",
            () -> kubernetes.list(Kind.SECRET, namespace, ofTheCluster),
            List::isEmpty);
  }

  @Override
  public void close() throws IOException {
    departures.close();
  }
}

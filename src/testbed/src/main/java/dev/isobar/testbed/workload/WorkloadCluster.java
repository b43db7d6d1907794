package dev.isobar.testbed.workload;

import dev.isobar.testbed.apiserver.ApiServer;
import dev.isobar.testbed.kubernetes.Kind;
import dev.isobar.testbed.kubernetes.Kubernetes;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Map;

/** An API server without nodes that takes the place of a workload cluster. */
public final class WorkloadCluster implements Closeable {
  private final ApiServer server;

  private WorkloadCluster(ApiServer server) {
    this.server = server;
  }

  /** Around a server that was started for this. */
  public static WorkloadCluster start(ApiServer server) {
    return new WorkloadCluster(server);
  }

  /** Its API as the administrator. */
  public Kubernetes kubernetes() {
    return server.kubernetes();
  }

  /** Its API server, which can be ended and started again. */
  public ApiServer server() {
    return server;
  }

  /**
   * Makes the Secret by which Cluster API and Sveltos reach the cluster of that name.
   *
   * @param management where Cluster API runs
   */
  public void giveAccess(Kubernetes management, String namespace, String cluster) {
    try {
      var _ =
          management.apply(
              Map.of(
                  "apiVersion", Kind.SECRET.apiVersion(),
                  "kind", Kind.SECRET.name(),
                  "type", "cluster.x-k8s.io/secret",
                  "metadata",
                      Map.of(
                          "name",
                          cluster + "-kubeconfig",
                          "namespace",
                          namespace,
                          "labels",
                          Map.of("cluster.x-k8s.io/cluster-name", cluster)),
                  "stringData", Map.of("value", Files.readString(server.kubeconfig()))));
    } catch (IOException unreadable) {
      throw new UncheckedIOException("cannot read " + server.kubeconfig(), unreadable);
    }
  }

  @Override
  public void close() {
    server.close();
  }
}

package dev.isobar.provider.kube.api;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;

/** A connection to the API server, as one account. */
public final class Cluster implements AutoCloseable {
  /** Longer than the API server takes on a bad day, shorter than a pass. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final KubernetesClient client;

  private Cluster(KubernetesClient client) {
    this.client = client;
  }

  /**
   * Connects; nothing is asked yet.
   *
   * @param kubeconfig outside of a cluster; inside of one its service account is used
   * @param userAgent what the API server's log calls us
   */
  public static Cluster connect(Optional<Path> kubeconfig, String userAgent) {
    Config base =
        kubeconfig
            .map(file -> Config.fromKubeconfig(file.toFile()))
            .orElseGet(() -> Config.autoConfigure(null));
    Config config =
        new ConfigBuilder(base)
            .withUserAgent(userAgent)
            .withRequestTimeout(Math.toIntExact(PATIENCE.toMillis()))
            // Whoever asks tries again by itself, with what it knows then.
            .withRequestRetryBackoffLimit(0)
            .build();
    return new Cluster(
        new KubernetesClientBuilder()
            .withConfig(config)
            .withTaskExecutor(Executors.newVirtualThreadPerTaskExecutor())
            .build());
  }

  /** Objects of any kind. */
  public ObjectApi objects() {
    return new ObjectApi(client);
  }

  /** Takes part in an election. */
  public Leadership run(Leadership.Candidacy candidacy, Leadership.Listener listener) {
    return Leadership.start(client, candidacy, listener);
  }

  @Override
  public void close() {
    client.close();
  }
}

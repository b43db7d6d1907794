package dev.isobar.provider.kube.api;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

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
    return connect(
        kubeconfig
            .map(file -> Config.fromKubeconfig(file.toFile()))
            .orElseGet(() -> Config.autoConfigure(null)),
        userAgent);
  }

  /**
   * Connects as kubectl does; nothing is asked yet.
   *
   * @param context of the kubeconfig; its current one when empty
   * @throws IOException when the file cannot be read
   * @throws IllegalArgumentException when it has no such context
   */
  public static Cluster connect(Path kubeconfig, Optional<String> context, String userAgent)
      throws IOException {
    if (!Files.isReadable(kubeconfig)) {
      throw new IOException("cannot read " + kubeconfig);
    }
    Config config = Config.fromKubeconfig(kubeconfig.toFile());
    if (context.isPresent()) {
      boolean known =
          config.getContexts().stream().anyMatch(one -> one.getName().equals(context.get()));
      if (!known) {
        throw new IllegalArgumentException(kubeconfig + " has no context " + context.get());
      }
      config = Config.fromKubeconfig(context.get(), kubeconfig.toFile());
    }
    return connect(config, userAgent);
  }

  /**
   * Connects as a kubeconfig says that somebody else wrote; nothing is asked yet. It may neither
   * start programs here nor have files read that are here.
   *
   * @param patience how long an answer is waited for
   * @throws ForeignKubeconfig.Unsafe when it would
   */
  public static Cluster reach(String kubeconfig, String userAgent, Duration patience) {
    ForeignKubeconfig.check(kubeconfig);
    return connect(Config.fromKubeconfig(kubeconfig), userAgent, patience);
  }

  private static Cluster connect(Config base, String userAgent) {
    return connect(base, userAgent, PATIENCE);
  }

  private static Cluster connect(Config base, String userAgent, Duration patience) {
    Config config =
        new ConfigBuilder(base)
            .withUserAgent(userAgent)
            .withRequestTimeout(Math.toIntExact(patience.toMillis()))
            .withConnectionTimeout(Math.toIntExact(patience.toMillis()))
            // Whoever asks tries again by itself, with what it knows then.
            .withRequestRetryBackoffLimit(0)
            .build();
    return new Cluster(new KubernetesClientBuilder().withConfig(config).build());
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

package dev.isobar.function.grpc;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How to serve.
 *
 * @param address where to listen for gRPC
 * @param security how clients are to connect
 * @param requestLimitBytes the largest request that is read; gRPC refuses longer ones with
 *     RESOURCE_EXHAUSTED
 * @param metrics where to listen for HTTP with metrics and health; empty switches it off
 * @param drain how long calls in flight may take to finish when the server is closed
 * @param reload how often the certificates' files are looked at
 */
public record ServerSettings(
    ListenAddress address,
    Security security,
    int requestLimitBytes,
    Optional<ListenAddress> metrics,
    Duration drain,
    Duration reload) {
  /** What gRPC servers of Crossplane's SDKs read at most. */
  public static final int DEFAULT_REQUEST_LIMIT_BYTES = 4 * 1024 * 1024;

  /** Longer than any call takes, shorter than the 30 seconds after which Kubernetes kills. */
  public static final Duration DEFAULT_DRAIN = Duration.ofSeconds(10);

  /**
   * The kubelet itself needs up to a minute to bring a changed Secret; cert-manager renews days
   * ahead.
   */
  public static final Duration DEFAULT_RELOAD = Duration.ofSeconds(10);

  /** How clients are to connect. */
  public sealed interface Security {
    /** Anybody, in plain text. */
    record Insecure() implements Security {}

    /**
     * Clients with a certificate signed by {@code ca.crt}; the directory also holds {@code tls.crt}
     * and {@code tls.key}.
     */
    record MutualTls(Path directory) implements Security {}
  }

  /** For callers on the same machine: plain text on a free loopback port, without metrics. */
  public static ServerSettings loopback() {
    return new ServerSettings(
        ListenAddress.loopback(),
        new Security.Insecure(),
        DEFAULT_REQUEST_LIMIT_BYTES,
        Optional.empty(),
        DEFAULT_DRAIN,
        DEFAULT_RELOAD);
  }
}

package dev.isobar.function.compose.plan;

import dev.isobar.apis.decode.Nearest;
import dev.isobar.function.compose.plan.OwnedFlags.Owner;
import java.util.List;
import java.util.Optional;

/**
 * The flags that kube-apiserver has: it does not start with one that it does not know, so a slip of
 * the keyboard would end the API.
 *
 * <p>A list can be complete because no cluster is begun with a version, or brought to one, that
 * {@link VersionPlanner} does not know. It is that of all these versions together: what only some
 * of them have is not refused for the others, and neither is what a cluster has in use. Who raises
 * {@link VersionPlanner#NEWEST} reads the new version's flags first.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/reference/command-line-tools-reference/kube-apiserver/">what
 *     its help shows</a>; what it hides as deprecated is in cmd/kube-apiserver/app/options
 */
public final class KnownFlags {
  /** The last minor whose flags were read. */
  static final int READ = 36;

  private static final List<String> NAMES =
      List.of(
          """
          admission-control admission-control-config-file advertise-address
          aggregator-reject-forwarding-redirect allow-metric-labels allow-metric-labels-manifest
          allow-privileged anonymous-auth api-audiences apiserver-count
          audit-log-batch-buffer-size audit-log-batch-max-size audit-log-batch-max-wait
          audit-log-batch-throttle-burst audit-log-batch-throttle-enable
          audit-log-batch-throttle-qps audit-log-compress audit-log-format audit-log-maxage
          audit-log-maxbackup audit-log-maxsize audit-log-mode audit-log-path
          audit-log-truncate-enabled audit-log-truncate-max-batch-size
          audit-log-truncate-max-event-size audit-log-version audit-policy-file
          audit-webhook-batch-buffer-size audit-webhook-batch-initial-backoff
          audit-webhook-batch-max-size audit-webhook-batch-max-wait
          audit-webhook-batch-throttle-burst audit-webhook-batch-throttle-enable
          audit-webhook-batch-throttle-qps audit-webhook-config-file audit-webhook-initial-backoff
          audit-webhook-mode audit-webhook-truncate-enabled audit-webhook-truncate-max-batch-size
          audit-webhook-truncate-max-event-size audit-webhook-version authentication-config
          authentication-token-webhook-cache-ttl authentication-token-webhook-config-file
          authentication-token-webhook-version authorization-config authorization-mode
          authorization-policy-file authorization-webhook-cache-authorized-ttl
          authorization-webhook-cache-unauthorized-ttl authorization-webhook-config-file
          authorization-webhook-version bind-address cert-dir client-ca-file cloud-config
          cloud-provider contention-profiling coordinated-leadership-lease-duration
          coordinated-leadership-renew-deadline coordinated-leadership-retry-period
          cors-allowed-origins debug-socket-path default-not-ready-toleration-seconds
          default-unreachable-toleration-seconds default-watch-cache-size
          delete-collection-workers disable-admission-plugins disable-http2-serving
          disabled-metrics egress-selector-config-file emulated-version
          emulation-forward-compatible enable-admission-plugins enable-aggregator-routing
          enable-bootstrap-token-auth enable-garbage-collector enable-logs-handler
          enable-priority-and-fairness encryption-provider-config
          encryption-provider-config-automatic-reload endpoint-reconciler-type etcd-cafile
          etcd-certfile etcd-compaction-interval etcd-count-metric-poll-period
          etcd-db-metric-poll-interval etcd-healthcheck-timeout etcd-keyfile etcd-prefix
          etcd-readycheck-timeout etcd-servers etcd-servers-overrides event-ttl external-hostname
          feature-gates goaway-chance help http2-max-streams-per-connection
          kubelet-certificate-authority kubelet-client-certificate kubelet-client-key kubelet-port
          kubelet-preferred-address-types kubelet-read-only-port kubelet-timeout
          kubernetes-service-node-port lease-reuse-duration-seconds livez-grace-period
          log-flush-frequency log-json-info-buffer-size log-json-split-stream
          log-text-info-buffer-size log-text-split-stream logging-format
          max-connection-bytes-per-sec max-mutating-requests-inflight max-requests-inflight
          min-compatibility-version min-request-timeout oidc-ca-file oidc-client-id
          oidc-groups-claim oidc-groups-prefix oidc-issuer-url oidc-required-claim
          oidc-signing-algs oidc-username-claim oidc-username-prefix peer-advertise-ip
          peer-advertise-port peer-ca-file permit-address-sharing permit-port-sharing profiling
          proxy-client-cert-file proxy-client-key-file request-timeout requestheader-allowed-names
          requestheader-client-ca-file requestheader-extra-headers-prefix
          requestheader-group-headers requestheader-uid-headers requestheader-username-headers
          runtime-config runtime-config-emulation-forward-compatible secure-port
          service-account-extend-token-expiration service-account-issuer service-account-jwks-uri
          service-account-key-file service-account-lookup service-account-max-token-expiration
          service-account-signing-endpoint service-account-signing-key-file
          service-cluster-ip-range service-node-port-range show-hidden-metrics-for-version
          shutdown-delay-duration shutdown-send-retry-after
          shutdown-watch-termination-grace-period storage-backend storage-initialization-timeout
          storage-media-type strict-transport-security-directives tls-cert-file tls-cipher-suites
          tls-curve-preferences tls-min-version tls-private-key-file tls-sni-cert-key
          token-auth-file tracing-config-file v version vmodule watch-cache watch-cache-sizes
          """
              .strip()
              .split("\\s+"));

  private KnownFlags() {}

  /** All names, by alphabet. */
  public static List<String> names() {
    return NAMES;
  }

  /** Why a flag is refused; empty when there is such a one. */
  static Optional<Owner> owner(String flag) {
    if (NAMES.contains(flag)) {
      return Optional.empty();
    }
    return Optional.of(
        new Owner(
            "is no flag of kube-apiserver 1.%d to 1.%d, which would not start"
                .formatted(VersionPlanner.OLDEST, VersionPlanner.NEWEST),
            Nearest.to(flag, NAMES)
                .map(name -> "did you mean " + name + "?")
                .orElse("remove it, or take one of those that kube-apiserver --help shows")));
  }
}

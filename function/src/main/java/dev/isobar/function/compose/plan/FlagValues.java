package dev.isobar.function.compose.plan;

import dev.isobar.apis.decode.Nearest;
import dev.isobar.function.compose.plan.OwnedFlags.Owner;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Values that kube-apiserver cannot take, of flags whose kind its help of 1.35 shows: it does not
 * start then. Of flags that take any text nothing is said.
 */
final class FlagValues {
  /** What Go reads as a duration, without a sign, which none of these flags has a use for. */
  private static final Pattern DURATION =
      Pattern.compile("0|(([0-9]+(\\.[0-9]*)?|\\.[0-9]+)(ns|us|[\u00b5\u03bc]s|ms|s|m|h))+");

  private static final Pattern DAYS = Pattern.compile("([0-9]{1,5})d");
  private static final Pattern BARE = Pattern.compile("[0-9]{1,9}");

  /** Go takes a number that begins with 0 for an octal one. */
  private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,17}");

  private static final Pattern DIGITS = Pattern.compile("0*([1-9][0-9]{0,8}).*");
  private static final Pattern SWITCH =
      Pattern.compile("1|t|T|TRUE|true|True|0|f|F|FALSE|false|False");

  private static final Set<String> DURATIONS =
      Set.of(
          "audit-log-batch-max-wait",
          "audit-webhook-batch-max-wait",
          "audit-webhook-initial-backoff",
          "authentication-token-webhook-cache-ttl",
          "authorization-webhook-cache-authorized-ttl",
          "authorization-webhook-cache-unauthorized-ttl",
          "coordinated-leadership-lease-duration",
          "coordinated-leadership-renew-deadline",
          "coordinated-leadership-retry-period",
          "etcd-compaction-interval",
          "etcd-count-metric-poll-period",
          "etcd-db-metric-poll-interval",
          "etcd-healthcheck-timeout",
          "etcd-readycheck-timeout",
          "event-ttl",
          "kubelet-timeout",
          "livez-grace-period",
          "log-flush-frequency",
          "request-timeout",
          "service-account-max-token-expiration",
          "shutdown-delay-duration",
          "shutdown-watch-termination-grace-period",
          "storage-initialization-timeout");

  private static final Set<String> NUMBERS =
      Set.of(
          "audit-log-batch-buffer-size",
          "audit-log-batch-max-size",
          "audit-log-batch-throttle-burst",
          "audit-log-maxage",
          "audit-log-maxbackup",
          "audit-log-maxsize",
          "audit-log-truncate-max-batch-size",
          "audit-log-truncate-max-event-size",
          "audit-webhook-batch-buffer-size",
          "audit-webhook-batch-max-size",
          "audit-webhook-batch-throttle-burst",
          "audit-webhook-truncate-max-batch-size",
          "audit-webhook-truncate-max-event-size",
          "default-not-ready-toleration-seconds",
          "default-unreachable-toleration-seconds",
          "delete-collection-workers",
          "http2-max-streams-per-connection",
          "kubernetes-service-node-port",
          "lease-reuse-duration-seconds",
          "max-connection-bytes-per-sec",
          "max-mutating-requests-inflight",
          "max-requests-inflight",
          "min-request-timeout",
          "v");

  private static final Set<String> SWITCHES =
      Set.of(
          "aggregator-reject-forwarding-redirect",
          "audit-log-batch-throttle-enable",
          "audit-log-compress",
          "audit-log-truncate-enabled",
          "audit-webhook-batch-throttle-enable",
          "audit-webhook-truncate-enabled",
          "contention-profiling",
          "disable-http2-serving",
          "emulation-forward-compatible",
          "enable-aggregator-routing",
          "enable-garbage-collector",
          "enable-logs-handler",
          "enable-priority-and-fairness",
          "encryption-provider-config-automatic-reload",
          "log-json-split-stream",
          "log-text-split-stream",
          "permit-address-sharing",
          "permit-port-sharing",
          "profiling",
          "runtime-config-emulation-forward-compatible",
          "service-account-extend-token-expiration",
          "service-account-lookup",
          "shutdown-send-retry-after",
          "watch-cache");

  private static final Map<String, List<String>> WORDS =
      Map.of(
          "audit-log-format", List.of("json", "legacy"),
          "audit-log-mode", List.of("batch", "blocking", "blocking-strict"),
          "audit-log-version", List.of("audit.k8s.io/v1"),
          "audit-webhook-mode", List.of("batch", "blocking", "blocking-strict"),
          "audit-webhook-version", List.of("audit.k8s.io/v1"),
          "endpoint-reconciler-type", List.of("lease", "master-count", "none"),
          "logging-format", List.of("json", "text"),
          "storage-backend", List.of("etcd3"),
          "storage-media-type",
              List.of(
                  "application/json", "application/vnd.kubernetes.protobuf", "application/yaml"),
          "tls-min-version",
              List.of("VersionTLS10", "VersionTLS11", "VersionTLS12", "VersionTLS13"));

  private static final List<String> ADDRESSES =
      List.of("ExternalDNS", "ExternalIP", "Hostname", "InternalDNS", "InternalIP");

  private static final Set<String> YES = Set.of("yes", "on", "y", "enabled", "enable");
  private static final Set<String> NO = Set.of("no", "off", "n", "disabled", "disable", "never");

  private static final int LONGEST = 60;
  private static final String DEAD = ", and kube-apiserver would not start";

  private FlagValues() {}

  /** Why a value is refused; empty when it may be taken. */
  static Optional<Owner> owner(String flag, String value) {
    if (DURATIONS.contains(flag)) {
      return unless(DURATION, value, "duration", durations(value));
    }
    if (NUMBERS.contains(flag)) {
      return unless(NUMBER, value, "whole number", numbers(value));
    }
    if (SWITCHES.contains(flag)) {
      return unless(SWITCH, value, "boolean", switches(value));
    }
    List<String> words = WORDS.get(flag);
    if (words != null) {
      return words.contains(value) ? Optional.empty() : Optional.of(noWord(value, words));
    }
    return switch (flag) {
      case "help", "version" -> Optional.of(ended(flag));
      case "kubelet-preferred-address-types" -> addresses(value);
      case "service-node-port-range" -> NodePorts.range(value);
      default -> FlagLists.owner(flag, value);
    };
  }

  private static Optional<Owner> unless(Pattern pattern, String value, String kind, String remedy) {
    return pattern.matcher(value).matches()
        ? Optional.empty()
        : Optional.of(new Owner(shown(value) + " is no " + kind + DEAD, remedy));
  }

  /** Whether Go reads true or false in it. */
  static boolean truth(String value) {
    return SWITCH.matcher(value).matches();
  }

  private static String durations(String value) {
    Matcher days = DAYS.matcher(value);
    String nearest =
        days.matches()
            ? Integer.parseInt(days.group(1)) * 24 + "h"
            : BARE.matcher(value).matches() ? value + "s" : "1h";
    return "write numbers with h, m, s or ms behind each, such as " + nearest;
  }

  private static String numbers(String value) {
    Matcher digits = DIGITS.matcher(value);
    return "write digits alone, without a 0 in front, such as "
        + (digits.matches() ? digits.group(1) : "100");
  }

  private static String switches(String value) {
    String word = value.toLowerCase(Locale.ROOT);
    return "write " + (YES.contains(word) ? "true" : NO.contains(word) ? "false" : "true or false");
  }

  private static Owner noWord(String value, List<String> words) {
    return new Owner(
        shown(value) + " is none of its words" + DEAD,
        Nearest.remedy(value, words, "the words are"));
  }

  private static Owner ended(String flag) {
    return new Owner(
        "lets kube-apiserver print its " + flag + " and end, so there would be no API",
        "remove it");
  }

  private static Optional<Owner> addresses(String value) {
    return Arrays.stream(value.split(",", -1))
        .filter(one -> !ADDRESSES.contains(one))
        .findFirst()
        .map(one ->
            new Owner(
                shown(one)
                    + " is no kind of address that nodes have, and the API server would not find"
                    + " kubelets by it",
                Nearest.remedy(one, ADDRESSES, "the kinds are")));
  }

  /** In quotes, and never at length. */
  static String shown(String value) {
    return value.length() > LONGEST
        ? "a text of " + value.length() + " characters"
        : '"' + value + '"';
  }
}
